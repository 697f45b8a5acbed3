"""Looking at tickets: what each person is shown, and what never."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.actions.drafts import a_draft, opened_by
from tests.conftest import MORNING
from tests.people import (
    ALICIA,
    ANA,
    BRUNO,
    ELENA,
    ELENA_EMAIL,
    LEO,
    MARTA,
    NOBODY,
    PAGOS,
    RAUL,
    REDES,
    SOFIA,
    requester,
    with_key,
)
from tests.store.corpus import row_of
from ventanilla.actions import reading, threads, triage
from ventanilla.actions.opening import open_ticket
from ventanilla.actions.ports import Desk
from ventanilla.core import access
from ventanilla.core.errors import Forbidden, NotFound, Unauthenticated
from ventanilla.core.events import EventKind
from ventanilla.core.filters import Page
from ventanilla.core.ids import Label
from ventanilla.core.lifecycle import Action, Status
from ventanilla.core.people import Actor, Contact
from ventanilla.core.thread import Attachment
from ventanilla.core.ticket import Ticket

ALL = Page(size=50)


async def a_busy_ticket(desk: Desk) -> Ticket:
    ticket = await opened_by(desk, ANA)
    await desk.write(threads.answer, RAUL, ticket.id, "Reinicie el router")
    await desk.write(threads.note, RAUL, ticket.id, "Cliente difícil")
    await desk.write(threads.reply, ANA, ticket.id, "Sigue igual")
    return ticket


@pytest.mark.parametrize("who", [ANA, RAUL, MARTA, ALICIA])
async def test_a_conversation_shows_the_public_messages_and_no_note(desk: Desk, who: Actor) -> None:
    ticket = await a_busy_ticket(desk)
    seen = await desk.read(reading.conversation, who, ticket.uuid)
    assert [message.body for message in seen.messages] == [ticket.description, "Reinicie el router", "Sigue igual"]


async def test_the_history_is_for_staff_and_leaves_notes_out(desk: Desk) -> None:
    ticket = await a_busy_ticket(desk)
    seen = await desk.read(reading.with_history, LEO, ticket.id)
    assert [event.kind for event in seen.events] == [EventKind.OPENED, EventKind.ANSWERED, EventKind.REPLIED]
    with pytest.raises(Forbidden):
        await desk.read(reading.with_history, ANA, ticket.id)


async def test_a_public_ticket_is_read_with_its_key(desk: Desk) -> None:
    ticket = await opened_by(desk, NOBODY, contact=Contact(email=ELENA_EMAIL), access_key="llave-1")
    assert (await desk.read(reading.conversation, with_key("llave-1"), ticket.id)).ticket == row_of(ticket)
    with pytest.raises(NotFound):
        await desk.read(reading.conversation, with_key("llave-2"), ticket.id)


async def test_a_ticket_is_found_by_its_label_and_the_address_it_was_opened_with(desk: Desk) -> None:
    ticket = await opened_by(desk, NOBODY, contact=Contact(email=ELENA_EMAIL))
    seen = await desk.read(reading.by_label_and_email, ticket.label, " elena@EXAMPLE.org")
    assert (seen.ticket, seen.last_event.kind) == (ticket, EventKind.OPENED)
    await desk.write(threads.note, MARTA, ticket.id, "¿Quién es?")
    again = await desk.read(reading.by_label_and_email, ticket.label, ELENA_EMAIL)
    assert again.last_event.kind is EventKind.OPENED
    await desk.write(threads.answer, MARTA, ticket.id, "Hola")
    answered = await desk.read(reading.by_label_and_email, ticket.label, ELENA_EMAIL)
    assert answered.last_event.kind is EventKind.ANSWERED


@pytest.mark.parametrize(
    ("label", "email"),
    [
        (Label(2026, 1), "ana@example.org"),
        (Label(2026, 1), "Elena@example.org"),
        (Label(2026, 1), ""),
        (Label(2026, 9), ELENA_EMAIL),
        (Label(2025, 1), ELENA_EMAIL),
        (None, ELENA_EMAIL),
    ],
)
async def test_a_wrong_label_and_a_wrong_address_look_alike(desk: Desk, label: Label | None, email: str) -> None:
    await opened_by(desk, NOBODY, contact=Contact(email=ELENA_EMAIL))
    with pytest.raises(NotFound):
        await desk.read(reading.by_label_and_email, label, email)


@pytest.mark.parametrize("email", ["", "  "])
async def test_a_ticket_without_an_address_is_not_found_by_an_empty_one(desk: Desk, email: str) -> None:
    ticket = await opened_by(desk, requester("Ana", "u-9"))
    assert ticket.contact.email == ""
    with pytest.raises(NotFound):
        await desk.read(reading.by_label_and_email, ticket.label, email)


async def test_each_person_lists_what_is_theirs_to_see(desk: Desk) -> None:
    anas, brunos = await opened_by(desk, ANA), await opened_by(desk, BRUNO, area=PAGOS)
    elenas = await opened_by(desk, NOBODY, contact=Contact(email=ELENA_EMAIL), area="MESA")
    for who, tickets in (
        (ANA, [anas]),
        (BRUNO, [brunos]),
        (ELENA, [elenas]),
        (replace(ELENA, verified_email=None), []),
        (NOBODY, []),
        (RAUL, [anas]),
        (SOFIA, [brunos]),
        (LEO, [elenas, brunos, anas]),
        (MARTA, [elenas, brunos, anas]),
    ):
        whole = await desk.read(reading.whole_page, access.in_sight(who), ALL)
        assert (list(whole.rows), whole.total) == (tickets, len(tickets))
        page = await desk.read(reading.page, access.in_sight(who), ALL)
        assert ([row.id for row in page.rows], page.total) == ([ticket.id for ticket in tickets], len(tickets))
        assert await desk.scan(reading.rows, access.in_sight(who), ALL) == page.rows


async def test_the_queue_is_counted_as_far_as_the_caller_sees_it(desk: Desk) -> None:
    first = await opened_by(desk, ANA)
    await opened_by(desk, BRUNO, area=PAGOS)
    await desk.write(threads.answer, MARTA, first.id, "Hola")
    everything = await desk.read(reading.queue_counts, LEO)
    assert (everything.total, everything.unread) == (2, 1)
    redes = await desk.read(reading.queue_counts, RAUL)
    assert (redes.total, redes.unread, redes.by_status[Status.IN_PROGRESS]) == (1, 0, 1)
    assert (await desk.read(reading.queue_counts, replace(RAUL, areas=()))).total == 0


@pytest.mark.parametrize(("who", "refusal"), [(ANA, Forbidden), (NOBODY, Unauthenticated)])
async def test_the_queue_is_no_business_of_requesters(desk: Desk, who: Actor, refusal: type[Exception]) -> None:
    await opened_by(desk, BRUNO)
    with pytest.raises(refusal):
        await desk.read(reading.queue_counts, who)


def a_file(name: str) -> Attachment:
    return Attachment(
        uuid=uuid4(),
        file_name=name,
        media_type="text/plain",
        size=1,
        sha256="0" * 64,
        blob_key=name,
        uploaded_at=MORNING,
    )


async def test_files_are_shown_with_their_ticket(desk: Desk) -> None:
    opened = await desk.write(open_ticket, ANA, a_draft(), (a_file("a.txt"), a_file("b.txt")))
    bare = await opened_by(desk, ANA, area=REDES)
    seen = await desk.read(reading.with_files, ANA, opened.ticket.id)
    assert tuple(seen.attachments) == opened.attachments
    assert (await desk.read(reading.with_files, ANA, bare.id)).attachments == []
    found = await desk.read(reading.page_with_files, access.own(ANA), ALL)
    rows = [(row.ticket, tuple(row.attachments)) for row in found.rows]
    assert (rows, found.total) == ([(bare, ()), (opened.ticket, opened.attachments)], 2)


async def test_a_resolution_is_seen_by_its_requester(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(triage.act, MARTA, ticket.id, Action.RESOLVE, None)
    assert (await desk.read(reading.load, ANA, ticket.id)).status is Status.RESOLVED
