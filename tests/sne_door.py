"""A day in the life of a demande, through the doors: SOAP over mutual TLS as bytes, a nightly file, the calendar's people.

usage: sne_door.py PROGRAM REPOSITORY
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

from own_registry import TIME_LIMIT_S, OwnRegistry, rows
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
DOCUMENT = (ROOT / "mappings/peer/sne/examples/02.00-CRE-famille.xml")


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


class DayInTheLife(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.registry = OwnRegistry(PROGRAM, str(ROOT))
        cls.addClassCleanup(cls.registry.close)
        tables = cls.registry.base / "tables"
        tables.mkdir()
        for name, text in TABLES.items():
            (tables / f"{name}.csv").write_text(text, encoding="utf-8")
        cls.registry.finish(cls.registry.start("reference", "--tables", tables))
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.home = cls.folder / "home"
        for name in ("mappings", "schemas"):
            shutil.copytree(ROOT / name, cls.home / name)
        cls.authority = Authority(cls.folder)
        cls.files = {name: cls.authority.issue(name) for name in ("server", "guichet", "si", "dalo", "inconnu", "sne")}
        for account, name in (("volcan.guichet", "guichet"), ("volcan.si", "si"), ("ddets.dalo", "dalo")):
            cls.registry.finish(cls.registry.start("access certificate", account, "--territory", "063", "--file", cls.files[name][0],
                                                   "--act", "essai"))

    def setUp(self):
        self.national = SneServer(*self.files["sne"], self.authority.folder / "ca.pem").open()
        self.addCleanup(self.national.close)
        self.serve()

    def serve(self):
        certificate, key = self.files["server"]
        settings = {"port": 0, "watch-port": 0, "certificate": certificate, "key": key, "authorities": self.authority.folder / "ca.pem",
                    "data": self.registry.data, "home": self.home, "stop-seconds": 5, "day-minutes": 1, "sne-host": "127.0.0.1",
                    "sne-port": self.national.port, "sne-certificate": certificate, "sne-key": key,
                    "sne-authorities": self.authority.folder / "ca.pem", "sne-seconds": 1, "sne-pull-seconds": 3600}
        conf = self.folder / "serve.conf"
        conf.write_text("".join(f"{name} = {value}\n" for name, value in settings.items()), encoding="utf-8")
        self.log = open(self.folder / "serve.log", "w+", encoding="utf-8")
        self.addCleanup(self.log.close)
        self.process = subprocess.Popen([PROGRAM, "serve", "--config", str(conf)], stderr=self.log, stdin=subprocess.DEVNULL)
        self.addCleanup(self.end)
        self.port, self.watch = (line["port"] for line in self.lines("listen", 2))

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.process.wait(timeout=TIME_LIMIT_S), 0)

    def lines(self, event, count):
        """The first lines of the log of an event, once they are there."""
        for _ in range(600):
            text = Path(self.log.name).read_text(encoding="utf-8")
            found = [line for line in map(json.loads, text.splitlines()) if line["event"] == event]
            if len(found) >= count:
                return found[:count]
            self.assertIsNone(self.process.poll(), text)
            time.sleep(0.1)
        raise AssertionError(f"no {event} in the log")

    def ask(self, identity, operation, fields=None, document=None, message=None):
        """Status and text of the answer to a request of a certificate."""
        kind, body = message or posted(operation, fields or {}, document)
        context = ssl.create_default_context(cafile=self.authority.folder / "ca.pem")
        context.load_cert_chain(*map(str, self.files[identity]))
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=TIME_LIMIT_S, context=context)
        self.addCleanup(connection.close)
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

    def document(self, of_guichet="G6310"):
        return re.sub(rb"<ns1:numGuichet>\w+<", b"<ns1:numGuichet>" + of_guichet.encode() + b"<", DOCUMENT.read_bytes())

    def nightly_csv(self, numero):
        """The household of the document in another bailleur's file, its name badly typed."""
        nightly = self.folder / "nuit.csv"
        subprocess.run([PROGRAM, "--home", ROOT, "convert", "--from", "sne", "--to", "fichier-partage", "--in", DOCUMENT, "--out",
                        nightly, "--quiet"], stderr=subprocess.DEVNULL, check=False)
        row = nightly.read_bytes()
        row = row.replace("Bréhat;".encode(), "Brehta;".encode(), 1).replace(b"G6301", b"G6320")
        nightly.write_bytes(row.replace(b"\n;", f"\n{numero};".encode(), 1))
        return nightly

    @staticmethod
    def lease(numero):
        """What the national system tells of a demande whose lease was signed."""
        today = time.strftime("%Y-%m-%d")
        document = (f'<?xml version="1.0" encoding="UTF-8"?><ns1:interfaceNuu versionInterface="02.01" '
                     f'xmlns:ns1="http://nuu.application.i2/"><ns1:entete><ns1:typeFichier code="RAD"/>'
                     f'<ns1:dateFichier>2026-11-03T02:15:01+01:00</ns1:dateFichier></ns1:entete><ns1:demande><ns1:demandeLogement>'
                     f'<ns1:numUnique>{numero}</ns1:numUnique><ns1:numGuichet>G6310</ns1:numGuichet>'
                     f'<ns1:dateCreationDemande>2025-11-01</ns1:dateCreationDemande><ns1:radiation><ns1:motifRadiation code="RADATT"/>'
                     f'<ns1:dateRadiation>{today}</ns1:dateRadiation><ns1:attribution><ns1:numRpls>63AB00421C</ns1:numRpls>'
                     f'<ns1:dateSignatureBail>{today}</ns1:dateSignatureBail><ns1:sirenBailleur>000543215</ns1:sirenBailleur>'
                     f'<ns1:commune code="63113"/><ns1:typeLogement code="T4"/><ns1:zus code="ZUSNON"/><ns1:accordCollectif code="AUCUN"/>'
                     f'<ns1:typeReservataire code="PPRIOR"/><ns1:beneficiaireDalo code="OUI"/><ns1:agentEtat code="NON"/>'
                     f'<ns1:locataireBailleur code="NONDOC"/></ns1:attribution></ns1:radiation></ns1:demandeLogement></ns1:demande></ns1:interfaceNuu>')
        return document.encode()

    def test_a_demande_has_one_number_and_one_history_whoever_speaks_of_it(self):
        # A bailleur registers by SOAP; the same bytes again get the same number.
        status, text = self.ask("guichet", "getNumUnique", document=self.document())
        self.assertEqual(status, 200, text)
        numero = self.numero_in(text)
        self.assertIsNotNone(numero, text)
        self.assertEqual(self.numero_in(self.ask("guichet", "getNumUnique", document=self.document())[1]), numero)
        # Another program, which may not tell who is known, deposits the household: a receipt, the number by a later call.
        told = self.document().replace(b"<ns1:telFixe>0199004217<", b"<ns1:telFixe>0199004218<")
        status, text = self.ask("si", "getNumUnique", document=told)
        self.assertEqual(status, 200, text)
        self.assertIn("PAS-REG-015".replace("-", "_"), text)
        for _ in range(100):
            text = self.ask("si", "getNumUnique", document=told)[1]
            if self.numero_in(text):
                break
            time.sleep(0.1)
        self.assertEqual(self.numero_in(text), numero, text)
        # Another bailleur's nightly CSV holds the household, its name badly typed.
        told = rows(self.run_program("import", "--as", "dome.nuit", "--territory", "063", "--format", "fichier-partage", "--in", self.nightly_csv(numero)))
        self.assertEqual([row["outcome"] for row in told], ["received"])
        # It is read, found, and given a right to housing by the State.
        status, text = self.ask("guichet", "getDemandeLogement", {"numUnique": numero})
        self.assertEqual((status, self.numero_in(text)), (200, numero), text)
        self.assertIn("<ns1:demandeur>", text)
        status, text = self.ask("guichet", "getDoublons", document=self.document())
        self.assertEqual((status, self.numero_in(text)), (200, numero), text)
        declared = {"numUnique": numero, "dateDecision": "2026-01-15"}
        for _ in range(2):
            status, text = self.ask("dalo", "declarationNouveauDalo", declared)
            self.assertEqual((status, self.numero_in(text)), (200, numero), text)
            self.assertNotIn("anomalie", text)
        status, text = self.ask("guichet", "getNouveauxDaloDepuisLe", {"dateNouveauDaloDepuisLe": "2026-01-01T00:00:00.0+01:00"})
        self.assertEqual((status, self.numero_in(text)), (200, numero), text)
        # What its household does, then a lease that the national system tells of.
        self.run_program("life do renewed", numero)
        status, text = self.ask("si", "getNumUnique", document=self.lease(numero))
        self.assertEqual((status, self.numero_in(text)), (200, numero), text)
        self.assertNotIn("listeAnomalie", text)
        status, text = self.ask("guichet", "getDemandesRadieesDepuisLe", {"dateRadiationDepuisLe": "2026-01-01T00:00:00.0+01:00"})
        self.assertEqual((status, self.numero_in(text)), (200, numero), text)
        self.assertIn('motifRadiation code="RADATT"', text)
        # One history; the national system was told each change once, in order.
        kinds = [event["kind"] for event in rows(self.run_program("events", numero))]
        self.assertEqual(kinds, ["registration", "filed_again", "filed_again", "dalo_recognised", "renewed", "housed"])
        for _ in range(300):
            receipts = rows(self.run_program("sne receipts", "--territory", "063"))
            if [receipt["outcome"] for receipt in receipts].count("accepted") == 3:
                break
            time.sleep(0.2)
        self.assertEqual([receipt["type"] for receipt in reversed(receipts)], ["CRE", "REN", "RAD"], receipts)
        self.assertEqual(self.national.wrong, [])
        self.assertEqual(self.lines("day", 1)[0]["outcome"], "done")

    def test_who_is_not_known_or_has_no_right_is_refused_without_a_word_of_what_there_is(self):
        status, text = self.ask("inconnu", "getDemandeLogement", {"numUnique": "0631125000001G6310"})
        self.assertEqual(status, 400)
        self.assertIn("PAS-ACC-001", text)
        status, text = self.ask("si", "getDemandeLogement", {"numUnique": "0631125000001G6310"})
        self.assertIn("PAS-ACC-002".replace("-", "_"), text)
        self.assertIn("Une erreur inattendue est survenue", self.ask("inconnu", "getDoublons", document=self.document())[1])
        log = Path(self.log.name).read_text(encoding="utf-8")
        self.assertNotIn("0631125000001", log)

    def test_what_is_wrong_is_told_by_code_and_place(self):
        status, text = self.ask("guichet", "getNumUnique", document=b"<html/>")
        self.assertEqual(status, 200)
        self.assertIn("PAS-DOC-009".replace("-", "_"), text)
        kind, body = posted("getNumUnique", {}, self.document())
        for cut in (10, len(body) // 2, len(body) - 4):
            status, text = self.ask("guichet", "getNumUnique", message=(kind, body[:cut]))
            self.assertEqual(status, 400)
            self.assertIn("PAS-MIM-", text)
        status, text = self.ask("guichet", "getNumUnique", message=(kind.replace('boundary="B"', 'boundary="C"'), body))
        self.assertEqual((status, "PAS-MIM-002" in text), (400, True), text)

    def test_what_is_wrong_is_kept_for_a_person(self):
        before = rows(self.run_program("quarantine list", "--territory", "063"))
        wrong = self.document().replace(b"<ns1:dateNaissance>1986-04-17<", b"<ns1:dateNaissance>1986-02-30<")
        for identity in ("guichet", "si", "si"):
            self.assertIn("PAS_VAL_006", self.ask(identity, "getNumUnique", document=wrong)[1])
        kept = rows(self.run_program("quarantine list", "--territory", "063"))
        self.assertEqual(len(kept) - len(before), 1, "one body, one content")

    def test_tables_of_access_are_read_again_without_a_restart(self):
        ask = lambda: self.ask("guichet", "getDoublons", document=self.document())[1]
        self.assertIn("listeDoublons", ask())
        access = self.home / "mappings/access"
        shipped = {name: (access / name).read_bytes() for name in ("rules.csv", "examples.csv")}
        self.addCleanup(lambda: [(access / name).write_bytes(text) for name, text in shipped.items()])
        (access / "rules.csv").write_bytes(shipped["rules.csv"] + b"quelque chose\n")
        self.process.send_signal(signal.SIGHUP)
        self.assertEqual(self.lines("access", 1)[0]["outcome"], "refused")
        self.assertIn("listeDoublons", ask(), "those in force stay")
        for name, text in shipped.items():
            kept = [line for line in text.splitlines(keepends=True) if b"systeme-guichet-recherche" not in line]
            (access / name).write_bytes(b"".join(kept))
        self.process.send_signal(signal.SIGHUP)
        self.assertEqual(self.lines("access", 2)[1]["outcome"], "renewed")
        self.assertIn("PAS-ACC-002", ask())

    def test_the_services_are_described_as_ours(self):
        context = ssl.create_default_context(cafile=self.authority.folder / "ca.pem")
        context.load_cert_chain(*map(str, self.files["guichet"]))
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=TIME_LIMIT_S, context=context)
        self.addCleanup(connection.close)
        connection.request("GET", SERVICE + "?wsdl")
        answer = connection.getresponse()
        self.assertEqual(answer.status, 200)
        self.assertIn("Ce WSDL est celui de Passerelle", answer.read().decode())


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
