"""Starting and stopping: nothing accepted is dropped, and what is wrong is said in one line."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.edges.conftest import StartDesk
from tests.edges.line import CRASH, USER, Line, request
from tests.serving import RunningDesk, token

IN_FLIGHT = 20
WAITING = 800
"""More than are taken between being told to stop and stopping."""
BODY = b'{"category":"other","subject":"On its way","message":"Half of this is still to come"}'


@pytest.fixture
def lines() -> Iterator[list[Line]]:
    opened: list[Line] = []
    yield opened
    for line in opened:
        line.close()


def serve(folder: Path, *arguments: str, config: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `ventanilla serve` where it is expected to give up by itself."""
    (folder / "ventanilla.toml").write_text(config)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("VENTANILLA_")}
    return subprocess.run(
        [sys.executable, "-m", "ventanilla", "serve", *arguments],
        cwd=folder,
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=30,
    )


def total_of(desk: RunningDesk, person: str) -> int:
    with desk.client(person) as client:
        return int(client.get(USER).json()["meta"]["total"])


def test_requests_whose_bodies_are_still_arriving_are_answered(start_desk: StartDesk, lines: list[Line]) -> None:
    desk, ana = start_desk(), token("ana")
    whole = request("POST", USER, ana, body=BODY)
    for _ in range(IN_FLIGHT):
        lines.append(Line(desk.url))
        lines[-1].send(whole[:-40])
    _has_been_read(desk, lines)
    with ThreadPoolExecutor(1) as aside:
        exit_code = aside.submit(desk.stop)
        _stops_listening(desk)
        for line in lines:
            assert line.send(whole[-40:])
        assert [line.hear().status for line in lines] == [201] * IN_FLIGHT
        assert all(line.is_closed() for line in lines)
        assert exit_code.result() == 0
    desk.start()
    assert total_of(desk, ana) == IN_FLIGHT


def test_request_whose_headers_are_still_arriving_is_answered(start_desk: StartDesk, lines: list[Line]) -> None:
    desk, whole = start_desk(), request("GET", USER, token("ana"))
    lines.append(Line(desk.url))
    lines[0].send(whole[:-20])
    _has_been_read(desk, lines)
    with ThreadPoolExecutor(1) as aside:
        exit_code = aside.submit(desk.stop)
        _stops_listening(desk)
        assert lines[0].send(whole[-20:])
        answer = lines[0].hear()
        assert (answer.status, answer.headers["connection"]) == (200, "close")
        assert exit_code.result() == 0


def test_whoever_is_told_201_while_it_stops_finds_the_ticket_again(start_desk: StartDesk) -> None:
    desk, ana = start_desk(), token("ana")
    acknowledged: list[int] = []
    everybody_is_served = threading.Barrier(IN_FLIGHT + 1, timeout=60)

    def open_another(client: httpx.Client) -> None:
        answer = client.post(USER, json=CRASH)
        assert answer.status_code == 201
        acknowledged.append(answer.json()["data"]["id"])

    def keep_opening() -> None:
        with desk.client(ana) as client:
            open_another(client)
            everybody_is_served.wait()
            with contextlib.suppress(httpx.TransportError):
                while True:
                    open_another(client)

    with ThreadPoolExecutor(IN_FLIGHT) as crowd:
        clients = [crowd.submit(keep_opening) for _ in range(IN_FLIGHT)]
        everybody_is_served.wait()
        assert desk.stop() == 0
        for ended in clients:
            ended.result()
    desk.start()
    with desk.client(ana) as client:
        assert [number for number in acknowledged if client.get(f"{USER}/{number}").status_code != 200] == []
    assert len(acknowledged) == total_of(desk, ana)


def test_whoever_had_connected_is_answered(start_desk: StartDesk, lines: list[Line]) -> None:
    desk, ana = start_desk(), token("ana")
    os.kill(desk.pid, signal.SIGSTOP)
    for _ in range(WAITING):
        lines.append(Line(desk.url))
        lines[-1].send(request("POST", USER, ana, body=BODY))
    os.kill(desk.pid, signal.SIGTERM)
    os.kill(desk.pid, signal.SIGCONT)
    assert [line.hear().status for line in lines] == [201] * WAITING
    assert desk._process.wait(timeout=40) == 0


def test_idle_connections_do_not_hold_it_up(start_desk: StartDesk, lines: list[Line]) -> None:
    desk = start_desk()
    lines += [Line(desk.url), Line(desk.url)]
    lines[1].send(request("GET", "/readyz"))
    assert lines[1].hear().status == 200
    desk._process.send_signal(signal.SIGTERM)
    assert all(line.is_closed() for line in lines)
    assert desk._process.wait(timeout=40) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_may_be_stopped_as_soon_as_it_says_that_it_listens(start_desk: StartDesk, number: signal.Signals) -> None:
    desk = start_desk()
    desk._process.send_signal(number)
    assert desk._process.wait(timeout=40) == 0
    assert "Traceback" not in desk.log


def test_it_may_start_again_on_the_same_port_at_once(start_desk: StartDesk) -> None:
    desk = start_desk()
    port = desk.url.rpartition(":")[2]
    desk.arguments = ("--port", port)
    for _ in range(2):
        assert httpx.get(desk.url + "/readyz").status_code == 200
        assert desk.stop() == 0
        desk.start()
        assert desk.url.endswith(":" + port)


def test_port_in_use_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        gave_up = serve(tmp_path, "--port", port)
    assert gave_up.returncode == 2
    assert gave_up.stderr.startswith(f"ventanilla: cannot listen on 127.0.0.1, port {port}: ")
    assert gave_up.stderr.endswith("; --port takes another one\n")
    assert "Address already in use" in gave_up.stderr
    assert gave_up.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("config", "environment", "said"),
    [
        ('time_zone = "UTC"\ntime_zon = "UTC"', {}, "ventanilla.toml, line 2: time_zon: there is no such setting"),
        ("[rate_limits]\nenable = true", {}, "ventanilla.toml, line 2: rate_limits.enable: there is no such setting"),
        ("", {"VENTANILLA_DATADIR": "x"}, "VENTANILLA_DATADIR: there is no such setting"),
        ("[rate_limits]\nenabled = 1", {}, "ventanilla.toml, line 2: rate_limits.enabled: "),
        ("data_dir =", {}, "ventanilla.toml: "),
        ('time_zone = "Mars/Olympus"', {}, "time_zone"),
        ('[contracts]\nenabled = ["soap"]', {}, "soap"),
        ('database_url = "mysql://x"', {}, "mysql"),
        ("", {"VENTANILLA_CONFIG": "nowhere.toml"}, "nowhere.toml cannot be read"),
    ],
)
def test_setting_that_cannot_be_used_is_said_in_one_line(
    tmp_path: Path, config: str, environment: dict[str, str], said: str
) -> None:
    gave_up = serve(tmp_path, "--port", "0", config=config, **environment)
    assert gave_up.returncode == 2
    assert said in gave_up.stderr
    assert gave_up.stderr.startswith("ventanilla: ")
    assert gave_up.stderr.count("\n") == 1


@pytest.mark.parametrize("port", ["70000", "-1", "x"])
def test_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    gave_up = serve(tmp_path, "--port", port)
    assert gave_up.returncode == 2
    assert "Traceback" not in gave_up.stderr


def test_data_folder_that_is_a_file_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    gave_up = serve(tmp_path, "--port", "0")
    assert (gave_up.returncode, gave_up.stderr.count("\n")) == (2, 1)
    assert "cannot be opened" in gave_up.stderr


def test_file_that_is_no_database_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "desk.sqlite3").write_bytes(b"not a database" * 1_000)
    gave_up = serve(tmp_path, "--port", "0")
    assert (gave_up.returncode, gave_up.stderr.count("\n")) == (2, 1)
    assert "file is not a database" in gave_up.stderr


def _has_been_read(desk: RunningDesk, lines: list[Line]) -> None:
    """The server reads its connections in turn: once it has answered later ones, it has read the earlier."""
    for _ in range(3):
        assert httpx.get(desk.url + "/readyz").status_code == 200
    assert lines


def _stops_listening(desk: RunningDesk) -> None:
    """Wait until the server takes no new connections."""
    while True:
        try:
            Line(desk.url).close()
        except ConnectionError:
            return
