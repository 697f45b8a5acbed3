"""The admin half of contract 3."""

import base64
import json
from uuid import UUID

import httpx
import pytest
from tests.contracts.conftest import Join
from tests.contracts.mesa import PRINTER, detail, done
from tests.contracts.test_support import ADMIN, USER, error_of, opened

from ventanilla.core import ids


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


@pytest.mark.parametrize("status", ["open", "in_progress", "resolved"])
def test_an_admin_closes_from_any_state_and_may_open_again(
    ana: httpx.Client, alicia: httpx.Client, status: str
) -> None:
    number = opened(ana)
    for step, wanted in ((status, 200), ("closed", 200), ("closed", 200), ("resolved", 409), ("open", 200)):
        assert alicia.patch(f"{ADMIN}/{number}", json={"status": step}).status_code == wanted
    assert ana.get(f"{USER}/{number}").json()["status"] == "open"


def test_an_answer_to_a_closed_ticket_is_a_conflict(ana: httpx.Client, alicia: httpx.Client) -> None:
    number = opened(ana)
    ana.post(f"{USER}/{number}/close")
    assert error_of(alicia.post(f"{ADMIN}/{number}/messages", json={"body": "One more thing"})) == (409, "conflict")
    assert len(alicia.get(f"{ADMIN}/{number}").json()["messages"]) == 1


def test_a_critical_ticket_shows_as_urgent_and_stays_critical(anyone: httpx.Client, alicia: httpx.Client) -> None:
    opened_there = anyone.post("/api/tickets/crear", json=PRINTER | {"prioridad": "CRITICA"}).json()
    path = f"{ADMIN}/{ids.ulid(UUID(opened_there['ticketUuid']))}"
    assert alicia.get(path).json()["priority"] == "urgent"
    assert alicia.patch(path, json={"priority": "urgent"}).json()["priority"] == "urgent"
    assert detail(alicia, opened_there)["ticket"]["prioridad"] == "CRITICA"
    assert alicia.patch(path, json={"priority": "low"}).json()["priority"] == "low"


def test_a_pending_ticket_shows_as_in_progress_and_goes_on_with_a_reply(
    ana: httpx.Client, alicia: httpx.Client
) -> None:
    number = opened(ana)
    alicia.patch(f"{ADMIN}/{number}", json={"status": "in_progress"})
    there = {"ticketUuid": str(ids.parse_ulid(number))}
    done(alicia, there, "pausar", motivo="We wait for the bank")
    assert alicia.patch(f"{ADMIN}/{number}", json={"status": "in_progress"}).json()["status"] == "in_progress"
    assert number in [row["id"] for row in alicia.get(ADMIN, params={"status": "in_progress"}).json()["data"]]
    assert detail(alicia, there)["ticket"]["estado"] == "PAUSADO"
    ana.post(f"{USER}/{number}/messages", json={"body": "The bank says yes."})
    assert detail(alicia, there)["ticket"]["estado"] == "EN_PROCESO"


def test_an_agent_is_assigned_by_the_id_of_their_token_even_a_number(ana: httpx.Client, alicia: httpx.Client) -> None:
    number = opened(ana)
    me = _subject(str(alicia.headers["authorization"]))
    taken = alicia.patch(f"{ADMIN}/{number}", json={"assigned_to": me}).json()
    assert (taken["assigned_to"], taken["status"]) == (me, "in_progress")
    refused = alicia.patch(f"{ADMIN}/{number}", json={"assigned_to": 123_456_789})
    assert refused.json()["error"]["details"] == {"assigned_to": "names no active member of staff"}


def test_a_page_past_the_end_of_all_is_empty_with_the_true_total(ana: httpx.Client, alicia: httpx.Client) -> None:
    opened(ana)
    first, past = (alicia.get(ADMIN, params={"page": page, "per_page": 100}).json() for page in (1, 1_000_000))
    assert (past["data"], past["pagination"]["total"]) == ([], first["pagination"]["total"])
    assert past["pagination"]["total_pages"] == -(-first["pagination"]["total"] // 100)


def _subject(authorization: str) -> str:
    claims = authorization.split(".")[1]
    return str(json.loads(base64.urlsafe_b64decode(claims + "=="))["sub"])
