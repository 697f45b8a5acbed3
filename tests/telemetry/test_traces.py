"""Traces, as a collector gets them from a real desk."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest

import ventanilla
from tests.serving import CONFIG, RunningDesk, token
from tests.telemetry.collector import ERROR, Collector, running_collector

USER = "/api/mobile/support-requests"
FORM = {"category": "other", "subject": "The app stops", "message": "It stops when I open my orders."}
TRACE, CALLER = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
SERVER, CLIENT = 2, 3
CLOSED_PORT = "http://127.0.0.1:9"

Serve = Callable[..., RunningDesk]


@pytest.fixture
def collector() -> Iterator[Collector]:
    with running_collector() as collector:
        yield collector


@pytest.fixture(params=["sqlite", "postgres"])
def serve(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Serve]:
    """Start a desk, on each engine, that sends its traces to an address: `serve(url)`."""
    desks: list[RunningDesk] = []
    database = f'database_url = "{request.getfixturevalue("postgres_url")}"\n' if request.param == "postgres" else ""

    def start(endpoint: str, **environment: str) -> RunningDesk:
        variables = {"VENTANILLA_TRACES__ENDPOINT": endpoint} | environment
        desk = RunningDesk(tmp_path / "desk", config=database + CONFIG, environment=variables)
        desks.append(desk)
        return desk.start()

    yield start
    for desk in desks:
        desk.kill()


def on_sqlite(folder: Path, **environment: str) -> RunningDesk:
    return RunningDesk(folder / "desk", environment=environment).start()


def test_a_new_ticket_is_a_span_of_the_caller_s_trace_with_its_transaction_and_commit(
    collector: Collector, serve: Serve
) -> None:
    desk = serve(collector.url)
    with desk.client(token("ana")) as ana:
        headers = {"traceparent": f"00-{TRACE}-{CALLER}-01", "X-Request-Id": "look-for-this"}
        assert ana.post(USER, json=FORM, headers=headers).status_code == 201
    assert desk.stop() == 0
    request = collector.one(f"POST {USER}")
    assert (request.trace, request.parent, request.kind, request.status) == (TRACE, CALLER, SERVER, 0)
    assert request.service == "ventanilla"
    assert request.attributes == {
        "http.request.method": "POST",
        "http.route": USER,
        "http.response.status_code": 201,
        "ventanilla.contract": "mobile",
        "ventanilla.request_id": "look-for-this",
    }
    (write,) = collector.children(request)
    assert (write.name, write.trace, write.kind) == ("write opening.open_ticket", TRACE, CLIENT)
    assert write.attributes["ventanilla.transaction"] == "write"
    assert write.attributes["ventanilla.commit.actions"] == 1
    (commit,) = collector.children(write)
    assert (commit.name, commit.trace, commit.attributes) == ("commit", TRACE, {"ventanilla.commit.actions": 1})
    assert request.start <= write.start <= commit.start < commit.end <= write.end <= request.end


def test_reads_and_scans_are_spans_too_and_a_refusal_is_no_fault_of_the_store(
    collector: Collector, serve: Serve
) -> None:
    desk = serve(collector.url)
    with desk.client(token("ana")) as ana, desk.client(token("alicia", rol="admin")) as alicia:
        assert ana.get(f"{USER}/17").status_code == 404
        assert alicia.get("/api/admin/support-requests", params={"search": "orders"}).status_code == 200
    assert desk.stop() == 0
    (read,) = collector.children(collector.one(f"GET {USER}/{{id}}"))
    assert read.attributes["ventanilla.transaction"] == "read"
    assert (read.attributes["error.type"], read.status) == ("NotFound", 0)
    assert read.attributes["db.system.name"] in ("sqlite", "postgresql")
    kinds = [child.name.split()[0] for child in collector.children(collector.one("GET /api/admin/support-requests"))]
    assert kinds.count("scan") == 1


def test_nothing_that_somebody_wrote_stands_in_a_trace(collector: Collector, serve: Serve) -> None:
    desk = serve(collector.url)
    of_zenobia = token("subject-8841", name="Zenobia", email="zenobia@secrets.example")
    form = FORM | {"subject": "subject-5f1c", "message": "message-9b77"}
    with desk.client(of_zenobia) as zenobia, desk.client() as anyone:
        headers = {"Idempotency-Key": "key-c0ffee", "tracestate": "vendor=state-31d0", "User-Agent": "agent-77aa"}
        zenobia.post(USER, json=form, headers=headers)
        zenobia.post(USER, json=form | {"category": "category-0bad"})
        zenobia.get(f"{USER}/path-1d2e", params={"email": "query@secrets.example"})
        zenobia.request("METHOD-77", USER)
        anyone.get("/nowhere-4242", headers={"Authorization": "Bearer token-6b6b"})
        anyone.post("/api/auth/login", json={"email": "login@secrets.example", "password": "password-hunter2"})
    assert desk.stop() == 0
    sent = b"".join(collector.bodies)
    assert len(collector.spans) > 6
    planted = (
        *("subject-8841", "Zenobia", "secrets.example", "subject-5f1c", "message-9b77", "key-c0ffee", "state-31d0"),
        *("agent-77aa", "category-0bad", "path-1d2e", "METHOD-77", "nowhere-4242", "token-6b6b", "hunter2", of_zenobia),
    )
    assert [secret for secret in planted if secret.encode() in sent] == []


def test_fault_of_the_desk_is_an_error_without_its_words(collector: Collector, tmp_path: Path) -> None:
    desk = on_sqlite(tmp_path, VENTANILLA_TRACES__ENDPOINT=collector.url)
    with apsw.Connection(str(desk.data / "desk.sqlite3")) as database:
        database.execute("DROP TABLE events")
    with desk.client(token("ana")) as ana:
        assert ana.post(USER, json=FORM).status_code == 500
    assert desk.stop() == 0
    request = collector.one(f"POST {USER}")
    (write,) = collector.children(request)
    assert (request.status, request.attributes["error.type"]) == (ERROR, "500")
    assert (write.status, write.attributes["error.type"]) == (ERROR, "SQLError")
    assert b"no such table" not in b"".join(collector.bodies)


BROKEN = (b"", b"nonsense", f"00-{'0' * 32}-{CALLER}-01".encode(), f"ff-{TRACE}-{CALLER}-01".encode(), b"\xe9")


def test_broken_traceparent_begins_a_trace_of_its_own(collector: Collector, tmp_path: Path) -> None:
    desk = on_sqlite(tmp_path, VENTANILLA_TRACES__ENDPOINT=collector.url)
    with desk.client(token("ana")) as ana:
        for broken in BROKEN:
            assert ana.get(USER, headers=[(b"traceparent", broken)]).status_code == 200
        two = [("traceparent", f"00-{TRACE}-{CALLER}-01"), ("traceparent", f"00-{TRACE[::-1]}-{CALLER}-01")]
        assert ana.get(USER, headers=two).status_code == 200
    assert desk.stop() == 0
    found = collector.named(f"GET {USER}")
    assert [span.parent for span in found] == [""] * 6
    assert len({span.trace for span in found} | {TRACE, TRACE[::-1]}) == 8


def test_caller_who_does_not_sample_is_not_traced(collector: Collector, tmp_path: Path) -> None:
    desk = on_sqlite(tmp_path, VENTANILLA_TRACES__ENDPOINT=collector.url)
    with desk.client(token("ana")) as ana:
        assert ana.post(USER, json=FORM, headers={"traceparent": f"00-{TRACE}-{CALLER}-00"}).status_code == 201
    assert desk.stop() == 0
    assert collector.spans == []


def test_probes_and_what_the_desk_does_by_itself_are_not_traced(collector: Collector, serve: Serve) -> None:
    desk = serve(collector.url)
    with desk.client() as anyone:
        assert anyone.get("/healthz").status_code == anyone.get("/readyz").status_code == 200
        assert anyone.get("/nowhere").status_code == 404
    assert desk.stop() == 0
    (only,) = collector.spans
    assert (only.name, only.attributes["http.response.status_code"]) == ("GET", 404)


@pytest.mark.parametrize("slow_collector", [True, False], ids=["silent", "gone"])
def test_collector_that_is_silent_or_gone_is_nobody_s_problem(serve: Serve, slow_collector: bool) -> None:
    """The queue holds 16 spans; whatever does not fit is dropped, and no request waits."""
    small = {"OTEL_BSP_MAX_QUEUE_SIZE": "16", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "8", "OTEL_BSP_SCHEDULE_DELAY": "50"}
    with running_collector(answering=False) as silent:
        desk = serve(silent.url if slow_collector else CLOSED_PORT, **small)
        with desk.client(token("ana")) as ana:
            assert [ana.post(USER, json=FORM).status_code for _ in range(4)] == [201] * 4
            assert not slow_collector or silent.asked.wait(30)
            assert [ana.post(USER, json=FORM).status_code for _ in range(60)] == [201] * 60
        assert desk.stop() == 0
        assert silent.spans == []


@pytest.mark.parametrize("variable", ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"])
def test_usual_variables_are_honoured(collector: Collector, tmp_path: Path, variable: str) -> None:
    address = collector.url + ("/v1/traces" if "TRACES" in variable else "")
    desk = on_sqlite(tmp_path, **{variable: address, "OTEL_SERVICE_NAME": "soporte"})
    with desk.client(token("ana")) as ana:
        assert ana.get(USER).status_code == 200
    assert desk.stop() == 0
    assert collector.one(f"GET {USER}").service == "soporte"


@pytest.mark.parametrize("off", ["OTEL_SDK_DISABLED=true", "OTEL_TRACES_EXPORTER=none"])
def test_usual_variables_switch_them_off(collector: Collector, tmp_path: Path, off: str) -> None:
    name, _, value = off.partition("=")
    desk = on_sqlite(tmp_path, **{"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, name: value})
    with desk.client(token("ana")) as ana:
        assert ana.get(USER).status_code == 200
    assert desk.stop() == 0
    assert collector.spans == []


@pytest.mark.parametrize(
    ("variables", "complaint"),
    [
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "collector:4318"}, "OTEL_EXPORTER_OTLP_ENDPOINT: expected an address like"),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://a:port"}, "OTEL_EXPORTER_OTLP_ENDPOINT: expected an address like"),
        (
            {"OTEL_EXPORTER_OTLP_ENDPOINT": CLOSED_PORT, "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"},
            "OTEL_EXPORTER_OTLP_PROTOCOL: traces are sent by http/protobuf alone",
        ),
    ],
)
def test_variable_that_cannot_work_stops_the_start_with_one_line(
    tmp_path: Path, variables: dict[str, str], complaint: str
) -> None:
    line = refused_start(tmp_path, [sys.executable], variables)
    assert complaint in line


@pytest.mark.parametrize("variable", ["VENTANILLA_TRACES__ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"])
def test_without_the_packages_the_start_stops_with_one_line(tmp_path: Path, variable: str) -> None:
    path = os.pathsep.join([str(installation_without("opentelemetry", tmp_path)), str(source())])
    line = refused_start(tmp_path, [sys.executable, "-S"], {"PYTHONPATH": path, variable: CLOSED_PORT})
    told = "traces need packages that are not installed: pip install 'ventanilla[traces]'"
    assert line == f"ventanilla: {variable}: {told}"


def test_without_an_address_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    program = (
        "import asyncio, sys; from ventanilla import app, settings\n"
        "async def run(): await (await app.build(settings.load())).close()\n"
        "asyncio.run(run())\n"
        "print([name for name in ('opentelemetry', 'prometheus_client', 'requests') if name in sys.modules])\n"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("VENTANILLA_", "OTEL_"))}
    ran = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=clean, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (0, "[]\n"), ran.stderr


def refused_start(folder: Path, python: list[str], variables: dict[str, str]) -> str:
    """Start a desk that must not start, and return the line that it says."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("VENTANILLA_", "OTEL_"))}
    command = [*python, "-m", "ventanilla", "serve", "--port", "0"]
    ran = subprocess.run(command, cwd=folder, env=clean | variables, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 2, ran.stderr
    (line,) = ran.stderr.splitlines()
    return line


def installation_without(package: str, folder: Path) -> Path:
    """Return a folder that holds what is installed here, but for `package`."""
    installed, copy = Path(pytest.__file__).parent.parent, folder / "site"
    copy.mkdir()
    for entry in installed.iterdir():
        if not entry.name.startswith(package):
            (copy / entry.name).symlink_to(entry)
    return copy


def source() -> Path:
    return Path(ventanilla.__file__).parent.parent
