"""How the native API speaks, whatever the subject: names, versions, problems, limits, languages."""

from pathlib import Path

import httpx
import pytest
from tests.contracts.conftest import Join
from tests.contracts.doors import AT_THE_DESK
from tests.serving import CONFIG, RunningDesk, token

TICKETS = "/api/desk/v1/tickets"
NO_TICKET = "01955c5b-8e40-7a00-8000-000000000001"


@pytest.fixture
def ticket(ana: httpx.Client) -> str:
    """The integer id of a ticket that Ana opened in the app."""
    return AT_THE_DESK.open(ana, subject="No signal", message="The line is dead since Monday.")


def test_a_ticket_is_shown_whole_under_each_of_its_names(marta: httpx.Client, ticket: str) -> None:
    shown = marta.get(f"{TICKETS}/{ticket}").json()
    assert (shown["id"], shown["subject"], shown["status"]) == (int(ticket), "No signal", "open")
    assert shown["requester"]["name"] == "Ana"
    assert shown["description"] == "The line is dead since Monday."
    assert shown["sla"]["state"] == "running"
    assert {"answer", "note", "assign"} <= set(shown["permissions"])
    for name in (shown["label"], shown["label"].lower(), shown["uuid"], shown["uuid"].upper()):
        assert marta.get(f"{TICKETS}/{name}").json()["id"] == int(ticket)


@pytest.mark.parametrize("name", ["0", "-1", "999999999999", "TKT-2026-99999", "TKT-26-1", "nothing", NO_TICKET])
def test_a_name_of_no_ticket_is_not_found(marta: httpx.Client, name: str) -> None:
    missing = marta.get(f"{TICKETS}/{name}")
    assert (missing.status_code, missing.json()["type"]) == (404, "/problems/not-found")


def test_a_ticket_of_another_area_looks_like_none(join: Join, ticket: str) -> None:
    rosa = join("rosa", rol="AREA", area="Redes")
    foreign, missing = rosa.get(f"{TICKETS}/{ticket}"), rosa.get(f"{TICKETS}/999999999999")
    assert foreign.status_code == missing.status_code == 404
    assert {**foreign.json(), "instance": ""} == {**missing.json(), "instance": ""}


def test_what_one_has_already_is_not_sent_again(marta: httpx.Client, ticket: str) -> None:
    first = marta.get(f"{TICKETS}/{ticket}")
    assert first.headers["etag"] == '"1"'
    again = marta.get(f"{TICKETS}/{ticket}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", '"1"')
    assert marta.get(f"{TICKETS}/{ticket}", headers={"If-None-Match": '"2"'}).status_code == 200


def test_requesters_have_no_business_here(ana: httpx.Client, ticket: str) -> None:
    refused = ana.get(f"{TICKETS}/{ticket}")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")


def test_a_problem_is_told_as_rfc_9457_says(marta: httpx.Client) -> None:
    missing = marta.get(f"{TICKETS}/1x", headers={"X-Request-Id": "the-request-1"})
    assert missing.headers["content-type"] == "application/problem+json"
    assert missing.json() == {
        "type": "/problems/not-found",
        "title": "There is no such thing",
        "status": 404,
        "detail": "There is no such thing",
        "instance": "the-request-1",
    }


def test_a_problem_is_told_in_the_language_of_the_caller(marta: httpx.Client) -> None:
    missing = marta.get(f"{TICKETS}/1x", headers={"Accept-Language": "es-MX, en;q=0.5"})
    assert (missing.json()["title"], missing.headers["content-language"]) == ("No existe", "es")


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/api/desk/v1", 404, "not-found"),
        ("GET", "/api/desk/v1/nothing", 404, "not-found"),
        ("PUT", f"{TICKETS}/1", 405, "method-not-allowed"),
    ],
)
def test_what_no_route_answers_is_a_problem_as_well(
    marta: httpx.Client, method: str, path: str, status: int, kind: str
) -> None:
    refused = marta.request(method, path)
    assert (refused.status_code, refused.json()["type"]) == (status, f"/problems/{kind}")
    assert refused.headers["content-type"] == "application/problem+json"


def test_every_answer_tells_what_is_left(tmp_path: Path) -> None:
    config = CONFIG.replace("enabled = false", "enabled = true\nperson_per_minute = 3\naddress_per_minute = 9")
    desk = RunningDesk(tmp_path / "desk", config).start()
    try:
        with desk.client(token("marta", rol="MESA")) as marta:
            answers = [marta.get(f"{TICKETS}/1") for _ in range(4)]
            nowhere = marta.get("/api/desk/v1/nowhere")
        with desk.client() as nobody:
            unknown = nobody.get(f"{TICKETS}/1")
    finally:
        desk.stop()
    assert [answer.status_code for answer in answers] == [404, 404, 404, 429]
    assert {answer.headers["ratelimit-policy"] for answer in answers} == {'"api";q=3;w=60'}
    assert [answer.headers["ratelimit"].partition(";t=")[0] for answer in answers] == [
        f'"api";r={left}' for left in (2, 1, 0, 0)
    ]
    assert answers[-1].json()["type"] == "/problems/rate-limited"
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 20
    assert nowhere.headers["ratelimit-policy"] == unknown.headers["ratelimit-policy"] == '"api";q=9;w=60'
