"""Changing many tickets at once through the native API: each on its own, and each told."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.contracts.conftest import Join
from tests.contracts.doors import AT_THE_DESK

TICKETS = "/api/desk/v1/tickets"
BULK = f"{TICKETS}/bulk"
ANY = {"If-Match": "*"}


@pytest.fixture
def tickets(ana: httpx.Client) -> list[int]:
    return [int(AT_THE_DESK.open(ana)) for _ in range(5)]


def results(answer: httpx.Response) -> dict[int, Any]:
    assert answer.status_code == 200, answer.text
    return {result["id"]: result for result in answer.json()["results"]}


def shown(client: httpx.Client, ticket: int) -> Any:
    return client.get(f"{TICKETS}/{ticket}").json()


def test_every_ticket_is_changed_and_told(marta: httpx.Client, tickets: list[int]) -> None:
    change = {"priority": "urgent", "tags": ["outage"], "status": "resolved", "reason": "The network is back."}
    told = results(marta.post(BULK, json={"ids": tickets, "change": change}))
    assert list(told) == tickets
    for ticket, result in told.items():
        assert (result["status"], result["ticket"]["status"], result["ticket"]["tags"]) == (200, "resolved", ["outage"])
        whole = shown(marta, ticket)
        assert {name: value for name, value in result["ticket"].items() if name != "sla"} == {
            name: whole[name] for name in result["ticket"] if name != "sla"
        }


def test_one_that_cannot_be_changed_hinders_no_other(
    marta: httpx.Client, alicia: httpx.Client, tickets: list[int]
) -> None:
    assert alicia.patch(f"{TICKETS}/{tickets[1]}", json={"status": "closed"}, headers=ANY).status_code == 200
    told = results(marta.post(BULK, json={"ids": [*tickets, 999_999_999], "change": {"status": "pending"}}))
    assert [result["status"] for result in told.values()] == [200, 200, 200, 200, 200, 404]
    assert told[999_999_999]["problem"]["type"] == "/problems/not-found"
    wake = {"status": "open"}
    refused = results(marta.post(BULK, json={"ids": tickets[:2], "change": wake}, headers={"Accept-Language": "es"}))
    assert {result["status"] for result in refused.values()} == {409}
    assert refused[tickets[0]]["problem"]["title"] == "El ticket no admite este paso"


def test_what_one_may_not_see_or_do_is_told_of_each(
    raul: httpx.Client, marta: httpx.Client, tickets: list[int]
) -> None:
    assert marta.patch(f"{TICKETS}/{tickets[0]}", json={"area": "Redes"}, headers=ANY).status_code == 200
    told = results(raul.post(BULK, json={"ids": tickets[:2], "change": {"priority": "low"}}))
    assert [result["status"] for result in told.values()] == [403, 404]
    assert shown(marta, tickets[1])["priority"] == "normal"


def test_five_hundred_tickets_are_changed_in_one_call(join: Join, marta: httpx.Client) -> None:
    email = f"dora-{uuid4().hex[:8]}@example.com"
    dora = join("dora", email=email)
    tickets = [int(AT_THE_DESK.open(dora)) for _ in range(500)]
    told = results(marta.post(BULK, json={"ids": tickets, "change": {"category": "outage", "tags": ["storm"]}}))
    assert list(told) == tickets
    assert {result["status"] for result in told.values()} == {200}
    assert {shown(marta, ticket)["category"] for ticket in (tickets[0], tickets[250], tickets[-1])} == {"outage"}


def test_a_macro_is_used_on_each(marta: httpx.Client, tickets: list[int]) -> None:
    macro = {
        "name": f"Outage {uuid4().hex[:6]}",
        "body": "Hello {{requester.first_name}}, {{ticket.label}} is solved.",
        "kind": "answer",
        "change": {"status": "resolved", "priority": "high", "tags_add": ["outage"], "assignee_id": "me"},
    }
    made = marta.post("/api/desk/v1/macros", json=macro)
    assert made.status_code == 201, made.text
    told = results(marta.post(BULK, json={"ids": tickets, "macro_id": made.json()["id"], "change": {"is_read": False}}))
    assert {result["status"] for result in told.values()} == {200}
    for ticket in tickets:
        whole = shown(marta, ticket)
        assert (whole["status"], whole["priority"], whole["tags"]) == ("resolved", "high", ["outage"])
        assert (whole["assignee"]["name"], whole["is_read"]) == ("Marta", False)
        entries = marta.get(f"{TICKETS}/{ticket}/timeline").json()["data"]
        assert [entry["body"] for entry in entries if entry["kind"] == "answer"] == [
            f"Hello Ana, {whole['label']} is solved."
        ]


def test_a_retry_with_the_same_key_says_nothing_twice(marta: httpx.Client, tickets: list[int]) -> None:
    macro = {"name": f"Hello {uuid4().hex[:6]}", "body": "Hello.", "kind": "answer"}
    made = marta.post("/api/desk/v1/macros", json=macro).json()
    wanted = {"ids": tickets, "macro_id": made["id"]}
    keyed = {"Idempotency-Key": "bulk-1"}
    first, again = (marta.post(BULK, json=wanted, headers=keyed) for _ in range(2))
    assert again.json() == first.json()
    assert {result["status"] for result in results(again).values()} == {200}
    for ticket in tickets:
        assert len(marta.get(f"{TICKETS}/{ticket}/timeline").json()["data"]) == 2


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "/ids", "missing"),
        ({"ids": []}, "/ids", "empty"),
        ({"ids": list(range(1, 502))}, "/ids", "too_many_items"),
        ({"ids": [0]}, "/ids/0", "too_small"),
        ({"ids": ["TKT-2026-00001"]}, "/ids/0", "wrong_type"),
        ({"ids": [1], "change": {"status": "done"}}, "/change/status", "not_allowed"),
        ({"ids": [1], "change": {"version": 2}}, "/change/version", "unknown_field"),
        ({"ids": [1], "change": {"close_reason": "archived"}}, "/change/close_reason", "not_supported"),
        ({"ids": [1], "change": None}, "/change", "wrong_type"),
        ({"ids": [1], "macro_id": "mine"}, "/macro_id", "unknown_macro"),
        ({"ids": [1], "force": True}, "/force", "unknown_field"),
    ],
)
def test_a_wrong_wish_is_refused_by_name(marta: httpx.Client, body: dict[str, Any], pointer: str, code: str) -> None:
    refused = marta.post(BULK, json=body)
    assert refused.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [(pointer, code)]
