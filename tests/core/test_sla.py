"""How long a resolution may take, and when the clock stands still."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import MORNING
from tests.core.tickets import POLICY, a_message, a_ticket, later
from tests.people import ANA, MARTA
from ventanilla.core.lifecycle import Action, Status
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Priority

spans = st.timedeltas(timedelta(), timedelta(days=40))


@pytest.mark.parametrize(
    ("priority", "hours"),
    [
        (Priority.LOW, 72),
        (Priority.NORMAL, 24),
        (Priority.HIGH, 4),
        (Priority.URGENT, 2),
        (Priority.CRITICAL, 1),
    ],
)
def test_each_priority_has_the_hours_of_the_contract(priority: Priority, hours: int) -> None:
    assert a_ticket(priority=priority).sla.due_at == later(hours=hours)


def started(**changes: object) -> Ticket:
    ticket = a_ticket(**changes)
    ticket.act(MARTA, Action.START, MORNING)
    return ticket


@given(st.lists(st.tuples(spans, spans), max_size=6))
def test_every_pause_moves_the_due_time_by_exactly_the_paused_time(
    stretches: list[tuple[timedelta, timedelta]],
) -> None:
    ticket, now, paused = started(), MORNING, timedelta()
    for working, pausing in stretches:
        ticket.act(MARTA, Action.PAUSE, now := now + working)
        ticket.act(MARTA, Action.RESUME, now := now + pausing)
        paused += pausing
    assert ticket.sla.due_at == later(hours=24) + paused
    assert ticket.sla.remaining(now) == ticket.sla.due_at - now


@given(working=spans, looking=spans)
def test_what_is_left_stands_still_while_paused(working: timedelta, looking: timedelta) -> None:
    ticket = started()
    ticket.act(MARTA, Action.PAUSE, MORNING + working)
    assert ticket.sla.remaining(MORNING + working + looking) == timedelta(hours=24) - working


@pytest.mark.parametrize("ending", [Action.RESOLVE, Action.CLOSE, Action.CANCEL, Action.ARCHIVE])
@given(working=spans, looking=spans)
def test_what_is_left_stands_still_once_the_work_has_ended(
    ending: Action, working: timedelta, looking: timedelta
) -> None:
    ticket = started()
    ticket.act(MARTA, ending, MORNING + working)
    assert ticket.sla.remaining(MORNING + working + looking) == timedelta(hours=24) - working


def test_closing_a_resolved_ticket_does_not_count_the_time_until_then() -> None:
    ticket = started()
    ticket.act(MARTA, Action.RESOLVE, later(hours=1))
    ticket.act(MARTA, Action.CLOSE, later(hours=50))
    assert ticket.sla.remaining(later(hours=60)) == timedelta(hours=23)


def test_reopening_lets_the_clock_run_on_from_the_creation() -> None:
    ticket = started()
    ticket.act(MARTA, Action.RESOLVE, later(hours=1))
    ticket.act(MARTA, Action.REOPEN, later(hours=5))
    assert ticket.sla.due_at == later(hours=24)
    assert ticket.sla.remaining(later(hours=6)) == timedelta(hours=18)


def test_resolving_while_paused_counts_the_pause() -> None:
    ticket = started()
    ticket.act(MARTA, Action.PAUSE, later(hours=1))
    ticket.act(MARTA, Action.RESOLVE, later(hours=4))
    assert ticket.sla.due_at == later(hours=27)
    assert ticket.sla.remaining(later(hours=40)) == timedelta(hours=23)


def test_a_reply_on_a_pending_ticket_moves_the_due_time_by_the_wait() -> None:
    ticket = started()
    ticket.act(MARTA, Action.PAUSE, later(hours=1))
    ticket.reply(ANA, a_message(later(hours=9)))
    assert ticket.status is Status.IN_PROGRESS
    assert ticket.sla.due_at == later(hours=32)


@given(spans, spans, st.sampled_from(Priority))
def test_reclassifying_works_the_due_time_out_anew_from_the_creation(
    working: timedelta, pausing: timedelta, priority: Priority
) -> None:
    ticket = started()
    ticket.act(MARTA, Action.PAUSE, MORNING + working)
    ticket.act(MARTA, Action.RESUME, MORNING + working + pausing)
    ticket.reclassify(MARTA, priority, "billing", POLICY, MORNING + working + pausing)
    assert ticket.sla.due_at == MORNING + timedelta(hours=POLICY.hours[priority]) + pausing


def test_reclassifying_while_paused_leaves_the_clock_standing() -> None:
    ticket = started()
    ticket.act(MARTA, Action.PAUSE, later(hours=1))
    ticket.reclassify(MARTA, Priority.HIGH, "billing", POLICY, later(hours=2))
    assert ticket.sla.remaining(later(hours=3)) == timedelta(hours=3)
    ticket.act(MARTA, Action.RESUME, later(hours=3))
    assert ticket.sla.due_at == later(hours=6)


def test_a_clock_set_back_during_a_pause_takes_no_time_away() -> None:
    ticket = started()
    ticket.act(MARTA, Action.PAUSE, later(hours=3))
    ticket.act(MARTA, Action.RESUME, later(hours=2))
    assert ticket.sla.due_at == later(hours=24)


def test_a_day_of_summer_time_has_as_many_hours_as_any_other() -> None:
    before_the_change = datetime(2026, 3, 28, 12, 0, tzinfo=ZoneInfo("Europe/Madrid")).astimezone(UTC)
    ticket = a_ticket(created_at=before_the_change)
    assert ticket.sla.due_at - before_the_change == timedelta(hours=24)
    assert ticket.sla.due_at.astimezone(ZoneInfo("Europe/Madrid")).hour == 13
