# shellcheck shell=bash
# The registry under stress: gateways killed at every place, and eight of them at once.

# kill_gateways COUNT
kill_gateways() { /usr/bin/python3 -B tests/crash.py build/release/tests/crash_sender . --kills "$1"; }

# race_gateways HOUSEHOLDS
race_gateways() { /usr/bin/python3 -B tests/registry_processes.py build/release/passerelle . --households "$1"; }
