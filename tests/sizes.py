"""Checks the sizes, the names and the words that the house does not keep (CONTRIBUTING.md)."""

import json
import re
import subprocess
import sys
from pathlib import Path

LOOK_AGAIN, FILE_LINES, FUNCTION_LINES, USUAL_LINES, PARAMETERS, README_LINES = 400, 600, 60, 20, 5, 150
USUAL_SHARE = 0.90
CODE = {".cpp", ".hpp", ".py", ".sh", ".mjs", ".cmake"}
FORBIDDEN_NAMES = re.compile(r"(?:^|_)(?:utils?|helpers?|common|misc|managers?)(?:_|$)", re.IGNORECASE)
NAMESPACE = re.compile(r"^\s*(?:inline )?namespace ([\w:]+)", re.MULTILINE)
# Pieces, so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(r"(?<![\w.*/])/(?:work|home|root)/(?=\w)")
LATER = re.compile(r"\b(?:TO" r"DO|FIX" r"ME)\b")
# A comment above a function that a library calls: its parameters are not ours to choose.
IMPOSED = "// SIGNATURE: "
OUTSIDE = ".." "/shared"
MAY_NAME_OUTSIDE = ".ci/run"


def tracked(root):
    """Paths of the files of the project, without what git ignores."""
    command = ["git", "-C", str(root), "ls-files", "-co", "--exclude-standard", "-z"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return sorted(path for path in set(listed.split("\0")) if path and (root / path).is_file())


def name_faults(path, text):
    words = [re.sub(r"\.\w+$", "", part) for part in path.replace("-", "_").split("/")]
    if path.endswith((".hpp", ".cpp")):
        words += [part for name in NAMESPACE.findall(text) for part in name.split("::")]
    return [f"{path}: the name {word} says nothing" for word in words if FORBIDDEN_NAMES.search(word)]


def word_faults(path, text):
    faults = []
    for number, line in enumerate(text.splitlines(), 1):
        if MACHINE_PATH.search(line):
            faults.append(f"{path}:{number}: a path of one machine")
        if LATER.search(line):
            faults.append(f"{path}:{number}: work left for later belongs in an issue")
        if OUTSIDE in line and path != MAY_NAME_OUTSIDE:
            faults.append(f"{path}:{number}: only {MAY_NAME_OUTSIDE} may name what lies outside the project")
    return faults


def size_faults(path, text):
    lines = text.count("\n")
    if path == "README.md" and lines > README_LINES:
        return [f"{path}: {lines} lines, at most {README_LINES}"]
    if (Path(path).suffix in CODE or path == "dev") and lines > FILE_LINES:
        return [f"{path}: {lines} lines, at most {FILE_LINES}"]
    return []


def functions(root, texts):
    """(path, name, lines, parameters) of each function that ctags finds; an imposed signature counts as none."""
    command = ["ctags", "--output-format=json", "--fields=+neS", "--languages=C++,Python,Sh", "--kinds-C++=f",
               "--kinds-Python=fm", "--kinds-Sh=f", "--langmap=Sh:+(dev)", "-L", "-", "-f", "-"]
    listed = subprocess.run(command, input="\n".join(texts), capture_output=True, text=True, check=True, cwd=root)
    rows = {path: text.splitlines() for path, text in texts.items()}
    for line in listed.stdout.splitlines():
        tag = json.loads(line)
        if "end" in tag:
            signature = "()" if imposed(rows[tag["path"]], tag["line"]) else tag.get("signature", "()")
            yield tag["path"], tag["name"], tag["end"] - tag["line"] + 1, parameters(signature)


def imposed(rows, line):
    return any(row.strip().startswith(IMPOSED) for row in rows[max(line - 3, 0):line - 1])


def parameters(signature):
    """How many parameters a C++ or Python signature lists, `self` apart; commas in brackets do not count."""
    depth, count, seen = 0, 0, ""
    for character in signature:
        depth += (character in "([{<") - (character in ")]}>")
        count += character == "," and depth == 1
        seen += character if character not in "() \n" else ""
    return 0 if not seen else count + 1 - seen.startswith("self")


def function_faults(found):
    faults = []
    for path, name, lines, count in found:
        if lines > FUNCTION_LINES:
            faults.append(f"{path}: {name} has {lines} lines, at most {FUNCTION_LINES}")
        if count > PARAMETERS:
            faults.append(f"{path}: {name} has {count} parameters, at most {PARAMETERS}")
    usual = sum(lines <= USUAL_LINES for _, _, lines, _ in found)
    if found and usual < USUAL_SHARE * len(found):
        faults.append(f"only {usual} of {len(found)} functions are within {USUAL_LINES} lines, 9 of 10 must be")
    return faults


def check(root):
    """Every fault of the tree at `root`, then what deserves a second look."""
    texts = {}
    for path in tracked(root):
        try:
            texts[path] = (root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a damaged or foreign file kept as a test, not prose
    code = {path: text for path, text in texts.items() if Path(path).suffix in CODE or path == "dev"}
    found = list(functions(root, code))
    faults = [fault for path, text in texts.items()
              for fault in name_faults(path, text) + word_faults(path, text) + size_faults(path, text)]
    warnings = [f"{path}: {text.count(chr(10))} lines, look again" for path, text in code.items()
                if text.count("\n") > LOOK_AGAIN]
    return faults + function_faults(found), warnings, found


def main():
    faults, warnings, found = check(Path(__file__).resolve().parent.parent)
    print("".join(line + "\n" for line in faults + warnings), end="")
    lengths = sorted(lines for _, _, lines, _ in found)
    if lengths:
        print(f"sizes: {len(lengths)} functions, median {lengths[len(lengths) // 2]} lines, "
              f"9 of 10 within {lengths[len(lengths) * 9 // 10]}, longest {lengths[-1]}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
