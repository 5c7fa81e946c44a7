"""Fails on a fault code that no test expects: each code of the catalogue is provoked somewhere."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROW = re.compile(r'FAULT\((?P<name>\w+),\s*"(?P<code>PAS-\w+-\d+)"')
KINDS = {".cpp", ".hpp", ".py", ".csv", ".expected", ".txt"}


def main():
    catalogue = (ROOT / "gateway/model/fault_catalogue.def").read_text(encoding="utf-8")
    tests = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in (ROOT / "tests").rglob("*")
                      if path.suffix in KINDS)
    unexpected = [row["code"] for row in ROW.finditer(catalogue)
                  if not re.search(rf'{row["code"]}|\b{row["name"]}\b', tests)]
    for code in unexpected:
        print(f"{code}: no test expects it")
    return 1 if unexpected else 0


if __name__ == "__main__":
    sys.exit(main())
