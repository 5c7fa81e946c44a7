"""Checks that an invented scenario is the same for one seed, and that every rule acts in it under every parameters."""

import collections
import csv
import datetime
import io
import unittest

import life_cases
import life_model
import life_scenario

DEMANDES = 4000
REFUSALS = {"unknown", "erased", "wrong state", "number is taken", "motive is not reactivable", "reactivation too late",
            "no open notice", "proven already", "notice is open already", "no commission"}


def written(seed=1, first=datetime.date(2026, 1, 1), days=730, demandes=DEMANDES):
    """A scenario as it is printed, without its heading."""
    output = io.StringIO()
    csv.writer(output, lineterminator="\n").writerows(
        life_scenario.tell(life_scenario.Scenario(seed, first, days, demandes)))
    return output.getvalue()


def read(text):
    return life_model.read_commands(["day,command,demande,argument", *text.splitlines()])


class LifeScenario(unittest.TestCase):
    def lived(self, parameters, text):
        """The model after the scenario, and the sum of each column that counts."""
        life, sums = life_model.Life(life_model.read_parameters(parameters)), collections.Counter()
        for line in life_model.simulate(life, read(text)):
            sums.update(dict(zip(life_model.COUNTED, line[-len(life_model.COUNTED):])))
        return life, sums

    def test_a_seed_gives_one_scenario(self):
        self.assertEqual(written(7, demandes=300), written(7, demandes=300))
        self.assertNotEqual(written(7, demandes=300), written(8, demandes=300))

    def test_it_fills_its_days_with_its_demandes(self):
        for days, demandes in ((1, 1), (2, 30), (365, 300), (366, 300), (730, 300)):
            with self.subTest(days=days):
                commands = read(written(3, datetime.date(2027, 6, 1), days, demandes))
                self.assertEqual(commands[0].day, datetime.date(2027, 6, 1))
                self.assertEqual((commands[-1].day - commands[0].day).days, days - 1)
                begun = {command.demande for command in commands if command.name == "file"}
                self.assertLessEqual(max(begun), demandes)

    def test_a_demande_has_three_to_five_commands(self):
        self.assertTrue(3 * DEMANDES <= len(read(written())) <= 5 * DEMANDES)

    def test_months_end_often_and_a_29_february_is_lived(self):
        days = collections.Counter(command.day for command in read(written(1, datetime.date(2027, 6, 1))))
        ends = sum(count for day, count in days.items() if day.day >= 28)
        self.assertGreater(ends, 0.2 * days.total())
        self.assertGreater(days[datetime.date(2028, 2, 29)], 0)

    def test_every_rule_acts(self):
        text = written()
        for parameters in (life_cases.NATIONAL, life_cases.PUY_DE_DOME):
            with self.subTest(parameters=parameters.name):
                life, sums = self.lived(parameters, text)
                self.assertEqual(set(life.refusals), REFUSALS)
                self.assertGreaterEqual(min(sums.values()), 50, sums)
                states = {demande.state for demande in life.demandes.values()}
                self.assertEqual(states, set(life_model.STATES))


if __name__ == "__main__":
    unittest.main()
