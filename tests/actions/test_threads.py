"""Writing into a thread: replies, answers, notes."""

from datetime import timedelta

import pytest

from tests.actions.drafts import history, opened_by, stored, thread
from tests.conftest import MORNING, Clock
from tests.people import ALICIA, ANA, ELENA, ELENA_EMAIL, LEO, MARTA, NOBODY, RAUL
from ventanilla.actions import threads, triage
from ventanilla.actions.ports import Desk
from ventanilla.core.errors import Forbidden, TicketClosed, Unauthenticated
from ventanilla.core.lifecycle import Action, Status
from ventanilla.core.people import SYSTEM, Contact
from ventanilla.core.thread import Author, AuthorKind, Visibility


async def test_a_reply_is_kept_with_its_author_and_time(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    clock.forward(hours=1)
    written = await desk.write(threads.reply, ANA, ticket.id, "Sigue igual")
    assert written.message.author == Author(AuthorKind.REQUESTER, "Ana", None, "u-1")
    assert (written.message.created_at, written.ticket.last_reply_at) == (clock.now, clock.now)
    assert (await thread(desk, ticket))[-1] == written.message
    assert await stored(desk, ticket) == written.ticket


async def test_a_reply_on_a_resolved_request_reopens_it(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(triage.act, RAUL, ticket.id, Action.RESOLVE, None)
    assert (await desk.write(threads.reply, ANA, ticket.id, "Ha vuelto")).ticket.status is Status.OPEN
    assert (await stored(desk, ticket)).resolved_at is None


async def test_a_reply_on_a_pending_request_goes_on_with_the_wait_added_to_its_time(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(triage.act, RAUL, ticket.id, Action.START, None)
    await desk.write(triage.act, RAUL, ticket.id, Action.PAUSE, None)
    clock.forward(hours=5)
    await desk.write(threads.reply, ANA, ticket.id, "Aquí está la foto")
    again = await stored(desk, ticket)
    assert again.status is Status.IN_PROGRESS
    assert again.sla.due_at == MORNING + timedelta(hours=24 + 5)


@pytest.mark.parametrize("ending", [Action.CLOSE, Action.CANCEL, Action.ARCHIVE])
async def test_nobody_writes_to_a_closed_request(desk: Desk, ending: Action) -> None:
    ticket = await opened_by(desk, ANA)
    closed = await desk.write(triage.act, RAUL, ticket.id, ending, None)
    with pytest.raises(TicketClosed):
        await desk.write(threads.reply, ANA, ticket.id, "¿Hola?")
    with pytest.raises(TicketClosed):
        await desk.write(threads.answer, MARTA, ticket.id, "Hola")
    assert await stored(desk, ticket) == closed
    assert len(await thread(desk, ticket)) == 1


async def test_a_note_may_be_left_on_a_closed_request(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(triage.act, RAUL, ticket.id, Action.ARCHIVE, None)
    await desk.write(threads.note, LEO, ticket.id, "Era un duplicado")
    assert (await stored(desk, ticket)).status is Status.CLOSED


async def test_an_answer_picks_an_open_request_up(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    clock.forward(minutes=10)
    written = await desk.write(threads.answer, RAUL, ticket.id, "Reinicie el router")
    assert written.message.author == Author(AuthorKind.STAFF, "Raúl", None, "raúl")
    again = await stored(desk, ticket)
    assert (again.status, again.is_read, again.last_answer_at) == (Status.IN_PROGRESS, True, clock.now)
    assert (again.last_answer, again.assignee) == ("Reinicie el router", None)


async def test_an_answer_may_take_a_request_that_nobody_has(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(threads.answer, RAUL, ticket.id, "Voy yo", take_if_unassigned=True)
    await desk.write(threads.answer, MARTA, ticket.id, "Ayudo", take_if_unassigned=True)
    again = await stored(desk, ticket)
    assert again.assignee is not None
    assert again.assignee.subject == "raúl"
    assert [fact.kind.value for fact in await history(desk, ticket)] == [
        "ticket.opened",
        "ticket.assigned",
        "message.answered",
        "message.answered",
    ]


async def test_a_light_agent_writes_notes_but_no_answers(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    with pytest.raises(Forbidden):
        await desk.write(threads.answer, LEO, ticket.id, "Hola")
    with pytest.raises(Forbidden):
        await desk.write(threads.reply, LEO, ticket.id, "Hola")
    written = await desk.write(threads.note, LEO, ticket.id, "Lo conozco")
    assert written.message.visibility is Visibility.INTERNAL
    assert len(await thread(desk, ticket)) == 2


async def test_a_note_is_nothing_that_the_requester_may_notice(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    clock.forward(hours=1)
    await desk.write(threads.note, ALICIA, ticket.id, "Cliente difícil")
    again = await stored(desk, ticket)
    assert (again.updated_at, again.status, again.last_answer) == (MORNING, Status.OPEN, None)


async def test_whoever_proves_the_address_of_a_public_ticket_may_reply_to_it(desk: Desk) -> None:
    ticket = await opened_by(desk, NOBODY, contact=Contact("Elena", ELENA_EMAIL))
    written = await desk.write(threads.reply, ELENA, ticket.id, "Soy yo")
    assert (written.message.author.name, written.message.author.subject) == ("Elena", "u-3")


async def test_the_desk_itself_answers_nobody(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    with pytest.raises(Unauthenticated):
        await desk.write(threads.answer, SYSTEM, ticket.id, "Cerrado por inactividad")
