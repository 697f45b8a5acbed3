"""Taking back what was done last: the ticket is as it was before, as long as nothing else happened."""

import pytest

from tests.actions.drafts import history, opened_by, stored
from tests.actions.test_notifications import kinds
from tests.people import ALICIA, ANA, CARMEN, MARTA, RAUL
from ventanilla.actions import changing, staff, threads
from ventanilla.actions.changing import Change
from ventanilla.actions.ports import Desk
from ventanilla.core.errors import TransitionRefused
from ventanilla.core.events import EventKind
from ventanilla.core.lifecycle import Status
from ventanilla.core.people import Actor, AgentRef
from ventanilla.core.ticket import Ticket

UNGIVEN = Change(assignee=None, status=Status.OPEN)


async def known(desk: Desk, actor: Actor) -> AgentRef:
    return await desk.write(staff.agent_of, actor)


async def given(desk: Desk, to: Actor = RAUL, by: Actor = MARTA) -> Ticket:
    """A ticket of Ana's that was open when it was given to somebody."""
    ticket = await opened_by(desk, ANA)
    return await desk.write(changing.change, by, ticket.id, Change(assignee=(await known(desk, to)).uuid))


async def test_a_ticket_that_was_given_to_somebody_is_open_again_when_that_is_taken_back(desk: Desk) -> None:
    ticket = await given(desk)
    assert ticket.status is Status.IN_PROGRESS
    await desk.write(changing.change, MARTA, ticket.id, Change(is_read=True))
    back = await desk.write(changing.change, MARTA, ticket.id, UNGIVEN)
    assert (back.status, back.assignee) == (Status.OPEN, None)
    last = (await history(desk, ticket))[-1]
    assert (last.kind, last.changes) == (
        EventKind.ASSIGNED,
        {"status": ("in_progress", "open"), "assignee": ("raúl", None)},
    )


async def test_what_an_agent_was_told_of_a_ticket_taken_back_is_gone_unless_they_read_it(desk: Desk) -> None:
    ticket = await given(desk)
    assert await kinds(desk, RAUL) == [("assigned", "Marta")]
    await desk.write(changing.change, MARTA, ticket.id, UNGIVEN)
    assert await kinds(desk, RAUL) == []


async def test_an_assignment_that_somebody_worked_on_or_else_gave_is_not_taken_back(desk: Desk) -> None:
    ticket = await given(desk)
    with pytest.raises(TransitionRefused):
        await desk.write(changing.change, CARMEN, ticket.id, UNGIVEN)
    other = Change(assignee=(await known(desk, CARMEN)).uuid, status=Status.OPEN)
    with pytest.raises(TransitionRefused):
        await desk.write(changing.change, MARTA, ticket.id, other)
    await desk.write(threads.note, RAUL, ticket.id, "Voy")
    with pytest.raises(TransitionRefused):
        await desk.write(changing.change, MARTA, ticket.id, UNGIVEN)
    assert (await stored(desk, ticket)).status is Status.IN_PROGRESS


async def test_a_ticket_resolved_or_closed_by_mistake_comes_back_in_one_fact(desk: Desk) -> None:
    ticket = await given(desk)
    for end in (Status.RESOLVED, Status.CLOSED):
        before = len(await history(desk, ticket))
        await desk.write(changing.change, MARTA, ticket.id, Change(status=end))
        back = await desk.write(changing.change, MARTA, ticket.id, Change(status=Status.IN_PROGRESS))
        facts = (await history(desk, ticket))[before:]
        assert back.status is Status.IN_PROGRESS
        assert (back.sla.stopped_at, back.resolved_at, back.closed_at) == (None, None, None)
        assert [fact.changes["status"] for fact in facts] == [("in_progress", end), (end, "in_progress")]
    await desk.write(changing.change, MARTA, ticket.id, Change(status=Status.PENDING))
    await desk.write(changing.change, MARTA, ticket.id, Change(status=Status.RESOLVED))
    back = await desk.write(changing.change, MARTA, ticket.id, Change(status=Status.PENDING))
    assert back.sla.paused_at is not None


async def test_what_a_colleague_ended_takes_the_whole_way_back(desk: Desk) -> None:
    ticket = await given(desk)
    await desk.write(changing.change, ALICIA, ticket.id, Change(status=Status.RESOLVED))
    await desk.write(changing.change, MARTA, ticket.id, Change(status=Status.IN_PROGRESS))
    kinds = [fact.kind for fact in (await history(desk, ticket))[-2:]]
    assert kinds == [EventKind.REOPENED, EventKind.STARTED]
