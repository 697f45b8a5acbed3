"""Changing several things of a ticket at once, in words that may stand for several of ours."""

import pytest

from tests.actions.drafts import history, opened_by, stored
from tests.people import ANA, LEO, MARTA, RAUL
from ventanilla.actions import triage
from ventanilla.actions.ports import Desk
from ventanilla.actions.triage import Amendment
from ventanilla.core.errors import Forbidden, InvalidInput, TransitionRefused
from ventanilla.core.lifecycle import Action, Status
from ventanilla.core.people import Actor
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Priority

WORKING = (Status.IN_PROGRESS, Status.PENDING)


async def amended(desk: Desk, who: Actor, ticket: Ticket, wanted: Amendment) -> Ticket:
    changed = await desk.write(triage.amend, who, ticket.id, wanted)
    assert await stored(desk, ticket) == changed
    return changed


async def refused(desk: Desk, who: Actor, ticket: Ticket, wanted: Amendment, error: type[Exception]) -> None:
    before = await stored(desk, ticket)
    with pytest.raises(error):
        await desk.write(triage.amend, who, ticket.id, wanted)
    assert await stored(desk, ticket) == before


async def test_everything_asked_for_is_changed_at_once(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    wanted = Amendment((Status.RESOLVED,), (Priority.HIGH,), True, "marta", "agent", "Cambiamos el cable")
    changed = await amended(desk, MARTA, ticket, wanted)
    assert (changed.status, changed.priority, changed.resolution_note) == (
        Status.RESOLVED,
        Priority.HIGH,
        "Cambiamos el cable",
    )
    assert changed.assignee is not None
    assert changed.assignee.subject == "marta"


async def test_nothing_asked_for_changes_nothing(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    changed = await amended(desk, MARTA, ticket, Amendment())
    assert (changed.status, changed.priority, changed.assignee) == (Status.OPEN, Priority.NORMAL, None)
    assert len(await history(desk, ticket)) == 1


async def test_a_ticket_that_already_shows_the_word_is_left_alone(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA, priority=Priority.CRITICAL)
    for action in (Action.START, Action.PAUSE):
        await desk.write(triage.act, MARTA, ticket.id, action, None)
    wanted = Amendment(statuses=WORKING, priorities=(Priority.URGENT, Priority.CRITICAL))
    changed = await amended(desk, MARTA, ticket, wanted)
    assert (changed.status, changed.priority) == (Status.PENDING, Priority.CRITICAL)


async def test_a_ticket_that_shows_another_word_goes_to_the_first_that_is_meant(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    wanted = Amendment(statuses=WORKING, priorities=(Priority.URGENT, Priority.CRITICAL))
    changed = await amended(desk, MARTA, ticket, wanted)
    assert (changed.status, changed.priority) == (Status.IN_PROGRESS, Priority.URGENT)


async def test_a_ticket_may_be_given_back_and_stay_with_whom_it_is(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await amended(desk, MARTA, ticket, Amendment(reassign=True, agent_id="marta"))
    facts = len(await history(desk, ticket))
    await amended(desk, MARTA, ticket, Amendment(reassign=True, agent_id="marta"))
    assert len(await history(desk, ticket)) == facts
    assert (await amended(desk, MARTA, ticket, Amendment(reassign=True))).assignee is None


async def test_an_impossible_step_takes_the_rest_back_too(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    wanted = Amendment((Status.PENDING,), (Priority.HIGH,))
    await refused(desk, MARTA, ticket, wanted, TransitionRefused)
    await refused(desk, MARTA, ticket, Amendment(reassign=True, agent_id="nadie"), InvalidInput)


async def test_an_area_agent_amends_what_they_may_do_one_by_one(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await refused(desk, RAUL, ticket, Amendment(reassign=True, agent_id="raúl"), Forbidden)
    await refused(desk, RAUL, ticket, Amendment(priorities=(Priority.HIGH,)), Forbidden)
    await amended(desk, RAUL, ticket, Amendment((Status.RESOLVED,), resolution_note="Cable nuevo"))
    await refused(desk, RAUL, ticket, Amendment(statuses=(Status.OPEN,)), Forbidden)


async def test_a_light_agent_amends_nothing_not_even_to_what_it_is(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    for wanted in (
        Amendment(statuses=(Status.OPEN,)),
        Amendment(statuses=(Status.RESOLVED,)),
        Amendment(priorities=(Priority.HIGH,)),
        Amendment(reassign=True),
        Amendment(resolution_note="Hecho"),
    ):
        await refused(desk, LEO, ticket, wanted, Forbidden)
