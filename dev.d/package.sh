# shellcheck shell=bash
# The Debian package of the release.

readonly package_folder=build/package
readonly bare_root=$package_folder/bare # a Debian of its own

make_package() {
  rm -rf --one-file-system "$package_folder" # /dev may be mounted below
  cpack -G DEB --config build/release/CPackConfig.cmake -B "$PWD/$package_folder"
  rm -rf "$package_folder/_CPack_Packages"
  say "$(ls "$package_folder"/*.deb): install it by apt-get install ./FILE (docs/operations.md)"
}

check_package() { /usr/bin/python3 -B tests/package.py build/release .; }

# As root, in a Debian of its own below build/package, which goes with it.
try_package_on_a_bare_debian() {
  ((EUID == 0)) || die "a bare Debian is made by root"
  [[ -x $(command -v debootstrap) ]] || apt-get install -qq -y debootstrap >/dev/null
  trap remove_bare_debian EXIT
  make_bare_debian
  install_on_bare_debian
  make_certificates
  serve_on_bare_debian
}

bare() { chroot "$bare_root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

make_bare_debian() {
  debootstrap --variant=minbase bookworm "$bare_root" >"$package_folder/debootstrap.log" 2>&1
  mount -t proc proc "$bare_root/proc"
  mount --bind /dev "$bare_root/dev"
  mkdir -p "$bare_root/etc/postgresql-common"
  printf 'create_main_cluster = false\n' >"$bare_root/etc/postgresql-common/createcluster.conf"
  printf '#!/bin/sh\nexit 101\n' >"$bare_root/usr/sbin/policy-rc.d" # no service starts by itself: nothing supervises here
  chmod +x "$bare_root/usr/sbin/policy-rc.d"
}

remove_bare_debian() {
  umount "$bare_root/dev" "$bare_root/proc" 2>/dev/null || true
  ! mountpoint -q "$bare_root/dev" || die "$bare_root/dev is still mounted"
  rm -rf --one-file-system "$bare_root"
}

install_on_bare_debian() {
  cp "$package_folder"/*.deb "$bare_root/passerelle.deb"
  bare apt-get install -qq -y --no-install-recommends ./passerelle.deb >"$package_folder/apt.log" 2>&1 || {
    tail -n 20 "$package_folder/apt.log"
    return 1
  }
  say "installed: $(bare dpkg-query -W passerelle), with $(bare dpkg-query -f '.\n' -W | wc -l) packages in all"
  bare passerelle formats | sed -n 1,2p
}

# What the unit does, by hand: its user, its folders, its command.
# shellcheck disable=SC2154 # run_folder is of run.sh
serve_on_bare_debian() {
  local server status=0
  command install -m 0644 "$run_folder/serveur.pem" "$bare_root/etc/passerelle/certificat.pem"
  command install -m 0644 "$run_folder/autorite.pem" "$bare_root/etc/passerelle/autorites.pem"
  command install -m 0600 "$run_folder/serveur.cle" "$bare_root/etc/passerelle/certificat.cle"
  bare chown passerelle /etc/passerelle/certificat.cle
  bare install -d -o passerelle -g passerelle -m 0700 /var/lib/passerelle /run/passerelle
  bare runuser -u passerelle -- passerelle serve --config /etc/passerelle/serve.conf 2>"$package_folder/serve.log" &
  server=$!
  curl -s --retry 60 --retry-delay 1 --retry-connrefused http://127.0.0.1:9443/pret || status=$?
  say ""
  kill -TERM -- "$(pgrep -n -f 'passerelle serve --config /etc/passerelle/serve.conf')"
  wait "$server" || status=$?
  ((status == 0)) || tail -n 20 "$package_folder/serve.log"
  bare apt-get purge -qq -y passerelle >>"$package_folder/apt.log" 2>&1
  say "purged; the registry stays: $(bare ls /var/lib/passerelle)"
  return "$status"
}
