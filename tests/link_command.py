"""Checks the contract of `passerelle link` on the real program: files, exit statuses, what is never printed.

usage: link_command.py PROGRAM REPOSITORY
"""

import csv
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM, ROOT = sys.argv[1], Path(sys.argv[2])
SPEC = ROOT / "mappings/linking/personne.spec"


def run(*arguments, folder):
    return subprocess.run([PROGRAM, "--home", str(ROOT), "link", *map(str, arguments)], cwd=folder,
                          capture_output=True, encoding="utf-8", timeout=300, check=False)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Link(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.here = Path(folder.name)
        made = run("generate", "--count", "500", "--seed", "3", "--out", "people.csv", "--truth", "truth.csv",
                   folder=cls.here)
        linked = run("--spec", SPEC, "--in", "people.csv", "--out", "pairs.csv", "--clusters", "clusters.csv",
                     folder=cls.here)
        cls.ends = (made.returncode, linked.returncode)

    def test_people_are_made_linked_and_measured(self):
        self.assertEqual(self.ends, (0, 0))
        self.assertEqual(list(rows(self.here / "pairs.csv")[0]), ["left", "right", "probability", "decision"])
        self.assertEqual(len(rows(self.here / "clusters.csv")), len(rows(self.here / "people.csv")))
        done = run("evaluate", "--truth", "truth.csv", "--clusters", "clusters.csv", "--pairs", "pairs.csv",
                   folder=self.here)
        measures = {row["measure"]: row for row in csv.DictReader(done.stdout.splitlines())}
        self.assertGreaterEqual(float(measures["clusters"]["f1"]), 0.985)
        self.assertIn("clusters p>=0.5", measures)

    def test_error_rates_stand_beside_generated_people(self):
        names = {row["error"] for row in rows(self.here / "people.csv.taux.csv")}
        self.assertTrue({"twins", "typing", "moved"} <= names)

    def test_order_of_lines_and_threads_change_no_byte(self):
        header, *lines = (self.here / "people.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        (self.here / "turned.csv").write_text(header + "".join(reversed(lines)), encoding="utf-8")
        run("--spec", SPEC, "--in", "turned.csv", "--out", "again.csv", "--threads", "3", folder=self.here)
        self.assertEqual((self.here / "again.csv").read_bytes(), (self.here / "pairs.csv").read_bytes())

    def test_an_explanation_adds_up_and_hides_values_on_demand(self):
        pair = rows(self.here / "pairs.csv")[0]
        told = json.loads(run("explain", "--spec", SPEC, "--in", "people.csv", "--left", pair["left"], "--right",
                              pair["right"], "--format", "json", "--hide-values", folder=self.here).stdout)
        self.assertAlmostEqual(told["probabilite"], float(pair["probability"]), places=5)
        person = next(row for row in rows(self.here / "people.csv") if row["id"] == pair["left"])
        self.assertNotIn(person["courriel"] or "@", json.dumps(told))

    def test_advice_tells_thresholds_and_blocking(self):
        done = run("advise", "--spec", SPEC, "--in", "people.csv", "--truth", "truth.csv", folder=self.here)
        for heading in ("threshold,pairs,expected_precision", "wanted_precision", "bits,pairs", "coverage"):
            self.assertIn(heading, done.stdout)

    def train(self, out, *more):
        return run("train", "--spec", ROOT / "mappings/linking/demandeurs.spec", "--in", "people.csv", "--version",
                   "essai-1", "--rules", ROOT / "mappings/linking/demandeurs.rules", "--out", out, *more,
                   folder=self.here)

    def test_a_trained_model_links_as_it_measured_itself(self):
        trained = self.train("a.model", "--truth", "truth.csv")
        self.assertEqual(trained.returncode, 0, trained.stderr)
        measures = dict(line.split(",", 1) for line in trained.stdout.split("\n\n")[-1].splitlines())
        self.assertGreaterEqual(float(measures["blocking"].split(",")[1]), 0.98)
        linked = run("--model", "a.model", "--in", "people.csv", "--out", "frozen.csv", folder=self.here)
        self.assertEqual(linked.returncode, 0, linked.stderr)
        same = [row for row in rows(self.here / "frozen.csv") if row["decision"] == "same"]
        self.assertEqual(len(same), int(measures["same"].split(",")[3]))

    def test_training_twice_gives_the_same_bytes(self):
        self.train("b.model")
        self.train("c.model", "--threads", "1")
        self.assertEqual((self.here / "b.model").read_bytes(), (self.here / "c.model").read_bytes())

    def test_a_model_compared_with_itself_changes_nothing(self):
        self.train("d.model")
        done = run("compare", "--model", "d.model", "--with", "d.model", "--in", "people.csv", "--truth", "truth.csv",
                   folder=self.here)
        self.assertIn("changed\n0\n", done.stdout)
        self.assertIn("essai-1,same,", done.stdout)

    def test_a_change_of_model_is_told_without_a_value(self):
        self.train("e.model")
        text = (self.here / "e.model").read_text(encoding="utf-8")
        (self.here / "f.model").write_text(text.replace("spec same 0.999\n", "spec same 0.9999999\n"),
                                           encoding="utf-8")
        done = run("compare", "--model", "e.model", "--with", "f.model", "--in", "people.csv", folder=self.here)
        self.assertIn("same,review,", done.stdout)
        for person in rows(self.here / "people.csv")[:100]:
            self.assertNotIn(person["telephone"] or "@", done.stdout)
            self.assertNotIn(person["adresse"], done.stdout)

    def test_drift_is_none_at_home_and_large_abroad(self):
        self.train("g.model")
        home = run("drift", "--model", "g.model", "--in", "people.csv", folder=self.here)
        self.assertIn("dérive aucune", home.stdout)
        run("generate", "--count", "2000", "--seed", "5", "--errors", "3", "--out", "wild.csv", folder=self.here)
        abroad = run("drift", "--model", "g.model", "--in", "wild.csv", folder=self.here)
        self.assertIn("dérive forte", abroad.stdout)

    def test_drift_is_of_a_file_or_of_a_territory(self):
        self.train("h.model")
        for given in ((), ("--in", "people.csv"), ("--territory", "063"),
                      ("--in", "people.csv", "--model", "h.model", "--territory", "063", "--data", "registre")):
            done = run("drift", *given, folder=self.here)
            self.assertEqual(done.returncode, 2, done.stderr)
        self.assertFalse((self.here / "registre").exists())

    def test_a_broken_model_or_version_is_refused(self):
        (self.here / "bad.model").write_text("passerelle-linking-model 9\n", encoding="utf-8")
        bad = run("--model", "bad.model", "--in", "people.csv", folder=self.here)
        self.assertEqual((bad.returncode, "bad.model:1 : ce format" in bad.stderr), (2, True))
        both = run("--model", "bad.model", "--spec", SPEC, "--in", "people.csv", folder=self.here)
        self.assertEqual(both.returncode, 2)
        self.assertEqual(self.train("x.model", "--version", "deux mots").returncode, 2)

    def test_faults_have_their_exit_status(self):
        (self.here / "bad.spec").write_text("nom inconnu\n", encoding="utf-8")
        (self.here / "twice.csv").write_text("id,nom\n1,a\n1,b\n", encoding="utf-8")
        (self.here / "short.spec").write_text("id id\nlast_name nom\n", encoding="utf-8")
        self.assertEqual(run("--spec", "bad.spec", "--in", "people.csv", folder=self.here).returncode, 2)
        twice = run("--spec", "short.spec", "--in", "twice.csv", folder=self.here)
        self.assertEqual((twice.returncode, "PAS-LNK-002" in twice.stderr), (1, True))
        self.assertEqual(run("--spec", SPEC, "--in", "absent.csv", folder=self.here).returncode, 3)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
