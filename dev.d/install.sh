# shellcheck shell=bash
# What the machine must have: the packages of deploy/packages.txt, and those of package-lock.json.

install() {
  install_packages
  install_modules
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages)
  if ((${#missing[@]} == 0)); then
    say "every package of deploy/packages.txt is here"
    return
  fi
  say "missing: ${missing[*]}"
  command -v apt-get >/dev/null || die "this machine has no apt-get; install by hand: ${missing[*]}"
  ((EUID == 0)) || command -v sudo >/dev/null || die "neither root nor sudo here; have them installed"
  mkdir -p build
  if ! apt_install "${missing[@]}" >build/install.log 2>&1; then
    tail -n 20 build/install.log
    die "apt-get could not install them; the whole text is in build/install.log"
  fi
}

apt_install() {
  as_root apt-get update -q || return
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
}

missing_packages() {
  local name condition command
  while read -r name condition command; do
    if [[ $condition == unless ]]; then
      command -v "$command" >/dev/null || say "$name"
    elif [[ -n $name ]] && ! is_installed "$name"; then
      say "$name"
    fi
  done < <(sed 's/#.*//' deploy/packages.txt)
}

is_installed() { [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed* ]]; }

as_root() {
  if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

# The pinned npm packages, when there are any and they are not those of the lock file.
install_modules() {
  [[ -f package-lock.json ]] || return 0
  [[ ! node_modules/.package-lock.json -nt package-lock.json ]] || return 0
  npm ci --ignore-scripts --no-audit --no-fund
}
