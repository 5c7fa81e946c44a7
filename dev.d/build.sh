# shellcheck shell=bash
# Building a preset, and running what was built: tests, laws, fuzzers.

# What ccache must overlook to keep what was compiled with a precompiled header.
export CCACHE_SLOPPINESS=pch_defines,time_macros

# build PRESET [TARGET...]: everything without a target.
build() {
  local preset=$1 targets=()
  shift
  (($# == 0)) || targets=(--target "$@")
  configure "$preset"
  cmake --build --preset "$preset" -j "$(nproc)" "${targets[@]}"
}

configure() {
  local launcher=()
  [[ ! -x $(command -v ccache) ]] || launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  cmake --preset "$1" "${launcher[@]}"
}

# run_laws COUNT LABELS [OPTION...]: documents generated for each format; labels as a pattern; options of ctest.
run_laws() {
  PASSERELLE_LAWS_COUNT=$1 ctest --preset release -j "$(nproc)" -L "$2" --no-tests=ignore "${@:3}"
}

# run_all_tests LOG: the laws on few documents, since a release has tried them on many.
run_all_tests() {
  PASSERELLE_LAWS_COUNT=500 ctest --preset sanitize -j "$(nproc)" 2>&1 | tee "$1"
}

# The commit of a green run, so that the next static analysis looks only at what came after.
remember_green() {
  [[ -n $(git status --porcelain) ]] || git rev-parse HEAD >build/last-green
}

# run_bench FILE: a program of tests/bench, by the script of its name when it has one (it makes the input).
run_bench() {
  local program
  program=build/release/tests/$(basename "${1%.*}")
  if [[ $1 == *.cpp ]]; then "$program"; else "$1" "$program"; fi
}

# run_fuzzer PROGRAM SECONDS: from the kept corpus and from what earlier runs found.
run_fuzzer() {
  local fuzzer=$1 seconds=$2 name found
  name=$(basename "$fuzzer" _fuzz)
  found=build/sanitize/found/$name
  mkdir -p "$found/corpus" "$found/failures"
  if "$fuzzer" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -verbosity=0 -print_final_stats=1 \
    -artifact_prefix="$found/failures/" "$found/corpus" "tests/fuzz/corpus/$name" >"$found/log" 2>&1; then
    grep '^stat::' "$found/log"
  else
    tail -n 40 "$found/log"
    say "a finding stands in $found/failures; move it to tests/fuzz/corpus/$name: every test run replays it"
    return 1
  fi
}

# run_fuzzers SECONDS: all of them, one on each core.
run_fuzzers() {
  export -f run_fuzzer say
  find build/sanitize/tests -maxdepth 1 -name '*_fuzz' -type f -print0 | sort -z |
    xargs -0 -P "$(nproc)" -I '{}' bash -euo pipefail -c "run_fuzzer '{}' $1"
}
