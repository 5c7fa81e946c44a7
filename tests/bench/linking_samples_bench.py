#!/usr/bin/env python3
"""Links the public sample sets without their labels, then measures what was found against them.

usage: PASSERELLE_REFERENCE_DATA=FOLDER tests/bench/linking_samples_bench.py

Wants a build of the preset `release`. Reads FOLDER/samples/linking: fake_1000.csv, febrl1.csv to febrl3.csv,
febrl4a.csv with febrl4b.csv, foreigners_1500.csv, historical_figures.csv; a set that is not there is skipped.
The specs are those of mappings/linking. Fails when a set falls under the F1 that it reached before.
"""
import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "build/release/passerelle"
# Files, spec, column of ids, column of labels, least F1 of the pairs within clusters.
SETS = [
    (["febrl1.csv"], "febrl", "rec_id", "rec_id", 0.9999),
    (["febrl1.csv"], "febrl_without_number", "rec_id", "rec_id", 0.997),
    (["febrl2.csv"], "febrl", "rec_id", "rec_id", 0.9999),
    (["febrl2.csv"], "febrl_without_number", "rec_id", "rec_id", 0.9995),
    (["febrl3.csv"], "febrl", "rec_id", "rec_id", 0.9999),
    (["febrl3.csv"], "febrl_without_number", "rec_id", "rec_id", 0.9997),
    (["febrl4a.csv", "febrl4b.csv"], "febrl", "rec_id", "rec_id", 0.9999),
    (["febrl4a.csv", "febrl4b.csv"], "febrl_without_number", "rec_id", "rec_id", 0.998),
    (["fake_1000.csv"], "fake_people", "unique_id", "cluster", 0.99),
    (["foreigners_1500.csv"], "foreigners", "Unnamed: 0", "true_id", 0.94),
    (["historical_figures.csv"], "historical_figures", "unique_id", "cluster", 0.88),
]


def person_of(label):
    """The number of a FEBRL id (rec-12-dup-0), or the label itself."""
    return label.split("-")[1] if label.startswith("rec-") else label


def without_labels(source, target, id_column, label_column, truth):
    """Writes the set with ranks for ids and no label; appends the truth of each rank."""
    with source.open(encoding="utf-8", newline="") as file, target.open("w", encoding="utf-8", newline="") as out:
        rows = csv.DictReader(file, skipinitialspace=True)
        kept = [name for name in rows.fieldnames if name not in (id_column, label_column)]
        writer = csv.DictWriter(out, [id_column, *kept], extrasaction="ignore")
        writer.writeheader()
        for row in rows:
            rank = str(len(truth) + 1)
            truth.append((rank, person_of(row[label_column])))
            writer.writerow({**row, id_column: rank})


def run(folder, *arguments):
    return subprocess.run([PROGRAM, "--home", ROOT, "link", *arguments], cwd=folder, check=True, capture_output=True,
                          encoding="utf-8").stdout


def strip(samples, folder, files, id_column, label_column):
    """Copies a set without its labels, which go to truth.csv."""
    truth = []
    for name in files:
        without_labels(samples / name, folder / name, id_column, label_column, truth)
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "cluster"), *truth])


def measure(folder, files, spec):
    """Precision, recall and F1 of the pairs within clusters, and the seconds that linking took."""
    inputs = ["--in", files[0]] + (["--with", files[1]] if len(files) > 1 else [])
    start = time.monotonic()
    run(folder, "--spec", ROOT / f"mappings/linking/{spec}.spec", *inputs, "--out", "pairs.csv", "--clusters",
        "clusters.csv")
    seconds = time.monotonic() - start
    told = run(folder, "evaluate", "--truth", "truth.csv", "--clusters", "clusters.csv")
    row = next(row for row in csv.DictReader(told.splitlines()) if row["measure"] == "clusters")
    return *(float(row[name]) for name in ("precision", "recall", "f1")), seconds


def main():
    reference = os.environ.get("PASSERELLE_REFERENCE_DATA")
    if not reference:
        print("SKIPPED: PASSERELLE_REFERENCE_DATA is unset")
        return 0
    samples = Path(reference) / "samples/linking"
    good = True
    print(f"{'set':<24}{'spec':<24}{'precision':>10}{'recall':>10}{'F1':>10}{'wanted':>10}{'seconds':>10}")
    for files, spec, id_column, label_column, least in SETS:
        name = f"{files[0]:<24}{spec:<24}"
        if not all((samples / file).exists() for file in files):
            print(f"{name}SKIPPED: no such reference file")
            continue
        with tempfile.TemporaryDirectory() as folder:
            strip(samples, Path(folder), files, id_column, label_column)
            precision, recall, f1, seconds = measure(Path(folder), files, spec)
        print(f"{name}{precision:>10.4f}{recall:>10.4f}{f1:>10.4f}{least:>10.4f}{seconds:>10.2f}", flush=True)
        good = good and f1 >= least
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
