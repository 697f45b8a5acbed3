"""The admin half of contract 3."""

import base64
import json

import httpx
import pytest
from tests.contracts.conftest import Join
from tests.contracts.test_support import ADMIN, USER, error_of, opened


def test_only_an_admin_comes_in(ana: httpx.Client, marta: httpx.Client, anyone: httpx.Client) -> None:
    number = opened(ana)
    for path in (ADMIN, f"{ADMIN}/{number}"):
        assert error_of(ana.get(path)) == error_of(marta.get(path)) == (403, "forbidden")
        assert error_of(anyone.get(path)) == (401, "unauthorized")
    assert error_of(ana.patch(f"{ADMIN}/{number}", json={"status": "closed"})) == (403, "forbidden")


def test_the_admins_view_has_more_at_its_end(ana: httpx.Client, alicia: httpx.Client) -> None:
    number = opened(ana)
    shown = alicia.get(f"{ADMIN}/{number}").json()
    assert list(shown)[-3:] == ["messages", "updated_at", "assigned_to"]
    row = alicia.get(ADMIN, params={"per_page": 1}).json()["data"][0]
    assert list(row)[-3:] == ["updated_at", "user_id", "assigned_to"]
    assert row["user_id"].startswith("ana-")


def test_an_answer_picks_an_open_ticket_up(ana: httpx.Client, alicia: httpx.Client) -> None:
    number = opened(ana)
    said = alicia.post(f"{ADMIN}/{number}/messages", json={"body": "I checked the payout."})
    assert (said.status_code, said.json()["is_admin"]) == (201, True)
    assert ana.get(f"{USER}/{number}").json()["status"] == "in_progress"


def test_status_priority_and_assignment_change_together(ana: httpx.Client, join: Join) -> None:
    alicia = join("alicia", rol="admin")
    number = opened(ana)
    alicia.post(f"{ADMIN}/{number}/messages", json={"body": "Hello"})
    me = str(alicia.headers["authorization"])
    subject = _subject(me)
    changed = alicia.patch(
        f"{ADMIN}/{number}", json={"status": "RESOLVED", "priority": "Urgent", "assigned_to": subject}
    ).json()
    assert (changed["status"], changed["priority"], changed["assigned_to"]) == ("resolved", "urgent", subject)
    freed = alicia.patch(f"{ADMIN}/{number}", json={"assigned_to": None}).json()
    assert (freed["status"], freed["assigned_to"]) == ("resolved", None)


def test_a_change_that_fails_in_one_part_changes_nothing(ana: httpx.Client, alicia: httpx.Client) -> None:
    number = opened(ana)
    before = alicia.get(f"{ADMIN}/{number}").text
    refused = alicia.patch(f"{ADMIN}/{number}", json={"priority": "high", "assigned_to": "nobody-at-all"})
    assert error_of(refused) == (400, "validation_error")
    assert list(refused.json()["error"]["details"]) == ["assigned_to"]
    alicia.patch(f"{ADMIN}/{number}", json={"status": "closed"})
    assert error_of(alicia.patch(f"{ADMIN}/{number}", json={"status": "resolved", "priority": "low"})) == (
        409,
        "conflict",
    )
    assert alicia.get(f"{ADMIN}/{number}").json()["priority"] == "normal"
    assert '"priority":"normal"' in before


def test_the_word_it_shows_already_asks_for_nothing(ana: httpx.Client, alicia: httpx.Client) -> None:
    number = opened(ana)
    for _ in range(2):
        assert alicia.patch(f"{ADMIN}/{number}", json={"status": "in_progress"}).json()["status"] == "in_progress"
    assert alicia.patch(f"{ADMIN}/{number}", json={"status": "open"}).status_code == 409


@pytest.mark.parametrize("body", [{}, {"subject": "Mine"}, {"status": "nope"}, {"priority": 5}, {"assigned_to": []}])
def test_a_change_of_nothing_known_is_refused(ana: httpx.Client, alicia: httpx.Client, body: dict[str, object]) -> None:
    assert error_of(alicia.patch(f"{ADMIN}/{opened(ana)}", json=body)) == (400, "validation_error")


def test_the_list_is_filtered_by_status(ana: httpx.Client, alicia: httpx.Client) -> None:
    number = opened(ana)
    assert alicia.get(ADMIN, params={"status": "open", "per_page": 1}).json()["data"][0]["id"] == number
    alicia.patch(f"{ADMIN}/{number}", json={"status": "closed"})
    closed = alicia.get(ADMIN, params={"status": "closed"}).json()
    assert {row["status"] for row in closed["data"]} == {"closed"}
    refused = alicia.get(ADMIN, params={"status": "nope"})
    assert (error_of(refused), list(refused.json()["error"]["details"])) == ((400, "validation_error"), ["status"])


def _subject(authorization: str) -> str:
    claims = authorization.split(".")[1]
    return str(json.loads(base64.urlsafe_b64decode(claims + "=="))["sub"])
