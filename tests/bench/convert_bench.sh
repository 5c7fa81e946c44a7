#!/usr/bin/env bash
# Runs the measure of conversion on the 60 MB file that xml_bench.sh makes. First argument: the program.
set -euo pipefail

readonly file=build/bench/sne-export-60.xml
if [[ ! -f $file ]]; then
  mkdir -p build/bench
  /usr/bin/python3 tests/bench/make_sne_file.py 60 >"$file.part"
  mv "$file.part" "$file"
fi
exec "$1" . "$file"
