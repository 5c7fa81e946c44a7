# shellcheck shell=bash
# The static checks: format, house rules, scripts, static analysis.

# What takes seconds.
quick_check_steps() {
  step "format" check_format
  step "house rules" check_house
  step "scripts" shellcheck dev dev.d/*.sh .ci/run tests/bench/*.sh
}

analysis_step() { step "static analysis, $1 sources" analyse "$1"; }

our_files() { git ls-files -co --exclude-standard -- "$@"; }

check_format() { our_files '*.cpp' '*.hpp' | xargs -r clang-format-16 --dry-run -Werror; }

format_sources() { our_files '*.cpp' '*.hpp' | xargs -r clang-format-16 -i; }

check_house() {
  /usr/bin/python3 tests/layers.py
  /usr/bin/python3 tests/sizes.py
}

# analyse all|changed: clang-tidy on sources of the product, the last changed first. PASSERELLE_ANALYSIS_SECONDS bounds
# when the last one starts (continuous integration has a budget); what was left out is named, and --all takes it.
analyse() {
  local sources ends=$((EPOCHSECONDS + ${PASSERELLE_ANALYSIS_SECONDS:-86400}))
  mapfile -t sources < <("$1_sources" | last_changed_first)
  say "${#sources[@]} sources to analyse"
  ((${#sources[@]} > 0)) || return 0
  configure analyse
  make_generated
  export -f analyse_one say
  printf '%s\0' "${sources[@]}" |
    xargs -0 -P "$(nproc)" -I '{}' bash -euo pipefail -c "analyse_one '{}' $ends"
}

# The headers made from tables, which the analysis only reads: those of another build, or made for it.
make_generated() {
  local other
  for other in build/release/generated build/sanitize/generated; do
    [[ ! -d $other ]] || ln -sfn "$PWD/$other" build/analyse/generated
  done
  [[ -e build/analyse/generated ]] || cmake --build build/analyse --target pivot_documents
}

# analyse_one FILE ENDS: nothing starts after that second of the epoch.
analyse_one() {
  if ((EPOCHSECONDS > $2)); then
    say "left to ./dev check --all, no time: $1"
  else
    clang-tidy-16 -p build/analyse --quiet --extra-arg=-Wno-unknown-warning-option "$1" \
      2> >(grep -v 'warnings generated' >&2)
  fi
}

last_changed_first() {
  local file
  while read -r file; do
    say "$(git log -1 --format=%ct -- "$file" | grep . || say "$EPOCHSECONDS") $file"
  done | sort -rn | cut -d ' ' -f 2
}

all_sources() { our_files 'gateway/*.cpp' 'adapters/*.cpp'; }

# The sources that changed and, for a header that changed, the source of its name, else one that includes it.
changed_sources() {
  local file
  changed_files | while read -r file; do
    if [[ $file == *.cpp ]]; then
      say "$file"
    elif [[ $file == *.hpp && -f ${file%.hpp}.cpp ]]; then
      say "${file%.hpp}.cpp"
    elif [[ $file == *.hpp ]]; then
      all_sources | xargs -r grep -lF "\"$file\"" | sed -n 1p
    fi
  done | sort -u
}

changed_files() {
  git diff --name-only --diff-filter=d "$(base_commit)" -- gateway adapters
  git ls-files -o --exclude-standard -- gateway adapters
}

# Since when files count as changed: the last green commit, else where this branch left main, else the
# commit before this one.
base_commit() {
  local base trunk
  base=$(cat build/last-green 2>/dev/null || true)
  if git merge-base --is-ancestor "${base:-none}" HEAD 2>/dev/null; then
    say "$base"
    return
  fi
  for trunk in origin/main main; do
    base=$(git merge-base "$trunk" HEAD 2>/dev/null) || continue
    [[ $base != "$(git rev-parse HEAD)" ]] || continue
    say "$base"
    return
  done
  git rev-parse --verify --quiet HEAD~1 || git hash-object -t tree /dev/null
}
