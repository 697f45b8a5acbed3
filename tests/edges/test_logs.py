"""What the log says about requests, and what it never says about people."""

import json
from typing import Any

import apsw

from tests.edges.conftest import StartDesk
from tests.edges.line import USER, Line, request
from tests.serving import CONFIG, token

LOUD = CONFIG + '[logs]\nlevel = "debug"\n'
NAME = "Zenobia Quintanilla"
EMAIL = "zenobia.q@secrets.example"
SUBJECT = "subject-5f1c2e"
MESSAGE = "message-9b77a0"
NOTE = "note-31d0aa"
SEARCH = "search-77e0b1"
KEY = "idempotency-c0ffee"
PASSWORD_IN_PATH = "hunter2-in-the-path"


def lines_of(log: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.splitlines() if line.startswith("{")]


def test_nothing_of_people_stands_in_the_log_even_at_its_loudest(start_desk: StartDesk) -> None:
    desk = start_desk(config=LOUD)
    of_ana = token("subject-of-ana-8841", name=NAME, email=EMAIL)
    with desk.client(of_ana) as ana, desk.client(token("alicia", rol="admin")) as alicia:
        form = {"category": "other", "subject": SUBJECT, "message": MESSAGE}
        number = ana.post(USER, json=form, headers={"Idempotency-Key": KEY}).json()["data"]["id"]
        ana.post(USER, json=form | {"category": f"no {SUBJECT}"})
        ana.post(USER, content=f'{{"{MESSAGE}"')
        ana.get(f"{USER}/{number}/{PASSWORD_IN_PATH}")
        ana.get(f"{USER}/{PASSWORD_IN_PATH}")
        alicia.get("/api/admin/support-requests", params={"search": SEARCH, "customerId": EMAIL})
        alicia.patch(
            f"/api/admin/support-requests/{number}/status", json={"status": "resolved", "resolutionNote": NOTE}
        )
    with desk.client(of_ana[:-3] + "abc") as stranger:
        assert stranger.get(USER).status_code == 401
    line = Line(desk.url)
    line.send(f"{PASSWORD_IN_PATH} {MESSAGE}\r\n\r\n".encode())
    assert line.hear().status == 400
    line.close()
    assert desk.stop() == 0
    planted = (of_ana, of_ana.split(".")[1], NAME, "Zenobia", EMAIL, SUBJECT, MESSAGE, NOTE, SEARCH, KEY)
    assert [secret for secret in (*planted, PASSWORD_IN_PATH, "subject-of-ana-8841") if secret in desk.log] == []


def test_nothing_of_people_stands_in_the_log_when_the_desk_itself_fails(start_desk: StartDesk) -> None:
    desk = start_desk(config=LOUD)
    with desk.client(token("subject-of-ana-8841", name=NAME, email=EMAIL)) as ana:
        with apsw.Connection(str(desk.data / "desk.sqlite3")) as database:
            database.execute("DROP TABLE events")
        form = {"category": "other", "subject": SUBJECT, "message": MESSAGE}
        assert ana.post(USER, json=form, headers={"Idempotency-Key": KEY}).status_code == 500
    desk.stop()
    assert "no such table" in desk.log
    planted = (NAME, EMAIL, SUBJECT, MESSAGE, KEY, "subject-of-ana-8841")
    assert [secret for secret in planted if secret in desk.log] == []


def test_each_request_has_one_line_with_its_route_and_id(start_desk: StartDesk) -> None:
    desk = start_desk()
    with desk.client(token("ana")) as ana:
        ana.get(USER + "/17", headers={"X-Request-Id": "look-for-this"})
    desk.stop()
    (line,) = (line for line in lines_of(desk.log) if line.get("request") == "look-for-this")
    assert line.pop("ms") >= 0
    assert line.pop("at").endswith("Z")
    assert line == {
        "level": "info",
        "logger": "ventanilla.requests",
        "message": f"GET {USER}/{{id}} 404",
        "request": "look-for-this",
        "contract": "mobile",
        "method": "GET",
        "route": USER + "/{id}",
        "status": 404,
    }


def test_every_line_is_json_but_those_that_greet_whoever_started_the_desk(start_desk: StartDesk) -> None:
    desk = start_desk(config=LOUD)
    line = Line(desk.url)
    line.send(request("GET", "/\x1b[2J\nforged line"))
    line.hear()
    line.close()
    desk.stop()
    listens, first_admin = [line for line in desk.log.splitlines() if not line.startswith("{")]
    assert listens == f"Ventanilla listens on {desk.url}"
    assert first_admin.startswith("There is no admin yet. Open this to make the first one: http")
    assert "\x1b" not in desk.log
    assert "forged" not in desk.log
