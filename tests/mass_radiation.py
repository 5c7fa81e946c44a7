"""A wrong parameter meets the guard of an unusual day; two people let it through; one command takes it back.

usage: mass_radiation.py PROGRAM REPOSITORY
PASSERELLE_RADIATIONS says how many demandes are radiated wrongfully (60, a usual day being up to 50).
"""

import datetime
import json
import os
import sys
import unittest
from pathlib import Path

from own_registry import OwnRegistry, invented_demande, invented_person, rows

PROGRAM, ROOT = sys.argv[1], Path(sys.argv[2])
RADIATIONS = int(os.environ.get("PASSERELLE_RADIATIONS", "60"))
PLACE = ("--territory", "063")
MANAGER = ("--as", "gestion", "--purpose", "gestion")
TODAY = datetime.date.today()


def months_ago(count):
    month = TODAY.year * 12 + TODAY.month - 1 - count
    return datetime.date(month // 12, month % 12 + 1, min(TODAY.day, 28))


# By the parameters shipped a demande of this territory is radiated fourteen months after its deposit; by mistake, after
# thirteen, which have passed. Its preavis left a month before its validity ended, and that is over.
DEPOSIT = months_ago(13) - datetime.timedelta(days=5)
PREAVIS_DAY, END_DAY = (DEPOSIT + datetime.timedelta(days=days) for days in (325, 370))
# Two people of the manager, and a partner who is told of everything.
PEOPLE = """INSERT INTO body VALUES ('afpbsa', 'x', 'gestionnaire', NULL, '[2015-01-01,)', 'x');
    INSERT INTO account SELECT name, 'agent', 'afpbsa', 'x', '[2015-01-01,)', 'x' FROM unnest(ARRAY['gestion', 'second']) AS name;
    INSERT INTO access SELECT gen_random_uuid(), '063', name, 'gestionnaire', 'afpbsa', '[2015-01-01,)', 'x', 'autre',
      '2026-01-01', '2099-01-01' FROM unnest(ARRAY['gestion', 'second']) AS name"""
LIVES = """SELECT numero, d.state, valid_from, preavis_on, radiated_on, motive, shut FROM demande d
    JOIN numero USING (territory, demande_id) ORDER BY numero"""


class MassRadiation(unittest.TestCase):
    def setUp(self):
        self.registry = OwnRegistry(PROGRAM, ROOT)
        self.addCleanup(self.registry.close)
        self.registry.load_tables()
        self.registry.sql(PEOPLE)
        self.file_demandes()

    def file_demandes(self):
        people = self.registry.base / "people.jsonl"
        people.write_text("".join(json.dumps(invented_demande(invented_person(rank), dateCreation=str(DEPOSIT))) + "\n"
                                  for rank in range(RADIATIONS)))
        self.done("import", *PLACE, "--format", "cerfa", "--in", people)

    def run_verb(self, verb, *arguments):
        process = self.registry.start(verb, *arguments)
        out, errors = process.communicate(timeout=1800)
        return process.returncode, out, errors

    def done(self, verb, *arguments):
        status, out, errors = self.run_verb(verb, *arguments)
        self.assertEqual(status, 0, errors)
        return out

    def approve(self):
        """Until the end of the day."""
        wish = (*PLACE, "--action", "run-mass")
        self.done("access ask", *wish, *MANAGER)
        self.done("access approve", *wish, "--account", "gestion", "--as", "second", "--purpose", "gestion")

    def assert_stopped(self, day):
        status, _, errors = self.run_verb("run-day", day, *PLACE)
        self.assertEqual(status, 1, "an unusual day stops")
        self.assertIn("PAS-VIE-008", errors)

    def step(self, day, name):
        """How many demandes a run took a step with, two people having let it."""
        report = rows(self.done("run-day", day, *PLACE, *MANAGER))
        return next(int(row["count"]) for row in report if row["name"] == name)

    def decide(self, months):
        folder = self.registry.base / f"months-{months}"
        folder.mkdir()
        (folder / "parametres.csv").write_text("territoire,nom,valeur,depuis,acte\n"
                                               f"063,radiation-non-renouvelee-mois,{months},{TODAY},essai\n")
        self.done("reference", "--tables", folder)

    def radiated(self):
        return int(self.registry.sql("SELECT count(*) FROM demande WHERE state = 'radiated'")[0])

    def test_is_undone_by_one_command_and_partners_are_told(self):
        self.assert_stopped(PREAVIS_DAY)
        self.approve()
        self.assertEqual(self.step(PREAVIS_DAY, "preavis"), RADIATIONS)
        self.done("run-day", END_DAY, *PLACE)  # the end of validity radiates nobody
        before = self.registry.sql(LIVES)
        self.decide(13)  # a mistake that the bounds let pass
        self.assert_stopped(TODAY)
        self.assertEqual(self.step(TODAY, "not_renewed"), RADIATIONS)
        self.assertEqual(self.radiated(), RADIATIONS)
        undone = rows(self.done("undo-day", TODAY, *PLACE, *MANAGER))
        self.assertEqual(undone, [{"undone": str(RADIATIONS), "touched_since": "0"}])
        self.assertEqual(self.registry.sql(LIVES), before)
        self.assert_told()
        self.decide(14)
        self.done("run-day", TODAY, *PLACE)
        self.assertEqual(self.radiated(), 0)

    def assert_told(self):
        """Each partner hears of each demande: radiated, then radiated no more, in that order."""
        told = self.registry.sql("SELECT kind, count(DISTINCT demande_id) FROM outbox JOIN event USING "
                                 "(territory, demande_id, rank) WHERE recipient = 'sne' AND kind IN "
                                 "('not_renewed', 'radiation_undone') GROUP BY kind ORDER BY kind")
        self.assertEqual(told, [f"not_renewed {RADIATIONS}", f"radiation_undone {RADIATIONS}"])
        order = self.registry.sql("SELECT count(*) FROM event a JOIN event b USING (territory, demande_id) WHERE "
                                  "a.kind = 'not_renewed' AND b.kind = 'radiation_undone' AND b.rank = a.rank + 1")
        self.assertEqual(order, [str(RADIATIONS)])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
