"""What the system shows of the processes of the gateway and of its database while they hold marked people."""

import os
import re
import resource
import signal
import subprocess
import time
from pathlib import Path

TIME_LIMIT_S = 600


def watch(canary, running):
    """Looks at the processes of the gateway and of its database until the gateway ends."""
    seen, core = set(), {}
    while running.poll() is None:
        for process in [running.pid, *children(canary.registry.server())]:
            for name in ("cmdline", "environ"):
                seen.add((name, content(Path("/proc", str(process), name))))
            core[process] = core_settings(process) or core.get(process)  # the last ones: it begins with ours
        time.sleep(0.05)
    check_core_settings(canary, core.values())
    for name, text in seen:
        canary.clean(f"/proc/PID/{name}", text)
    canary.check(any(b"passerelle_application" in text for _, text in seen), "no session of the database was seen")
    out, said = running.communicate(timeout=TIME_LIMIT_S)
    canary.clean("import", out + said)


def children(server):
    """The server and its processes."""
    tasks = Path("/proc", str(server), "task", str(server), "children")
    return [server, *map(int, content(tasks).split())]


def content(path):
    try:
        return path.read_bytes()
    except OSError:
        return b""  # it has ended


def core_settings(process):
    """The limit of a core file and the pages that one would hold; None for a process that has ended."""
    limits = content(Path("/proc", str(process), "limits"))
    pages = content(Path("/proc", str(process), "coredump_filter")).strip()
    if not limits or not pages:
        return None
    return (*re.search(rb"Max core file size +(\S+) +(\S+)", limits).groups(), int(pages, 16))


def check_core_settings(canary, settings):
    """Of several processes: none may leave a core, nor pages in one that the kernel gives to a program."""
    known = [one for one in settings if one is not None]
    canary.check(known and set(known) == {(b"0", b"0", 0)}, f"core settings: {set(known)}")


def a_gateway_that_crashes_leaves_no_core(canary):
    folder = canary.here / "crash"
    folder.mkdir(mode=0o777)
    unlimited = lambda: resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)
    ordinary = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    running = canary.start(["convert"], "--from", "cerfa", "--to", "sne", stdin=subprocess.PIPE, cwd=folder,
                           preexec_fn=unlimited, **ordinary)
    running.stdin.write(canary.file.read_bytes())
    running.stdin.flush()
    time.sleep(1)
    canary.check(os.stat(f"/proc/{running.pid}/mem").st_uid == 0, "another process of its user may read its memory")
    check_core_settings(canary, [core_settings(running.pid)])
    running.send_signal(signal.SIGSEGV)
    canary.clean("convert, crashed", running.communicate(timeout=TIME_LIMIT_S)[1])
    canary.check(not list(folder.iterdir()), "a core file was left")
