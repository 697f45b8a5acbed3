"""What agents do to tickets from the desk, on both engines: all or nothing, also when many do it at once."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.actions.drafts import history, opened_by, stored
from tests.actions.test_attachments import a_file
from tests.conftest import Clock
from tests.people import ALICIA, ANA, BRUNO, LEO, MARTA, RAUL, REDES
from ventanilla.actions import attachments, bulk, changing, linking, merging, messages, requesters, taking_in, tickets
from ventanilla.actions.changing import Change
from ventanilla.actions.messages import Saying
from ventanilla.actions.opening import TicketDraft
from ventanilla.actions.ports import Desk
from ventanilla.actions.requesters import RequesterChange
from ventanilla.actions.taking_in import Calling
from ventanilla.core.errors import Forbidden, InvalidInput, NotFound, Stale, TransitionRefused
from ventanilla.core.events import EventKind
from ventanilla.core.filters import Place
from ventanilla.core.lifecycle import Status
from ventanilla.core.links import LinkKind
from ventanilla.core.macros import MessageKind
from ventanilla.core.people import Contact
from ventanilla.core.thread import Visibility
from ventanilla.core.ticket import Ticket
from ventanilla.core.timeline import Entry
from ventanilla.core.words import Channel, Priority

TOMORROW = timedelta(days=1)


def answer(body: str, **more: object) -> Saying:
    return replace(Saying(kind=MessageKind.ANSWER, body=body), **more)  # type: ignore[arg-type]


async def bodies(desk: Desk, ticket: Ticket) -> list[str]:
    found = await desk.read(tickets.timeline, MARTA, ticket.id, 100, None)
    return [entry.message.body for entry in found.entries if entry.message]


async def test_of_fifty_changes_of_one_version_one_is_made_and_the_others_are_stale(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    wishes = [Change(subject=f"Number {number}") for number in range(50)]
    work = [desk.write(changing.change, MARTA, ticket.id, wish, frozenset({1})) for wish in wishes]
    outcomes = await asyncio.gather(*work, return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Stale"] * 49 + ["Ticket"]
    assert all(isinstance(outcome, Stale | Ticket) for outcome in outcomes)
    assert (await stored(desk, ticket)).version == 2


async def test_fifty_answers_at_once_are_all_said_once(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    said = [answer(f"Number {number}", takes=number % 2 == 0) for number in range(50)]
    await asyncio.gather(*(desk.write(messages.say, MARTA, ticket.id, saying, None) for saying in said))
    assert sorted((await bodies(desk, ticket))[1:]) == sorted(saying.body for saying in said)


async def test_a_change_that_fails_on_the_way_leaves_nothing_behind(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(changing.change, MARTA, ticket.id, Change(status=Status.PENDING))
    before = await stored(desk, ticket)
    wish = Change(subject="Another", priority=Priority.URGENT, tags=("vip",), status=Status.OPEN)
    with pytest.raises(TransitionRefused):
        await desk.write(changing.change, MARTA, ticket.id, wish)
    assert await stored(desk, ticket) == before
    assert (await desk.read(tickets.show, MARTA, ticket.id)).ticket.tags == ()


async def test_a_message_and_all_that_is_changed_along_with_it_are_one_act(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA, description="Hola")
    await desk.write(changing.change, MARTA, ticket.id, Change(tags=("vip",)))
    change = Change(status=Status.RESOLVED, priority=Priority.URGENT, area=REDES, tags_add=("storm", "VIP"))
    said = await desk.write(messages.say, MARTA, ticket.id, answer("Solved.", change=change), None)
    after = said.whole.ticket
    assert (after.status, after.priority, after.area) == (Status.RESOLVED, Priority.URGENT, REDES)
    assert (after.tags, after.version) == (("storm", "vip"), 3)
    assert await bodies(desk, ticket) == ["Hola", "Solved."]


@pytest.mark.parametrize(
    ("refused", "error"),
    [
        (Change(priority=Priority.URGENT, assignee=UUID(int=7)), InvalidInput),
        (Change(priority=Priority.URGENT, tags_add=tuple(f"tag {number}" for number in range(30))), InvalidInput),
        (Change(priority=Priority.URGENT, status=Status.OPEN), TransitionRefused),
    ],
)
async def test_a_message_is_not_said_when_what_goes_along_with_it_is_refused(
    desk: Desk, refused: Change, error: type[Exception]
) -> None:
    ticket = await opened_by(desk, ANA, description="Hola")
    await desk.write(changing.change, MARTA, ticket.id, Change(status=Status.PENDING))
    before, told = await stored(desk, ticket), await history(desk, ticket)
    with pytest.raises(error):
        await desk.write(messages.say, MARTA, ticket.id, answer("Solved.", change=refused, takes=True), None)
    assert await stored(desk, ticket) == before
    assert await history(desk, ticket) == told
    assert await bodies(desk, ticket) == ["Hola"]


async def test_who_may_write_a_note_may_not_change_the_ticket_by_it(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA, description="Hola")
    note = Saying(kind=MessageKind.NOTE, body="Urgent!", change=Change(priority=Priority.URGENT))
    with pytest.raises(Forbidden):
        await desk.write(messages.say, LEO, ticket.id, note, None)
    assert await bodies(desk, ticket) == ["Hola"]
    await desk.write(messages.say, LEO, ticket.id, replace(note, change=Change()), None)


async def test_a_snoozed_ticket_is_back_when_its_time_is_over(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    away = await desk.write(changing.change, MARTA, ticket.id, Change(snoozed_until=clock.now + TOMORROW))
    assert away.is_snoozed(clock.now)
    assert away.updated_at == ticket.updated_at
    assert not (await stored(desk, ticket)).is_snoozed(clock.forward(hours=24))


async def test_files_wait_for_their_message_a_day_at_most(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    sent, late = await desk.write(attachments.attach_draft, MARTA, ticket.id, [a_file("sent"), a_file("late")])
    assert await desk.write(attachments.drop_unsent) == []
    said = await desk.write(messages.say, MARTA, ticket.id, answer("Look.", files=[sent.id]), None)
    (file,) = said.timeline.files[said.timeline.entries[0].message.uuid]  # type: ignore[union-attr]
    assert (file.id, file.visibility, file.message) == (
        sent.id,
        Visibility.PUBLIC,
        said.timeline.entries[0].message.uuid,  # type: ignore[union-attr]
    )
    clock.forward(hours=25)
    assert [dropped.id for dropped in await desk.write(attachments.drop_unsent)] == [late.id]
    shown = await desk.read(tickets.show, MARTA, ticket.id)
    assert [one.id for one in shown.attachments] == [sent.id]


async def test_merged_tickets_are_parted_as_they_were(desk: Desk, clock: Clock) -> None:
    one, other = await opened_by(desk, ANA, description="One"), await opened_by(desk, BRUNO, description="Other")
    await desk.write(changing.change, MARTA, other.id, Change(status=Status.PENDING))
    before = await stored(desk, other)
    clock.forward(minutes=5)
    merged = await desk.write(merging.merge, MARTA, other.id, one.id, "The same.", None)
    assert (merged.ticket.status, merged.ticket.merged_into_id) == (Status.CLOSED, one.id)
    assert await bodies(desk, one) == ["One", "Other"]
    clock.forward(minutes=5)
    parted = (await desk.write(merging.unmerge, MARTA, other.id, None)).ticket
    assert (parted.status, parted.merged_into_id, parted.close_reason) == (before.status, None, None)
    assert await bodies(desk, one) == ["One"]
    kinds = [event.kind for event in await history(desk, one)]
    assert kinds[-2:] == [EventKind.TOOK_IN, EventKind.LET_GO]


async def test_of_many_who_merge_two_tickets_into_each_other_one_succeeds(desk: Desk) -> None:
    one, other = await opened_by(desk, ANA), await opened_by(desk, ANA)
    pairs = [(one, other) if number % 2 else (other, one) for number in range(20)]
    work = [desk.write(merging.merge, MARTA, source.id, target.id, None, None) for source, target in pairs]
    outcomes = await asyncio.gather(*work, return_exceptions=True)
    assert sum(not isinstance(outcome, BaseException) for outcome in outcomes) == 1
    assert {type(outcome) for outcome in outcomes if isinstance(outcome, BaseException)} == {TransitionRefused}
    merged = [(await stored(desk, ticket)).merged_into_id for ticket in (one, other)]
    assert merged.count(None) == 1


async def test_a_message_split_off_begins_a_ticket_of_the_same_requester(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    said = await desk.write(messages.say, MARTA, ticket.id, answer("And the invoice?"), None)
    message = said.timeline.entries[0].message
    assert message
    new = (await desk.write(merging.split, MARTA, ticket.id, message.uuid, "The invoice", None)).ticket
    assert (new.requester, new.subject, new.description) == (ticket.requester, "The invoice", "And the invoice?")
    found = await desk.read(tickets.show, MARTA, new.id)
    assert [(kind, other.id) for kind, other in found.links] == [(LinkKind.RELATED, ticket.id)]


async def test_many_who_link_the_same_two_tickets_make_one_link(desk: Desk) -> None:
    one, other = await opened_by(desk, ANA), await opened_by(desk, ANA)
    work = [
        desk.write(linking.link, MARTA, one.id, other.id, LinkKind.BLOCKS, None)
        if number % 2
        else desk.write(linking.link, MARTA, other.id, one.id, LinkKind.BLOCKED_BY, None)
        for number in range(10)
    ]
    await asyncio.gather(*work)
    assert [kind for kind, _ in (await desk.read(tickets.show, MARTA, one.id)).links] == [LinkKind.BLOCKS]
    events = await history(desk, one)
    assert [event.kind for event in events].count(EventKind.LINKED) == 1


async def test_many_tickets_are_changed_together_each_on_its_own(desk: Desk) -> None:
    opened = [await opened_by(desk, ANA, area=REDES if number % 2 else None) for number in range(40)]
    wish = Change(status=Status.RESOLVED, tags=("outage",))
    work = [desk.write(bulk.change_one, RAUL, ticket.id, wish, None) for ticket in opened]
    outcomes = await asyncio.gather(*work, return_exceptions=True)
    for ticket, outcome in zip(opened, outcomes, strict=True):
        shown = (await desk.read(tickets.show, ALICIA, ticket.id)).ticket
        if ticket.area == REDES:
            assert isinstance(outcome, bulk.Changed)
            assert (shown.status, shown.tags) == (Status.RESOLVED, ("outage",))
        else:
            assert isinstance(outcome, NotFound)
            assert (shown.status, shown.tags) == (Status.OPEN, ())


async def test_a_ticket_taken_in_is_its_requesters(desk: Desk) -> None:
    contact = Contact(name="Dora", email="dora@Example.org")
    draft = TicketDraft(
        channel=Channel.DESK, contact=contact, subject="No signal", description="She called.", category="general"
    )
    marta = (
        await desk.write(messages.say, MARTA, (await opened_by(desk, ANA)).id, answer("x", takes=True), None)
    ).whole
    assert marta.ticket.assignee
    calling = Calling(draft, marta.ticket.assignee.uuid, ["vip"])
    ticket = (await desk.write(taking_in.take_in, ALICIA, calling)).ticket
    assert ticket.requester.identity.subject == "dora@example.org"
    assert (ticket.assignee, ticket.status, ticket.tags) == (marta.ticket.assignee, Status.IN_PROGRESS, ("vip",))
    known = await desk.write(
        requesters.change, ALICIA, ticket.requester.id, RequesterChange(notes="Deaf in one ear."), frozenset({1})
    )
    assert (known.file.notes, known.file.version, known.tickets.count) == ("Deaf in one ear.", 2, 1)
    assert (await desk.read(requesters.show, ALICIA, ticket.requester.id)) == known


async def test_the_timeline_is_in_order_of_time_and_read_part_by_part(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    moments: list[datetime] = []
    for number in range(5):
        moments.append(clock.forward(minutes=1))
        await desk.write(messages.say, MARTA, ticket.id, answer(str(number)), None)
    whole = await desk.read(tickets.timeline, MARTA, ticket.id, 100, None)
    parts: list[Entry] = []
    after: Place | None = None
    while True:
        part = await desk.read(tickets.timeline, MARTA, ticket.id, 2, after)
        parts += part.entries
        after = part.next
        if after is None:
            break
    assert parts == list(whole.entries)
    assert [entry.event.at for entry in whole.entries[1:]] == moments
