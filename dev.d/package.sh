# shellcheck shell=bash
# The Debian package of the release.

readonly package_folder=build/package

make_package() {
  rm -rf "$package_folder"
  cpack -G DEB --config build/release/CPackConfig.cmake -B "$PWD/$package_folder"
  rm -rf "$package_folder/_CPack_Packages"
  say "$(ls "$package_folder"/*.deb): install it by apt-get install ./FILE (docs/operations.md)"
}

check_package() { /usr/bin/python3 -B tests/package.py build/release .; }
