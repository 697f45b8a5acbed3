"""The event feed: everything that happens, in an order to which nothing is added but at its end, within sight."""

import asyncio

import asyncpg
import pytest

from tests.actions.drafts import opened_by
from tests.people import ANA, LEO, MARTA, PAGOS, RAUL, REDES, SOFIA
from ventanilla.actions import changing, feed, messages
from ventanilla.actions.changing import Change
from ventanilla.actions.feed import FeedPart
from ventanilla.actions.messages import Saying
from ventanilla.actions.ports import Desk
from ventanilla.core.errors import Forbidden
from ventanilla.core.filters import Place
from ventanilla.core.macros import MessageKind
from ventanilla.core.people import Actor
from ventanilla.store.engines.postgres import PostgresDesk

BEGINNING: Place = (0, 0)


async def everything(desk: Desk, actor: Actor = MARTA, after: Place = BEGINNING, size: int = 100) -> FeedPart:
    return await desk.read(feed.read, actor, after, size)


def kinds(part: FeedPart) -> list[str]:
    return ["gone" if seen.is_gone else seen.placed.row.event.kind.value for seen in part.entries]


async def test_what_happens_is_told_once_and_in_order(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    first = await everything(desk)
    assert kinds(first) == ["ticket.opened"]
    assert first.is_last
    await desk.write(messages.say, MARTA, ticket.id, Saying(kind=MessageKind.NOTE, body="Hm."), None)
    await desk.write(changing.change, MARTA, ticket.id, Change(subject="Another"))
    more = await everything(desk, after=first.next)
    assert kinds(more) == ["message.noted", "ticket.edited"]
    assert more.agents["marta"].name == "Marta"
    assert kinds(await everything(desk, after=more.next)) == []
    assert await desk.read(feed.latest, MARTA) == more.next
    assert kinds(await everything(desk, LEO)) == ["ticket.opened", "message.noted", "ticket.edited"]


async def test_a_part_says_whether_there_is_more(desk: Desk) -> None:
    for _ in range(5):
        await opened_by(desk, ANA)
    found: list[int] = []
    after, is_last = BEGINNING, False
    while not is_last:
        part = await everything(desk, after=after, size=2)
        found += [seen.placed.row.ticket_id for seen in part.entries]
        after, is_last = part.next, part.is_last
    assert found == sorted(found)
    assert len(found) == 5


async def test_an_area_agent_is_told_of_their_own_area_and_of_what_leaves_it(desk: Desk) -> None:
    ours, theirs = await opened_by(desk, ANA, area=REDES), await opened_by(desk, ANA, area=PAGOS)
    assert [seen.placed.row.ticket_id for seen in (await everything(desk, RAUL)).entries] == [ours.id]
    before = (await everything(desk, RAUL)).next
    await desk.write(changing.change, MARTA, ours.id, Change(area=PAGOS))
    await desk.write(changing.change, MARTA, ours.id, Change(subject="No longer yours"))
    await desk.write(changing.change, MARTA, theirs.id, Change(subject="Never yours"))
    gone = await everything(desk, RAUL, after=before)
    assert kinds(gone) == ["gone"]
    assert gone.entries[0].placed.row.ticket_id == ours.id
    assert len((await everything(desk, SOFIA, after=before)).entries) == 3


async def test_requesters_follow_nothing(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        await everything(desk, ANA)


async def test_many_who_write_at_once_lose_no_event_to_whoever_follows(desk: Desk) -> None:
    seen: list[tuple[int, ...]] = []
    after = BEGINNING
    work = [asyncio.ensure_future(opened_by(desk, ANA)) for _ in range(100)]
    while (
        not all(one.done() for one in work) or not (part := await everything(desk, after=after)).is_last or part.entries
    ):
        part = await everything(desk, after=after, size=7)
        seen += [one.placed.place for one in part.entries]
        after = part.next
        await asyncio.sleep(0)
    assert len(seen) == len(set(seen)) == 100
    assert seen == sorted(seen)


async def test_an_event_of_a_transaction_that_goes_on_holds_up_those_that_came_after_it(
    desk: Desk, request: pytest.FixtureRequest
) -> None:
    """Else whoever had read the later one would never see it: ids are given out before the commit."""
    ticket = await opened_by(desk, ANA)
    after = (await everything(desk)).next
    if not isinstance(desk, PostgresDesk):
        return  # on SQLite one writes at a time
    slow = await asyncpg.connect(request.getfixturevalue("postgres_url"))
    try:
        await slow.execute("BEGIN")
        await slow.execute(
            "INSERT INTO events (ticket_id, kind, at, actor_kind, actor_name, changes, is_internal)"
            " VALUES ($1, 'ticket.read', 0, 'system', 'Slow', '{}', 0)",
            ticket.id,
        )
        await desk.write(changing.change, MARTA, ticket.id, Change(subject="Quick"))
        assert kinds(await everything(desk, after=after)) == []
        await slow.execute("COMMIT")
    finally:
        await slow.close()
    assert kinds(await everything(desk, after=after)) == ["ticket.read", "ticket.edited"]
