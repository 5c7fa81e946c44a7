# shellcheck shell=bash
# The main job on real input: every shipped example to the pivot and back.

readonly passerelle=build/release/passerelle

convert_examples() {
  local example count=0
  for example in mappings/peer/*/examples/*; do
    [[ -f $example && -x $passerelle ]] || continue
    convert_example "$(basename "${example%/examples/*}")" "$example"
    count=$((count + 1))
  done
  say "$count examples converted, there and back. Look in build/examples/PEER:"
  say "  NAME.cerfa.json   the demande in the pivot"
  say "  NAME.receipt.csv  what did not pass unchanged, line by line of the mapping"
  say "  NAME.back.xml     the same demande back in the format it came from"
}

# convert_example PEER FILE
convert_example() {
  local name folder=build/examples/$1
  name=$(basename "${2%.*}")
  mkdir -p "$folder"
  say "$1/${2##*/}, there and back"
  "$passerelle" convert --from "$1" --to cerfa --in "$2" --out "$folder/$name.cerfa.json" \
    --receipt "$folder/$name.receipt.csv"
  "$passerelle" convert --from cerfa --to "$1" --in "$folder/$name.cerfa.json" \
    --out "$folder/$name.back.${2##*.}"
}

# docs/peers and docs/access-actors.md, from the tables; a test keeps them true.
write_peer_documents() { /usr/bin/python3 tests/peer_documents.py "$passerelle" . --write; }
