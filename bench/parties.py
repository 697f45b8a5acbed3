"""Those who are measured: a party is called with a number of seconds and returns what it did in them."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx
import msgspec

from bench.desks import Filled
from bench.lines import Window
from bench.load import Plan, Tally
from bench.places import ROOT
from bench.servers import Server

Party = Callable[[float], Window]

WARM_UP = 0.2
"""Of the window, before it."""


def loaded(server: Server, requests: Sequence[bytes], connections: int = 64) -> Party:
    """Return a party that answers `requests`, over and over, on so many connections."""

    def run(seconds: float) -> Window:
        plan = Plan(server.host, server.port, connections, list(requests), seconds, max(0.5, seconds * WARM_UP))
        tally = send(plan)
        rate = tally.answers / tally.seconds
        return Window({"rate": rate, "p99": tally.p99 * 1000}, tally.errors, tally.first_error)

    return run


def send(plan: Plan) -> Tally:
    command = [sys.executable, "-m", "bench.load"]
    done = subprocess.run(command, cwd=ROOT, input=msgspec.msgpack.encode(plan), stdout=subprocess.PIPE, check=True)
    return msgspec.msgpack.decode(done.stdout, type=Tally)


def raw_sqlite(at: Filled) -> Party:
    """Return a party that writes tickets straight, by hand-written SQL."""

    def run(seconds: float) -> Window:
        file = at.url.removeprefix("sqlite:///")
        command = [sys.executable, "-m", "bench.raw_sqlite", file, str(at.tickets), str(seconds)]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
        return Window({"rate": float(done.stdout)})

    return run


def command(arguments: Sequence[str]) -> Party:
    """Return a party that runs a command to its end, however long that takes."""

    def run(_seconds: float) -> Window:
        began = time.perf_counter()
        subprocess.run(arguments, check=True)
        return Window({"seconds": time.perf_counter() - began})

    return run


def answer_of(server: Server, request: bytes) -> bytes:
    """Return the body that a server answers one of our requests with."""
    head = request.decode().split("\r\n")
    method, target, _ = head[0].split(" ")
    headers = dict(line.split(": ", 1) for line in head[1:] if line)
    answer = httpx.request(method, f"http://{server.host}:{server.port}{target}", headers=headers, timeout=30)
    answer.raise_for_status()
    return answer.content


def log_of(folder: Path) -> str:
    return "\n".join(file.read_text(errors="replace")[-500:] for file in sorted(folder.glob("*.log")))
