"""Builds the Debian package, looks into it, and runs the program that it holds, from where it was unpacked.

usage: package.py BUILD_FOLDER REPOSITORY
"""

import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from own_registry import OwnRegistry, rows

BUILD, ROOT = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
TIME_LIMIT_S = 300
NEEDED = ["usr/bin/passerelle", "usr/share/passerelle/mappings/pivot/fields.csv", "usr/share/passerelle/schemas/sql/roles.sql",
          "usr/share/passerelle/geography/communes.csv", "usr/share/passerelle/geography/registry/epci.csv",
          "usr/share/doc/passerelle/operations.md", "usr/share/doc/passerelle/copyright",
          "usr/share/doc/passerelle/examples/serve.conf", "usr/share/doc/passerelle/examples/tables/guichets.csv",
          "usr/lib/systemd/system/passerelle.service", "usr/lib/sysusers.d/passerelle.conf", "etc/passerelle/serve.conf"]
MOST_EXPOSED = 2.0  # of 10, as systemd-analyze counts


def run(*words, **options):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=TIME_LIMIT_S, check=False,
                          **options)


def setUpModule():  # the name that unittest looks for
    folder = tempfile.TemporaryDirectory(prefix="passerelle-package-")
    unittest.addModuleCleanup(folder.cleanup)
    Package.here = Path(folder.name)
    Package.here.chmod(0o711)  # a PostgreSQL of the program is another user, and passes through
    done = run("cpack", "-G", "DEB", "--config", BUILD / "CPackConfig.cmake", "-B", Package.here / "made", cwd=BUILD)
    if done.returncode != 0:
        raise RuntimeError(done.stdout[-3000:] + done.stderr[-3000:])
    Package.deb = next((Package.here / "made").glob("*.deb"))
    Package.root = Package.here / "root"
    run("dpkg-deb", "-x", Package.deb, Package.root).check_returncode()
    Package.program = Package.root / "usr/bin/passerelle"


class Package(unittest.TestCase):
    def field(self, name):
        return run("dpkg-deb", "-f", self.deb, name).stdout.strip()

    def control(self, name):
        """One file of the control archive, and its mode."""
        folder = self.here / "control"
        if not folder.exists():
            run("dpkg-deb", "-e", self.deb, folder).check_returncode()
        file = folder / name
        return file.read_text(encoding="utf-8"), stat.S_IMODE(file.stat().st_mode)

    def test_it_holds_what_the_program_needs_and_nothing_of_a_clone(self):
        for name in NEEDED:
            self.assertTrue((self.root / name).is_file(), name)
        held = {path.relative_to(self.root).parts[0] for path in self.root.rglob("*") if path.is_file()}
        self.assertEqual(held, {"usr", "etc"})
        names = run("dpkg-deb", "-c", self.deb).stdout
        self.assertNotRegex(names, r"/tests/|\.git|\.cpp|\.hpp|_test")
        self.assertEqual([line for line in names.splitlines() if not line.split()[1] == "root/root"], [])
        self.assertEqual([line for line in names.splitlines() if "w" in line[5:10]], [], "nobody but root writes there")

    def test_it_says_what_it_depends_on(self):
        depends = self.field("Depends")
        for name in ("libc6", "libxml2", "libpq5", "libssl3", "libsimdjson", "libfmt9", "postgresql-15"):
            self.assertIn(name, depends)
        self.assertEqual(self.field("Package"), "passerelle")
        self.assertRegex(self.field("Version"), r"^\d+\.\d+\.\d+")

    def test_its_configuration_is_kept_by_an_update_and_its_scripts_are_sound(self):
        self.assertEqual(self.control("conffiles")[0], "/etc/passerelle/serve.conf\n")
        for name in ("postinst", "prerm", "postrm"):
            text, mode = self.control(name)
            self.assertEqual(mode, 0o755, name)
            self.assertTrue(text.startswith("#!/bin/sh\n"))
            self.assertEqual(run("sh", "-n", self.here / "control" / name).returncode, 0)
            self.assertNotIn("rm -r", text, "the registry is nobody's to remove")
            if shutil.which("shellcheck"):
                done = run("shellcheck", self.here / "control" / name)
                self.assertEqual(done.returncode, 0, done.stdout)

    def test_no_setting_of_its_configuration_is_unknown(self):
        done = run(self.program, "serve", "--config", self.root / "etc/passerelle/serve.conf")
        self.assertEqual(done.returncode, 2, "there is no certificate")
        self.assertNotRegex(done.stderr, r"ligne \d+")

    def test_its_program_runs_where_it_was_unpacked(self):
        environment = {name: value for name, value in os.environ.items() if name != "PASSERELLE_HOME"}
        done = run(self.program, "formats", env=environment, cwd="/")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("sne@02.00:CRE", done.stdout)

    def test_a_registry_lives_on_its_tables(self):
        registry = OwnRegistry(self.program, self.root / "usr/share/passerelle", self.here)
        self.addCleanup(registry.close)
        registry.finish(registry.start("reference", "--tables", self.root / "usr/share/doc/passerelle/examples/tables"))
        example = self.root / "usr/share/passerelle/mappings/peer/sne/examples/02.00-CRE-famille.xml"
        told = registry.finish(registry.start("import", "--territory", "063", "--format", "sne", "--in", example))
        self.assertEqual([row["outcome"] for row in rows(told)], ["new"])

    def test_its_unit_is_right_and_hardened(self):
        if not shutil.which("systemd-analyze"):
            self.skipTest("no systemd here")
        unit = (self.root / "usr/lib/systemd/system/passerelle.service").read_text(encoding="utf-8")
        there = self.here / "passerelle.service"
        there.write_text(unit.replace("/usr/bin/passerelle", str(self.program)), encoding="utf-8")
        done = run("systemd-analyze", "verify", there)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        judged = run("systemd-analyze", "security", "--offline=true", "--no-pager", there).stdout
        self.assertLess(float(re.search(r"exposure level for \S+: ([\d.]+)", judged).group(1)), MOST_EXPOSED)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
