"""Runs the hostile kit (tests/hostile) against the real program.

usage: hostile.py PROGRAM REPOSITORY [--measure] [--only NAME]
Without --measure (a build with sanitizers) large documents are small and nothing is timed.
"""

import argparse
import csv
import os
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "hostile"))
import recipes  # noqa: E402 - the kit stands beside this file

CANARY = recipes.CANARY.encode()
NUMBER = re.compile(rb'"numeroUnique":"06310250(\d{5})G6301"')
SMALL = 0.002
MOST_MEMORY = 64 * 1024  # KiB, as wait4 counts
MEGABYTE = 1024 * 1024


class Run:
    """One run of the program that is fed through a pipe, with what it cost."""

    def __init__(self, command, document):
        self.given = 0
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
            child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=said)
            feeder = threading.Thread(target=self.feed, args=(child.stdin, document))
            feeder.start()
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            feeder.join()
            self.status, self.memory = child.returncode, usage.ru_maxrss
            self.seconds = usage.ru_utime + usage.ru_stime
            self.out, self.said = (self.content(stream) for stream in (out, said))

    def feed(self, pipe, document):
        try:
            with pipe:
                for piece in document:
                    pipe.write(piece)
                    self.given += len(piece)
        except BrokenPipeError:
            pass  # the program had seen enough

    @staticmethod
    def content(stream):
        stream.seek(0)
        return stream.read()


class Kit:
    def __init__(self, options):
        self.program, self.root, self.measured = options.program, Path(options.repository), options.measure
        self.faults = []

    def command(self, *arguments):
        return [self.program, "--home", str(self.root), *map(str, arguments)]

    def document(self, row):
        return recipes.pieces(row["recipe"], 1 if self.measured else SMALL)

    def check(self, row, holds, text):
        if not holds:
            self.faults.append(f"{row['name']}: {text}")

    def try_row(self, row):
        validated = Run(self.command("validate", "--format", row["format"]), self.document(row))
        self.check_verdict(row, validated)
        with tempfile.TemporaryDirectory() as folder:
            out, receipt = Path(folder, "out"), Path(folder, "receipt")
            converted = Run(self.command("convert", "--quiet", "--from", row["format"], "--to", "cerfa", "--out", out,
                                         "--receipt", receipt), self.document(row))
            self.check(row, converted.status == 1, f"convert ends with {converted.status}")
            self.check_converted(row, out)
            self.check(row, CANARY not in converted.said and not holds(receipt, CANARY), "a value is told by convert")
        for run, verb in ((validated, "validate"), (converted, "convert")):
            self.check_cost(row, run, verb)
        return validated, converted

    def check_verdict(self, row, run):
        self.check(row, run.status == 1, f"validate ends with {run.status} {run.said[-300:]}")
        self.check(row, CANARY not in run.out + run.said, "a value is told by validate")
        self.check(row, b"root:" not in run.out + run.said, "a file of the machine is told")
        told = [line.split(",") for line in run.out.decode().splitlines()[1:]]
        codes = {fields[0] for fields in told}
        self.check(row, row["code"] in codes, f"{row['code']} is not told but {sorted(codes)}")
        placed = all(fields[3] != "0" for fields in told if not fields[0] == "PAS-STR-005")
        self.check(row, placed, "a fault has no line")

    def check_converted(self, row, out):
        if row["through"] == "all":
            expected = 1000 * max(1, int(800 * (1 if self.measured else SMALL)))
            # Counted, not kept: what this process holds in memory is charged to its children.
            count = sum(1 for _ in numbers(out))
            self.check(row, count == expected, f"{count} demandes came through")
            return
        ranks = sorted(int(found) for found in numbers(out))
        expected = [int(rank) for rank in row["through"].split() if rank != "-"]
        self.check(row, ranks == expected, f"{ranks} came through")
        if 2 not in expected:
            self.check(row, not holds(out, CANARY), "a value of a refused demande came through")

    def check_cost(self, row, run, verb):
        if not self.measured:
            return
        most = 1 + run.given / (50 * MEGABYTE)
        self.check(row, run.seconds <= most, f"{verb} took {run.seconds:.1f} s of {most:.1f} s")
        self.check(row, run.memory <= MOST_MEMORY, f"{verb} took {run.memory // 1024} MiB")


def numbers(path):
    """The numbers of the demandes in a converted file, read line by line."""
    if not path.exists():
        return
    with path.open("rb") as lines:
        for line in lines:
            found = NUMBER.search(line[:4096])
            if found:
                yield found.group(1)


def holds(path, word):
    if not path.exists():
        return False
    with path.open("rb") as lines:
        return any(word in line for line in lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("repository")
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--only")
    options = parser.parse_args()
    kit = Kit(options)
    with (HERE / "hostile" / "manifest.csv").open(encoding="utf-8") as manifest:
        rows = [row for row in csv.DictReader(manifest) if options.only in (None, row["name"], row["recipe"])]
    for row in rows:
        validated, converted = kit.try_row(row)
        if options.measure:
            print(f"{row['name']:45} {validated.given / MEGABYTE:8.1f} MB {validated.seconds:6.2f} s "
                  f"{converted.seconds:6.2f} s {max(validated.memory, converted.memory) // 1024:4} MiB", flush=True)
    print("\n".join(kit.faults) if kit.faults else f"hostile: {len(rows)} documents answered")
    return 1 if kit.faults else 0


if __name__ == "__main__":
    sys.exit(main())
