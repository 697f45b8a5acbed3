"""What a query finds in the queue, on both engines."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.actions.drafts import opened_by, stored
from tests.actions.test_attachments import a_file
from tests.conftest import Clock, indexed
from tests.people import ALICIA, ANA, BRUNO, MARTA, PAGOS, RAUL, REDES
from ventanilla.actions import attachments, changing, searching, staff, triage, views
from ventanilla.actions.changing import Change
from ventanilla.actions.ports import Desk
from ventanilla.actions.queue import QueuePart
from ventanilla.actions.views import ViewDraft
from ventanilla.core.errors import InvalidInput, NotFound
from ventanilla.core.filters import CappedCount, QueueOrder
from ventanilla.core.lifecycle import Action, Status
from ventanilla.core.people import Actor, Contact
from ventanilla.core.words import Priority

NAMES = ("router", "bill", "phone", "done", "away")


async def filled(desk: Desk, clock: Clock) -> dict[str, int]:
    """Five tickets by name. The day before yesterday: router and bill; today: the others."""
    contact = Contact(name="Ana Pérez", email="ana@example.org")
    router = await opened_by(desk, ANA, subject="Router roto", contact=contact)
    bill = await opened_by(desk, BRUNO, subject="Cobro doble", area=PAGOS, category="Pagos")
    clock.forward(hours=48)
    phone = await opened_by(desk, ANA, subject="Teléfono_mudo", priority=Priority.URGENT, contact=contact)
    done = await opened_by(desk, ANA, subject="100% resuelto", contact=contact)
    away = await opened_by(desk, BRUNO, subject="Más adelante")
    await desk.write(changing.change, MARTA, router.id, Change(tags=("vip",), is_read=True))
    await desk.write(changing.change, MARTA, done.id, Change(status=Status.RESOLVED))
    await desk.write(changing.change, MARTA, away.id, Change(snoozed_until=clock.now + timedelta(days=1)))
    await desk.write(attachments.attach, BRUNO, bill.id, [a_file("bill.pdf")])
    await desk.write(changing.change, RAUL, phone.id, Change(assignee=await uuid_of(desk, RAUL)))
    return dict(zip(NAMES, (ticket.id for ticket in (router, bill, phone, done, away)), strict=True))


async def uuid_of(desk: Desk, agent: Actor) -> UUID:
    return (await desk.write(staff.agent_of, agent)).uuid


async def find(desk: Desk, actor: Actor, *queries: str) -> set[int]:
    await indexed(desk)
    page = await desk.read(searching.page, actor, queries, QueuePart(order=QueueOrder.NEWEST, size=50))
    return {row.id for row in page.tickets}


FOUND = {
    "": set(NAMES),
    "is:open": {"router", "bill", "phone"},
    "is:snoozed": {"away"},
    "is:open,snoozed": {"router", "bill", "phone", "away"},
    "is:resolved": {"done"},
    "-is:open": {"done", "away"},
    "estado:resuelto": {"done"},
    "is:unread -is:resolved": {"bill", "phone", "away"},
    "is:unassigned is:open": {"router", "bill"},
    "assignee:Raúl": {"phone"},
    "assignee:raúl@desk.example": {"phone"},
    "assignee:me": set(),
    "assignee:me,none is:open": {"router", "bill"},
    "-assignee:none": {"phone"},
    "area:pagos": {"bill"},
    'área:"PAGOS",redes is:open': {"router", "bill", "phone"},
    "priority:urgent": {"phone"},
    "category:pagos": {"bill"},
    "tag:VIP": {"router"},
    "-tag:vip is:open": {"bill", "phone"},
    "has:attachment": {"bill"},
    "from:bruno@example.org": {"bill", "away"},
    "from:pérez": {"router", "phone", "done"},
    "created:2026-03-15": {"router", "bill"},
    "created>2026-03-15": {"phone", "done", "away"},
    "created<=2026-03-15": {"router", "bill"},
    "created>1d": {"phone", "done", "away"},
    "newer_than:1d": {"phone", "done", "away"},
    "más_antiguo_que:1d": {"router", "bill"},
    "due_within:3h is:open": {"router", "bill", "phone"},
    "created<2026-03-17T00:00:00Z": {"router", "bill"},
    "is:breached is:open": {"router", "bill"},
    "due<3h is:open": {"router", "bill", "phone"},
    "router": {"router"},
    "ROUTER roto": {"router"},
    '"roto router"': set(),
    "-router is:open": {"bill", "phone"},
    "teléfono_mudo": {"phone"},
    "telefono": {"phone"},
    "100%": {"done"},
    "%": set(NAMES),
    "tkt-2026-00002": {"bill"},
    "ana@example": {"router", "phone", "done"},
}


async def test_each_query_finds_what_it_says(desk: Desk, clock: Clock) -> None:
    by_name = await filled(desk, clock)
    names = {number: name for name, number in by_name.items()}
    for query, expected in FOUND.items():
        assert {names[number] for number in await find(desk, MARTA, query)} == expected, query


async def test_a_view_and_a_query_hold_together_and_within_sight(desk: Desk, clock: Clock) -> None:
    by_name = await filled(desk, clock)
    assert await find(desk, MARTA, "is:open", "area:redes") == {by_name["router"], by_name["phone"]}
    assert await find(desk, RAUL, "", "is:open") == {by_name["router"], by_name["phone"]}
    assert await find(desk, RAUL, "area:pagos") == set()
    assert await find(desk, RAUL, "assignee:me") == {by_name["phone"]}


async def test_every_view_of_the_sidebar_is_counted(desk: Desk, clock: Clock) -> None:
    await filled(desk, clock)
    own = await desk.write(views.add, MARTA, ViewDraft(name="Tagged", query="tag:vip"))
    found = await desk.read(searching.counts, MARTA)
    assert set(found) == {view.key for view in await desk.read(views.everything, MARTA)}
    told = {key: found[key].count for key in ("unassigned", "all-open", "snoozed", "resolved", "everything", own.key)}
    assert told == {"unassigned": 2, "all-open": 3, "snoozed": 1, "resolved": 1, "everything": 5, own.key: 1}
    assert (await desk.read(searching.counts, RAUL))["my-area"] == CappedCount(2, True)


async def test_what_is_late_is_overdue_and_no_longer_about_to_be(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)

    async def counted() -> tuple[int, int]:
        found = await desk.read(searching.counts, MARTA)
        return found["overdue"].count, found["breaching-soon"].count

    assert await counted() == (0, 0)
    clock.now = ticket.sla.due_at - timedelta(hours=1)
    assert await counted() == (0, 1)
    clock.now = ticket.sla.due_at
    assert await counted() == (0, 1)
    clock.now += timedelta(seconds=1)
    assert await counted() == (1, 0)
    await desk.write(triage.act, MARTA, ticket.id, Action.RESOLVE, None)
    assert await counted() == (0, 0)


async def test_a_closed_ticket_is_not_unread(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    assert await find(desk, MARTA, "is:unread") == {ticket.id}
    await desk.write(triage.act, MARTA, ticket.id, Action.CLOSE, None)
    assert not (await stored(desk, ticket)).is_read
    assert await find(desk, MARTA, "is:unread") == set()


@pytest.mark.parametrize("query", ["assignee:nobody-we-know", "status:done", "foo:bar"])
async def test_a_query_that_says_nothing_sensible_is_refused(desk: Desk, query: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await find(desk, MARTA, query)
    assert refused.value.faults[0].part == query


async def test_a_view_is_not_saved_with_a_query_that_cannot_be_read(desk: Desk) -> None:
    with pytest.raises(InvalidInput):
        await desk.write(views.add, MARTA, ViewDraft(name="Broken", query="status:done"))
    view = await desk.write(views.add, MARTA, ViewDraft(name="Whole", query="is:open"))
    with pytest.raises(InvalidInput):
        await desk.write(views.change, MARTA, view.key, None, views.ViewChange(query="created>soon"))


async def test_a_view_that_names_somebody_who_is_gone_hinders_no_other(desk: Desk) -> None:
    gone = await desk.write(views.add, MARTA, ViewDraft(name="Gone", query="assignee:somebody-else"))
    assert gone.key not in await desk.read(searching.counts, MARTA)
    with pytest.raises(NotFound):
        await desk.read(views.get, replace(ALICIA, areas=(REDES,)), gone.key)
