"""What an agent is told of: what concerns them and somebody else did, in the same transaction, and once."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.actions.drafts import a_draft, opened_by, stored
from tests.conftest import MADRID, Clock, context_of
from tests.people import ALICIA, ANA, CARMEN, LEO, MARTA, NOBODY, PAGOS, RAUL, SOFIA
from ventanilla.actions import housekeeping, notifications, staff, threads, triage
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.actions.taking_in import Calling, take_in
from ventanilla.core.errors import DeskError, Forbidden, TicketClosed, Unauthenticated
from ventanilla.core.lifecycle import Action
from ventanilla.core.notifications import KEPT, KEPT_READ, WARNED_AFTER, WARNED_BEFORE, Notification
from ventanilla.core.people import Actor, Contact
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Channel
from ventanilla.store.engines.postgres import PostgresDesk


async def told(desk: Desk, actor: Actor, **how: Any) -> list[Notification]:
    page = await desk.read(notifications.page, actor, None, 50, unread=how.get("unread", False))
    return list(page.notifications)


async def kinds(desk: Desk, actor: Actor) -> list[tuple[str, str | None]]:
    return [(one.kind.value, one.actor) for one in await told(desk, actor)]


async def unread(desk: Desk, actor: Actor) -> int:
    return await desk.read(notifications.count_unread, actor)


async def assigned_to(desk: Desk, who: Actor, by: Actor = MARTA, **changes: Any) -> Ticket:
    """A ticket of Ana's that `by` gave to `who`, who had written to the desk before."""
    assert who.identity
    other = await opened_by(desk, ANA, area=who.areas[0] if who.areas else "Redes")
    await desk.write(threads.note, who, other.id, "hola")
    await desk.write(triage.act, MARTA, other.id, Action.RESOLVE, None)
    ticket = await opened_by(desk, ANA, **{"area": who.areas[0] if who.areas else "Redes", **changes})
    return await desk.write(triage.assign, by, ticket.id, who.identity.subject, "agent")


async def test_who_is_given_a_ticket_is_told_by_whom(desk: Desk, clock: Clock) -> None:
    ticket = await assigned_to(desk, RAUL, subject="Sin conexión")
    (one,) = await told(desk, RAUL)
    assert (one.kind.value, one.actor, one.at, one.read_at) == ("assigned", "Marta", clock.now, None)
    assert one.ticket == (ticket.id, str(ticket.label), "Sin conexión")
    assert await unread(desk, RAUL) == 1
    assert await told(desk, MARTA) == []


async def test_who_is_given_a_ticket_as_it_is_opened_is_told(desk: Desk) -> None:
    await assigned_to(desk, RAUL)
    raul = (await desk.read(lambda tx: tx.people.agents_by_subject("raúl")))[0]
    draft = a_draft(channel=Channel.DESK, contact=Contact(name="Ana", email="ana@example.org"), subject="Por teléfono")
    await desk.write(take_in, MARTA, Calling(draft, assignee=raul.uuid, tags=("vip",)))
    newest = (await told(desk, RAUL))[0]
    assert (newest.kind.value, newest.actor, newest.ticket.title) == ("assigned", "Marta", "Por teléfono")


async def test_a_ticket_without_a_subject_goes_by_how_it_begins(desk: Desk) -> None:
    await assigned_to(desk, RAUL, subject=None, description="No tengo internet\ndesde ayer")
    assert [one.ticket.title for one in await told(desk, RAUL)] == ["No tengo internet"]


async def test_who_takes_a_ticket_is_not_told_of_it(desk: Desk) -> None:
    await assigned_to(desk, MARTA, by=MARTA)
    assert await told(desk, MARTA) == []


async def test_who_gets_a_ticket_from_another_area_is_told(desk: Desk) -> None:
    await assigned_to(desk, SOFIA)
    ticket = await opened_by(desk, ANA)
    await desk.write(triage.transfer, MARTA, ticket.id, PAGOS, "sofía", "agent", "es un cobro")
    assert await kinds(desk, SOFIA) == [("assigned", "Marta"), ("assigned", "Marta")]


async def test_who_a_ticket_is_taken_from_is_not_told(desk: Desk) -> None:
    ticket = await assigned_to(desk, RAUL)
    await desk.write(notifications.mark_read, RAUL, None)
    await desk.write(triage.assign, MARTA, ticket.id, None, "agent")
    assert await kinds(desk, RAUL) == [("assigned", "Marta")]


async def test_a_reply_is_told_to_whoever_has_the_ticket(desk: Desk) -> None:
    ticket = await assigned_to(desk, RAUL)
    await desk.write(threads.reply, ANA, ticket.id, "Sigue igual")
    assert await kinds(desk, RAUL) == [("replied", "Ana"), ("assigned", "Marta")]
    await desk.write(threads.reply, ANA, (await opened_by(desk, ANA)).id, "Nadie lo tiene")
    assert len(await told(desk, RAUL)) == 2


async def test_an_answer_of_a_colleague_is_no_reply(desk: Desk) -> None:
    ticket = await assigned_to(desk, RAUL)
    await desk.write(threads.answer, MARTA, ticket.id, "Lo miro yo")
    assert await kinds(desk, RAUL) == [("assigned", "Marta")]


async def test_what_is_refused_is_told_to_nobody(desk: Desk) -> None:
    ticket = await assigned_to(desk, RAUL)
    await desk.write(triage.act, MARTA, ticket.id, Action.CLOSE, None)
    with pytest.raises(TicketClosed):
        await desk.write(threads.reply, ANA, ticket.id, "Sigue igual")
    assert await kinds(desk, RAUL) == [("assigned", "Marta")]


async def test_a_note_tells_those_whom_it_calls(desk: Desk) -> None:
    for who in (RAUL, LEO, MARTA):
        await desk.write(threads.note, who, (await opened_by(desk, ANA)).id, "hola")
    ticket = await opened_by(desk, ANA)
    await desk.write(threads.note, MARTA, ticket.id, "@Raúl y @leo, mirad esto; yo soy @Marta y no hay @Nadie")
    assert await kinds(desk, RAUL) == await kinds(desk, LEO) == [("mentioned", "Marta")]
    assert await kinds(desk, MARTA) == []
    await desk.write(threads.answer, MARTA, ticket.id, "@Raúl se lo mira")
    assert len(await told(desk, RAUL)) == 1


async def test_who_may_not_see_a_ticket_is_not_told_of_it(desk: Desk) -> None:
    await desk.write(threads.note, SOFIA, (await opened_by(desk, ANA, area=PAGOS)).id, "hola")
    ticket = await opened_by(desk, ANA)
    await desk.write(threads.note, MARTA, ticket.id, "@Sofía, ¿es vuestro?")
    assert (await told(desk, SOFIA), await unread(desk, SOFIA)) == ([], 0)
    await desk.write(triage.transfer, MARTA, ticket.id, PAGOS, None, "agent", "es un cobro")
    assert (await kinds(desk, SOFIA), await unread(desk, SOFIA)) == ([("mentioned", "Marta")], 1)


async def test_what_was_read_is_told_no_more(desk: Desk, clock: Clock) -> None:
    ticket = await assigned_to(desk, RAUL)
    await desk.write(threads.reply, ANA, ticket.id, "Sigue igual")
    newest, oldest = await told(desk, RAUL)
    clock.forward(minutes=5)
    assert await desk.write(notifications.mark_read, RAUL, [newest.uuid]) == 1
    assert await told(desk, RAUL, unread=True) == [oldest]
    read_at = (await told(desk, RAUL))[0].read_at
    clock.forward(minutes=5)
    assert await desk.write(notifications.mark_read, RAUL, None) == 0
    assert (await told(desk, RAUL))[0].read_at == read_at
    assert await told(desk, RAUL, unread=True) == []


async def test_nobody_reads_what_somebody_else_was_told(desk: Desk) -> None:
    await assigned_to(desk, RAUL)
    (one,) = await told(desk, RAUL)
    for other in (MARTA, ALICIA):
        assert await desk.write(notifications.mark_read, other, [one.uuid]) == 0
        assert await desk.write(notifications.mark_read, other, None) == 0
    assert await desk.write(notifications.mark_read, RAUL, []) == 1


async def test_the_list_is_walked_page_by_page(desk: Desk) -> None:
    ticket = await assigned_to(desk, RAUL)
    for number in range(4):
        await desk.write(threads.reply, ANA, ticket.id, f"Sigue igual {number}")
    whole, found, after = await told(desk, RAUL), list[Notification](), None
    for _ in range(3):
        page = await desk.read(notifications.page, RAUL, after, 2, unread=False)
        found += page.notifications
        after = page.next
    assert (found, after, page.unread) == (whole, None, 5)


async def test_old_notifications_are_forgotten(desk: Desk, clock: Clock) -> None:
    ticket = await assigned_to(desk, RAUL)
    await desk.write(threads.reply, ANA, ticket.id, "Sigue igual")
    newest = (await told(desk, RAUL))[0]
    await desk.write(notifications.mark_read, RAUL, [newest.uuid])
    for span, left in ((KEPT_READ, 2), (timedelta(seconds=1), 1), (KEPT - KEPT_READ, 0)):
        clock.now += span
        await desk.write(housekeeping.forget_old_news)
        assert len(await told(desk, RAUL)) == left


@pytest.mark.parametrize(("who", "refusal"), [(ANA, Forbidden), (NOBODY, Unauthenticated)])
async def test_notifications_are_for_staff_alone(desk: Desk, who: Actor, refusal: type[DeskError]) -> None:
    with pytest.raises(refusal):
        await told(desk, who)
    with pytest.raises(refusal):
        await unread(desk, who)
    with pytest.raises(refusal):
        await desk.write(notifications.mark_read, who, None)


async def warn(desk: Desk, clock: Clock) -> int:
    """Let the desk look for tickets about to be due, after the lease of the last look has run out."""
    clock.now += notifications.DUE_LEASE_SPAN
    return await desk.write(notifications.tell_due) if await desk.read(notifications.any_due) else 0


async def test_an_agent_is_told_once_that_a_ticket_is_about_to_be_due(desk: Desk, clock: Clock) -> None:
    ticket = await assigned_to(desk, RAUL)
    clock.now = ticket.sla.due_at - WARNED_BEFORE - timedelta(minutes=1)
    assert await warn(desk, clock) == 0
    clock.forward(minutes=1)
    assert await warn(desk, clock) == 1
    assert await warn(desk, clock) == 0
    assert (await kinds(desk, RAUL))[0] == ("breaching", None)
    assert await unread(desk, RAUL) == 2


async def test_a_new_due_time_is_told_anew(desk: Desk, clock: Clock) -> None:
    ticket = await assigned_to(desk, RAUL)
    clock.now = ticket.sla.due_at - timedelta(minutes=20)
    assert await warn(desk, clock) == 1
    await desk.write(triage.act, MARTA, ticket.id, Action.PAUSE, None)
    clock.forward(hours=2)
    assert await warn(desk, clock) == 0
    await desk.write(triage.act, MARTA, ticket.id, Action.RESUME, None)
    assert (await stored(desk, ticket)).sla.due_at > ticket.sla.due_at
    assert await warn(desk, clock) == 1


async def test_whoever_has_it_by_then_is_told_as_well(desk: Desk, clock: Clock) -> None:
    ticket = await assigned_to(desk, RAUL)
    clock.now = ticket.sla.due_at - timedelta(minutes=20)
    assert await warn(desk, clock) == 1
    await desk.write(threads.note, CARMEN, ticket.id, "hola")
    await desk.write(triage.assign, MARTA, ticket.id, "carmen", "agent")
    assert await warn(desk, clock) == 1
    assert [kind for kind, _ in await kinds(desk, CARMEN)] == ["breaching", "assigned"]


async def test_the_agents_of_its_area_are_told_once_of_what_nobody_has(desk: Desk, clock: Clock) -> None:
    for agent in (RAUL, SOFIA, MARTA):
        await desk.write(staff.agent_of, agent)
    nobodys = await opened_by(desk, ANA, area="redes")
    clock.now = nobodys.sla.due_at - timedelta(minutes=20)
    assert await warn(desk, clock) == 1
    assert await warn(desk, clock) == 0
    assert await kinds(desk, RAUL) == [("breaching", None)]
    assert await kinds(desk, SOFIA) == await kinds(desk, MARTA) == []
    await desk.write(triage.assign, MARTA, nobodys.id, "raúl", "agent")
    assert await warn(desk, clock) == 0


async def test_nobody_is_told_of_what_is_done_with(desk: Desk, clock: Clock) -> None:
    done = await assigned_to(desk, RAUL)
    await desk.write(triage.act, MARTA, done.id, Action.RESOLVE, None)
    clock.now = done.sla.due_at - timedelta(minutes=20)
    assert await warn(desk, clock) == 0


async def test_a_desk_that_was_off_still_tells_of_what_was_due_today(desk: Desk, clock: Clock) -> None:
    ticket = await assigned_to(desk, RAUL)
    clock.now = ticket.sla.due_at + WARNED_AFTER - timedelta(minutes=1)
    assert await warn(desk, clock) == 1
    clock.forward(hours=1)
    await assigned_to(desk, RAUL)
    assert await warn(desk, clock) == 0


async def test_while_one_process_tells_the_others_do_not(desk: Desk, clock: Clock) -> None:
    ticket = await assigned_to(desk, RAUL)
    clock.now = ticket.sla.due_at - timedelta(minutes=20)
    assert await desk.write(notifications.tell_due) == 1
    again = await assigned_to(desk, RAUL, created_at=None)
    clock.now = again.sla.due_at - timedelta(minutes=20)

    async def held(tx: Transaction) -> bool:
        return await tx.leases.take(notifications.DUE_LEASE, timedelta(hours=1))

    assert await desk.write(held)
    assert await desk.write(notifications.tell_due) == 0
    clock.forward(hours=1)
    assert await desk.write(notifications.tell_due) == 1


async def test_replicas_that_look_at_once_tell_an_agent_once(postgres_url: str, clock: Clock) -> None:
    replicas = [PostgresDesk(postgres_url, context_of(clock, MADRID)) for _ in range(4)]
    tickets = [await assigned_to(replicas[0], RAUL) for _ in range(5)]
    clock.now = tickets[0].sla.due_at - timedelta(minutes=20)
    counts = await asyncio.gather(*(replica.write(notifications.tell_due) for replica in replicas for _ in range(3)))
    found = [kind for kind, _ in await kinds(replicas[0], RAUL)]
    for replica in replicas:
        await replica.close()
    assert sorted(counts)[-1] == sum(counts) == 5
    assert found.count("breaching") == 5
