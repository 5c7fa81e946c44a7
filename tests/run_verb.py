"""Runs what `./dev run` does once it has built: certificates, a registry with examples, a gateway that serves it.

usage: run_verb.py PROGRAM REPOSITORY
"""

import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM, ROOT = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
TIME_LIMIT_S = 300
PARTS = "source dev.d/steps.sh; source dev.d/run.sh"


class RunVerb(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="passerelle-run-")
        cls.addClassCleanup(folder.cleanup)
        os.chmod(folder.name, 0o711)
        cls.folder = Path(folder.name) / "run"
        cls.environment = {**os.environ, "PASSERELLE_RUN_FOLDER": str(cls.folder), "PASSERELLE_PROGRAM": str(PROGRAM),
                           "PASSERELLE_HOME": str(ROOT)}
        cls.loaded = cls.call("make_certificates; load_registry")

    @classmethod
    def call(cls, text):
        done = subprocess.run(["bash", "-c", f"set -euo pipefail; {PARTS}; {text}"], cwd=ROOT, env=cls.environment, text=True,
                              capture_output=True, stdin=subprocess.DEVNULL, timeout=TIME_LIMIT_S, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
        return done.stdout

    def test_it_says_where_to_look_and_what_it_says_works_until_it_is_stopped(self):
        running = subprocess.Popen(["bash", "-c", f"set -euo pipefail; {PARTS}; serve_registry stay"], cwd=ROOT,
                                   env=self.environment, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   start_new_session=True)
        self.addCleanup(lambda: running.poll() is None and os.killpg(running.pid, signal.SIGKILL))
        told = []
        while not told or not told[-1].startswith("stop:"):
            line = running.stdout.readline()
            self.assertTrue(line, "".join(told))
            told.append(line)
        commands = [line.strip() for line in told if re.match(r"  \S", line)]
        self.assertGreaterEqual(len(commands), 3)
        for command in commands:
            done = subprocess.run(shlex.split(command), cwd=ROOT, env=self.environment, capture_output=True, timeout=TIME_LIMIT_S,
                                  check=False)
            self.assertEqual(done.returncode, 0, f"{command}\n{done.stderr.decode()}")
        os.killpg(running.pid, signal.SIGINT)  # as Ctrl-C does
        rest = running.communicate(timeout=TIME_LIMIT_S)[0]
        self.assertEqual((running.returncode, rest.splitlines()[-1].split(";")[0]), (0, "stopped"))

    def test_a_second_run_uses_what_the_first_has_made(self):
        before = (self.folder / "autorite.pem").read_bytes()
        told = self.call("make_certificates; load_registry; serve_registry once")
        self.assertEqual((self.folder / "autorite.pem").read_bytes(), before)
        numeros = re.compile(r"new,(\d{6}\S+)")
        self.assertEqual(numeros.findall(told), numeros.findall(self.loaded), "the same message, the same answer")
        self.assertEqual((self.folder / "serveur.cle").stat().st_mode & 0o077, 0, "nobody else reads a key")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
