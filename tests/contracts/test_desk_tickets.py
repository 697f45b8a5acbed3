"""Changing a ticket through the native API: all at once or not at all, only what one has seen, only what one may."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from tests.contracts.conftest import Join
from tests.contracts.doors import AT_THE_DESK

TICKETS = "/api/desk/v1/tickets"
ANY = {"If-Match": "*"}


@pytest.fixture
def ticket(ana: httpx.Client) -> str:
    """The address of a ticket that Ana opened in the app."""
    return f"{TICKETS}/{AT_THE_DESK.open(ana, subject='No signal', message='The line is dead since Monday.')}"


def changed(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text
    return answer.json()


def pointers(answer: httpx.Response) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.text
    return [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]


def agent_id(client: httpx.Client, ticket: str) -> str:
    """The UUID of an agent, who takes a ticket to learn it."""
    said = client.post(f"{ticket}/messages", json={"kind": "note", "body": "Me.", "assign_to_me": True})
    assert said.status_code == 201, said.text
    found: str = said.json()["ticket"]["assignee"]["id"]
    return found


def test_many_things_are_changed_at_once(marta: httpx.Client, ticket: str) -> None:
    wanted = {
        "priority": "high",
        "category": "Networks",
        "subcategory": "Fibre",
        "subject": "No signal on floor 3",
        "status": "pending",
        "resolution_note": "Splice replaced.",
        "is_read": True,
        "reason": "Waiting for the technician.",
    }
    got = changed(marta.patch(ticket, json=wanted, headers={"If-Match": '"1"'}))
    assert {name: got[name] for name in wanted if name != "reason"} == {
        name: value for name, value in wanted.items() if name != "reason"
    }
    assert (got["sla"]["hours"], got["sla"]["state"]) == (4, "paused")
    again = marta.get(ticket)
    assert again.headers["etag"] == f'"{got["version"]}"'
    assert again.json()["subject"] == "No signal on floor 3"


def test_a_change_that_cannot_be_had_whole_is_not_had_at_all(marta: httpx.Client, ticket: str) -> None:
    before = marta.get(ticket).json()
    refused = marta.patch(ticket, json={"subject": "Another", "assignee_id": before["uuid"]}, headers=ANY)
    assert pointers(refused) == [("/assignee_id", "unknown_person")]
    assert marta.patch(ticket, json={"status": "closed"}, headers=ANY).status_code == 200
    closed = marta.get(ticket).json()
    assert closed["subject"] == "No signal"
    refused = marta.patch(ticket, json={"subject": "Another", "snoozed_until": "2999-01-01T00:00:00Z"}, headers=ANY)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/transition-refused")
    assert marta.get(ticket).json()["version"] == closed["version"]


def test_a_change_without_the_version_is_refused(marta: httpx.Client, ticket: str) -> None:
    refused = marta.patch(ticket, json={"subject": "Another"})
    assert (refused.status_code, refused.json()["type"]) == (428, "/problems/if-match-required")
    assert marta.get(ticket).json()["subject"] == "No signal"


def test_a_change_of_what_was_changed_meanwhile_is_refused(marta: httpx.Client, ticket: str) -> None:
    first = changed(marta.patch(ticket, json={"subject": "First"}, headers={"If-Match": '"1"'}))
    late = marta.patch(ticket, json={"subject": "Late"}, headers={"If-Match": '"1"'})
    assert (late.status_code, late.json()["type"]) == (412, "/problems/stale")
    assert marta.get(ticket).json()["subject"] == "First"
    changed(marta.patch(ticket, json={"subject": "Late"}, headers={"If-Match": f'"1", "{first["version"]}"'}))


def test_of_fifty_changes_of_one_version_exactly_one_is_made(marta: httpx.Client, ticket: str) -> None:
    def change(number: int) -> int:
        return marta.patch(ticket, json={"subject": f"Number {number}"}, headers={"If-Match": '"1"'}).status_code

    with ThreadPoolExecutor(50) as clients:
        statuses = sorted(clients.map(change, range(50)))
    assert statuses == [200] + [412] * 49
    assert marta.get(ticket).json()["version"] == 2


def test_a_change_that_changes_nothing_makes_no_version(marta: httpx.Client, ticket: str) -> None:
    same = {"subject": "No signal", "status": "open", "priority": "normal", "assignee_id": None, "is_read": False}
    assert changed(marta.patch(ticket, json=same, headers=ANY))["version"] == 1
    assert changed(marta.patch(ticket, json={}, headers=ANY))["version"] == 1


@pytest.mark.parametrize(
    ("way", "end"),
    [
        (["in_progress"], "in_progress"),
        (["pending"], "pending"),
        (["pending", "in_progress"], "in_progress"),
        (["resolved"], "resolved"),
        (["resolved", "in_progress"], "in_progress"),
        (["resolved", "pending"], "pending"),
        (["closed"], "closed"),
        (["closed", "open"], "open"),
        (["closed", "resolved"], "resolved"),
        (["closed", "pending"], "pending"),
    ],
)
def test_a_status_is_reached_by_the_steps_that_lead_there(
    marta: httpx.Client, ticket: str, way: list[str], end: str
) -> None:
    for status in way:
        assert changed(marta.patch(ticket, json={"status": status}, headers=ANY))["status"] == status
    assert marta.get(ticket).json()["status"] == end


@pytest.mark.parametrize("start", ["in_progress", "pending"])
def test_where_no_steps_lead_only_an_admin_gets(
    marta: httpx.Client, alicia: httpx.Client, ticket: str, start: str
) -> None:
    changed(marta.patch(ticket, json={"status": start}, headers=ANY))
    refused = marta.patch(ticket, json={"status": "open"}, headers=ANY)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/transition-refused")
    assert changed(alicia.patch(ticket, json={"status": "open"}, headers=ANY))["status"] == "open"


def test_a_ticket_is_closed_for_a_reason(marta: httpx.Client, ticket: str) -> None:
    closed = changed(marta.patch(ticket, json={"status": "closed", "close_reason": "cancelled"}, headers=ANY))
    assert (closed["status"], closed["close_reason"]) == ("closed", "cancelled")
    again = changed(marta.patch(ticket, json={"status": "closed", "close_reason": "archived"}, headers=ANY))
    assert again["close_reason"] == "archived"
    opened = changed(marta.patch(ticket, json={"status": "open", "priority": "urgent"}, headers=ANY))
    assert (opened["status"], opened["close_reason"], opened["priority"]) == ("open", None, "urgent")
    refused = marta.patch(ticket, json={"status": "resolved", "close_reason": "archived"}, headers=ANY)
    assert pointers(refused) == [("/close_reason", "not_supported")]


def test_an_area_agent_takes_what_nobody_has_and_gives_nothing_away(
    marta: httpx.Client, raul: httpx.Client, ticket: str
) -> None:
    changed(marta.patch(ticket, json={"area": "Redes"}, headers=ANY))
    mine = agent_id(raul, ticket)
    assert "assign" not in raul.get(ticket).json()["permissions"]
    assert raul.patch(ticket, json={"assignee_id": None}, headers=ANY).status_code == 403
    freed = changed(marta.patch(ticket, json={"assignee_id": None}, headers=ANY))
    assert freed["assignee"] is None
    taken = changed(raul.patch(ticket, json={"assignee_id": mine}, headers=ANY))
    assert taken["assignee"] == {"id": mine, "name": "Raul"}
    for foreign in ({"priority": "high"}, {"category": "Networks"}, {"area": "Pagos"}):
        assert raul.patch(ticket, json=foreign, headers=ANY).status_code == 403


def test_who_had_a_ticket_does_not_go_with_it_to_another_area(marta: httpx.Client, ticket: str) -> None:
    mine = agent_id(marta, ticket)
    assert changed(marta.patch(ticket, json={"area": "Redes"}, headers=ANY))["assignee"] is None
    both = changed(marta.patch(ticket, json={"area": "Pagos", "assignee_id": mine}, headers=ANY))
    assert (both["area"], both["assignee"]["id"]) == ("Pagos", mine)


def test_a_ticket_put_away_comes_back_when_the_requester_writes(
    marta: httpx.Client, ana: httpx.Client, ticket: str
) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    away = changed(marta.patch(ticket, json={"snoozed_until": tomorrow}, headers=ANY))
    assert away["snoozed_until"] == tomorrow
    number = ticket.rpartition("/")[2]
    assert ana.post(f"/api/mobile/support-requests/{number}/messages", json={"body": "Any news?"}).status_code == 201
    assert marta.get(ticket).json()["snoozed_until"] is None
    changed(marta.patch(ticket, json={"snoozed_until": tomorrow}, headers=ANY))
    assert changed(marta.patch(ticket, json={"snoozed_until": None}, headers=ANY))["snoozed_until"] is None


def test_a_ticket_that_was_read_can_be_marked_unread(marta: httpx.Client, ticket: str) -> None:
    for is_read in (True, False, True):
        assert changed(marta.patch(ticket, json={"is_read": is_read}, headers=ANY))["is_read"] is is_read


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"status": "done"}, "/status", "not_allowed"),
        ({"status": None}, "/status", "wrong_type"),
        ({"close_reason": "archived"}, "/close_reason", "not_supported"),
        ({"close_reason": "lost"}, "/close_reason", "not_allowed"),
        ({"priority": "HIGH!"}, "/priority", "not_allowed"),
        ({"area": "x"}, "/area", "too_short"),
        ({"area": None}, "/area", "wrong_type"),
        ({"assignee_id": "marta"}, "/assignee_id", "unknown_person"),
        ({"assignee_id": 7}, "/assignee_id", "wrong_type"),
        ({"category": ""}, "/category", "empty"),
        ({"subcategory": "x" * 101}, "/subcategory", "too_long"),
        ({"subject": " "}, "/subject", "empty"),
        ({"subject": "x" * 201}, "/subject", "too_long"),
        ({"subject": "a\x00b"}, "/subject", "control_character"),
        ({"snoozed_until": "tomorrow"}, "/snoozed_until", "not_a_time"),
        ({"snoozed_until": "2020-01-01T00:00:00Z"}, "/snoozed_until", "in_the_past"),
        ({"resolution_note": "x" * 5_001}, "/resolution_note", "too_long"),
        ({"is_read": "yes"}, "/is_read", "wrong_type"),
        ({"reason": "x" * 501}, "/reason", "too_long"),
        ({"label": "TKT-2026-00001"}, "/label", "unknown_field"),
        ({"id": 1}, "/id", "unknown_field"),
        ({"version": 9}, "/version", "unknown_field"),
        ({"created_at": "2020-01-01T00:00:00Z"}, "/created_at", "unknown_field"),
    ],
)
def test_a_wrong_value_is_refused_by_name(
    marta: httpx.Client, ticket: str, body: dict[str, Any], pointer: str, code: str
) -> None:
    assert pointers(marta.patch(ticket, json=body, headers=ANY)) == [(pointer, code)]
    assert marta.get(ticket).json()["version"] == 1


def test_an_agent_of_another_area_changes_nothing(join: Join, ticket: str) -> None:
    stranger = join("rosa", rol="AREA", area="Pagos")
    assert stranger.patch(ticket, json={"subject": "Mine"}, headers=ANY).status_code == 404
