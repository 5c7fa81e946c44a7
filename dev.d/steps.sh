# shellcheck shell=bash
# Steps: a title, what it prints, its seconds; and their table at the end, also when one fails.

step_table=""
closing_log=""  # set by a verb whose last step logs there what must be read last

say() { printf '%s\n' "$*"; }

die() {
  say "dev: $*" >&2
  exit 2
}

# step TITLE COMMAND...: runs a command or function; its failure ends everything.
step() {
  local title=$1 began=$SECONDS status
  shift
  trap print_closing EXIT
  say "==> $title"
  # Not `("$@") || ...`: bash ignores `set -e` inside a command whose status is tested.
  set +e
  (
    trap - EXIT
    set -e
    "$@"
  )
  status=$?
  set -e
  note_step "$title" $((SECONDS - began)) "$status"
  ((status == 0)) || exit "$status"
}

note_step() {
  local verdict=ok
  (($3 == 0)) || verdict=FAILED
  step_table+=$(printf '%6d s  %-6s  %s' "$2" "$verdict" "$1")$'\n'
  say "<== $1: $verdict, $2 s"
}

# The table of times, then the closing lines of ctest so that they are the last to be read.
print_closing() {
  say ""
  say "step times"
  printf '%s%6d s  total\n' "$step_table" "$SECONDS"
  [[ ! -f $closing_log ]] || sed -n '/tests passed/,$p' "$closing_log"
}
