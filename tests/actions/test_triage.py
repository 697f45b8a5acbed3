"""What staff decide about a ticket, and what its requester may."""

from datetime import timedelta

import pytest

from tests.actions.drafts import history, opened_by, stored, thread
from tests.conftest import MORNING, Clock
from tests.people import ALICIA, ANA, MARTA, PAGOS, RAUL, REDES, SOFIA
from ventanilla.actions import threads, triage
from ventanilla.actions.ports import Desk
from ventanilla.core.errors import Forbidden, ForeignArea, InvalidInput, TicketClosed, TransitionRefused
from ventanilla.core.events import EventKind
from ventanilla.core.lifecycle import Action, CloseReason, Status
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Priority


async def brought_to(desk: Desk, *actions: Action) -> Ticket:
    ticket = await opened_by(desk, ANA)
    for action in actions:
        await desk.write(triage.act, MARTA, ticket.id, action, None)
    return await stored(desk, ticket)


async def test_each_step_is_kept_with_its_reason(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    for action in (Action.START, Action.PAUSE, Action.RESUME, Action.RESOLVE, Action.REOPEN, Action.ARCHIVE):
        clock.forward(hours=1)
        acted = await desk.write(triage.act, MARTA, ticket.id, action, f"por {action}")
        assert await stored(desk, ticket) == acted
    facts = (await history(desk, ticket))[1:]
    assert [fact.reason for fact in facts] == [
        "por start",
        "por pause",
        "por resume",
        "por resolve",
        "por reopen",
        "por archive",
    ]
    assert acted.sla.due_at == MORNING + timedelta(hours=25)


async def test_a_step_that_the_table_lacks_is_refused_and_changes_nothing(desk: Desk) -> None:
    ticket = await brought_to(desk, Action.RESOLVE)
    with pytest.raises(TransitionRefused):
        await desk.write(triage.act, MARTA, ticket.id, Action.PAUSE, None)
    assert await stored(desk, ticket) == ticket
    assert len(await history(desk, ticket)) == 2


@pytest.mark.parametrize("ending", [Action.CANCEL, Action.ARCHIVE])
@pytest.mark.parametrize("action", sorted(triage.PERMISSION_FOR))
async def test_a_cancelled_or_archived_ticket_takes_no_step_but_to_be_reopened(
    desk: Desk, ending: Action, action: Action
) -> None:
    ticket = await brought_to(desk, ending)
    who = ANA if action in (Action.WITHDRAW, Action.CONFIRM) else MARTA
    if action is Action.REOPEN:
        reopened = await desk.write(triage.act, who, ticket.id, action, None)
        assert (reopened.status, reopened.close_reason) == (Status.OPEN, None)
    else:
        with pytest.raises(TransitionRefused):
            await desk.write(triage.act, who, ticket.id, action, None)
        assert await stored(desk, ticket) == ticket


async def test_an_area_agent_works_on_a_ticket_but_does_not_reopen_it(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(triage.act, RAUL, ticket.id, Action.CLOSE, None)
    with pytest.raises(Forbidden):
        await desk.write(triage.act, RAUL, ticket.id, Action.REOPEN, None)


async def test_the_requester_confirms_a_resolution_and_nothing_else(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    with pytest.raises(TransitionRefused):
        await desk.write(triage.act, ANA, ticket.id, Action.CONFIRM, None)
    await desk.write(triage.act, MARTA, ticket.id, Action.RESOLVE, None)
    confirmed = await desk.write(triage.act, ANA, ticket.id, Action.CONFIRM, None)
    assert (confirmed.status, confirmed.close_reason) == (Status.CLOSED, None)


async def test_withdrawing_twice_is_withdrawing_once(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    first = await desk.write(triage.withdraw, ANA, ticket.id)
    clock.forward(hours=1)
    assert first.status is Status.CLOSED
    assert await desk.write(triage.withdraw, ANA, ticket.id) == first == await stored(desk, ticket)
    assert [fact.kind for fact in await history(desk, ticket)] == [EventKind.OPENED, EventKind.CLOSED]


@pytest.mark.parametrize("ending", [Action.CANCEL, Action.ARCHIVE])
async def test_withdrawing_a_ticket_that_staff_ended_leaves_it_as_it_is(desk: Desk, ending: Action) -> None:
    ticket = await brought_to(desk, ending)
    assert await desk.write(triage.withdraw, ANA, ticket.id) == ticket == await stored(desk, ticket)


async def test_assigning_an_open_ticket_picks_it_up(desk: Desk) -> None:
    await desk.write(threads.note, RAUL, (await opened_by(desk, ANA)).id, "hola")
    ticket = await opened_by(desk, ANA)
    await desk.write(triage.assign, MARTA, ticket.id, "raúl", "assigneeId", "de guardia")
    again = await stored(desk, ticket)
    assert again.assignee is not None
    assert (again.status, again.assignee.name) == (Status.IN_PROGRESS, "Raúl")
    assert (await history(desk, ticket))[-1].reason == "de guardia"


@pytest.mark.parametrize("nobody", [None, ""])
async def test_a_ticket_may_be_given_back_to_nobody(desk: Desk, nobody: str | None) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(triage.assign, MARTA, ticket.id, "marta", "assigneeId")
    given_back = await desk.write(triage.assign, MARTA, ticket.id, nobody, "assigneeId")
    assert (given_back.assignee, given_back.status) == (None, Status.IN_PROGRESS)


async def test_assigning_to_somebody_unknown_names_the_field_and_changes_nothing(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    with pytest.raises(InvalidInput) as refused:
        await desk.write(triage.assign, MARTA, ticket.id, "nadie", "assigneeId")
    assert [fault.field for fault in refused.value.faults] == ["assigneeId"]
    with pytest.raises(InvalidInput):
        await desk.write(triage.transfer, MARTA, ticket.id, PAGOS, "nadie", "agente", "x")
    assert await stored(desk, ticket) == ticket


async def test_a_transferred_ticket_is_out_of_sight_for_the_area_that_had_it(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    moved = await desk.write(triage.transfer, MARTA, ticket.id, PAGOS, None, "agente", "es un cobro")
    assert (moved.area, moved.assignee) == (PAGOS, None)
    with pytest.raises(ForeignArea):
        await desk.write(threads.answer, RAUL, ticket.id, "Hola")
    await desk.write(threads.answer, SOFIA, ticket.id, "Hola")


async def test_reclassifying_works_the_due_time_out_anew_from_the_creation(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    clock.forward(hours=3)
    await desk.write(triage.reclassify, MARTA, ticket.id, Priority.HIGH, "pagos", "se equivocó")
    again = await stored(desk, ticket)
    assert (again.priority, again.category, again.topic.value) == (Priority.HIGH, "pagos", "billing")
    assert again.sla.due_at == MORNING + timedelta(hours=4)
    assert (await history(desk, ticket))[-1].changes == {
        "priority": ("normal", "high"),
        "category": ("technical", "pagos"),
    }


async def test_an_update_answers_and_changes_everything_at_once(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(triage.update, RAUL, ticket.id, Status.RESOLVED, Priority.HIGH, PAGOS, "Arreglado")
    again = await stored(desk, ticket)
    assert (again.status, again.priority, again.area) == (Status.RESOLVED, Priority.HIGH, PAGOS)
    assert again.last_answer == "Arreglado"
    answered, updated = (await history(desk, ticket))[1:]
    assert (answered.kind, answered.changes) == (EventKind.ANSWERED, {})
    assert (updated.kind, updated.changes["status"]) == (EventKind.UPDATED, ("open", "resolved"))


async def test_an_update_to_the_state_it_shows_lets_the_answer_alone_move_the_ticket(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    updated = await desk.write(triage.update, RAUL, ticket.id, Status.OPEN, Priority.NORMAL, REDES, "Lo miro")
    assert updated.status is Status.IN_PROGRESS
    resolved = await brought_to(desk, Action.RESOLVE)
    updated = await desk.write(triage.update, RAUL, resolved.id, Status.RESOLVED, Priority.NORMAL, REDES, "De nada")
    assert updated.status is Status.RESOLVED


async def test_an_update_to_the_state_that_the_answer_leads_to_is_no_second_step(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    updated = await desk.write(triage.update, RAUL, ticket.id, Status.IN_PROGRESS, Priority.NORMAL, REDES, "Lo miro")
    assert updated.status is Status.IN_PROGRESS


async def test_an_update_to_an_impossible_state_takes_the_answer_back_too(desk: Desk) -> None:
    ticket = await brought_to(desk, Action.START)
    with pytest.raises(TransitionRefused):
        await desk.write(triage.update, MARTA, ticket.id, Status.OPEN, Priority.HIGH, PAGOS, "Hola")
    assert await stored(desk, ticket) == ticket
    assert len(await thread(desk, ticket)) == 1


async def test_an_update_takes_no_step_that_the_agent_may_not_take(desk: Desk) -> None:
    ticket = await brought_to(desk, Action.RESOLVE)
    with pytest.raises(Forbidden):
        await desk.write(triage.update, RAUL, ticket.id, Status.OPEN, Priority.NORMAL, REDES, "Reabro")
    assert await stored(desk, ticket) == ticket
    reopened = await desk.write(triage.update, ALICIA, ticket.id, Status.OPEN, Priority.NORMAL, REDES, "Reabro")
    assert reopened.status is Status.OPEN


async def test_a_closed_ticket_is_not_updated(desk: Desk) -> None:
    ticket = await brought_to(desk, Action.CLOSE)
    with pytest.raises(TicketClosed):
        await desk.write(triage.update, MARTA, ticket.id, Status.OPEN, Priority.NORMAL, REDES, "Hola")
    assert (await stored(desk, ticket)).close_reason is None


async def test_a_ticket_ended_by_staff_says_how(desk: Desk) -> None:
    assert (await brought_to(desk, Action.CANCEL)).close_reason is CloseReason.CANCELLED
    assert (await brought_to(desk, Action.ARCHIVE)).close_reason is CloseReason.ARCHIVED
    assert (await brought_to(desk, Action.CLOSE)).close_reason is None
