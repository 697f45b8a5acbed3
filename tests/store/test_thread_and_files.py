"""Messages, history and attachments of a ticket, as they are read back."""

from collections.abc import Sequence
from uuid import uuid4

from tests.actions.drafts import a_draft, history, opened_by, stored, thread
from tests.conftest import Clock
from tests.people import ANA, BRUNO, MARTA
from ventanilla.actions import threads
from ventanilla.actions.opening import open_ticket
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.core.events import Event, EventKind
from ventanilla.core.ids import TicketRef
from ventanilla.core.message_row import MessageRow
from ventanilla.core.moments import moment
from ventanilla.core.thread import Attachment, Message
from ventanilla.core.ticket import Ticket
from ventanilla.core.ticket_row import TicketRow


async def public(tx: Transaction, ticket: Ticket) -> list[Message]:
    return list(await tx.threads.of(ticket, internal=False))


async def conversation(tx: Transaction, ref: TicketRef) -> tuple[TicketRow, Sequence[MessageRow]] | None:
    return await tx.tickets.conversation(ref)


async def last_public(tx: Transaction, ticket: Ticket) -> Event:
    return await tx.history.last_public(ticket)


async def test_messages_come_back_in_the_order_they_were_written(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    clock.forward(minutes=-5)
    answer = (await desk.write(threads.answer, MARTA, ticket.id, "Reinicie")).message
    reply = (await desk.write(threads.reply, ANA, ticket.id, "Hecho")).message
    opening, *rest = await thread(desk, ticket)
    assert opening.body == ticket.description
    assert rest == [answer, reply]
    assert answer.created_at == clock.now


async def test_a_conversation_is_what_was_said_openly_in_the_order_it_was_written(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    await opened_by(desk, BRUNO)
    clock.forward(minutes=-5)
    answer = (await desk.write(threads.answer, MARTA, ticket.id, "Reinicie")).message
    await desk.write(threads.note, MARTA, ticket.id, "Cliente difícil")
    reply = (await desk.write(threads.reply, ANA, ticket.id, "Hecho")).message
    for ref in (ticket.id, ticket.uuid, ticket.label, ticket.object_id):
        found = await desk.read(conversation, ref)
        assert found is not None
        opening, *rest = [
            (shown.id, shown.uuid, shown.author, shown.body, moment(shown.created_at)) for shown in found[1]
        ]
        assert opening[3] == ticket.description
        assert rest == [(one.id, one.uuid, one.author, one.body, one.created_at) for one in (answer, reply)]
        assert [shown.is_from_staff for shown in found[1]] == [False, True, False]


async def test_notes_are_read_by_staff_alone(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    note = (await desk.write(threads.note, MARTA, ticket.id, "Cliente difícil")).message
    assert note in await thread(desk, ticket)
    assert note not in await desk.read(public, ticket)
    assert all(message.is_public for message in await desk.read(public, ticket))


async def test_the_last_public_fact_is_never_a_note(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    assert (await desk.read(last_public, ticket)).kind is EventKind.OPENED
    await desk.write(threads.answer, MARTA, ticket.id, "Reinicie")
    await desk.write(threads.note, MARTA, ticket.id, "Cliente difícil")
    assert (await desk.read(last_public, ticket)).kind is EventKind.ANSWERED
    assert [fact.kind for fact in await history(desk, ticket)] == [
        EventKind.OPENED,
        EventKind.ANSWERED,
        EventKind.NOTED,
    ]


async def test_the_last_answer_is_the_last_public_one(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    for write, body in ((threads.answer, "Una"), (threads.answer, "Dos"), (threads.note, "Tres")):
        await desk.write(write, MARTA, ticket.id, body)
    await desk.write(threads.reply, ANA, ticket.id, "Cuatro")
    assert (await stored(desk, ticket)).last_answer == "Dos"


async def test_a_fact_comes_back_as_it_was_recorded(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    clock.forward(minutes=1)
    written = await desk.write(threads.answer, MARTA, ticket.id, "Reinicie")
    opened, answered = await history(desk, ticket)
    assert opened.changes["status"] == (None, "open")
    assert opened.changes["assignee"] == (None, None)
    assert answered.changes == {"status": ("open", "in_progress")}
    assert (answered.actor.name, answered.actor.subject, answered.at) == ("Marta", "marta", clock.now)
    assert answered.message == written.message.uuid


def a_file(clock: Clock, name: str = "foto.png") -> Attachment:
    return Attachment(
        uuid=uuid4(),
        file_name=name,
        media_type="image/png",
        size=2**40,
        sha256="0" * 64,
        blob_key=f"2026/{name}",
        uploaded_at=clock.now,
    )


async def files_of(tx: Transaction, *tickets: Ticket) -> dict[int, list[Attachment]]:
    return await tx.attachments.of([ticket.id for ticket in tickets])


async def file_of(tx: Transaction, ticket: Ticket, attachment_id: int) -> Attachment | None:
    return await tx.attachments.get(ticket, attachment_id)


async def test_files_come_back_by_ticket_in_the_order_they_came(desk: Desk, clock: Clock) -> None:
    first = await desk.write(open_ticket, ANA, a_draft(), (a_file(clock, "b.png"), a_file(clock, "a.png")))
    second = await desk.write(open_ticket, ANA, a_draft(), (a_file(clock, "c.png"),))
    third = await opened_by(desk, ANA)
    got = await desk.read(files_of, first.ticket, second.ticket, third)
    assert got == {first.ticket.id: list(first.attachments), second.ticket.id: list(second.attachments)}
    assert [file.file_name for file in first.attachments] == ["b.png", "a.png"]
    assert await desk.read(files_of) == {}


async def test_a_file_is_found_on_its_own_ticket_alone(desk: Desk, clock: Clock) -> None:
    opened = await desk.write(open_ticket, ANA, a_draft(), (a_file(clock),))
    other = await opened_by(desk, BRUNO)
    (file,) = opened.attachments
    assert await desk.read(file_of, opened.ticket, file.id) == file
    assert await desk.read(file_of, other, file.id) is None


async def test_a_removed_file_is_gone_and_the_others_stay(desk: Desk, clock: Clock) -> None:
    opened = await desk.write(open_ticket, ANA, a_draft(), (a_file(clock, "a.png"), a_file(clock, "b.png")))
    gone, staying = opened.attachments
    await desk.write(lambda tx: tx.attachments.remove(gone))
    assert await desk.read(files_of, opened.ticket) == {opened.ticket.id: [staying]}
