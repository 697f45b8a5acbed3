"""Files of a ticket: who adds and removes them, and what the history says of it."""

from uuid import uuid4

import pytest

from tests.actions.drafts import a_draft, history, opened_by, stored
from tests.conftest import MORNING, Clock
from tests.people import ANA, BRUNO, LEO, MARTA, NOBODY, PAGOS, RAUL, with_key
from ventanilla.actions import attachments, reading
from ventanilla.actions.opening import open_ticket
from ventanilla.actions.ports import Desk
from ventanilla.core.errors import Forbidden, NotFound
from ventanilla.core.events import EventKind
from ventanilla.core.people import Actor
from ventanilla.core.thread import Attachment
from ventanilla.core.ticket import Ticket


def a_file(name: str) -> Attachment:
    return Attachment(
        uuid=uuid4(),
        file_name=name,
        media_type="text/plain",
        size=1,
        sha256="0" * 64,
        blob_key=uuid4().hex,
        uploaded_at=MORNING,
    )


async def files_of(desk: Desk, ticket: Ticket) -> list[Attachment]:
    return list((await desk.read(reading.with_files, MARTA, ticket.id)).attachments)


async def test_files_that_come_and_go_stand_in_the_history(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    added = clock.forward(minutes=1)
    one, two = await desk.write(attachments.attach, ANA, ticket.id, [a_file("a.txt"), a_file("b.txt")])
    removed = clock.forward(minutes=1)
    assert await desk.write(attachments.remove, MARTA, ticket.id, one.id) == one
    assert await files_of(desk, ticket) == [two]
    _, came, went = await history(desk, ticket)
    assert (came.kind, came.reason, came.actor.name, came.at) == (EventKind.ATTACHED, "a.txt, b.txt", "Ana", added)
    assert (went.kind, went.reason, went.actor.name, went.at) == (EventKind.DETACHED, "a.txt", "Marta", removed)
    assert (await stored(desk, ticket)).updated_at == removed


async def test_ticket_that_is_opened_with_files_says_so(desk: Desk) -> None:
    opened = await desk.write(open_ticket, ANA, a_draft(), (a_file("a.txt"),))
    assert [fact.kind for fact in await history(desk, opened.ticket)] == [EventKind.OPENED, EventKind.ATTACHED]
    assert await stored(desk, opened.ticket) == opened.ticket


async def test_nothing_attached_is_no_fact(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    assert await desk.write(attachments.attach, ANA, ticket.id, []) == []
    assert len(await history(desk, ticket)) == 1


@pytest.mark.parametrize("who", [ANA, MARTA, RAUL, with_key("key")])
async def test_owner_staff_and_holder_of_the_key_attach(desk: Desk, who: Actor) -> None:
    ticket = await opened_by(desk, ANA, access_key="key")
    await desk.read(attachments.may_attach, who, ticket.id)
    (file,) = await desk.write(attachments.attach, who, ticket.id, [a_file("a.txt")])
    assert await desk.read(attachments.get, who, ticket.id, file.id) == file


@pytest.mark.parametrize(
    ("who", "error"), [(BRUNO, NotFound), (NOBODY, NotFound), (with_key("guess"), NotFound), (LEO, Forbidden)]
)
async def test_nobody_else_attaches(desk: Desk, who: Actor, error: type[Exception]) -> None:
    ticket = await opened_by(desk, ANA, access_key="key")
    with pytest.raises(error):
        await desk.read(attachments.may_attach, who, ticket.id)
    with pytest.raises(error):
        await desk.write(attachments.attach, who, ticket.id, [a_file("a.txt")])
    assert await files_of(desk, ticket) == []


@pytest.mark.parametrize(
    ("who", "error"), [(ANA, Forbidden), (with_key("key"), Forbidden), (LEO, Forbidden), (BRUNO, NotFound)]
)
async def test_working_staff_alone_remove_files(desk: Desk, who: Actor, error: type[Exception]) -> None:
    ticket = await opened_by(desk, ANA, access_key="key")
    (file,) = await desk.write(attachments.attach, ANA, ticket.id, [a_file("a.txt")])
    with pytest.raises(error):
        await desk.write(attachments.remove, who, ticket.id, file.id)
    assert await files_of(desk, ticket) == [file]


async def test_file_is_found_on_its_own_ticket_alone(desk: Desk) -> None:
    ticket, other = await opened_by(desk, ANA), await opened_by(desk, ANA, area=PAGOS)
    (file,) = await desk.write(attachments.attach, ANA, ticket.id, [a_file("a.txt")])
    for number in (file.id, None, 999):
        with pytest.raises(NotFound):
            await desk.read(attachments.get, ANA, other.id, number)
        with pytest.raises(NotFound):
            await desk.write(attachments.remove, MARTA, other.id, number)
    assert await files_of(desk, ticket) == [file]


async def test_keys_that_rows_name_are_told_from_those_they_do_not(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    named, unnamed = a_file("a.txt"), a_file("b.txt")
    await desk.write(attachments.attach, ANA, ticket.id, [named, a_file("c.txt")])
    assert await desk.read(attachments.named_keys, [named.blob_key, unnamed.blob_key]) == {named.blob_key}
    assert await desk.read(attachments.named_keys, []) == set()
