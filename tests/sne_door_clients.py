"""Clients of the door of the SNE services, well-behaved and not, and what is looked at behind it.

Who uses it is started as `SCRIPT PROGRAM REPOSITORY`.
"""

import http.client
import re
import socket
import ssl
import threading
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from own_registry import TIME_LIMIT_S, rows
from served_registry import SERVICE, TABLES, ServedRegistry, posted
from sne_demande import filed, values_of

# A second body with a guichet of its own.
SECOND_BODY = {"organismes": "lac,Bailleur inventé,bailleur,,2015-01-01,essai\n",
               "guichets": "063,G6330,lac,Guichet inventé,2015-01-01,essai,CCH R441-2-1,tous\n",
               "ressorts": "063,lac,*,2015-01-01,,essai\n", "liens": "063,lac,parc,2015-01-01,,essai\n",
               "habilitations": "063,lac,systeme-guichet,,2015-01-01,,essai\n",
               "comptes": "lac.guichet,programme,lac,Logiciel,2015-01-01,,essai\n",
               "acces": "063,lac.guichet,systeme-guichet,lac,2015-01-01,,essai,2099-01-01\n"}


class DoorClients(ServedRegistry):
    """A gateway of two bodies with a guichet each, started by the check; at its end the logs are searched."""

    CERTIFIED = {**ServedRegistry.CERTIFIED, "lac.guichet": "lac"}
    TABLES = {name: text + SECOND_BODY.get(name, "") for name, text in TABLES.items()}

    def setUp(self):
        """Each check begins with nothing that waits for the SNE, and with households that no other has."""
        self.registry.sql("UPDATE outbox SET acknowledged_at = created_at WHERE acknowledged_at IS NULL")
        self.open_national()
        self.logs, self.personal = [], set()
        self.first = 1000 * ServedRegistry.starts
        self.addCleanup(self.check_logs)

    def serve(self, **changes):
        super().serve(day_minutes=0, **changes)
        self.logs.append(Path(self.log.name))

    def check_logs(self):
        """No log names who was filed, nor their number."""
        text = "".join(log.read_text(encoding="utf-8") for log in self.logs)
        self.assertIn('"event":"request"', text)
        self.assertEqual([value for value in self.personal if value in text], [])

    def household(self, rank, *arguments, **named):
        """A file of a household of this check, whose values no log may hold."""
        self.personal.update(values_of(self.first + rank))
        return filed(self.first + rank, *arguments, **named)

    def numero_of(self, identity, document):
        """The number that a file is given at once."""
        status, text = self.ask(identity, "getNumUnique", document=document)
        self.assertEqual(status, 200, text)
        self.assertNotIn("listeAnomalie", text)
        return self.learned(self.numero_in(text), text)

    def learned(self, numero, text=""):
        self.assertIsNotNone(numero, text)
        self.personal.add(numero)
        return numero

    def code_of(self, identity, document):
        """The code of the one anomaly of an answer."""
        status, text = self.ask(identity, "getNumUnique", document=document)
        [code] = re.findall(r'anomalie code="(\w+)"', text)
        self.assertEqual(status, 200, text)
        return code

    def kinds(self, numero):
        return [event["kind"] for event in rows(self.run_program("events", numero))]

    def count(self, table, where="true"):
        return int(self.registry.sql(f"SELECT count(*) FROM {table} WHERE {where}")[0])

    def eventually(self, wanted, what, seconds=120):
        """Once it is what is wanted; what it was last, otherwise."""
        end = time.monotonic() + seconds
        while (last := what()) != wanted and time.monotonic() < end:
            time.sleep(0.1)
        self.assertEqual(last, wanted)

    # Clients as bytes.

    def dial(self, identity="guichet"):
        """A connection that has shaken hands."""
        context = ssl.create_default_context(cafile=self.authority.folder / "ca.pem")
        context.load_cert_chain(*map(str, self.files[identity]))
        made = context.wrap_socket(self.call(), server_hostname="127.0.0.1")
        self.addCleanup(made.close)
        return made

    def call(self):
        """A connection without a word."""
        made = socket.create_connection(("127.0.0.1", self.port), timeout=TIME_LIMIT_S)
        self.addCleanup(made.close)
        return made

    @staticmethod
    def head(length, kind="text/plain"):
        return (f"POST {SERVICE} HTTP/1.1\r\nHost: essai\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n").encode()

    @staticmethod
    def answer_on(connection):
        """Status and text; both are read to the end."""
        with connection:
            answer = http.client.HTTPResponse(connection)
            answer.begin()
            return answer.status, answer.read().decode()

    def assert_ended(self, connections):
        """The other end has closed each, whatever it said before."""
        for connection in connections:
            connection.settimeout(20)
            try:
                while connection.recv(65536):
                    pass
            except TimeoutError:
                self.fail("a connection that is left open")
            except (ssl.SSLError, ConnectionError):
                pass
            connection.close()

    def envelope(self, text):
        """The answer is one message with one SOAP envelope, which is well-formed."""
        found = re.search(r"\r\n\r\n(<soap:Envelope.*</soap:Envelope>)\r\n--passerelle-reponse--", text, re.DOTALL)
        self.assertTrue(found, text)
        return ElementTree.fromstring(found[1])

    def taken(self):
        """Threads and descriptors of the gateway."""
        return tuple(len(list(Path(f"/proc/{self.process.pid}/{what}").iterdir())) for what in ("task", "fd"))

    def figure(self, name):
        connection = http.client.HTTPConnection("127.0.0.1", self.watch, timeout=TIME_LIMIT_S)
        connection.request("GET", "/metriques")
        text = connection.getresponse().read().decode()
        connection.close()
        return int((re.search(rf"^passerelle_{re.escape(name)} (\d+)$", text, re.MULTILINE) or [0, 0])[1])

    def begin(self, said):
        connection = self.dial()
        connection.sendall(said)
        return connection

    def half_shaken(self):
        """A client that has said hello, and no more."""
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        shaking = ssl.create_default_context(cafile=self.authority.folder / "ca.pem").wrap_bio(
            incoming, outgoing, server_hostname="127.0.0.1")
        with self.assertRaises(ssl.SSLWantReadError):
            shaking.do_handshake()
        made = self.call()
        made.sendall(outgoing.read())
        return made

    @staticmethod
    def drip(connections):
        """An octet now and then, for longer than anybody waits."""
        for _ in range(40):
            for connection in connections:
                try:
                    connection.send(b"a")
                except OSError:
                    pass
            time.sleep(0.1)

    def storm(self, messages, clients):
        """Texts of the answers to (identity, file), asked by so many clients at once; who is told to wait comes again."""
        own = threading.local()

        def ask(message):
            identity, document = message
            connections = own.__dict__
            if identity not in connections:
                connections[identity] = self.connect(identity)
            while True:
                status, text = self.post(connections[identity], posted("getNumUnique", {}, document))
                if status not in (429, 503):
                    return text
                time.sleep(0.1)

        with ThreadPoolExecutor(clients) as crew:
            return list(crew.map(ask, messages))

    # What the SNE behind it has.

    def told(self, numero):
        """Types of the files that the SNE has of a number, in the order in which they came."""
        return [kind for kind, told, _ in self.national.documents() if told == numero]

    def due_now(self):
        self.registry.sql("UPDATE outbox SET due_at = '2020-01-01' WHERE acknowledged_at IS NULL AND quarantined_at IS NULL")

    def told_numeros(self):
        return [(kind, numero) for kind, numero, _ in self.national.documents()]

    def codes(self):
        """Of the rounds in which something was not taken by the SNE."""
        return [line["code"] for line in self.logged("sne") if line.get("code")]

    def waiting(self):
        return self.count("outbox", "recipient = 'sne' AND acknowledged_at IS NULL")
