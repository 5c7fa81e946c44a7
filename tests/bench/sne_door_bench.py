#!/usr/bin/env python3
"""Measures the door of the SNE services: the real `passerelle serve` on one core, its PostgreSQL and a load on another.

usage: sne_door_bench.py LOAD [--seconds N] [--idle N] [--demandes N]
    LOAD        the program built from sne_door_bench.cpp
    --seconds   that each step lasts (default 3)
    --idle      connections that do nothing (default 1000)
    --demandes  made for it, each of other people (default 30000)

Wants a build of the preset `release`.
"""
import argparse
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from own_registry import TIME_LIMIT_S, OwnRegistry  # noqa: E402
from test_authority import Authority  # noqa: E402

PROGRAM = ROOT / "build/release/passerelle"
GUICHET = "G6301"
ACCOUNT = "essai.guichet"  # of deploy/examples/tables: the software of a guichet
WORKERS, QUEUE = 8, 64
SPARE_DESCRIPTORS = 1000


def two_cores():
    """The core of the server, and that of all else."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        print("one core for all: nothing is held apart")
    return cores[0], cores[-1]


def on_core(core, descriptors=None):
    """What a child does before it becomes its program."""
    def prepare():
        os.sched_setaffinity(0, {core})
        if descriptors is not None:
            most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
            wanted = descriptors if most == resource.RLIM_INFINITY else min(descriptors, most)
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    return prepare


def move_cluster(registry, core):
    """The server of the registry and all its processes; those that it makes later follow it."""
    data = os.path.realpath(registry.data / "cluster")
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(process / "cwd") == data:
                os.sched_setaffinity(int(process.name), {core})
        except OSError:
            continue  # gone meanwhile


def make_demandes(folder, count):
    """Creations of the SNE, at a guichet that the registry knows; it gives them their numbers."""
    given = folder / "demandes.xml"
    subprocess.run([PROGRAM, "--home", ROOT, "generate", "--count", str(count), "--seed", "9", "--territory", "063", "--format",
                    "sne@02.01:CRE", "--kind", "creation", "--out", given], check=True, stderr=subprocess.DEVNULL)
    text = re.sub(rb"<ns1:numUnique>\w+</ns1:numUnique>", b"", given.read_bytes())
    given.write_bytes(re.sub(rb"<ns1:numGuichet>\w+<", f"<ns1:numGuichet>{GUICHET}<".encode(), text))


def write_settings(registry, folder, idle):
    settings = {"port": 0, "watch-port": 0, "certificate": folder / "server.pem", "key": folder / "server.key",
                "authorities": folder / "ca.pem", "data": registry.data, "home": ROOT, "day-minutes": 0,
                "workers": WORKERS, "queue": QUEUE, "share": WORKERS + QUEUE, "idle-seconds": 3600,
                "connections": idle + SPARE_DESCRIPTORS, "stop-seconds": 5}
    conf = folder / "serve.conf"
    conf.write_text("".join(f"{name} = {value}\n" for name, value in settings.items()), encoding="utf-8")
    return conf


def port_in(log, process):
    """That of the listener of partners, once the log tells it."""
    for _ in range(600):
        for line in log.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            if event["event"] == "listen":
                return event["port"]
        if process.poll() is not None:
            sys.exit(log.read_text(encoding="utf-8"))
        time.sleep(0.1)
    sys.exit("the server does not listen")


def tell_place(registry, cores):
    shown = {name: registry.sql(f"SHOW {name}")[0] for name in ("fsync", "synchronous_commit", "full_page_writes")}
    print(", ".join(f"{name} {value}" for name, value in shown.items()))
    print(f"server on core {cores[0]}, PostgreSQL and load on core {cores[1]}; {WORKERS} workers, a queue of {QUEUE}; "
          f"load of the machine {Path('/proc/loadavg').read_text(encoding='ascii').split()[0]}", flush=True)


def measure(registry, load, wanted):
    cores = two_cores()
    folder = registry.base / "bench"
    folder.mkdir()
    authority = Authority(folder)
    authority.issue("server")
    certificate, _ = authority.issue("client")
    registry.finish(registry.start("reference", "--tables", ROOT / "deploy/examples/tables"))
    registry.finish(registry.start("access certificate", ACCOUNT, "--territory", "063", "--file", certificate, "--act", "essai"))
    make_demandes(folder, wanted.demandes)
    move_cluster(registry, cores[1])
    tell_place(registry, cores)
    log = folder / "serve.log"
    with open(log, "w", encoding="utf-8") as written:
        server = subprocess.Popen([PROGRAM, "serve", "--config", write_settings(registry, folder, wanted.idle)], stderr=written,
                                  stdin=subprocess.DEVNULL, preexec_fn=on_core(cores[0], wanted.idle + SPARE_DESCRIPTORS))
    try:
        words = [load, folder, registry.data, port_in(log, server), server.pid, cores[0], wanted.seconds, wanted.idle]
        return subprocess.run([str(word) for word in words], cwd=ROOT, check=False, preexec_fn=on_core(cores[1])).returncode
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=TIME_LIMIT_S)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("load", type=Path)
    options.add_argument("--seconds", type=float, default=3)
    options.add_argument("--idle", type=int, default=1000)
    options.add_argument("--demandes", type=int, default=30_000)
    wanted = options.parse_args()
    registry = OwnRegistry(PROGRAM, ROOT)
    try:
        return measure(registry, wanted.load.resolve(), wanted)
    finally:
        registry.close()


if __name__ == "__main__":
    sys.exit(main())
