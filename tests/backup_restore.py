"""Backs a registry up, goes on, erases, then restores the backup elsewhere: nobody who was erased comes back, and the
report of the year stays what it was.

usage: backup_restore.py PROGRAM REPOSITORY
PASSERELLE_ERASURES says how many are erased (10); three times as many are registered before the backup.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import unittest
from collections import Counter
from pathlib import Path

from own_registry import POSTGRES, OwnRegistry, invented_demande, invented_person, rows

PROGRAM, ROOT = sys.argv[1], Path(sys.argv[2])
ERASURES = int(os.environ.get("PASSERELLE_ERASURES", "10"))
LATER = 5  # registered after the backup
TIME_LIMIT_S = 1800
FACTS = "SELECT * FROM {0} WHERE month < '2026-01-01' ORDER BY {0}"
YEAR = 2025  # in which those of before the backup deposited; the others do so in the next one
LEFT = 4  # one in so many was radiated in that year
MOTIVES = ("attribution", "abandon", "nonRenouvellement")


def waiting(rank):
    """The demande of a person: of several communes, types, sizes and means; some were radiated already."""
    chance = random.Random(rank)
    person = invented_person(rank)
    person["ressourcesRecues"] = [{"nature": "salaire", "montant": str(chance.randrange(300, 4000))}]
    made = invented_demande(person, dateCreation=f"{YEAR}-{chance.randrange(1, 7):02}-{chance.randrange(1, 29):02}")
    made["logementRecherche"].update(typesLogement=[chance.choice(("t1", "t2", "t3", "t4"))],
                                     nombrePersonnes=chance.randrange(1, 8),
                                     localisations=[{"commune": chance.choice(("63113", "63300", "63178"))}])
    if rank >= 3 * ERASURES:
        made["dateCreation"] = f"{YEAR + 1}-02-03"
    elif rank % LEFT == 1:
        made |= {"etat": "radiee", "radiation": {"motif": chance.choice(MOTIVES), "date": f"{YEAR}-{chance.randrange(7, 13):02}-15"}}
    return made


class Place(OwnRegistry):
    """A folder with a registry, or where one is to be restored."""

    def close(self, leave=None):
        super().close(leave or (None if (self.data / "cluster").exists() else lambda: None))

    def run(self, verb, *arguments, data=True):
        words = [self.program, "--home", self.home, *verb.split(), *(["--data", self.data] if data else []), *arguments]
        return subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=TIME_LIMIT_S,
                              check=False)

    def done(self, verb, *arguments):
        """What a command printed, and said; an exit status other than 0 stops the check."""
        run = self.run(verb, *arguments)
        if run.returncode != 0:
            raise RuntimeError(f"{verb}: exit {run.returncode}: {run.stderr[-2000:]}")
        return run.stdout, run.stderr

    def take_in(self, ranks):
        """The numbers of people registered."""
        people = self.base / "people.jsonl"
        people.write_text("".join(json.dumps(waiting(rank)) + "\n" for rank in ranks))
        return [row["numero"] for row in rows(self.done("import", "--territory", "063", "--format", "cerfa", "--in", people)[0])]

    def numbers(self):
        return {json.loads(line)["numeroUnique"] for line in self.done("export", "--territory", "063")[0].splitlines()}

    def report(self, year=YEAR, source="facts"):
        return self.done("report", year, "--territory", "063", "--from", source)[0]

    def facts(self):
        return [self.sql(FACTS.format(table)) for table in ("fact", "means_fact")]

    def databases(self):
        """Empty when no server answers."""
        done = subprocess.run([POSTGRES / "psql", "-h", self.data / "socket", "-U", "passerelle_cluster", "-d", "postgres",
                               "-Atc", "SELECT datname FROM pg_database"], capture_output=True, text=True, check=False)
        return set(done.stdout.split())

    def take_secrets_of(self, other):
        """What is saved apart from the database."""
        for name in ("registre.cles", "effacements.journal"):
            shutil.copy2(other.data / name, self.data / name)


def setUpModule():  # the name that unittest looks for
    Backed.lost = Place(PROGRAM, ROOT)
    unittest.addModuleCleanup(Backed.lost.close)
    Backed.live()


class Backed(unittest.TestCase):
    """One registry lives, is backed up, lives on and is lost; its backup is restored in other places."""

    @classmethod
    def live(cls):
        cls.lost.load_tables()
        cls.before = cls.lost.take_in(range(3 * ERASURES))
        cls.report = cls.lost.report()
        cls.named = cls.lost.report(source="named")
        cls.forgotten = cls.before.pop()
        cls.lost.done("erase", cls.forgotten, "--act", "avant la sauvegarde")
        cls.cursor = cls.lost.done("export", "--territory", "063", "--out", os.devnull)[1].split()[-1]
        cls.copy = cls.lost.base / "sauvegarde"
        cls.facts = cls.lost.facts()
        cls.states = Counter(cls.lost.sql("SELECT state FROM demande ORDER BY state"))
        cls.told = cls.lost.done("backup", "--out", cls.copy)
        cls.erased = cls.before[::3]
        cls.after = cls.lost.take_in(range(3 * ERASURES, 3 * ERASURES + LATER))
        for numero in (*cls.erased, cls.after[0]):
            cls.lost.done("erase", numero, "--act", "après la sauvegarde")
        cls.kept = set(cls.before) - set(cls.erased)

    def setUp(self):
        self.there = Place(PROGRAM, ROOT)
        self.addCleanup(self.there.close)

    def restore(self, there, *options):
        there.take_secrets_of(self.lost)
        return there.run("restore", "--in", self.copy, *options)

    def assert_refused(self, done, why, status=3):
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertIn(why, done.stderr)

    def assert_whole(self, there):
        """The erased are gone, the others there, and what names nobody is what it was."""
        for numero in (*self.erased, self.forgotten):
            self.assert_refused(there.run("show", numero), "PAS-REG-009", 1)
        self.assertEqual(there.numbers(), self.kept)
        self.assertEqual(there.sql("SELECT count(*) FROM demande_key"), [str(len(self.kept))])
        self.assertEqual(there.sql("SELECT count(*) FROM demande WHERE state = 'erased'"), [str(len(self.erased) + 1)])
        self.assertEqual(there.facts(), self.facts)
        self.assertEqual(there.report(), self.report, "of the year, with the erased")


class Restored(Backed):
    """What was restored."""

    def test_a_backup_says_what_it_holds_and_is_for_its_owner(self):
        out, said = self.told
        self.assertRegex(out, rf"^base passerelle ; schéma \d+ ; {3 * ERASURES} demande\(s\) "
                              rf"\({', '.join(f'{state} {count}' for state, count in self.states.items())}\) ; "
                              rf"{self.copy.stat().st_size} octets\n$")
        self.assertIn("registre.cles", said)
        self.assertEqual(self.copy.stat().st_mode & 0o777, 0o600)
        keys = (self.lost.data / "registre.cles").read_text(encoding="utf-8")
        for secret in (line[-64:] for line in keys.splitlines() if line[-64:].isalnum()):
            self.assertNotIn(bytes.fromhex(secret), self.copy.read_bytes())
        self.assert_refused(self.lost.run("backup", "--out", self.copy), "existe", 2)
        self.assertEqual(list(self.lost.base.glob("*.part")), [])

    def test_reports_outlive_the_named_data_they_were_equal_to(self):
        self.assertEqual(self.report, self.named, "before anyone was erased")
        figures = {(row["indicator"], row["by"], row["value"]): row["figure"] for row in rows(self.report)}
        self.assertEqual(figures["filings", "total", ""], str(3 * ERASURES))
        left = sum(rank % LEFT == 1 for rank in range(3 * ERASURES))
        self.assertEqual(figures["stock", "total", ""], str(3 * ERASURES - left))
        self.assertEqual(figures["left", "total", ""], str(left))
        self.assertEqual(self.lost.report(), self.report, "once they were erased")
        self.assertNotEqual(self.lost.report(source="named"), self.report, "there is nobody to name")
        there = self.there
        self.assertEqual(self.restore(there).returncode, 0)
        self.assertEqual(there.report(), self.report, "once their erasures were replayed")
        gone = [place.sql("SELECT count(*) FROM fact WHERE kind = 'erasure'")[0] for place in (self.lost, there)]
        self.assertEqual(int(gone[0]) - int(gone[1]), 1, "but for who came after the backup")

    def test_the_journal_names_nobody(self):
        journal = self.lost.data / "effacements.journal"
        lines = [line.split() for line in journal.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        self.assertEqual([len(line) for line in lines], [5] * (len(self.erased) + 2))
        self.assertFalse({*self.before, *self.after, self.forgotten} & {word for line in lines for word in line})
        self.assertEqual(journal.stat().st_mode & 0o777, 0o600)

    def test_who_was_erased_does_not_come_back(self):
        there = self.there
        done = self.restore(there)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, f"0 migration(s) appliquée(s) ; {len(self.erased)} effacement(s) rejoué(s), "
                                      "1 déjà dans la sauvegarde, 1 de demandes qu'elle n'a pas\n")
        self.assert_whole(there)
        forget = there.base / "forget.csv"
        there.done("export", "--territory", "063", "--since", self.cursor, "--erased", forget, "--out", os.devnull)
        self.assertEqual(set(forget.read_text().split()[1:]), set(self.erased), "partners hear of it, whatever they had")
        again = there.take_in(range(3 * ERASURES, 3 * ERASURES + LATER))
        self.assertFalse(set(again) & {*self.before, *self.after, self.forgotten}, "no number is given twice")
        self.assert_refused(self.restore(there), "--replace")
        self.assertEqual(there.numbers(), self.kept | set(again))
        replaced = self.restore(there, "--replace")
        self.assertEqual(replaced.returncode, 0, replaced.stderr)
        self.assert_whole(there)
        self.assertTrue(any(name.startswith("passerelle_avant_") for name in there.databases()), "it is kept aside")

    @staticmethod
    def stop_in_the_middle(there, running):
        """Stopped each time it is looked at: a machine with much to do looks slowly."""
        while running.poll() is None:
            running.send_signal(signal.SIGSTOP)
            if "passerelle_restauration" in there.databases():
                return
            running.send_signal(signal.SIGCONT)
            time.sleep(0.01)

    def test_a_restore_that_is_killed_opens_nothing_until_it_is_done_again(self):
        there = self.there
        for fault in (signal.SIGKILL, signal.SIGINT):
            there.take_secrets_of(self.lost)
            running = there.start("restore", "--in", self.copy)
            self.stop_in_the_middle(there, running)
            running.send_signal(fault)
            running.send_signal(signal.SIGCONT)
            running.communicate(timeout=TIME_LIMIT_S)
            self.assertNotEqual(running.returncode, 0, "it was over before")
            self.assert_refused(there.run("show", self.before[1]), "restauration")
            self.assertNotIn("passerelle", there.databases(), "no empty registry takes its place")
        self.assertEqual(self.restore(there).returncode, 0)
        self.assert_whole(there)

    def test_a_database_of_others_is_backed_up_and_restored_by_its_administrator(self):
        there = self.there
        self.assertEqual(self.restore(there).returncode, 0)

        def database(name):
            return ("--database", f"host='{there.data / 'socket'}' user=passerelle_cluster dbname={name}", "--keys",
                    there.data / "registre.cles")

        copy = there.base / "ailleurs"
        saved = there.run("backup", *database("passerelle"), "--out", copy, data=False)
        self.assertEqual(saved.returncode, 0, saved.stderr)
        done = there.run("restore", *database("ailleurs"), "--in", copy, data=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f"0 effacement(s) rejoué(s), {len(self.erased) + 1} déjà", done.stdout)
        self.assertEqual(there.run("show", *database("ailleurs"), min(self.kept), data=False).returncode, 0)
        secret = ("--database", "postgresql://a:motdepasse@127.0.0.1/x", "--keys", there.data / "registre.cles")
        for verb, file in (("backup", "--out"), ("restore", "--in")):
            told = there.run(verb, *secret, file, copy if verb == "restore" else there.base / "x", data=False)
            self.assert_refused(told, "PGPASSFILE")
            self.assertNotIn("motdepasse", told.stderr)


class Refused(Backed):
    """What a restore does not begin."""

    def setUp(self):
        super().setUp()
        self.there.take_secrets_of(self.lost)

    def refused(self, why, *options, copy=None):
        self.assert_refused(self.there.run("restore", "--in", copy or self.copy, *options), why)
        self.assertFalse({name for name in self.there.databases() if name.startswith("passerelle")})

    def test_without_its_journal(self):
        journal = self.there.data / "effacements.journal"
        lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
        journal.unlink()
        self.refused("--without-journal")
        journal.write_text("".join(lines[:2]))
        self.refused("le journal n'a pas tous les effacements")
        journal.write_text("".join(lines) + "063 illisible\n")
        self.refused("ligne")
        journal.unlink()
        self.assertEqual(self.there.run("restore", "--in", self.copy, "--without-journal").returncode, 0)
        self.assertEqual(self.there.numbers(), set(self.before), "they are back")
        self.assert_refused(self.there.run("show", self.forgotten), "PAS-REG-009", 1)

    def test_with_keys_of_another_or_none(self):
        keys = self.there.data / "registre.cles"
        text = keys.read_text(encoding="utf-8").splitlines()
        keys.unlink()
        self.refused("registre.cles")
        with open(os.open(keys, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as foreign:
            foreign.writelines((line[:-64] + line[-64:][::-1] if line[-64:].isalnum() else line) + "\n" for line in text)
        self.refused("clés")

    def test_of_a_file_that_is_none_or_damaged_or_of_a_newer_schema(self):
        copy = self.there.base / "copie"
        self.refused("illisible", copy=copy)
        copy.write_bytes(b"demande,numero\n")
        self.refused("ce n'est pas une sauvegarde", copy=copy)
        copy.write_bytes(self.copy.read_bytes()[:-200])
        self.refused("incomplète", copy=copy)
        self.lost.sql("INSERT INTO migration SELECT max(number) + 1, 'plus tard', '', now() FROM migration")
        try:
            dump = subprocess.run([POSTGRES / "pg_dump", "-Fc", "-h", self.lost.data / "socket", "-U", "passerelle_cluster",
                                   "passerelle"], capture_output=True, check=True).stdout
        finally:
            self.lost.sql("DELETE FROM migration WHERE name = 'plus tard'")
        copy.write_bytes(dump)
        self.refused("trop ancien", copy=copy)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
