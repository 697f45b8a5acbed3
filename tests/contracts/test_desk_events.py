"""The event feed through the native API: read part by part, or followed as server-sent events."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from tests.contracts.conftest import Join
from tests.contracts.doors import AT_THE_DESK
from tests.serving import RunningDesk, token

DESK = "/api/desk/v1"
EVENTS = f"{DESK}/events"
ANY = {"If-Match": "*"}
STREAM = {"Accept": "text/event-stream"}


@pytest.fixture
def ticket(ana: httpx.Client) -> int:
    return int(AT_THE_DESK.open(ana))


def latest(client: httpx.Client) -> str:
    answer = client.get(EVENTS, params={"after": "latest"})
    assert answer.json()["data"] == []
    return str(answer.json()["next"])


def change(client: httpx.Client, ticket: int, **wanted: object) -> None:
    assert client.patch(f"{DESK}/tickets/{ticket}", json=wanted, headers=ANY).status_code == 200


@contextmanager
def followed(client: httpx.Client, **headers: str) -> Iterator[Iterator[dict[str, str]]]:
    """Follow the feed; gives its frames as dictionaries of their fields."""
    # Not the client itself: it reads every answer to its end, to hold it against the document.
    with (
        httpx.Client(base_url=client.base_url, headers=client.headers, timeout=60) as follower,
        follower.stream("GET", EVENTS, headers={**STREAM, **headers}) as answer,
    ):
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/event-stream"
        yield frames(answer.iter_lines())


def frames(lines: Iterator[str]) -> Iterator[dict[str, str]]:
    frame: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(": ")
            frame[name] = value
        elif frame:
            yield frame
            frame = {}


def events(found: Iterator[dict[str, str]], ticket: int, count: int) -> list[dict[str, Any]]:
    """Return the next frames about a ticket, however much else happens."""
    wanted: list[dict[str, Any]] = []
    deadline = time.monotonic() + 60  # pings keep a stream alive in which nothing happens
    while len(wanted) < count:
        assert time.monotonic() < deadline, wanted
        frame = next(found)
        data = json.loads(frame.get("data", "{}"))
        if data.get("ticket", {}).get("id") == ticket:
            wanted.append({**data, "frame": frame})
    return wanted


def test_the_feed_is_read_part_by_part_and_never_ends(marta: httpx.Client, ticket: int) -> None:
    after = latest(marta)
    change(marta, ticket, subject="Another", priority="high")
    part = marta.get(EVENTS, params={"after": after}).json()
    ours = [event for event in part["data"] if event["ticket"]["id"] == ticket]
    assert [event["kind"] for event in ours] == ["ticket.reclassified", "ticket.edited"]
    assert ours[0]["changes"] == {"priority": ["normal", "high"]}
    assert ours[0]["actor"]["name"] == "Marta"
    assert marta.get(EVENTS, params={"after": part["next"]}).json() == {"data": [], "next": part["next"]}
    again = marta.get(EVENTS, params={"after": ours[0]["id"], "limit": "1"}).json()
    assert again["data"] == [ours[1]]


def test_what_happens_arrives_as_it_happens(marta: httpx.Client, alicia: httpx.Client, ticket: int) -> None:
    with followed(marta) as found:
        assert next(found) == {"retry": "2000"}
        assert next(found) == {"event": "notification", "data": '{"unread":0}'}
        change(alicia, ticket, subject="Live")
        (event,) = events(found, ticket, 1)
        assert (event["kind"], event["frame"]["event"]) == ("ticket.edited", "ticket.edited")
        assert event["frame"]["id"] == event["id"]


def test_a_stream_goes_on_where_the_last_one_ended(marta: httpx.Client, ticket: int) -> None:
    with followed(marta) as found:
        next(found)
        change(marta, ticket, subject="One")
        (first,) = events(found, ticket, 1)
    change(marta, ticket, subject="Two")
    change(marta, ticket, subject="Three")
    with followed(marta, **{"Last-Event-ID": first["id"]}) as found:
        told = [event["changes"]["subject"] for event in events(found, ticket, 2)]
    assert told == [["One", "Two"], ["Two", "Three"]]


def test_who_is_told_of_something_hears_how_much_they_have_not_read(
    marta: httpx.Client, alicia: httpx.Client, ticket: int
) -> None:
    said = marta.post(f"{DESK}/tickets/{ticket}/messages", json={"kind": "note", "body": "Me.", "assign_to_me": True})
    marta_id = said.json()["ticket"]["assignee"]["id"]
    other = alicia.post(
        f"{DESK}/tickets",
        json={"requester": {"name": "B", "email": "b@example.com"}, "subject": "S", "body": "B"},
    ).json()["id"]
    with followed(marta) as found:
        next(found)
        next(found)
        change(alicia, other, assignee_id=marta_id)
        while (frame := next(found)).get("event") != "notification":
            pass
    assert json.loads(frame["data"]) == {"unread": 1}


def test_who_comes_to_a_ticket_in_sight_and_what_they_do_is_told(
    raul: httpx.Client, marta: httpx.Client, ana: httpx.Client, ticket: int
) -> None:
    other = int(AT_THE_DESK.open(ana))
    change(marta, ticket, area="Redes")
    change(marta, other, area="Pagos")
    with followed(raul) as found:
        next(found)
        for state in ("viewing", "typing", "gone"):
            for at in (other, ticket):
                assert marta.put(f"{DESK}/tickets/{at}/presence", json={"state": state}).status_code == 204
            while (frame := next(found)).get("event") != "presence":
                pass
            assert json.loads(frame["data"]) == {"ticket_id": ticket}


def test_an_area_agent_hears_of_what_leaves_their_area_and_no_more(
    raul: httpx.Client, marta: httpx.Client, ticket: int
) -> None:
    change(marta, ticket, area="Redes")
    with followed(raul) as found:
        next(found)
        change(marta, ticket, subject="Ours")
        (ours,) = events(found, ticket, 1)
        change(marta, ticket, area="Pagos")
        change(marta, ticket, subject="Theirs")
        (gone,) = events(found, ticket, 1)
    assert (ours["kind"], gone["kind"]) == ("ticket.edited", "ticket.gone")
    assert (gone["ticket"]["area"], gone["changes"]) == ("", {})


@pytest.mark.parametrize(
    ("headers", "query", "pointer"),
    [({}, {"after": "nonsense"}, "/after"), ({**STREAM, "Last-Event-ID": "17"}, {}, "/Last-Event-ID")],
)
def test_a_cursor_of_nothing_is_refused(
    marta: httpx.Client, headers: dict[str, str], query: dict[str, str], pointer: str
) -> None:
    refused = marta.get(EVENTS, params=query, headers=headers)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == pointer


def test_so_many_windows_may_follow_and_no_more(server: RunningDesk, join: Join) -> None:
    follower = token("somebody-with-many-windows", rol="MESA")
    clients = [server.client(follower) for _ in range(21)]
    streams = [client.send(client.build_request("GET", EVENTS, headers=STREAM), stream=True) for client in clients[:20]]
    try:
        for stream in streams:
            next(stream.iter_lines())
        refused = clients[20].get(EVENTS, headers=STREAM)
        assert (refused.status_code, refused.json()["type"]) == (429, "/problems/rate-limited")
    finally:
        for stream in streams:
            stream.close()
        for client in clients:
            client.close()


def test_a_desk_that_stops_ends_its_streams(tmp_path_factory: pytest.TempPathFactory) -> None:
    desk = RunningDesk(tmp_path_factory.mktemp("desk")).start()
    ended = threading.Event()

    def follow() -> None:
        with desk.client(token("marta", rol="MESA")) as marta, followed(marta) as found:
            begun.set()
            for _ in found:
                pass
            ended.set()

    begun = threading.Event()
    follower = threading.Thread(target=follow)
    follower.start()
    assert begun.wait(60)
    assert desk.stop() == 0
    follower.join(60)
    assert ended.is_set()
