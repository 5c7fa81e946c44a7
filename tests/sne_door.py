"""A day in the life of a demande, through the doors: SOAP over mutual TLS as bytes, a nightly file, the calendar's people.

usage: sne_door.py PROGRAM REPOSITORY
"""

import re
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

from own_registry import rows
from served_registry import PROGRAM, ROOT, SERVICE, ServedRegistry, posted

DOCUMENT = (ROOT / "mappings/peer/sne/examples/02.00-CRE-famille.xml")


class DayInTheLife(ServedRegistry):
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
        connection = self.connect("guichet")
        connection.request("GET", SERVICE + "?wsdl")
        answer = connection.getresponse()
        self.assertEqual(answer.status, 200)
        self.assertIn("Ce WSDL est celui de Passerelle", answer.read().decode())


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
