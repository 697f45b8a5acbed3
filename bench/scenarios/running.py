"""Starting, and staying small."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from bench import people, servers
from bench.desks import Filled, filled
from bench.lines import Bar, Line, Window
from bench.load import Plan
from bench.messages import OWN
from bench.parties import Party, command, log_of, send
from bench.scenarios.scenario import Options, Parties, Scenario
from bench.scenarios.tickets import creates, gets, lists
from bench.servers import Server

_FIRST = 1_000
_PATIENCE_SECONDS = 30.0


@contextmanager
def _start(options: Options) -> Iterator[Parties]:
    with filled("sqlite", options.tickets) as at:
        _first_answer(at)  # once uncounted: whoever installs the package has its modules compiled
        yield {"ours": lambda _seconds: _first_answer(at), "python": command([sys.executable, "-c", "pass"])}


def _first_answer(at: Filled) -> Window:
    """Start the desk and ask it for a list until it answers."""
    port = _free_port()
    token = people.token(0)
    environment = servers.clean_environment() | servers.desk_environment(at)
    with (at.folder / "start.log").open("wb") as log:
        began = time.perf_counter()
        process = subprocess.Popen(servers.desk_command(port), env=environment, stdout=log, stderr=log)
        try:
            while not _answers(port, token):
                if process.poll() is not None or time.perf_counter() - began > _PATIENCE_SECONDS:
                    return Window({"seconds": _PATIENCE_SECONDS}, 1, log_of(at.folder))
                time.sleep(0.002)
            return Window({"seconds": time.perf_counter() - began})
        finally:
            process.terminate()
            process.wait(60)


def _answers(port: int, token: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        with suppress(OSError):
            connection.request("GET", OWN, headers={"Authorization": f"Bearer {token}"})
            return connection.getresponse().status == 200
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def _memory(options: Options) -> Iterator[Parties]:
    with ExitStack() as stack:
        desk = stack.enter_context(servers.desk(stack.enter_context(filled("sqlite", options.tickets))))
        # One of each in turn, as people do.
        kinds = zip(creates(options), gets(options), lists(options), strict=True)
        requests = [request for each in kinds for request in each]
        yield {
            "early": _megabytes_after(desk, requests, _FIRST),
            "ours": _megabytes_after(desk, requests, options.requests - _FIRST),
        }


def _megabytes_after(desk: Server, requests: list[bytes], most: int) -> Party:
    def run(_seconds: float) -> Window:
        tally = send(Plan(desk.host, desk.port, 64, requests, most=most))
        return Window({"megabytes": desk.megabytes}, tally.errors, tally.first_error)

    return run


def _memory_lines(options: Options) -> tuple[Line, ...]:
    return (
        Line(
            what=f"memory after {options.requests:,} requests, SQLite",
            against=f"after the first {_FIRST:,}",
            theirs="early",
            unit="megabytes",
            goal=Bar(ratio_at_most=1.2, figure_at_most=150),
            stretch=Bar(ratio_at_most=1.2, figure_at_most=100),
        ),
    )


def _start_lines(options: Options) -> tuple[Line, ...]:
    return (
        Line(
            what=f"`serve` to its first answer, {options.tickets:,} tickets",
            against="`python -c pass`",
            theirs="python",
            unit="seconds",
            goal=Bar(ratio_at_most=15, figure_at_most=1.5),
            stretch=Bar(ratio_at_most=15, figure_at_most=0.7),
        ),
    )


SCENARIOS = (
    Scenario(name="start", set_up=_start, lines=_start_lines, repetitions=5),
    Scenario(name="memory", set_up=_memory, lines=_memory_lines, repetitions=1),
)
