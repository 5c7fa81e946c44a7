"""`passerelle serve` on a registry of its own, for the checks of its doors: accounts, certificates, an SNE behind it.

Who uses it is started as `SCRIPT PROGRAM REPOSITORY`.
"""

import http.client
import json
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from own_registry import TIME_LIMIT_S, OwnRegistry
from sne_server import SneServer
from test_authority import Authority

PROGRAM, ROOT = sys.argv[1], Path(sys.argv[2])
SERVICE = "/services/DemandeLogementImplService/"
TABLES = {
    "organismes": "organisme,nom,nature,siren,depuis,acte\nvolcan,Bailleur inventé,bailleur,,2015-01-01,essai\n"
                  "dome,Autre bailleur inventé,bailleur,,2015-01-01,essai\n"
                  "ddets,Service inventé,etat,,2015-01-01,essai\nnational,Système inventé,etat,,2015-01-01,essai\n",
    "guichets": "territoire,guichet,organisme,nom,depuis,acte,fondement,portee\n"
                "063,G6310,volcan,Guichet inventé,2015-01-01,essai,CCH R441-2-1,tous\n"
                "063,G6320,dome,Autre guichet inventé,2015-01-01,essai,CCH R441-2-1,tous\n",
    "ressorts": "territoire,organisme,communes,depuis,jusqua,acte\n063,volcan,*,2015-01-01,,essai\n063,ddets,*,2015-01-01,,essai\n"
                 "063,dome,*,2015-01-01,,essai\n",
    "liens": "territoire,organisme,lien,depuis,jusqua,acte\n063,volcan,parc,2015-01-01,,essai\n"
             "063,dome,parc,2015-01-01,,essai\n",
    "habilitations": "territoire,organisme,role,au_plus,depuis,jusqua,acte\n063,volcan,systeme-guichet,,2015-01-01,,essai\n"
                     "063,volcan,systeme-bailleur,,2015-01-01,,essai\n063,ddets,etat,,2015-01-01,,essai\n"
                     "063,national,systeme-national,,2015-01-01,,essai\n063,dome,systeme-bailleur,,2015-01-01,,essai\n",
    "abonnements": "territoire,destinataire,depuis,acte\n063,sne,2015-01-01,essai\n063,volcan.si,2015-01-01,essai\n"
                   "063,dome.nuit,2015-01-01,essai\n",
    "comptes": "compte,nature,organisme,nom,depuis,jusqua,acte\nvolcan.guichet,programme,volcan,Logiciel,2015-01-01,,essai\n"
               "volcan.si,programme,volcan,Logiciel,2015-01-01,,essai\nddets.dalo,agent,ddets,Agent inventé,2015-01-01,,essai\n"
               "sne,programme,national,Échange,2015-01-01,,essai\ndome.nuit,programme,dome,Logiciel,2015-01-01,,essai\n",
    "acces": "territoire,compte,role,organisme,depuis,jusqua,acte,revue\n"
             "063,volcan.guichet,systeme-guichet,volcan,2015-01-01,,essai,2099-01-01\n"
             "063,volcan.si,systeme-bailleur,volcan,2015-01-01,,essai,2099-01-01\n"
             "063,ddets.dalo,etat,ddets,2015-01-01,,essai,2099-01-01\n"
             "063,sne,systeme-national,national,2015-01-01,,essai,2099-01-01\n"
             "063,dome.nuit,systeme-bailleur,dome,2015-01-01,,essai,2099-01-01\n"}


def posted(operation, fields, document=None):
    """A request as the public client writes it: CRLF, the envelope first, each file a part."""
    service = {"getNumUnique": "numUniqueParametres", "getDemandeLogement": "demandeLogementParametres",
               "getDoublons": "rechercheDoublonsParametres", "getNouveauxDaloDepuisLe": "nouveauxDaloDepuisLeParametres",
               "getDemandesRadieesDepuisLe": "demandesRadieesDepuisLeParametres",
               "declarationNouveauDalo": "declarationNouveauDaloParametres"}[operation]
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    if document is not None:
        inside += ('<nomFichierDemande>DEMG6310-202611030216-000001.xml</nomFichierDemande><fichierDemande ws:contentType="text/xml">'
                   '<xop:Include href="cid:xml_id" xmlns:xop="http://www.w3.org/2004/08/xop/include"/></fichierDemande>')
    envelope = ('<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:ws="http://ws.metier.nuu.application.i2/">'
                f"<soap:Header/><soap:Body><ws:{service}>{inside}</ws:{service}></soap:Body></soap:Envelope>")
    parts = [("application/xop+xml; charset=UTF-8; type=\"application/soap+xml\"; action=\"" + operation + '"', "soaproot", envelope.encode())]
    if document is not None:
        parts.append(("text/xml", "xml_id", document.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")))
    body = b""
    for kind, name, content in parts:
        head = f"--B\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <{name}>\r\n\r\n"
        body += head.encode() + content + b"\r\n"
    kind = ('multipart/related; type="application/xop+xml"; start="soaproot"; start-info="application/soap+xml"; boundary="B"; '
            f'action="http://ws.metier.nuu.application.i2/{operation}"')
    return kind, body + b"--B--\r\n"


class ServedRegistry(unittest.TestCase):
    """Each check has a gateway of its own; they share the registry, its accounts and an authority."""

    CERTIFIED = {"volcan.guichet": "guichet", "volcan.si": "si", "ddets.dalo": "dalo"}
    STRANGERS = ("server", "inconnu", "sne")  # who has a certificate and no account
    TABLES = TABLES
    starts = 0

    @classmethod
    def setUpClass(cls):
        cls.registry = OwnRegistry(PROGRAM, str(ROOT))
        cls.addClassCleanup(cls.registry.close)
        tables = cls.registry.base / "tables"
        tables.mkdir()
        for name, text in cls.TABLES.items():
            (tables / f"{name}.csv").write_text(text, encoding="utf-8")
        cls.registry.finish(cls.registry.start("reference", "--tables", tables))
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.home = cls.folder / "home"
        for name in ("mappings", "schemas"):
            shutil.copytree(ROOT / name, cls.home / name)
        cls.authority = Authority(cls.folder)
        cls.files = {name: cls.authority.issue(name) for name in (*cls.STRANGERS, *cls.CERTIFIED.values())}
        for account, name in cls.CERTIFIED.items():
            cls.registry.finish(cls.registry.start("access certificate", account, "--territory", "063", "--file", cls.files[name][0],
                                                   "--act", "essai"))

    def setUp(self):
        self.open_national()
        self.serve()

    def open_national(self):
        self.national = SneServer(*self.files["sne"], self.authority.folder / "ca.pem").open()
        self.addCleanup(self.national.close)

    def serve(self, **changes):
        """Starts a gateway; `changes` are of its settings, whose hyphens are written as low lines."""
        certificate, key = self.files["server"]
        settings = {"port": 0, "watch-port": 0, "certificate": certificate, "key": key, "authorities": self.authority.folder / "ca.pem",
                    "data": self.registry.data, "home": self.home, "stop-seconds": 5, "day-minutes": 1, "sne-host": "127.0.0.1",
                    "sne-port": self.national.port, "sne-certificate": certificate, "sne-key": key,
                    "sne-authorities": self.authority.folder / "ca.pem", "sne-seconds": 1, "sne-pull-seconds": 3600,
                    **{name.replace("_", "-"): value for name, value in changes.items()}}
        conf = self.folder / "serve.conf"
        conf.write_text("".join(f"{name} = {value}\n" for name, value in settings.items()), encoding="utf-8")
        ServedRegistry.starts += 1
        self.log = open(self.folder / f"serve-{ServedRegistry.starts}.log", "w+", encoding="utf-8")
        self.addCleanup(self.log.close)
        self.process = subprocess.Popen([PROGRAM, "serve", "--config", str(conf)], stderr=self.log, stdin=subprocess.DEVNULL)
        self.addCleanup(self.end)
        self.port, self.watch = (line["port"] for line in self.lines("listen", 2))

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.process.wait(timeout=60), 0)

    def logged(self, event):
        """The lines of the log of an event, so far."""
        text = Path(self.log.name).read_text(encoding="utf-8")
        return [line for line in map(json.loads, text[:text.rfind("\n") + 1].splitlines()) if line["event"] == event]

    def lines(self, event, count):
        """The first lines of the log of an event, once they are there."""
        for _ in range(600):
            found = self.logged(event)
            if len(found) >= count:
                return found[:count]
            self.assertIsNone(self.process.poll(), Path(self.log.name).read_text(encoding="utf-8"))
            time.sleep(0.1)
        raise AssertionError(f"no {event} in the log")

    def connect(self, identity):
        """A connection that shows a certificate, made when it is first used."""
        context = ssl.create_default_context(cafile=self.authority.folder / "ca.pem")
        context.load_cert_chain(*map(str, self.files[identity]))
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=TIME_LIMIT_S, context=context)
        self.addCleanup(connection.close)
        return connection

    def ask(self, identity, operation, fields=None, document=None, message=None):
        """Status and text of the answer to a request of a certificate."""
        return self.post(self.connect(identity), message or posted(operation, fields or {}, document))

    @staticmethod
    def post(connection, message):
        """Status and text of the answer on a connection, which stays open."""
        kind, body = message
        connection.request("POST", SERVICE, body, {"Content-Type": kind})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    @staticmethod
    def numero_in(text):
        found = re.search(r"<ns1:numUnique>([0-9A-Z]{18})</ns1:numUnique>", text)
        return found[1] if found else None

    def run_program(self, verb, *arguments, status=0):
        process = self.registry.start(verb, *arguments)
        out, errors = process.communicate(timeout=TIME_LIMIT_S)
        self.assertEqual(process.returncode, status, out + errors)
        return out
