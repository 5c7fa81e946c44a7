#!/usr/bin/env bash
# Makes the 60 MB file that the XML measure reads, once, and runs the measure on it. First argument: the program.
set -euo pipefail

readonly file=build/bench/sne-export-60.xml
if [[ ! -f $file ]]; then
  mkdir -p build/bench
  /usr/bin/python3 tests/bench/make_sne_file.py 60 >"$file.part"
  mv "$file.part" "$file"
fi
exec "$1" schemas/sne/02.00/export.xsd demande "$file"
