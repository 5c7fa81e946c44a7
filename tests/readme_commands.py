"""Runs every command that README.md and docs/ show in ```console blocks, and compares what it prints.

In a block, a line `$ command` is run by bash (a trailing backslash continues it) and the lines up to the next
`$ ` are what it prints, standard error included. A line `...` stands for any lines, `...` inside a line for any
text. `# exit 1` at the end of a command is its exit status, else 0. Commands of one file run one after the
other in one folder, which shows the tree of the repository but keeps what they write. A comment
`<!-- not run: reason -->` on the line above a block leaves it out, and says so. A comment `<!-- file: path -->` on
the line above a block of any language makes the block a file of that folder, written when its turn comes;
`<!-- part of: path -->` says that the file holds those lines, one after the other, and checks it.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

TIME_LIMIT_S = 120
BLOCK = re.compile(r"(?:<!-- (?P<mark>not run|file|part of): (?P<said>[^\n]*?) -->\n)?"
                   r"^```(?P<language>[\w-]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
EXIT = re.compile(r"\s+# exit (\d+)$")


@dataclass
class Command:
    text: str
    line: int
    status: int = 0
    expected: list = field(default_factory=list)


def commands_of(body, line):
    """The commands of one block whose first line is `line` of its file."""
    commands, continued = [], False
    for number, row in enumerate(body.splitlines(), line):
        if continued:
            commands[-1].text += "\n" + row
        elif row.startswith("$ "):
            commands.append(Command(row[2:], number))
        elif commands:
            commands[-1].expected.append(row)
        else:
            raise ValueError(f"line {number}: a console block begins with `$ `")
        continued = commands[-1].text.endswith("\\") and not commands[-1].expected
    for command in commands:
        status = EXIT.search(command.text)
        if status:
            command.status = int(status.group(1))
            command.text = command.text[:status.start()]
    return commands


@dataclass
class Block:
    """One fenced block: console commands, or a file when a comment says so."""
    language: str
    body: str
    line: int
    mark: str
    said: str


def blocks_of(text):
    """The blocks that are run, left out by name, written or compared; others only show something."""
    for found in BLOCK.finditer(text):
        block = Block(found.group("language"), found.group("body"), text.count("\n", 0, found.start("body")) + 1,
                      found.group("mark"), found.group("said"))
        if block.language == "console" or block.mark in ("file", "part of"):
            yield block


def file_fault(block, folder):
    """Writes the file of the block, or compares it; why the file is not what is shown, or nothing."""
    path = (Path(folder) / block.said).resolve()
    if Path(folder).resolve() not in path.parents:
        return "a file outside the folder"
    if block.mark == "part of":
        held = path.read_text(encoding="utf-8") if path.is_file() else ""
        return None if block.body in held else f"the file does not hold these lines; it holds:\n{held}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.body, encoding="utf-8")
    return None


def matches(expected, printed):
    """Whether the lines printed are those expected, `...` standing for anything."""
    pattern = "".join(r"(?:.*\n)*?" if row.strip() == "..." else
                      r"[^\n]*?".join(re.escape(part) for part in row.rstrip().split("...")) + r"[ ]*\n"
                      for row in expected)
    return re.fullmatch(pattern, printed if printed.endswith("\n") or not printed else printed + "\n") is not None


def run(command, folder, programs):
    """What the command printed and its exit status."""
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(["bash", "-c", command.text], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIME_LIMIT_S, check=False)
    return done.stdout.decode("utf-8", errors="replace"), done.returncode


def fault_of(command, folder, programs):
    """Why the command does not do what is shown, or nothing."""
    try:
        printed, status = run(command, folder, programs)
    except subprocess.TimeoutExpired:
        return f"still running after {TIME_LIMIT_S} s"
    if status != command.status:
        return f"exit {status} instead of {command.status}; it printed:\n{printed}"
    if not matches(command.expected, printed):
        return "expected:\n" + "\n".join(command.expected) + "\nprinted:\n" + printed
    return None


def show_tree(root, folder):
    """Lets the commands find the files of the repository by the paths that the documents use."""
    for entry in root.iterdir():
        if entry.name not in {".git", "build"}:
            (Path(folder) / entry.name).symlink_to(entry)


def check(document, root, programs):
    """(commands run, blocks left out, faults) of one document."""
    ran, left_out, faults = 0, [], []
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o711)  # a PostgreSQL that the commands start is another user, and passes through
        show_tree(root, folder)
        for block in blocks_of(document.read_text(encoding="utf-8")):
            if block.mark == "not run":
                left_out.append(f"line {block.line}: {block.said}")
            elif block.mark:
                fault = file_fault(block, folder)
                faults += [f"{document.name}:{block.line}: {block.said}\n{fault}"] if fault else []
            else:
                for command in commands_of(block.body, block.line):
                    ran += 1
                    fault = fault_of(command, folder, programs)
                    faults += [f"{document.name}:{command.line}: {command.text}\n{fault}"] if fault else []
    return ran, left_out, faults


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--bin", required=True, help="the folder of the programs, put first on PATH")
    programs = Path(options.parse_args().bin).resolve()
    root = Path(__file__).resolve().parent.parent
    failed = False
    for document in [*root.glob("README.md"), *sorted(root.glob("docs/*.md"))]:
        ran, left_out, faults = check(document, root, programs)
        print(f"{document.relative_to(root)}: {ran} commands run, {len(faults)} wrong, {len(left_out)} blocks not run")
        print("".join(f"  not run, {reason}\n" for reason in left_out) + "".join(f"{fault}\n" for fault in faults), end="")
        failed = failed or bool(faults)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
