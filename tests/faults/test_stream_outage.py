"""The event feed while the database is away: it says so, and goes on where it was when the database is back."""

import time
from pathlib import Path

import httpx
import pytest

from tests.contracts.test_desk_events import EVENTS, STREAM, events, followed
from tests.faults.crowd import replica
from tests.faults.postmaster import Postmaster
from tests.serving import token

TICKETS = "/api/desk/v1/tickets"
CALL = {"requester": {"name": "Ana", "email": "ana@example.com"}, "subject": "Zero", "body": "B"}


@pytest.mark.faults
def test_followers_of_a_database_that_was_away_miss_nothing_and_hear_nothing_twice(
    tmp_path: Path, postmaster: Postmaster
) -> None:
    desk = replica(tmp_path / "desk", postmaster.url(postmaster.new_database())).start()
    marta = desk.client(token("marta", rol="MESA", name="Marta"))
    ticket = marta.post(TICKETS, json=CALL).json()["id"]
    with followed(marta) as stream:
        next(stream)
        rename(marta, ticket, "One")
        (first,) = events(stream, ticket, 1)
        postmaster.stop()
        for headers in ({}, STREAM, {**STREAM, "Last-Event-ID": first["id"]}):
            away = marta.get(EVENTS, headers=headers)
            assert (away.status_code, away.json()["type"]) == (503, "/problems/unavailable")
            assert int(away.headers["Retry-After"]) > 0
        postmaster.start()
        for subject in ("Two", "Three"):
            rename(marta, ticket, subject)
        assert renamed(events(stream, ticket, 2)) == ["Two", "Three"]
    with followed(marta, **{"Last-Event-ID": first["id"]}) as resumed:
        rename(marta, ticket, "Four")
        assert renamed(events(resumed, ticket, 3)) == ["Two", "Three", "Four"]
    marta.close()
    assert desk.stop() == 0


def rename(client: httpx.Client, ticket: int, subject: str) -> None:
    """Change a ticket, again and again until the desk has noticed that its database is back."""
    deadline = time.monotonic() + 60
    while (answer := patched(client, ticket, subject)).status_code == 503:
        assert time.monotonic() < deadline
    assert answer.status_code == 200, answer.text


def patched(client: httpx.Client, ticket: int, subject: str) -> httpx.Response:
    return client.patch(f"{TICKETS}/{ticket}", json={"subject": subject}, headers={"If-Match": "*"})


def renamed(told: list[dict[str, dict[str, list[str]]]]) -> list[str]:
    return [event["changes"]["subject"][1] for event in told]
