"""What Prometheus reads, from a real server."""

import signal
import socket
import time
from collections.abc import Iterator
from os import kill
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.serving import CONFIG, RunningDesk, token

USER = "/api/mobile/support-requests"
FORM = {"category": "other", "subject": "The app stops", "message": "It stops when I open my orders."}
LIMITED = CONFIG.replace("enabled = false", "person_per_minute = 5")


class Watched:
    """A desk with metrics, and their reader."""

    def __init__(self, folder: Path, config: str = CONFIG, arguments: tuple[str, ...] = ()) -> None:
        self.port = free_ports(2)
        self.desk = RunningDesk(
            folder,
            config=config,
            environment={"VENTANILLA_METRICS__PORT": str(self.port)},
            arguments=("--port", "0", *arguments),
        ).start()

    def page(self, process: int = 0) -> str:
        return httpx.get(f"http://127.0.0.1:{self.port + process}/metrics").raise_for_status().text

    def value(self, name: str, **labels: str) -> float | None:
        """Return the sample of this name and labels, None when there is none."""
        for family in text_string_to_metric_families(self.page()):
            for sample in family.samples:
                if sample.name == name and labels.items() <= sample.labels.items():
                    return sample.value
        return None


def free_ports(count: int) -> int:
    """Return the first of `count` neighbouring ports that are free at this moment."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as first:
            port: int = first.getsockname()[1]
            try:
                for number in range(1, count):
                    socket.create_server(("127.0.0.1", port + number)).close()
            except (OSError, OverflowError):
                continue
        return port


@pytest.fixture(params=["sqlite", "postgres"])
def watched(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """A watched desk, on each engine."""
    database = f'database_url = "{request.getfixturevalue("postgres_url")}"\n' if request.param == "postgres" else ""
    watched = Watched(tmp_path / "desk", database + CONFIG)
    yield watched
    assert watched.desk.stop() == 0


def test_answers_are_counted_by_contract_route_method_and_status(watched: Watched) -> None:
    with watched.desk.client(token("ana")) as ana, watched.desk.client() as anyone:
        number = ana.post(USER, json=FORM).json()["data"]["id"]
        ana.get(f"{USER}/{number}")
        ana.get(f"{USER}/{number}")
        anyone.get(f"{USER}/{number}")
    route = {"contract": "mobile", "route": f"{USER}/{{id}}", "method": "GET"}
    assert watched.value("ventanilla_requests_total", **route, status="200") == 2
    assert watched.value("ventanilla_requests_total", **route, status="401") == 1
    assert watched.value("ventanilla_request_seconds_count", **route) == 3
    assert watched.value("ventanilla_requests_total", route=USER, method="POST", status="201") == 1


def test_what_matches_no_route_is_counted_without_what_the_caller_made_up(watched: Watched) -> None:
    with watched.desk.client(token("ana")) as ana:
        for number in range(3):
            assert ana.get(f"{USER}/1/nothing-{number}").status_code == 404
            assert ana.request("TRACE", USER).status_code == 405
    nowhere = {"contract": "mobile", "route": "(none)"}
    assert watched.value("ventanilla_requests_total", **nowhere, method="GET", status="404") == 3
    assert watched.value("ventanilla_requests_total", **nowhere, method="_OTHER", status="405") == 3
    assert "nothing-" not in watched.page() + watched.desk.log
    lines = [line for line in watched.desk.log.splitlines() if '"GET (none) 404"' in line]
    assert len(lines) == 3


def test_commits_and_tickets_are_counted(watched: Watched) -> None:
    before = watched.value("ventanilla_commit_actions_sum") or 0
    with watched.desk.client(token("ana")) as ana:
        for _ in range(20):
            assert ana.post(USER, json=FORM).status_code == 201
    # The desk writes a little by itself meanwhile: it tidies up, and indexes for the search.
    assert before + 20 <= (watched.value("ventanilla_commit_actions_sum") or 0) < before + 40
    assert watched.value("ventanilla_tickets", status="open") == 20
    assert watched.value("ventanilla_tickets", status="resolved") == 0
    assert watched.value("ventanilla_store_up") == 1
    assert watched.value("ventanilla_write_queue") == 0
    assert watched.value("ventanilla_failed_commits_total") == 0


def test_connections_and_queues_are_told(watched: Watched) -> None:
    with watched.desk.client(token("alicia", rol="admin")) as alicia:
        assert alicia.get("/api/admin/support-requests", params={"search": "orders"}).status_code == 200
    connections, most = (watched.value(f"ventanilla_store_connections{end}") for end in ("", "_limit"))
    assert connections is not None
    assert most is not None
    assert 1 <= connections <= most
    assert watched.value("ventanilla_store_connections_in_use") == 0
    for queue in ("write", "connection", "login"):
        assert watched.value(f"ventanilla_{queue}_queue") == 0


def test_page_tells_the_version_and_nothing_about_people(watched: Watched) -> None:
    with watched.desk.client(token("subject-8841", name="Zenobia", email="zenobia@secrets.example")) as ana:
        number = ana.post(USER, json=FORM).json()["data"]["id"]
        ana.get(f"{USER}/{number}")
        ana.get(f"{USER}/no-such-ticket-5f1c")
    page = watched.page()
    assert 'ventanilla_build_info{python="' in page
    for secret in ("subject-8841", "Zenobia", "zenobia", "no-such-ticket", "stops", f"/{number}"):
        assert secret not in page


def test_page_has_no_series_about_when_others_began(watched: Watched) -> None:
    with watched.desk.client() as anyone:
        anyone.get(USER)
    page = watched.page()
    assert "ventanilla_requests_total{" in page
    assert "_created" not in page


def test_requests_over_a_limit_are_counted(tmp_path: Path) -> None:
    watched = Watched(tmp_path / "desk", LIMITED)
    with watched.desk.client(token("ana")) as ana:
        statuses = [ana.get(USER).status_code for _ in range(8)]
    assert watched.value("ventanilla_rate_limited_requests_total", contract="mobile") == statuses.count(429) == 3
    assert watched.desk.stop() == 0


def test_desk_itself_serves_no_metrics(watched: Watched) -> None:
    with watched.desk.client() as anyone:
        assert anyone.get("/metrics").status_code == 404
    address = f"http://127.0.0.1:{watched.port}"
    assert httpx.get(f"{address}/openapi.json").status_code == 404
    assert httpx.post(f"{address}/metrics").status_code == 405


def test_without_a_port_there_are_none(tmp_path: Path) -> None:
    desk = RunningDesk(tmp_path / "desk").start()
    (listener,) = [line for line in desk.log.splitlines() if "listens on" in line]
    assert desk.url in listener
    with desk.client() as anyone:
        assert anyone.get("/metrics").status_code == 404
    assert desk.stop() == 0


def test_port_that_is_taken_stops_the_start_with_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        desk = RunningDesk(tmp_path / "desk", environment={"VENTANILLA_METRICS__PORT": str(port)})
        with pytest.raises(RuntimeError, match=rf"metrics: cannot listen on 127\.0\.0\.1, port {port}"):
            desk.start()


def test_each_worker_has_a_port_of_its_own_and_so_has_its_replacement(tmp_path: Path, postgres_url: str) -> None:
    watched = Watched(tmp_path / "desk", f'database_url = "{postgres_url}"\n{CONFIG}', ("--workers", "2"))
    first, second = (until_answered(watched, process) for process in (0, 1))
    assert first != second
    kill(second, signal.SIGKILL)
    assert until_answered(watched, 1, unlike=second) != first
    with watched.desk.client(token("ana")) as ana:
        assert ana.post(USER, json=FORM).status_code == 201
    assert watched.desk.stop() == 0


def until_answered(watched: Watched, process: int, unlike: int | None = None) -> int:
    """Return the process id behind a worker's port, as soon as it answers."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            assert "ventanilla_store_connections " in watched.page(process)
        except httpx.TransportError:
            time.sleep(0.05)
            continue
        found = listener_of(watched.port + process)
        if found != unlike:
            return found
        time.sleep(0.05)
    raise AssertionError(f"worker {process} does not answer")


def listener_of(port: int) -> int:
    """Return the process that listens on a port, as /proc tells it."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    (inode,) = (row[9] for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "0A")
    for file in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(file.readlink()) == f"socket:[{inode}]":
                return int(file.parts[2])
        except OSError:
            continue  # a process that ended meanwhile
    raise AssertionError(f"nobody listens on {port}")
