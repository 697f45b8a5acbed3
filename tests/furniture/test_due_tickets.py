"""A desk tells agents by itself that a ticket of theirs is about to be due."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from tests.furniture.conftest import MakeDesk
from tests.serving import ISSUER, RunningDesk, token
from ventanilla import app
from ventanilla.actions import triage
from ventanilla.actions.opening import TicketDraft, open_ticket
from ventanilla.core.people import Actor, ActorKind, Contact, Identity, Profile, Role
from ventanilla.core.words import Channel, Priority
from ventanilla.settings import Settings

MARTA = Actor(kind=ActorKind.AGENT, identity=Identity(ISSUER, "marta"), profile=Profile(name="Marta"), role=Role.AGENT)


async def give_marta_a_ticket(desk: RunningDesk, opened_at: datetime) -> str:
    """Open a ticket that is to be done within an hour, and give it to her; returns its label."""
    url = desk.environment.get("VENTANILLA_DATABASE_URL")
    store = app.open_store(Settings(data_dir=str(desk.data), database_url=url), lambda: opened_at)
    draft = TicketDraft(
        channel=Channel.MESA,
        contact=Contact(name="Ana", email="ana@example.com"),
        subject="The line is down",
        description="Nothing works.",
        category="Red",
        priority=Priority.CRITICAL,
    )
    ticket = (await store.write(open_ticket, Actor(), draft)).ticket
    await store.write(triage.assign, MARTA, ticket.id, "marta", "agent")
    await store.close()
    return str(ticket.label)


def told(client: httpx.Client, count: int) -> list[dict[str, Any]]:
    """What the agent is told, as soon as it is so much."""
    deadline = time.monotonic() + 60
    while True:
        found: list[dict[str, Any]] = client.get("/api/desk/v1/notifications").json()["data"]
        if len(found) >= count or time.monotonic() > deadline:
            return found
        time.sleep(0.05)


def test_a_desk_that_starts_tells_of_what_is_about_to_be_due(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "desk")
    label = asyncio.run(give_marta_a_ticket(desk, datetime.now(UTC) - timedelta(minutes=45)))
    desk.start()
    with desk.client(token("marta", rol="MESA")) as marta:
        found = told(marta, 1)
    assert desk.stop() == 0
    assert [(one["kind"], one["ticket"]["label"], one["actor"]) for one in found] == [("breaching", label, None)]


def test_an_operator_says_how_long_before_agents_are_told(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "desk")
    label = asyncio.run(give_marta_a_ticket(desk, datetime.now(UTC) - timedelta(minutes=10)))
    desk.environment["VENTANILLA_SLA__WARNING_MINUTES"] = "55"
    desk.start()
    with desk.client(token("marta", rol="MESA")) as marta:
        found = told(marta, 1)
    assert desk.stop() == 0
    assert [one["ticket"]["label"] for one in found] == [label]


def test_a_desk_that_starts_again_tells_nothing_twice(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "desk")
    first = asyncio.run(give_marta_a_ticket(desk, datetime.now(UTC) - timedelta(minutes=45)))
    desk.start()
    with desk.client(token("marta", rol="MESA")) as marta:
        assert len(told(marta, 1)) == 1
    desk.kill()
    # Told of the second one, she would be told of the first one again at the same time.
    second = asyncio.run(give_marta_a_ticket(desk, datetime.now(UTC) - timedelta(minutes=45)))
    desk.start()
    with desk.client(token("marta", rol="MESA")) as marta:
        found = told(marta, 2)
    assert desk.stop() == 0
    assert [one["ticket"]["label"] for one in found] == [second, first]
