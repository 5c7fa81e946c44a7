"""Checks that each peer whose format is ours exercises the whole mapping language: real partners will.

Run by ctest (label `data`). The national interface is what its documents say; these are ours to vary.
"""
import sys
from pathlib import Path

PEERS = Path(__file__).resolve().parent.parent / "mappings" / "peer"
OURS = ("alin", "bailleur-arverne", "bailleur-sioule", "bailleur-volcans", "fichier-partage")
FIELDS, TABLES = 60, 6
RELATIONS, LOSSES = set("=<>~0"), {"park", "report", "refuse", "by-law"}

faults = []


def check(holds, text):
    if not holds:
        faults.append(text)


def lines(peer):
    """The cells of every mapping line of a peer."""
    for table in sorted(peer.glob("**/*.table")):
        for line in table.read_text().splitlines():
            cells = [cell.strip() for cell in line.split(" |")]
            if len(cells) == 7 and not line.startswith("#"):
                yield [cell.removeprefix("|").strip() for cell in cells]


def check_peer(peer):
    rows = list(lines(peer))
    fields = {place for row in rows for place in row[1].split(" + ") if place != "-"}
    check(len(fields) >= FIELDS, f"{peer.name}: {len(fields)} fields of {FIELDS}")
    tables = len(list((peer / "codes").glob("*.csv")))
    check(tables >= TABLES, f"{peer.name}: {tables} code tables of {TABLES}")
    check(any(" + " in row[0] for row in rows), f"{peer.name}: no field is split")
    check(any(" + " in row[1] for row in rows), f"{peer.name}: no fields are merged")
    check(RELATIONS <= {row[4] for row in rows}, f"{peer.name}: a relation is never used")
    check(LOSSES <= {row[5] for row in rows}, f"{peer.name}: a loss choice is never used")


for name in OURS:
    check_peer(PEERS / name)
print("\n".join(faults))
sys.exit(1 if faults else 0)
