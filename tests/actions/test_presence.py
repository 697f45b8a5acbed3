"""Who is at a ticket: told by each, seen by the others, forgotten when nobody hears of them."""

import pytest

from tests.actions.drafts import opened_by, stored
from tests.conftest import MADRID, MORNING, Clock, context_of
from tests.people import ANA, LEO, MARTA, NOBODY, RAUL, SOFIA
from ventanilla.actions import housekeeping, presence
from ventanilla.actions.ports import Desk
from ventanilla.core.errors import DeskError, Forbidden, ForeignArea, NotFound
from ventanilla.core.people import Actor
from ventanilla.core.presence import PresenceState
from ventanilla.core.ticket import Ticket
from ventanilla.store.engines.postgres import PostgresDesk

VIEWING, TYPING, GONE = PresenceState


async def seen(desk: Desk, who: Actor, ticket: Ticket) -> list[tuple[str, PresenceState]]:
    return [(one.agent.name, one.state) for one in await desk.read(presence.others, who, ticket.id)]


async def tell(desk: Desk, who: Actor, ticket: Ticket, state: PresenceState) -> bool:
    """Tell that somebody is there, as the route does; returns whether it was written."""
    news = await desk.read(presence.is_news, who, ticket.id, state)
    if news:
        await desk.write(presence.be, who, ticket.id, state)
    return news


async def test_the_others_see_who_is_at_a_ticket(desk: Desk, clock: Clock) -> None:
    ticket, other = await opened_by(desk, ANA), await opened_by(desk, ANA)
    await tell(desk, MARTA, ticket, VIEWING)
    clock.forward(seconds=2)
    await tell(desk, LEO, ticket, TYPING)
    assert await seen(desk, RAUL, ticket) == [("Marta", VIEWING), ("Leo", TYPING)]
    assert await seen(desk, MARTA, ticket) == [("Leo", TYPING)]
    assert await seen(desk, RAUL, other) == []
    assert await stored(desk, ticket) == ticket


async def test_who_is_not_heard_of_for_half_a_minute_is_gone(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    await tell(desk, MARTA, ticket, VIEWING)
    clock.forward(seconds=29)
    assert await seen(desk, RAUL, ticket) == [("Marta", VIEWING)]
    clock.forward(seconds=1)
    assert await seen(desk, RAUL, ticket) == []
    await tell(desk, MARTA, ticket, VIEWING)
    (one,) = await desk.read(presence.others, RAUL, ticket.id)
    assert one.since == clock.now


async def test_who_moved_just_now_is_told_to_those_in_whose_sight_the_ticket_is(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    for state in (VIEWING, TYPING, GONE):
        await tell(desk, MARTA, ticket, state)
        clock.forward(seconds=3)
        moved = [move.ticket_id for move in await desk.read(presence.moves, LEO)]
        assert moved == [ticket.id]
        clock.forward(seconds=3)
        assert await desk.read(presence.moves, LEO) == frozenset()


async def test_who_stays_is_there_since_they_came(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    for _ in range(5):
        await tell(desk, MARTA, ticket, VIEWING)
        clock.forward(seconds=12)
    (one,) = await desk.read(presence.others, RAUL, ticket.id)
    assert one.since == MORNING


async def test_the_same_is_written_down_every_ten_seconds_at_most(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    written = []
    for _ in range(13):
        written.append(await tell(desk, MARTA, ticket, VIEWING))
        clock.forward(seconds=2)
    assert [place for place, news in enumerate(written) if news] == [0, 5, 10]


async def test_typing_and_going_are_told_at_once(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    for state, shown in ((VIEWING, [VIEWING]), (TYPING, [TYPING]), (GONE, []), (GONE, []), (VIEWING, [VIEWING])):
        await tell(desk, MARTA, ticket, state)
        assert [found for _, found in await seen(desk, RAUL, ticket)] == shown


async def test_who_was_where_is_forgotten(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    await tell(desk, MARTA, ticket, VIEWING)
    clock.forward(seconds=31)
    await tell(desk, LEO, ticket, VIEWING)
    await desk.write(housekeeping.forget_old_news)
    clock.forward(seconds=-10)
    assert await seen(desk, RAUL, ticket) == [("Leo", VIEWING)]


@pytest.mark.parametrize(("who", "refusal"), [(SOFIA, ForeignArea), (ANA, Forbidden), (NOBODY, NotFound)])
async def test_presence_is_for_staff_who_see_the_ticket(desk: Desk, who: Actor, refusal: type[DeskError]) -> None:
    ticket = await opened_by(desk, ANA)
    with pytest.raises(refusal):
        await desk.read(presence.others, who, ticket.id)
    with pytest.raises(refusal):
        await desk.read(presence.is_news, who, ticket.id, VIEWING)
    with pytest.raises(refusal):
        await desk.write(presence.be, who, ticket.id, VIEWING)


async def test_what_one_replica_is_told_every_other_shows(postgres_url: str, clock: Clock) -> None:
    here, there = (PostgresDesk(postgres_url, context_of(clock, MADRID)) for _ in range(2))
    ticket = await opened_by(here, ANA)
    await tell(here, MARTA, ticket, TYPING)
    found = await seen(there, RAUL, ticket)
    await here.close()
    await there.close()
    assert found == [("Marta", TYPING)]
