"""Checks through the command line what waits for a person: messages in quarantine, lines that a partner refused.

usage: quarantine_command.py PROGRAM REPOSITORY
"""

import json
import subprocess
import sys
import unittest
from pathlib import Path

from own_registry import OwnRegistry, invented_demande, invented_person, rows

PROGRAM, ROOT = sys.argv[1], Path(sys.argv[2])
EXAMPLES = ROOT / "mappings/peer"


def setUpModule():  # the name that unittest looks for
    Waiting.registry = OwnRegistry(PROGRAM, ROOT)
    unittest.addModuleCleanup(Waiting.registry.close)
    Waiting.registry.load_tables()


class Waiting(unittest.TestCase):
    """All share one registry: each case has guichets and people of its own."""

    place = ("--territory", "063")

    def on(self, verb, *arguments, given=None):
        given = json.dumps(given).encode() if isinstance(given, dict) else given
        words = [PROGRAM, "--home", ROOT, *verb.split(), "--data", self.registry.data, *arguments]
        return subprocess.run([str(word) for word in words], input=given, capture_output=True, timeout=120, check=False)

    def waiting(self, demande, guichet):
        """The identifier of the line of quarantine that a demande gets at a guichet that is not there yet."""
        before = {row["id"] for row in self.lines()}
        done = self.on("import", *self.place, "--format", "cerfa", given={**demande, "guichet": {"guichet": guichet}})
        self.assertEqual((done.returncode, done.stdout), (1, b"demande,outcome,numero\n1,refused,\n"), done.stderr)
        return next(row for row in self.lines() if row["id"] not in before)

    def lines(self):
        done = self.on("quarantine list", *self.place)
        self.assertEqual(done.returncode, 0, done.stderr)
        return rows(done.stdout.decode())

    def test_a_message_is_kept_shown_without_its_values_and_treated_once_mended(self):
        person = {**invented_person(1), "nir": "290016311300117", "email": "anne@zorglubine.example"}
        demande = invented_demande({**person, "nom": "Neuf Cent Un"}, texteLibre="Vivement un balcon")
        line = self.waiting(demande, "G6391")
        self.assertEqual((line["format"], line["whole"], line["why"]), ("cerfa", "yes", "PAS-REG-001"))
        shown = self.on("quarantine show", *self.place, line["id"])
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertIn(b"PAS-REG-001,guichet.guichet,", shown.stdout)
        self.assertIn(b"demandeur.nom,1,", shown.stdout)
        for secret in (b"Neuf Cent Un", b"290016311300117", b"anne@", b"Vivement", b"G6391"):
            self.assertNotIn(secret, shown.stdout + shown.stderr)
        replay = ("quarantine replay", *self.place, line["id"])
        refused = self.on(*replay, "--dry-run")
        self.assertEqual(refused.returncode, 1)
        self.assertIn(b"PAS-REG-001", refused.stderr)
        self.registry.sql("INSERT INTO guichet VALUES ('063', 'G6391', 'afpbsa', 'x', '[2010-01-01,)', 'x')")
        foreseen = self.on(*replay, "--dry-run")
        self.assertEqual((foreseen.returncode, foreseen.stdout), (0, b"demande,outcome,numero\n1,would-register,\n"),
                         foreseen.stderr)
        done = self.on(*replay)
        self.assertEqual(done.returncode, 0, done.stderr)
        told = rows(done.stdout.decode())[0]
        self.assertEqual(told["outcome"], "new")
        self.assertEqual(self.on(*replay).returncode, 1, "it waits no more")
        again = self.on("import", *self.place, "--format", "cerfa", given={**demande, "guichet": {"guichet": "G6391"}})
        self.assertEqual(rows(again.stdout.decode())[0], told, "the same message, the same answer")

    def test_faults_of_a_mapping_are_kept_with_its_line_and_a_line_is_dropped(self):
        text = (EXAMPLES / "sne/examples/02.00-CRE-famille.xml").read_text().replace('<ns1:typeFichier code="CRE"/>', "")
        text = text.replace("<ns1:nom>Bréhat</ns1:nom>", "<ns1:nom>-</ns1:nom>")
        done = self.on("import", *self.place, "--format", "sne@02.00:CRE", given=text.encode())
        self.assertEqual(done.returncode, 1, done.stderr)
        line = next(row for row in self.lines() if row["format"] == "sne@02.00:CRE")
        shown = self.on("quarantine show", *self.place, line["id"]).stdout.decode()
        self.assertRegex(shown, r"PAS-[A-Z]{3}-[0-9]{3},[^,]*,[0-9]+,[0-9]+,sne/[^,\n]+:[0-9]+\n")
        self.assertEqual(self.on("quarantine drop", *self.place, line["id"], "--reason", "ERREUR").returncode, 0)
        self.assertEqual(self.on("quarantine drop", *self.place, line["id"], "--reason", "ERREUR").returncode, 1)
        self.assertNotIn(line["id"], [row["id"] for row in self.lines()])
        self.assertEqual(self.on("quarantine show", *self.place, "nobody").returncode, 2)

    def test_a_line_that_a_partner_refused_is_looked_at_and_sent_again(self):
        to = (*self.place, "--recipient", "sne")
        done = self.on("register", *self.place, "--format", "cerfa", "--key", "refused-1",
                       given=invented_demande(invented_person(2)))
        numero = rows(done.stdout.decode())[0]["numero"]
        listed = rows(self.on("outbox list", *to, "--limit", "10000", "--lease", "0").stdout.decode())
        line = next(row for row in listed if row["numero"] == numero)
        name = (*to, line["demande"], line["rank"])
        self.assertEqual(self.on("outbox requeue", *name).returncode, 1, "it was not refused")
        self.on("outbox refuse", *name, "--reason", "C900")
        refused = [row for row in rows(self.on("outbox refused", *to).stdout.decode()) if row["demande"] == line["demande"]]
        self.assertEqual([(row["rank"], row["reason"]) for row in refused], [("1", "C900")])
        self.assertEqual(self.on("outbox requeue", *name).returncode, 0)
        again = rows(self.on("outbox list", *to, "--limit", "10000", "--lease", "0").stdout.decode())
        self.assertIn(numero, [row["numero"] for row in again])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
