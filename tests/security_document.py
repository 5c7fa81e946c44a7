"""Holds docs/security.md to the truth: the files and tests that it names are there, and each number stands once.

usage: security_document.py REPOSITORY
"""

import re
import sys
from collections import Counter
from pathlib import Path

# Requirements of levels 1 and 2 in each chapter of OWASP ASVS 5.0.0.
CHAPTERS = {1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16, 17: 7}
NAMED = re.compile(r"`((?:tests|gateway|docs|mappings|cmake|deploy|schemas)/[\w./-]+)(?:::([\w.]+))?`")
STATUSES = ("met", "part", "door", "none")


def holds(text, name):
    """Whether a file defines a test of that name: a function of Python, or Suite.name of GoogleTest."""
    if "." in name:
        suite, title = name.split(".")
        return re.search(rf"TEST\w*\({suite},\s+{title}\)", text)
    return re.search(rf"def {name}\(", text)


def name_faults(root, text):
    for path, name in NAMED.findall(text):
        if not (root / path).exists():
            yield f"{path} is not there"
        elif name and not holds((root / path).read_text(encoding="utf-8"), name):
            yield f"{path} has no test {name}"


def numbers_of(cell):
    """The numbers of a cell: `1.2.6-1.2.8, 1.3.1`."""
    for part in cell.split(", "):
        first, _, last = part.partition("-")
        section, low = first.rsplit(".", 1)
        high = last.rsplit(".", 1)[1] if last else low
        for number in range(int(low), int(high) + 1):
            yield f"{section}.{number}"


def number_faults(text):
    found = Counter()
    for cell, status in re.findall(r"^\| (\d[\d., -]*) \| [^|]* \| ([^|]*) \|$", text, re.MULTILINE):
        found.update(numbers_of(cell))
        if not status.startswith(STATUSES):
            yield f"{cell}: the status begins with none of {', '.join(STATUSES)}"
        if status.startswith("met:") and "`" not in status and "kernel" not in status and "by ourselves" not in status:
            yield f"{cell}: met, and nothing shows it"
    yield from (f"{number} stands {times} times" for number, times in found.items() if times > 1)
    chapters = Counter(int(number.split(".")[0]) for number in found)
    yield from (f"chapter {chapter}: {chapters[chapter]} numbers of {count}" for chapter, count in CHAPTERS.items()
                if chapters[chapter] != count)


def main():
    root = Path(sys.argv[1])
    text = (root / "docs/security.md").read_text(encoding="utf-8")
    faults = [*name_faults(root, text), *number_faults(text)]
    print("\n".join(faults) or f"security: {sum(CHAPTERS.values())} requirements, every test named is there")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
