"""Two people on one ticket: whoever saves an old copy is told, and changes nothing."""

import pytest

from tests.actions.drafts import history, opened_by, stored
from tests.conftest import Clock
from tests.people import ANA, MARTA, RAUL
from ventanilla.actions import triage
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.core.errors import EditedMeanwhile
from ventanilla.core.lifecycle import Action, Status
from ventanilla.core.ticket import Ticket


async def save(tx: Transaction, ticket: Ticket) -> None:
    await tx.tickets.save(ticket)


async def test_an_old_copy_of_a_ticket_cannot_be_saved(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    old_copy = await stored(desk, ticket)
    current = await desk.write(triage.act, RAUL, ticket.id, Action.START, None)
    old_copy.act(MARTA, Action.CANCEL, clock.now)
    with pytest.raises(EditedMeanwhile):
        await desk.write(save, old_copy)
    assert await stored(desk, ticket) == current
    assert [fact.kind.value for fact in await history(desk, ticket)] == ["ticket.opened", "ticket.started"]


async def test_counts_stay_right_when_an_old_copy_is_refused(desk: Desk, clock: Clock) -> None:
    ticket = await opened_by(desk, ANA)
    old_copy = await stored(desk, ticket)
    await desk.write(triage.act, RAUL, ticket.id, Action.START, None)
    old_copy.act(MARTA, Action.CANCEL, clock.now)
    with pytest.raises(EditedMeanwhile):
        await desk.write(save, old_copy)
    counts = await desk.read(lambda tx: tx.tickets.counts(None))
    assert {status for status, tickets in counts.by_status.items() if tickets} == {Status.IN_PROGRESS}


async def test_a_saved_copy_can_be_saved_again(desk: Desk, clock: Clock) -> None:
    copy = await stored(desk, await opened_by(desk, ANA))
    for action in (Action.START, Action.PAUSE, Action.RESUME):
        copy.act(MARTA, action, clock.now)
        await desk.write(save, copy)
    assert (await stored(desk, copy)).version == 4
