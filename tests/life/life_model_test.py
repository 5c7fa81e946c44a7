"""Checks the model of the life of a demande on the lives of life_cases.py, and its command line."""

import datetime
import pathlib
import subprocess
import sys
import tempfile
import unittest

import life_cases
import life_model
from life_law import add_months

HERE = pathlib.Path(__file__).resolve().parent


def lived(case):
    """The lines that the model gives for a case."""
    words = [command.split() for line in case.commands.splitlines() for command in line.split(";")]
    rows = [",".join(command + [""] * (4 - len(command))) for command in words]
    life = life_model.Life(life_model.read_parameters(case.territory))
    commands = life_model.read_commands(["day,command,demande,argument", *rows])
    return life_model.simulate(life, commands, datetime.date.fromisoformat(case.last))


def amounts(row, names, one=""):
    """The columns that are not zero, in words; `one` stands before a name that is counted once."""
    return [f"{row[name]} {name}" if row[name] > 1 else one + name for name in names if row[name]]


def told(lines):
    """Lines of the model in words: the days on which something happened, or a state changed."""
    before = None
    for line in lines:
        row = dict(zip(life_model.COLUMNS, line))
        happened, states = amounts(row, life_model.COUNTED), amounts(row, life_model.STATES, "1 ")
        if happened or states != before:
            yield " ".join([row["day"] + ":", *happened, *(states if states != before else [])])
        before = states


class LifeModel(unittest.TestCase):
    def check(self, cases):
        for case in cases:
            with self.subTest(case.sentence, source=case.source):
                self.assertEqual(list(told(lived(case))), [line.strip() for line in case.seen.splitlines()])

    def test_months_keep_the_day_number_or_stop_at_the_last_day(self):
        for day, months, expected in life_cases.MONTHS:
            with self.subTest(day=day, months=months):
                self.assertEqual(add_months(datetime.date.fromisoformat(day), months).isoformat(), expected)

    def test_a_validity_ends_unless_it_is_renewed(self):
        self.check(life_cases.VALIDITY)

    def test_an_identity_to_check_stops_the_clock(self):
        self.check(life_cases.IDENTITY)

    def test_a_radiation_is_undone_within_its_window(self):
        self.check(life_cases.REACTIVATION)

    def test_a_notice_leads_to_a_radiation_unless_it_is_answered(self):
        self.check(life_cases.NOTICES)

    def test_a_freeze_stops_every_timer(self):
        self.check(life_cases.FREEZES)

    def test_a_radiation_is_erased_and_a_couple_parts(self):
        self.check(life_cases.ENDS)


class CommandLine(unittest.TestCase):
    def run_model(self, commands):
        with tempfile.TemporaryDirectory() as folder:
            scenario = pathlib.Path(folder) / "scenario.csv"
            scenario.write_text("day,command,demande,argument\n" + commands, encoding="utf-8")
            command = [sys.executable, HERE / "life_model.py", life_cases.NATIONAL, scenario]
            return subprocess.run(command, capture_output=True, text=True, timeout=60)

    def test_it_prints_a_line_for_each_day(self):
        done = self.run_model("2026-01-30,file,1,guichet\n2026-02-01,withdraw,1,\n2026-02-01,withdraw,1,\n")
        self.assertEqual(done.stdout, """\
day,to_check,active,overdue,frozen,radiated,erased,RADATT,RADABA,RADCON,RADIRR,RADREN,reactivated,preavis,refused
2026-01-30,0,1,0,0,0,0,0,0,0,0,0,0,0,0
2026-01-31,0,1,0,0,0,0,0,0,0,0,0,0,0,0
2026-02-01,0,0,0,0,1,0,0,1,0,0,0,0,0,1
""")

    def test_days_that_do_not_rise_are_a_fault_of_the_scenario(self):
        self.assertNotEqual(self.run_model("2026-01-30,file,1,guichet\n2026-01-29,check,1,\n").returncode, 0)

    def test_an_unknown_argument_is_a_fault_of_the_scenario(self):
        self.assertNotEqual(self.run_model("2026-01-30,file,1,letter\n").returncode, 0)


if __name__ == "__main__":
    unittest.main()
