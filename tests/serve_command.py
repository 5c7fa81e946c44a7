"""Checks `passerelle serve` on the real program, with certificates that openssl makes and a client of Python's.

usage: serve_command.py PROGRAM
"""

import http.client
import json
import signal
import ssl
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = sys.argv[1]
TIME_LIMIT_S = 60


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=TIME_LIMIT_S)


class Service(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.here = Path(self.folder.name)
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                "/CN=autorite inventee", "-keyout", self.here / "ca.key", "-out", self.here / "ca.pem")
        self.issue("server")
        self.issue("client")
        self.processes = []

    def tearDown(self):
        for process in self.processes:
            process.kill()
            process.communicate(timeout=TIME_LIMIT_S)

    def issue(self, name):
        request, key, certificate = (self.here / f"{name}.{end}" for end in ("csr", "key", "pem"))
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}",
                "-keyout", key, "-out", request)
        openssl("x509", "-req", "-in", request, "-CA", self.here / "ca.pem", "-CAkey", self.here / "ca.key",
                "-CAcreateserial", "-days", "1", "-out", certificate)

    def configure(self, **changes):
        settings = {"port": 0, "watch-port": 0, "certificate": self.here / "server.pem", "key": self.here / "server.key",
                    "authorities": self.here / "ca.pem", "stop-seconds": 5, **changes}
        file = self.here / "serve.conf"
        file.write_text("".join(f"{name} = {value}\n" for name, value in settings.items()), encoding="utf-8")
        return file

    def start(self):
        """The process, and the ports of its two listeners."""
        process = subprocess.Popen([PROGRAM, "serve", "--config", str(self.configure())], stderr=subprocess.PIPE,
                                   stdin=subprocess.DEVNULL, text=True)
        self.processes.append(process)
        ports = [json.loads(process.stderr.readline())["port"] for _ in range(2)]
        self.assertEqual(json.loads(process.stderr.readline())["event"], "start")
        return process, *ports

    def ask(self, port, path, identity=None):
        """Status and text; over TLS when somebody asks."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIME_LIMIT_S)
        if identity:
            context = ssl.create_default_context(cafile=self.here / "ca.pem")
            context.check_hostname = False
            context.load_cert_chain(self.here / f"{identity}.pem", self.here / f"{identity}.key")
            connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=TIME_LIMIT_S, context=context)
        connection.request("GET", path)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def test_it_is_healthy_renews_its_certificate_and_stops(self):
        process, port, watch_port = self.start()
        self.assertEqual(self.ask(watch_port, "/sante")[0], 200)
        self.assertEqual(self.ask(watch_port, "/pret")[0], 200)
        self.assertEqual(self.ask(port, "/nowhere", "client"), (404, "rien à cette adresse\n"))
        line = json.loads(process.stderr.readline())
        self.assertEqual((line["event"], line["route"], line["status"]), ("request", "/sante", 200))
        self.issue("server")
        process.send_signal(signal.SIGHUP)
        while line["event"] != "certificates":
            line = json.loads(process.stderr.readline())
        self.assertEqual(line["outcome"], "renewed")
        self.assertEqual(self.ask(port, "/nowhere", "client")[0], 404)
        self.assertIn('passerelle_http_requests_total{route="-",status="404"} 2', self.ask(watch_port, "/metriques")[1])
        process.send_signal(signal.SIGTERM)
        told = process.communicate(timeout=TIME_LIMIT_S)[1].splitlines()
        self.assertEqual(process.returncode, 0)
        self.assertEqual([json.loads(line)["event"] for line in told[-2:]], ["stop", "end"])
        self.assertNotIn("nowhere", "".join(told))

    def test_who_shows_no_certificate_gets_no_answer(self):
        _, port, _ = self.start()
        context = ssl.create_default_context(cafile=self.here / "ca.pem")
        context.check_hostname = False
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=TIME_LIMIT_S, context=context)
        self.addCleanup(connection.close)
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            connection.request("GET", "/sante")
            connection.getresponse()

    def test_what_cannot_be_used_ends_it_with_2(self):
        for changes, text in (({"workers": "beaucoup"}, "ligne 7 : workers : valeur refusée"), ({"key": self.here / "client.key"}, "clé du serveur"),
                              ({"watch-address": "0.0.0.0"}, "sans TLS"), ({"authorities": "/nowhere"}, "autorités")):
            done = subprocess.run([PROGRAM, "serve", "--config", str(self.configure(**changes))], capture_output=True,
                                  timeout=TIME_LIMIT_S, check=False)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn(text, done.stderr.decode())
            self.assertNotIn(b"beaucoup", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
