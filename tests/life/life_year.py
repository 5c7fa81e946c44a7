"""Two years of a territory, day by day: what the registry counts in each state and how often each thing happens, held
against the independent model, under the national parameters and under those of the Puy-de-Dôme.

usage: life_year.py DRIVER [--demandes N] [--seed S] [--from DAY]
"""

import argparse
import csv
import io
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
PARAMETERS = ("national.csv", "puy_de_dome.csv")
SHOWN = 10  # days that differ
# How many demandes are filed, by how many documents laws are tried on: all of the Puy-de-Dôme where they are whole.
SIZES = ((1_000_000, 16258), (8_000, 300), (0, 150))


def lines(*words):
    """What a program prints, as rows; its other words go to ours."""
    done = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def differences(model, driver):
    """Each day and column on which the two do not agree."""
    found = []
    for ours, theirs in zip(driver, model, strict=True):
        found += [f"{theirs['day']} {column}: {ours[column]} instead of {count}"
                  for column, count in theirs.items() if ours[column] != count]
    return found


def compare(driver, parameters, scenario):
    """The differences under one set of parameters; says how many days and commands were compared."""
    began = time.monotonic()
    model = list(csv.DictReader(io.StringIO(lines(sys.executable, "-B", HERE / "life_model.py", parameters, scenario))))
    middle = time.monotonic()
    ours = list(csv.DictReader(io.StringIO(lines(driver, parameters, scenario))))
    found = differences(model, ours)
    totals = {column: sum(int(row[column]) for row in model)
              for column in ("RADATT", "RADABA", "RADCON", "RADIRR", "RADREN", "reactivated", "preavis", "refused")}
    print(f"{parameters.name}: {len(model)} days, model {middle - began:.0f} s, registry {time.monotonic() - middle:.0f} s, "
          f"{model[-1]['erased']} erased, {totals}: {len(found)} differences")
    return found


def usual_count():
    laws = int(os.environ.get("PASSERELLE_LAWS_COUNT", "0"))
    return int(os.environ.get("PASSERELLE_DEMANDES", next(demandes for least, demandes in SIZES if laws >= least)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("driver")
    parser.add_argument("--demandes", type=int, default=usual_count())
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", dest="first", default="2026-01-01")
    asked = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory(prefix="passerelle-life-") as folder:
        scenario = Path(folder) / "scenario.csv"
        scenario.write_text(lines(sys.executable, "-B", HERE / "life_scenario.py", "--demandes", asked.demandes, "--seed",
                                  asked.seed, "--from", asked.first), encoding="utf-8")
        print(f"{asked.demandes} demandes, {sum(1 for _ in scenario.open(encoding='utf-8')) - 1} commands, seed {asked.seed}")
        for parameters in PARAMETERS:
            found += compare(asked.driver, HERE / parameters, scenario)
    print("\n".join(found[:SHOWN]) if found else "the same on every day")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
