"""Drafts: kept for whoever writes them, until they are sent."""

import pytest

from tests.actions.drafts import opened_by, stored
from tests.actions.test_attachments import a_file
from tests.conftest import Clock
from tests.people import ALICIA, ANA, LEO, MARTA, NOBODY, RAUL, SOFIA
from ventanilla.actions import attachments, drafts, messages, triage
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
    kept = (await desk.write(drafts.put, MARTA, ticket.id, "Hola Ana, la", ANSWER)).draft
    assert kept == Draft("Hola Ana, la", ANSWER, clock.now)
    assert (await desk.read(drafts.get, MARTA, ticket.id)).draft == kept
    for other in (RAUL, LEO, ALICIA):
        assert (await desk.read(drafts.get, other, ticket.id)).draft == NO_DRAFT
        await desk.write(drafts.remove, other, ticket.id)
    assert (await desk.read(drafts.get, MARTA, ticket.id)).draft == kept
    assert await stored(desk, ticket) == ticket


async def test_each_ticket_has_its_own(desk: Desk) -> None:
    first, second = await opened_by(desk, ANA), await opened_by(desk, ANA)
    await desk.write(drafts.put, MARTA, first.id, "uno", ANSWER)
    await desk.write(drafts.put, MARTA, second.id, "dos", NOTE)
    assert [(await desk.read(drafts.get, MARTA, one.id)).draft.body for one in (first, second)] == ["uno", "dos"]


async def test_the_newest_words_count(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(drafts.put, MARTA, ticket.id, "Hola", ANSWER)
    clock.forward(seconds=3)
    await desk.write(drafts.put, MARTA, ticket.id, "Mejor entre nosotros", NOTE)
    assert (await desk.read(drafts.get, MARTA, ticket.id)).draft == Draft("Mejor entre nosotros", NOTE, clock.now)


async def test_an_empty_draft_is_none(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(drafts.put, MARTA, ticket.id, "Hola", ANSWER)
    assert (await desk.write(drafts.put, MARTA, ticket.id, "", NOTE)).draft == NO_DRAFT
    assert (await desk.read(drafts.get, MARTA, ticket.id)).draft == NO_DRAFT


async def test_a_draft_that_is_thrown_away_is_gone(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(drafts.put, MARTA, ticket.id, "Hola", ANSWER)
    for _ in range(2):
        await desk.write(drafts.remove, MARTA, ticket.id)
        assert (await desk.read(drafts.get, MARTA, ticket.id)).draft == NO_DRAFT


@pytest.mark.parametrize("kind", MessageKind)
async def test_what_is_sent_is_no_draft_any_more(desk: Desk, kind: MessageKind) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(drafts.put, MARTA, ticket.id, "Hola", ANSWER)
    await desk.write(drafts.put, LEO, ticket.id, "Yo también", NOTE)
    await desk.write(messages.say, MARTA, ticket.id, Saying(kind=kind, body="Hola"), None)
    assert (await desk.read(drafts.get, MARTA, ticket.id)).draft == NO_DRAFT
    assert (await desk.read(drafts.get, LEO, ticket.id)).draft.body == "Yo también"


async def test_what_could_not_be_sent_stays_a_draft(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(drafts.put, MARTA, ticket.id, "Hola", ANSWER)
    await desk.write(messages.say, LEO, ticket.id, Saying(kind=NOTE, body="Ya está"), None)
    await desk.write(triage.act, ALICIA, ticket.id, Action.CLOSE, None)
    with pytest.raises(TicketClosed):
        await desk.write(messages.say, MARTA, ticket.id, Saying(kind=ANSWER, body="Hola"), None)
    assert (await desk.read(drafts.get, MARTA, ticket.id)).draft.body == "Hola"


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


async def test_files_that_wait_come_back_with_the_draft_of_who_sent_them(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    first, second = await desk.write(attachments.attach_draft, MARTA, ticket.id, [a_file("bill"), a_file("photo")])
    kept = await desk.write(drafts.put, MARTA, ticket.id, "See the bill", ANSWER)
    assert [file.id for file in kept.files] == [first.id, second.id]
    assert (await desk.read(drafts.get, LEO, ticket.id)).files == []
    await desk.write(messages.say, MARTA, ticket.id, Saying(kind=ANSWER, body="See", files=[first.id]), None)
    assert [file.id for file in (await desk.read(drafts.get, MARTA, ticket.id)).files] == [second.id]
