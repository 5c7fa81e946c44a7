"""Keeps docs/peers, docs/access-actors.md and docs/life-table.md true: what `passerelle mapping doc`, `mapping matrix`,
`access doc` and `life table` print is what is committed.

usage: peer_documents.py PROGRAM REPOSITORY [--write]
"""

import difflib
import subprocess
import sys
from pathlib import Path

SHOWN_LINES = 20


def printed(program, root, *arguments):
    done = subprocess.run([program, "--home", str(root), *arguments], capture_output=True, text=True,
                          encoding="utf-8", timeout=120, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def documents(program, root):
    """What these documents must hold: text by path."""
    folder = root / "docs/peers"
    peers = sorted(path.parent.name for path in (root / "mappings/peer").glob("*/peer.table"))
    wanted = {folder / f"{peer}.md": printed(program, root, "mapping", "doc", peer) for peer in peers}
    wanted[folder / "loss-matrix.csv"] = printed(program, root, "mapping", "matrix")
    wanted[root / "docs/access-actors.md"] = printed(program, root, "access", "doc")
    wanted[root / "docs/life-table.md"] = printed(program, root, "life", "table")
    return wanted


def difference(path, wanted):
    held = path.read_text(encoding="utf-8") if path.is_file() else ""
    if held == wanted:
        return []
    return list(difflib.unified_diff(held.splitlines(), wanted.splitlines(), "committed", "printed", n=0, lineterm=""))


def main():
    program, root = sys.argv[1], Path(sys.argv[2]).resolve()
    wanted = documents(program, root)
    surplus = {path for path in (root / "docs/peers").glob("*") if path not in wanted}
    if "--write" in sys.argv[3:]:
        (root / "docs/peers").mkdir(exist_ok=True)
        for path, text in wanted.items():
            path.write_text(text, encoding="utf-8")
        for path in surplus:
            path.unlink()
        print(f"{len(wanted)} documents written")
        return 0
    stale = {path: lines for path, text in wanted.items() if (lines := difference(path, text))}
    for path, lines in stale.items():
        print(f"{path.relative_to(root)} is not what the tables say; run ./dev fix")
        print("\n".join(lines[:SHOWN_LINES]))
    for path in sorted(surplus):
        print(f"{path.relative_to(root)} belongs to no peer; run ./dev fix")
    return 1 if stale or surplus else 0


if __name__ == "__main__":
    sys.exit(main())
