"""Drafts: kept for whoever writes them, until they are sent."""

import pytest

from tests.actions.drafts import opened_by, stored
from tests.conftest import Clock
from tests.people import ALICIA, ANA, LEO, MARTA, NOBODY, RAUL, SOFIA
from ventanilla.actions import drafts, messages, triage
from ventanilla.actions.messages import Saying
from ventanilla.actions.ports import Desk
from ventanilla.core.drafts import NO_DRAFT, Draft
from ventanilla.core.errors import DeskError, Forbidden, ForeignArea, NotFound, TicketClosed
from ventanilla.core.lifecycle import Action
from ventanilla.core.macros import MessageKind
from ventanilla.core.people import Actor

ANSWER, NOTE = MessageKind


async def test_a_draft_is_kept_for_its_writer_alone(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    kept = await desk.write(drafts.put, MARTA, ticket.id, "Hola Ana, la", ANSWER)
    assert kept == Draft("Hola Ana, la", ANSWER, clock.now)
    assert await desk.read(drafts.get, MARTA, ticket.id) == kept
    for other in (RAUL, LEO, ALICIA):
        assert await desk.read(drafts.get, other, ticket.id) == NO_DRAFT
        await desk.write(drafts.remove, other, ticket.id)
    assert await desk.read(drafts.get, MARTA, ticket.id) == kept
    assert await stored(desk, ticket) == ticket


async def test_each_ticket_has_its_own(desk: Desk) -> None:
    first, second = await opened_by(desk, ANA), await opened_by(desk, ANA)
    await desk.write(drafts.put, MARTA, first.id, "uno", ANSWER)
    await desk.write(drafts.put, MARTA, second.id, "dos", NOTE)
    assert [(await desk.read(drafts.get, MARTA, one.id)).body for one in (first, second)] == ["uno", "dos"]


async def test_the_newest_words_count(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(drafts.put, MARTA, ticket.id, "Hola", ANSWER)
    clock.forward(seconds=3)
    await desk.write(drafts.put, MARTA, ticket.id, "Mejor entre nosotros", NOTE)
    assert await desk.read(drafts.get, MARTA, ticket.id) == Draft("Mejor entre nosotros", NOTE, clock.now)


async def test_an_empty_draft_is_none(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(drafts.put, MARTA, ticket.id, "Hola", ANSWER)
    assert await desk.write(drafts.put, MARTA, ticket.id, "", NOTE) == NO_DRAFT
    assert await desk.read(drafts.get, MARTA, ticket.id) == NO_DRAFT


async def test_a_draft_that_is_thrown_away_is_gone(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(drafts.put, MARTA, ticket.id, "Hola", ANSWER)
    for _ in range(2):
        await desk.write(drafts.remove, MARTA, ticket.id)
        assert await desk.read(drafts.get, MARTA, ticket.id) == NO_DRAFT


@pytest.mark.parametrize("kind", MessageKind)
async def test_what_is_sent_is_no_draft_any_more(desk: Desk, kind: MessageKind) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(drafts.put, MARTA, ticket.id, "Hola", ANSWER)
    await desk.write(drafts.put, LEO, ticket.id, "Yo también", NOTE)
    await desk.write(messages.say, MARTA, ticket.id, Saying(kind=kind, body="Hola"), None)
    assert await desk.read(drafts.get, MARTA, ticket.id) == NO_DRAFT
    assert (await desk.read(drafts.get, LEO, ticket.id)).body == "Yo también"


async def test_what_could_not_be_sent_stays_a_draft(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(drafts.put, MARTA, ticket.id, "Hola", ANSWER)
    await desk.write(messages.say, LEO, ticket.id, Saying(kind=NOTE, body="Ya está"), None)
    await desk.write(triage.act, ALICIA, ticket.id, Action.CLOSE, None)
    with pytest.raises(TicketClosed):
        await desk.write(messages.say, MARTA, ticket.id, Saying(kind=ANSWER, body="Hola"), None)
    assert (await desk.read(drafts.get, MARTA, ticket.id)).body == "Hola"


@pytest.mark.parametrize(("who", "refusal"), [(SOFIA, ForeignArea), (ANA, Forbidden), (NOBODY, NotFound)])
async def test_drafts_are_for_staff_who_see_the_ticket(desk: Desk, who: Actor, refusal: type[DeskError]) -> None:
    ticket = await opened_by(desk, ANA)
    with pytest.raises(refusal):
        await desk.read(drafts.get, who, ticket.id)
    with pytest.raises(refusal):
        await desk.write(drafts.put, who, ticket.id, "Hola", ANSWER)
    with pytest.raises(refusal):
        await desk.write(drafts.put, who, ticket.id, "", ANSWER)
    with pytest.raises(refusal):
        await desk.write(drafts.remove, who, ticket.id)
