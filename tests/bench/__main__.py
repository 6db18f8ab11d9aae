"""``make bench``: what an update costs, beside the same conversation written the usual way."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bot.store.sealing import new_key
from bot.store.store import upgrade
from tests.bench.walk import MID_WALK, WALK
from tests.postgres import postgres

Json = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
BOTS = ("sqlite", "postgres", "memory", "redis")


@dataclass
class Figures:
    """What one bot costs."""

    name: str
    cpu: float
    """Microseconds of its processor time for an update."""
    rate: float
    """Updates a second on one core: as many as fit into a second of processor time."""
    p50: float
    p99: float
    """Milliseconds from the update to the screen, at 100 updates a second."""
    start: float
    """Seconds from nothing to the first request for updates."""
    empty: float
    full: float
    """Megabytes resident, before anybody came and with the citizens in the middle of a walk."""


@contextmanager
def stub() -> Iterator[str]:
    """A stub of Telegram in a process of its own; its address."""
    command = [sys.executable, "-m", "tests.bench.stub"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.kill()


@contextmanager
def bot(command: list[str], environment: dict[str, str]) -> Iterator[psutil.Process]:
    """A bot in a process of its own."""
    settled = os.environ | environment
    with subprocess.Popen(
        command, cwd=ROOT, env=settled, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ) as process:
        yield psutil.Process(process.pid)
        process.kill()


def measure(url: str, **crowd: object) -> Json:
    """Lets a crowd walk, and gives how it went."""
    request = urllib.request.Request(f"{url}/measure", json.dumps(crowd).encode())
    with urllib.request.urlopen(request, timeout=900) as answer:
        found: Json = json.load(answer)
    return found


def spent(process: psutil.Process) -> float:
    """Seconds of processor time so far."""
    times = process.cpu_times()
    return float(times.user + times.system)


def figures(
    name: str, command: list[str], environment: dict[str, str], size: argparse.Namespace
) -> Figures:
    """Measures one bot from its start to many citizens in mid-walk."""
    with stub() as url:
        begun = time.perf_counter()
        here = {"BENCH_API": url, "DALIL_TELEGRAM_API": url}
        with bot(command, environment | here) as process:
            measure(url, citizens=1, turns=1, together=1)
            start = time.perf_counter() - begun
            empty = process.memory_info().rss / 1e6
            measure(url, citizens=20, turns=len(WALK), together=20)
            before = spent(process)
            walk = measure(url, citizens=size.walks, turns=len(WALK), together=40)
            cpu = (spent(process) - before) / walk["updates"]
            citizens = max(50, size.paced // len(WALK))
            paced = measure(url, citizens=citizens, turns=len(WALK), together=50, rate=100)
            measure(url, citizens=size.citizens, turns=MID_WALK, together=100)
            full = process.memory_info().rss / 1e6
    milliseconds = (paced["p50"] * 1e3, paced["p99"] * 1e3)
    return Figures(name, cpu * 1e6, 1 / cpu, *milliseconds, start, empty, full)


def dalil(database: str, folder: Path) -> tuple[list[str], dict[str, str]]:
    """How to start Dalil on a database."""
    upgrade(database)
    environment = {
        "DALIL_TELEGRAM_TOKEN": "1000:bench",
        "DALIL_DATABASE_URL": database,
        "DALIL_DATA_DIR": str(folder),
        "DALIL_KEY": new_key(),
        "DALIL_PORT": "0",
    }
    return [sys.executable, "-m", "tests.bench.serve"], environment


def all_figures(size: argparse.Namespace) -> Iterator[Figures]:
    """Every bot that is wanted and can run here, one after the other."""
    usual = [sys.executable, "-m", "tests.bench.usual"]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if "sqlite" in size.only:
            yield figures("Dalil, SQLite", *dalil(f"sqlite:///{folder}/bench.db", folder), size)
        if "postgres" in size.only:
            server = os.environ.get("BENCH_POSTGRES")
            server = server or stack.enter_context(
                stack.enter_context(postgres(durable=True)).own()
            )
            yield figures("Dalil, PostgreSQL", *dalil(server, folder), size)
        if "memory" in size.only:
            yield figures("aiogram FSM, memory", usual, {}, size)
        if "redis" in size.only and (redis := shutil.which("redis-server")):
            serving = [redis, "--port", "6399", "--save", "", "--appendonly", "no"]
            beside = stack.enter_context(
                subprocess.Popen(serving, stdout=subprocess.DEVNULL, cwd=folder)
            )
            stack.callback(beside.kill)
            address = {"BENCH_REDIS": "redis://127.0.0.1:6399/0"}
            yield figures("aiogram FSM, Redis", [*usual, "redis"], address, size)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--walks", type=int, default=400, help="whole walks measured")
    parser.add_argument("--paced", type=int, default=2000, help="updates at 100 a second")
    parser.add_argument("--citizens", type=int, default=10_000, help="citizens in mid-walk")
    parser.add_argument(
        "--only", nargs="+", choices=BOTS, default=BOTS, help="these bots instead of all"
    )
    size = parser.parse_args()
    print(f"{'':22}{'µs/update':>10}{'/s/core':>9}{'p50 ms':>8}{'p99 ms':>8}", end="")
    print(f"{'start s':>9}{'MB empty':>10}{'MB full':>9}")
    found = []
    for each in all_figures(size):
        found.append(each)
        print(f"{each.name:22}{each.cpu:10.0f}{each.rate:9.0f}{each.p50:8.1f}", end="")
        print(f"{each.p99:8.1f}{each.start:9.2f}{each.empty:10.0f}{each.full:9.0f}", flush=True)
    for ours in found:
        for other in found:
            if ours.name.startswith("Dalil") and not other.name.startswith("Dalil"):
                print(f"{ours.name}: {ours.cpu / other.cpu:.2f} of {other.name}")


if __name__ == "__main__":
    main()
