"""Checks the contract of the command line on the real program: exit statuses, files left, what is printed.

usage: command_line.py PROGRAM REPOSITORY
"""

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

PROGRAM, ROOT = sys.argv[1], Path(sys.argv[2])
EXAMPLES = ROOT / "mappings/peer/sne/examples"
REFUSED = EXAMPLES / "refused"


def run(*arguments, given=None):
    """Bytes in, bytes out: nothing of the program's output is decoded on the way."""
    return subprocess.run([PROGRAM, "--home", str(ROOT), *map(str, arguments)], input=given, capture_output=True,
                          timeout=60, check=False)


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.here = Path(self.folder.name)

    def test_a_sound_file_ends_with_0_and_a_faulty_one_with_1(self):
        self.assertEqual(run("validate", "--format", "sne", EXAMPLES / "02.01-CRE-corse.xml").returncode, 0)
        self.assertEqual(run("validate", "--format", "sne", REFUSED / "02.00-CRE-code-inconnu.xml").returncode, 1)

    def test_wrong_usage_ends_with_2(self):
        for arguments in ([], ["convertir"], ["convert", "--from", "sne"],
                          ["convert", "--from", "inconnu", "--to", "cerfa"],
                          ["convert", "--from", "sne@", "--to", "cerfa"]):
            self.assertEqual(run(*arguments, given=b"").returncode, 2, arguments)

    def test_a_world_that_fails_ends_with_3(self):
        self.assertEqual(run("validate", "--format", "sne", self.here / "absent.xml").returncode, 3)
        out = run("convert", "--from", "sne", "--to", "cerfa", "--in", EXAMPLES / "02.01-CRE-corse.xml",
                  "--out", "/dev/full")
        self.assertEqual(out.returncode, 3)

    def test_standard_streams_serve_as_files(self):
        document = (EXAMPLES / "02.01-CRE-corse.xml").read_bytes()
        there = run("convert", "--quiet", "--from", "sne", "--to", "cerfa", given=document)
        back = run("convert", "--quiet", "--from", "cerfa", "--to", "sne", "--in", "-", given=there.stdout)
        self.assertEqual((there.returncode, back.returncode, back.stderr), (0, 0, b""))

    def test_pretty_json_and_an_array_are_read_like_lines(self):
        lines = run("convert", "--quiet", "--from", "sne", "--to", "cerfa", "--in",
                    EXAMPLES / "02.01-CRE-corse.xml").stdout
        expected = run("convert", "--quiet", "--from", "cerfa", "--to", "sne", given=lines).stdout
        objects = [json.loads(line) for line in lines.splitlines()]
        pretty = json.dumps(objects, indent=2, ensure_ascii=False).encode()
        self.assertEqual(run("convert", "--quiet", "--from", "cerfa", "--to", "sne", given=pretty).stdout, expected)

    def test_windows_1252_is_read_as_it_says(self):
        document = (EXAMPLES / "02.00-CRE-famille.xml").read_text(encoding="utf-8")
        western = document.replace('encoding="UTF-8"', 'encoding="windows-1252"').encode("cp1252")
        plain = run("convert", "--quiet", "--from", "sne", "--to", "cerfa", given=document.encode())
        self.assertEqual(run("convert", "--quiet", "--from", "sne", "--to", "cerfa", given=western).stdout, plain.stdout)

    def test_files_written_are_for_their_owner_alone(self):
        out, receipt = self.here / "out.json", self.here / "recu.csv"
        run("convert", "--from", "sne", "--to", "cerfa", "--in", EXAMPLES / "02.01-CRE-corse.xml", "--out", out,
            "--receipt", receipt)
        for path in (out, receipt):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertEqual(sorted(os.listdir(self.here)), ["out.json", "recu.csv"])

    def test_complements_leave_the_pivot_and_come_back(self):
        document, out, parked = EXAMPLES / "02.00-MOD-handicap.xml", self.here / "out.json", self.here / "parked.csv"
        run("convert", "--from", "sne", "--to", "cerfa", "--in", document, "--out", out, "--complement", parked)
        self.assertNotIn('"complements"', out.read_text(encoding="utf-8"))
        inline = run("convert", "--quiet", "--from", "sne", "--to", "cerfa", "--in", document).stdout
        self.assertEqual(
            run("convert", "--quiet", "--from", "cerfa", "--to", "sne", "--in", out, "--complement", parked).stdout,
            run("convert", "--quiet", "--from", "cerfa", "--to", "sne", given=inline).stdout)

    def test_an_interrupted_run_leaves_nothing_behind(self):
        out = self.here / "out.json"
        with subprocess.Popen([PROGRAM, "--home", str(ROOT), "convert", "--from", "sne", "--to", "cerfa", "--out",
                               str(out)], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            process.stdin.write((EXAMPLES / "02.01-CRE-corse.xml").read_bytes()[:400])
            process.stdin.flush()
            part = self.here / "out.json.part"
            for _ in range(500):
                if part.exists():
                    break
                time.sleep(0.02)
            self.assertTrue(part.exists())
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(timeout=30), -signal.SIGINT)
        self.assertEqual(os.listdir(self.here), [])

    def test_a_refused_value_is_printed_nowhere(self):
        secret = b"Zorglubine"
        document = (EXAMPLES / "02.01-CRE-corse.xml").read_bytes().replace(b'civilite code="', b'civilite code="' + secret)
        for verb in (["validate", "--format", "sne"], ["validate", "--json", "--format", "sne"],
                     ["convert", "--from", "sne", "--to", "cerfa", "--out", self.here / "o", "--receipt", self.here / "r"]):
            done = run(*verb, given=document)
            self.assertEqual(done.returncode, 1)
            self.assertNotIn(secret, done.stdout + done.stderr)
        self.assertNotIn(secret, (self.here / "r").read_bytes())

    def test_hostile_documents_end_with_a_coded_fault(self):
        document = (EXAMPLES / "02.01-CRE-corse.xml").read_bytes()
        doctype = document.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', 1)
        for given, code in ((doctype, b"PAS-DOC-004"), (b"", b"PAS-DOC-006"), (document[:-40], b"PAS-DOC-002")):
            done = run("validate", "--format", "sne@02.01:CRE", given=given)
            self.assertEqual(done.returncode, 1)
            self.assertIn(code, done.stdout)
            self.assertNotIn(b"root:", done.stdout + done.stderr)

    def test_generated_demandes_are_valid_and_always_the_same(self):
        order = ("generate", "--count", 200, "--seed", 7, "--format")
        for territory in ("063", "02A", "974"):
            drawn = run(*order, "cerfa", "--territory", territory)
            self.assertEqual((drawn.returncode, drawn.stderr), (0, b""))
            self.assertEqual(run(*order, "cerfa", "--territory", territory).stdout, drawn.stdout)
            self.assertEqual(run("validate", "--format", "cerfa", given=drawn.stdout).stdout.count(b"\n"), 1)
        message = run(*order, "sne@02.01:CRE", "--territory", "063")
        self.assertEqual((message.returncode, message.stderr), (0, b""))
        self.assertEqual(run("validate", "--format", "sne", given=message.stdout).returncode, 0)

    def test_generated_demandes_are_spread_as_people_are(self):
        drawn = run("generate", "--count", 2000, "--seed", 1, "--format", "cerfa", "--territory", "063").stdout
        homes = [json.loads(line).get("demandeur", {}).get("adresse", {}).get("commune") for line in drawn.splitlines()]
        # Clermont-Ferrand has a little over a fifth of the inhabitants of Puy-de-Dôme; 9 in 10 live there.
        self.assertAlmostEqual(homes.count("63113") / 2000, 0.9 * 0.22, delta=0.03)

    def test_what_cannot_be_generated_ends_with_2(self):
        for arguments in (["--territory", "099"], [], ["--territory", "063", "--at", "hier"],
                          ["--territory", "063", "--kind", "fusion"]):
            self.assertEqual(run("generate", "--count", 1, "--seed", 1, "--format", "cerfa", *arguments).returncode, 2)

    def test_every_mapping_compiles_and_every_format_is_listed(self):
        self.assertEqual(run("mapping", "check").returncode, 0)
        self.assertIn(b"sne@02.01:CRE", run("formats").stdout)
        self.assertIn(b"demandeur.nom", run("mapping", "matrix").stdout)
        self.assertIn("hypothèse".encode(), run("mapping", "doc", "sne").stdout)

    def test_access_is_checked_and_explained(self):
        self.assertEqual(run("access", "check").returncode, 0)
        asked = ["access", "explain", "--role", "bailleur", "--action", "show", "--territory", "063"]
        denied = run(*asked, "--purpose", "instruction")
        self.assertEqual(denied.returncode, 0)
        self.assertIn("refusé".encode(), denied.stdout)
        for wrong in (["--purpose", "curiosite"], ["--purpose", "instruction", "--date", "hier"],
                      ["--purpose", "instruction", "--ties", "parente"]):
            self.assertEqual(run(*asked, *wrong).returncode, 2)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
