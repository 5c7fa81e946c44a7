"""Keeps docs/conformity.md honest: each line has a known state, and the tests that it names are there.

usage: conformity.py REPOSITORY
"""

import re
import sys
from pathlib import Path

STATES = {"shown", "in part", "later", "organisation"}
NAMES_TESTS = {"shown", "in part"}
CASE = re.compile(r"^TEST(?:_[FP])?\((\w+),\s*(\w+)\)", re.MULTILINE)
SCRIPT = re.compile(r"add_test\(NAME ([\w.]+)")


def known_tests(root):
    """Cases of GoogleTest as Class.name, and tests of CTest by their names."""
    names = set()
    for path in (root / "tests").rglob("*.cpp"):
        names |= {f"{one}.{case}" for one, case in CASE.findall(path.read_text(encoding="utf-8"))}
    for path in [root / "tests/CMakeLists.txt", *(root / "cmake").glob("*.cmake")]:
        names |= set(SCRIPT.findall(path.read_text(encoding="utf-8")))
    return names


def lines_of(text):
    """The cells of each line of its tables, with the number of the line."""
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and "state" not in cells and not set(line) <= set("|- "):
            yield number, cells


def faults_of(number, cells, known):
    *_, state, shown = cells
    if state not in STATES:
        return [f"line {number}: no such state: {state}"]
    named = [name for name in re.findall(r"`([^`]+)`", shown) if "." in name]
    faults = [f"line {number}: no such test: {name}" for name in named if name not in known]
    if state in NAMES_TESTS and not named:
        faults.append(f"line {number}: names no test")
    if state in ("in part", "later") and not re.sub(r"`[^`]+`", "", shown).strip(" ,;:"):
        faults.append(f"line {number}: does not say what is missing")
    return faults


def main():
    root = Path(sys.argv[1])
    known = known_tests(root)
    lines = list(lines_of((root / "docs/conformity.md").read_text(encoding="utf-8")))
    faults = [fault for number, cells in lines for fault in faults_of(number, cells, known)]
    print("\n".join(faults) if faults else f"{len(lines)} lines, each with its tests or its reason")
    return 1 if faults or not lines else 0


if __name__ == "__main__":
    sys.exit(main())
