"""An agent who serves several areas: what they see and reach is what lies in any of them."""

import json
import time
from uuid import uuid4

import httpx
import pytest
from tests.contracts.conftest import Join
from tests.contracts.doors import AT_THE_DESK
from tests.contracts.test_desk_events import change, events, followed, latest

DESK = "/api/desk/v1"
TICKETS = f"{DESK}/tickets"


@pytest.fixture
def areas() -> list[str]:
    """Three areas that no other test knows."""
    return [f"{name} {uuid4().hex[:8]}" for name in ("Redes", "Pagos", "Viajes")]


@pytest.fixture
def nora(join: Join, areas: list[str]) -> httpx.Client:
    """The agent of the first two."""
    return join("nora", rol="AREA", area=areas[:2])


@pytest.fixture
def tickets(marta: httpx.Client, ana: httpx.Client, areas: list[str]) -> list[int]:
    """A ticket in each of the three."""
    found = [int(AT_THE_DESK.open(ana)) for _ in areas]
    for ticket, area in zip(found, areas, strict=True):
        change(marta, ticket, area=area)
    return found


def found_by(client: httpx.Client, word: str, count: int) -> list[int]:
    """Return what holds a word, once so many are found: SQLite indexes a moment after the commit."""
    deadline = time.monotonic() + 60
    while len(found := ids(client.get(TICKETS, params={"query": word}))) < count:
        assert time.monotonic() < deadline, found
    return found


def ids(answer: httpx.Response) -> list[int]:
    assert answer.status_code == 200, answer.text
    return sorted(row["id"] for row in answer.json()["data"])


def test_lists_counts_and_pages_hold_what_lies_in_any_of_them(nora: httpx.Client, tickets: list[int]) -> None:
    assert (
        nora.get(f"{DESK}/me").json()["areas"]
        == [area["name"] for area in nora.get(f"{DESK}/areas").json()["data"]][::-1]
    )
    for sort in ("-updated", "created", "due", "-priority", "number"):
        assert ids(nora.get(TICKETS, params={"sort": sort})) == tickets[:2]
    first = nora.get(TICKETS, params={"limit": "1", "count": "1"})
    assert first.json()["total"] == {"count": 2, "is_exact": True}
    assert ids(first) + ids(nora.get(first.links["next"]["url"])) == tickets[1::-1]
    assert nora.get(f"{DESK}/counts").json()["views"]["my-area"]["count"] == 2
    assert ids(nora.get(TICKETS, params={"view": "my-area"})) == tickets[:2]


def test_numbered_pages_of_the_other_contracts_hold_them_too(nora: httpx.Client, tickets: list[int]) -> None:
    told = nora.get("/api/admin/support-requests", params={"limit": "1"}).json()
    assert told["meta"]["total"] == 2, told
    dashboard = nora.get("/api/tickets/dashboard").json()
    assert len(dashboard) == 2


def test_a_word_is_found_in_any_of_them_and_nowhere_else(
    nora: httpx.Client, marta: httpx.Client, tickets: list[int]
) -> None:
    word = f"zafiro{uuid4().hex[:8]}"
    for ticket in tickets:
        said = {"kind": "note", "body": f"Un {word}"}
        assert marta.post(f"{TICKETS}/{ticket}/messages", json=said).status_code == 201
    assert found_by(marta, word, 3) == tickets
    assert ids(nora.get(TICKETS, params={"query": word})) == tickets[:2]


def test_the_feed_and_the_stream_tell_of_any_of_them_and_of_what_leaves_them(
    nora: httpx.Client, marta: httpx.Client, tickets: list[int], areas: list[str]
) -> None:
    after = latest(nora)
    with followed(nora) as found:
        next(found)
        change(marta, tickets[0], area=areas[1])
        (moved,) = events(found, tickets[0], 1)
        change(marta, tickets[0], area=areas[2])
        (gone,) = events(found, tickets[0], 1)
    assert (moved["kind"], gone["kind"]) == ("ticket.transferred", "ticket.gone")
    told = nora.get(f"{DESK}/events", params={"after": after}).json()["data"]
    assert {event["kind"] for event in told if event["ticket"]["id"] == tickets[0]} == {"ticket.gone"}


def test_a_bulk_change_reaches_any_of_them_and_nothing_else(nora: httpx.Client, tickets: list[int]) -> None:
    done = nora.post(f"{TICKETS}/bulk", json={"ids": tickets, "change": {"status": "in_progress"}}).json()["results"]
    assert [result["status"] for result in done] == [200, 200, 404]


def test_a_ticket_for_somebody_is_opened_in_any_of_them_and_nowhere_else(nora: httpx.Client, areas: list[str]) -> None:
    call = {"requester": {"name": "B", "email": "b@example.com"}, "subject": "S", "body": "B"}
    opened = [nora.post(TICKETS, json=call | told) for told in ({}, {"area": areas[1].upper()})]
    assert [answer.json()["area"] for answer in opened] == areas[:2]
    refused = nora.post(TICKETS, json={**call, "area": areas[2]})
    assert refused.json()["errors"][0]["pointer"] == "/area"
    assert all(area in json.dumps(refused.json(), ensure_ascii=False) for area in areas[:2])


def test_tags_and_notifications_are_cut_to_them(
    nora: httpx.Client, marta: httpx.Client, tickets: list[int], areas: list[str]
) -> None:
    tag = f"vip-{uuid4().hex[:8]}"
    for ticket in tickets:
        change(marta, ticket, tags=[tag])
    assert nora.get(f"{DESK}/tags", params={"prefix": tag}).json()["data"][0]["uses"] == 2
    said = nora.post(f"{TICKETS}/{tickets[0]}/messages", json={"kind": "note", "body": "Mine.", "assign_to_me": True})
    mine = said.json()["ticket"]["assignee"]["id"]
    change(marta, tickets[1], assignee_id=mine)
    assert nora.get(f"{DESK}/notifications").json()["unread"] == 1
    change(marta, tickets[1], area=areas[2])
    assert nora.get(f"{DESK}/notifications").json()["unread"] == 0
