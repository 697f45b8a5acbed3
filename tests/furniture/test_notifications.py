"""Notifications over the native API."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.contracts.conftest import Join
from tests.contracts.doors import AT_THE_DESK

NOTIFICATIONS = "/api/desk/v1/notifications"
READ = f"{NOTIFICATIONS}/read"


def take(client: httpx.Client, ticket: str) -> None:
    """Let somebody answer a ticket that nobody has, which makes it theirs."""
    assert client.post(f"/api/admin/support-requests/{ticket}/messages", json={"body": "On it."}).is_success


def reply(client: httpx.Client, ticket: str) -> None:
    assert client.post(f"/api/mobile/support-requests/{ticket}/messages", json={"body": "And now?"}).is_success


@pytest.fixture
def replied(ana: httpx.Client, marta: httpx.Client) -> str:
    """A ticket that Marta works on and Ana replied to."""
    ticket = AT_THE_DESK.open(ana, subject="No signal")
    take(marta, ticket)
    reply(ana, ticket)
    return ticket


def listed(client: httpx.Client, **query: Any) -> dict[str, Any]:
    answer = client.get(NOTIFICATIONS, params=query)
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def test_an_agent_is_told_of_a_reply(marta: httpx.Client, replied: str) -> None:
    told = listed(marta)
    (one,) = told["data"]
    assert (one["kind"], one["actor"], one["read_at"]) == ("replied", "Ana", None)
    assert (one["ticket"]["id"], one["ticket"]["subject"]) == (int(replied), "No signal")
    assert one["ticket"]["label"].startswith("TKT-")
    assert (told["next"], told["unread"]) == (None, 1)


def test_who_was_never_told_anything_has_an_empty_list(alicia: httpx.Client) -> None:
    assert listed(alicia) == {"data": [], "next": None, "unread": 0}
    assert alicia.post(READ, json={"all": True}).json() == {"unread": 0}


def test_what_was_read_is_counted_no_more(ana: httpx.Client, marta: httpx.Client, replied: str) -> None:
    reply(ana, replied)
    newest, oldest = listed(marta)["data"]
    assert marta.post(READ, json={"ids": [newest["id"].upper(), str(uuid4())]}).json() == {"unread": 1}
    assert [one["id"] for one in listed(marta, unread="true")["data"]] == [oldest["id"]]
    assert marta.post(READ, json={"all": True}).json() == {"unread": 0}
    assert listed(marta, unread="true")["data"] == []
    assert len(listed(marta)["data"]) == 2


def test_the_list_is_walked_page_by_page(ana: httpx.Client, marta: httpx.Client, replied: str) -> None:
    reply(ana, replied)
    reply(ana, replied)
    rows, url = [], f"{NOTIFICATIONS}?limit=2"
    while url:
        page = marta.get(url)
        rows += page.json()["data"]
        url = page.links.get("next", {}).get("url", "")
    assert rows == listed(marta)["data"]
    assert len(rows) == 3


def test_nobody_reads_for_somebody_else(alicia: httpx.Client, marta: httpx.Client, replied: str) -> None:
    (one,) = listed(marta)["data"]
    assert alicia.post(READ, json={"ids": [one["id"]]}).status_code == 200
    assert listed(marta)["unread"] == 1


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "/ids", "missing"),
        ({"all": False}, "/ids", "missing"),
        ({"ids": ["7"]}, "/ids/0", "not_an_id"),
        ({"ids": [7]}, "/ids/0", "wrong_type"),
        ({"ids": [str(uuid4()) for _ in range(201)]}, "/ids", "too_many_items"),
        ({"all": "yes"}, "/all", "wrong_type"),
    ],
    ids=["nothing", "not all", "no id", "a number", "too many", "no truth"],
)
def test_what_cannot_be_read_is_refused(marta: httpx.Client, body: Any, pointer: str, code: str) -> None:
    refused = marta.post(READ, json=body)
    assert refused.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [(pointer, code)]


@pytest.mark.parametrize("query", [{"after": "x"}, {"limit": 0}, {"unread": "maybe"}, {"kind": "replied"}])
def test_a_query_that_says_nothing_known_is_refused(marta: httpx.Client, query: dict[str, Any]) -> None:
    refused = marta.get(NOTIFICATIONS, params=query)
    assert [fault["pointer"] for fault in refused.json()["errors"]] == [f"/{name}" for name in query]


def test_a_note_tells_whom_it_calls_and_the_timeline_shows_it(
    join: Join, marta: httpx.Client, ana: httpx.Client
) -> None:
    name = f"Nora {uuid4().hex[:8]}"
    nora = join("nora", rol="MESA", name=name)
    take(nora, AT_THE_DESK.open(ana))
    ticket = f"/api/desk/v1/tickets/{AT_THE_DESK.open(ana)}"
    note = marta.post(f"{ticket}/messages", json={"kind": "note", "body": f"@{name.lower()}, ¿lo ves? @Nadie"})
    assert [agent["name"] for agent in note.json()["entry"]["mentions"]] == [name]
    shown = marta.get(f"{ticket}/timeline").json()["data"][-1]
    assert shown["mentions"] == note.json()["entry"]["mentions"]
    assert [(one["kind"], one["actor"]) for one in listed(nora)["data"]] == [("mentioned", "Marta")]
    answer = marta.post(f"{ticket}/messages", json={"kind": "answer", "body": f"@{name}, ¿lo ves?"})
    assert answer.json()["entry"]["mentions"] == []
    assert len(listed(nora)["data"]) == 1
