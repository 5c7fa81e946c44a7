"""Checks that includes go down only, that headers say their purpose, and that unit tests mirror the tree."""

import re
import sys
from pathlib import Path

# Each layer and those it may include; design and reasons: docs/index.md.
PURE = {"life", "linking", "policy", "scoring", "reports"}
MAY_INCLUDE = {
    "model": set(),
    "codec": {"model"},
    "mapping": {"codec", "model"},
    "generation": {"codec", "model"},
    "policy": {"codec", "model"},
    "life": {"codec", "model"},
    "linking": {"codec", "model"},
    "scoring": {"model"},
    "reports": {"model"},
    "store": {"model"},
    "service": {"generation", "mapping", "store", "codec", "model"} | PURE,
    "adapters": {"service", "generation", "mapping", "store", "codec", "model"} | PURE,
    "server": {"adapters", "service", "generation", "mapping", "store", "codec", "model"} | PURE,
}
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def layer_of(path):
    """The layer of a path from the root of the repository, or None outside the product."""
    parts = path.split("/")
    if parts[0] == "adapters":
        return "adapters"
    return parts[1] if parts[0] == "gateway" and len(parts) > 2 else None


def product_files(root):
    """Sources, headers and tables of macros below gateway/ and adapters/, as {path: text}."""
    found = {}
    for folder in ("gateway", "adapters"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".hpp", ".cpp", ".def"}:
                found[path.relative_to(root).as_posix()] = path.read_text(encoding="utf-8")
    return found


def adapter_of(path):
    """The peer whose adapter a path belongs to, or None."""
    parts = path.split("/")
    return parts[1] if parts[0] == "adapters" and len(parts) > 2 else None


def include_faults(path, text):
    layer = layer_of(path)
    if layer not in MAY_INCLUDE:
        return [f"{path}: {layer or 'this folder'} is no layer; add it to MAY_INCLUDE in tests/layers.py"]
    faults = []
    for target in INCLUDE.findall(text):
        below = layer_of(target)
        if below is None:
            faults.append(f'{path}: "{target}" is not a path from the root of the repository')
        elif below != layer and below not in MAY_INCLUDE[layer]:
            faults.append(f"{path}: {layer} may not include {below} ({target})")
        elif below == "adapters" == layer and adapter_of(target) != adapter_of(path):
            faults.append(f"{path}: an adapter may not include that of another peer ({target})")
    return faults


def header_faults(path, text):
    """A header opens with a comment, its purpose, closed by a full stop; then comes the guard."""
    purpose = re.match(r"((?:// .*\n)+)#pragma once\n", text)
    if not purpose:
        return [f"{path}: must open with a comment of one sentence, then #pragma once"]
    if not purpose.group(1).rstrip().endswith("."):
        return [f"{path}: the sentence of purpose has no full stop"]
    return []


def first_include_faults(path, text, files):
    """A source includes its own header before any other: that is where the header is known to compile alone."""
    header = path.removesuffix(".cpp") + ".hpp"
    first = next(iter(re.findall(r'^\s*#\s*include\s+["<]([^">]+)', text, re.MULTILINE)), None)
    if not path.endswith(".cpp") or header not in files or first == header:
        return []
    return [f"{path}: must include its own header first"]


def cycle(files):
    """One cycle of includes, as a list of paths, or None."""
    state = {}

    def visit(path, trail):
        if state.get(path) == "done" or path not in files:
            return None
        if path in trail:
            return trail[trail.index(path):] + [path]
        for target in INCLUDE.findall(files[path]):
            found = visit(target, trail + [path])
            if found:
                return found
        state[path] = "done"
        return None

    return next((found for path in files if (found := visit(path, []))), None)


def mirror_faults(root):
    """tests/unit/<layer>/<file>_test.cpp checks gateway/<layer>/<file>.cpp or .hpp; a test that looks at several
    files of a folder has another name and opens with a comment that says what it checks."""
    unit = root / "tests/unit"
    faults = []
    for test in sorted(unit.rglob("*_test.cpp")):
        mirrored = test.relative_to(unit).as_posix().removesuffix("_test.cpp")
        places = [root / top / (mirrored + end) for top in ("gateway", ".") for end in (".cpp", ".hpp")]
        across = any(place.parent.is_dir() for place in places) and test.read_text(encoding="utf-8").startswith("// ")
        if not across and not any(place.exists() for place in places):
            faults.append(f"{test.relative_to(root).as_posix()}: there is no gateway/{mirrored}.cpp nor .hpp, "
                          "and no opening comment that says what it checks")
    return faults


def check(root):
    """Every fault of the tree at `root`, one a line of text."""
    files = product_files(root)
    faults = []
    for path, text in files.items():
        faults += include_faults(path, text)
        faults += first_include_faults(path, text, files)
        if path.endswith(".hpp"):
            faults += header_faults(path, text)
    around = cycle(files)
    if around:
        faults.append("includes go round: " + " -> ".join(around))
    return faults + mirror_faults(root)


def main():
    root = Path(__file__).resolve().parent.parent
    faults = check(root)
    print("\n".join(faults) if faults else f"layers: {len(product_files(root))} files, includes go down only")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
