#!/usr/bin/env python3
"""Measures the whole program on files that grow: speed beside xsltproc, peak memory, instructions per demande.

usage: program_bench.py [MEGABYTES...]    sizes of the memory measure (default 60 600 6000)

Wants a build of the preset `release`. Big inputs are fed through a pipe, so no disk is filled.
"""
import os
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "build/release/passerelle"
SAMPLE = ROOT / "build/bench/sne-export-60.xml"
CONVERT = [PROGRAM, "convert", "--from", "sne", "--to", "cerfa", "--out", "/dev/null", "--receipt", "/dev/null"]
FIRST_TAG, LAST_TAG = b"    <ns1:demande>\n", b"    </ns1:demande>\n"


class Sample:
    """The 60 MB file as ranges of bytes, so that its demandes can be sent as many times as wanted.

    Nothing of it is held in memory: a child's peak counts what its parent held when it was started.
    """

    def __init__(self):
        make_sample()
        self.size = SAMPLE.stat().st_size
        self.ends = []
        at = 0
        with open(SAMPLE, "rb") as file:
            for line in file:
                if line == FIRST_TAG and not self.ends:
                    self.begin = at
                at += len(line)
                if line == LAST_TAG:
                    self.ends.append(at)

    def repeated(self, megabytes):
        return self.first(len(self.ends) * max(1, megabytes * 1_000_000 // self.size))

    def first(self, demandes):
        yield 0, self.begin
        while demandes > 0:
            taken = min(demandes, len(self.ends))
            yield self.begin, self.ends[taken - 1]
            demandes -= taken
        yield self.ends[-1], self.size


def make_sample():
    if SAMPLE.exists():
        return
    SAMPLE.parent.mkdir(parents=True, exist_ok=True)
    part = SAMPLE.with_suffix(".part")
    with open(part, "wb") as out:
        subprocess.run([sys.executable, ROOT / "tests/bench/make_sne_file.py", "60"], stdout=out, check=True)
    part.rename(SAMPLE)


def send(ranges, descriptor):
    """Copies ranges of the sample into a pipe or a file."""
    with open(SAMPLE, "rb") as file:
        for begin, end in ranges:
            while begin < end:
                begin += os.sendfile(descriptor, file.fileno(), begin, end - begin)


def feed(pipe, ranges):
    with pipe:
        send(ranges, pipe.fileno())


def run(command, ranges):
    """Runs the command on ranges of the sample as its standard input; processor seconds and peak KiB."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    feeder = threading.Thread(target=feed, args=(process.stdin, ranges))
    feeder.start()
    _, status, usage = os.wait4(process.pid, 0)
    feeder.join()
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{command[0]} ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def compare_with_xslt(sample):
    part = ROOT / "tests/bench/part.xsl"
    theirs, their_peak = run(["xsltproc", "--huge", part, SAMPLE], [])
    ours, our_peak = run(CONVERT, sample.repeated(60))
    print(f"xsltproc, four fields         {theirs:6.2f} s  peak {their_peak} KiB")
    print(f"sne -> cerfa with receipt     {ours:6.2f} s  peak {our_peak} KiB  ratio {theirs / ours:.2f} (must 1.0)")


def measure_memory(sample, sizes):
    for megabytes in sizes:
        seconds, peak = run(CONVERT, sample.repeated(megabytes))
        print(f"{megabytes:5} MB  {seconds:7.1f} s  peak {peak} KiB")


def instructions(ranges):
    """Instructions of one conversion, counted by callgrind, so that no neighbour on the machine disturbs them."""
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        send(ranges, file.fileno())
        command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *CONVERT, "--in", file.name]
        told = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    return int(re.search(r"Collected : (\d+)", told).group(1))


def compare_instructions(sample, few=2_000, many=20_000):
    start_up = instructions(sample.first(0))
    each = [(instructions(sample.first(count)) - start_up) / count for count in (few, many)]
    print(f"start-up {start_up / 1e6:.1f} M instructions")
    for count, cost in zip((few, many), each):
        print(f"{count:6} demandes: {cost:9.0f} instructions each, start-up taken off")
    print(f"difference {100 * abs(each[1] - each[0]) / each[0]:.2f} % (must 2 %)")


def main():
    sample = Sample()
    compare_with_xslt(sample)
    measure_memory(sample, [int(size) for size in sys.argv[1:] if size.isdigit()] or [60, 600, 6000])
    compare_instructions(sample)


if __name__ == "__main__":
    main()
