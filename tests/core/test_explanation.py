"""A due time is explained by what made it: every pause is told, and they add up."""

from collections.abc import Callable
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import MORNING
from tests.core.tickets import POLICY, a_message, a_ticket, later
from tests.people import ALICIA, ANA, MARTA
from ventanilla.core.errors import Conflict
from ventanilla.core.explanation import Step, StepKind, explain
from ventanilla.core.lifecycle import Action, Status
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Priority

Deed = Callable[[Ticket, datetime], None]

STEPS = (Action.START, Action.PAUSE, Action.RESUME, Action.RESOLVE, Action.CLOSE, Action.REOPEN)


def step(action: Action) -> Deed:
    return lambda ticket, at: ticket.act(MARTA, action, at)


def override(status: Status) -> Deed:
    return lambda ticket, at: ticket.override_status(ALICIA, status, at)


def priority(wanted: Priority) -> Deed:
    return lambda ticket, at: ticket.reclassify(MARTA, wanted, "technical", POLICY, at)


def reply(ticket: Ticket, at: datetime) -> None:
    ticket.reply(ANA, a_message(at))


DEEDS: dict[str, Deed] = {
    **{f"step {action}": step(action) for action in STEPS},
    **{f"override {status}": override(status) for status in Status},
    **{f"priority {wanted}": priority(wanted) for wanted in Priority},
    "reply": reply,
}


def opened() -> Ticket:
    ticket = a_ticket()
    ticket.record_opening(ANA, a_message(MORNING))
    return ticket


def told(ticket: Ticket, now: datetime) -> list[Step]:
    return explain(ticket.sla, POLICY.hours, ticket.facts, now)


def test_a_ticket_that_nothing_happened_to_is_due_its_hours_after_it_was_opened() -> None:
    assert told(opened(), later(hours=1)) == [
        Step(StepKind.STARTED, MORNING),
        Step(StepKind.TARGET, MORNING, hours=24, priority=Priority.NORMAL),
        Step(StepKind.DUE, later(hours=24)),
    ]


def test_a_pause_moves_the_due_time_on_and_is_told_with_its_length() -> None:
    ticket = opened()
    ticket.act(MARTA, Action.START, later(hours=1))
    ticket.act(MARTA, Action.PAUSE, later(hours=2))
    ticket.reply(ANA, a_message(later(hours=5)))
    ticket.act(MARTA, Action.RESOLVE, later(hours=6))
    assert told(ticket, later(hours=9))[2:] == [
        Step(StepKind.PAUSED, later(hours=2), until=later(hours=5), length=timedelta(hours=3)),
        Step(StepKind.RESUMED, later(hours=5)),
        Step(StepKind.STOPPED, later(hours=6)),
        Step(StepKind.DUE, later(hours=27)),
    ]


def test_a_pause_that_still_lasts_has_no_end_yet() -> None:
    ticket = opened()
    ticket.override_status(ALICIA, Status.PENDING, later(hours=2))
    assert told(ticket, later(hours=3))[2] == Step(StepKind.PAUSED, later(hours=2), length=timedelta(hours=1))


def test_a_ticket_that_is_set_aside_twice_is_paused_once() -> None:
    ticket = opened()
    ticket.override_status(ALICIA, Status.PENDING, later(hours=1))
    ticket.override_status(ALICIA, Status.PENDING, later(hours=2))
    ticket.override_status(ALICIA, Status.IN_PROGRESS, later(hours=4))
    assert told(ticket, later(hours=5))[2:] == [
        Step(StepKind.PAUSED, later(hours=1), until=later(hours=4), length=timedelta(hours=3)),
        Step(StepKind.RESUMED, later(hours=4)),
        Step(StepKind.DUE, later(hours=27)),
    ]


def test_another_priority_is_another_target() -> None:
    ticket = opened()
    ticket.reclassify(MARTA, Priority.HIGH, "technical", POLICY, later(hours=1))
    steps = told(ticket, later(hours=2))
    assert [(one.priority, one.hours) for one in steps if one.kind is StepKind.TARGET] == [
        (Priority.NORMAL, 24),
        (Priority.HIGH, 4),
    ]
    assert steps[-1].at == later(hours=4)


@given(deeds=st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(-5, 90)), max_size=12))
def test_whatever_happens_the_pauses_add_up_to_the_due_time(deeds: list[tuple[str, int]]) -> None:
    ticket, at = opened(), MORNING
    for name, minutes in deeds:
        at += timedelta(minutes=minutes)  # also backwards: a clock may be set back
        try:
            DEEDS[name](ticket, at)
        except Conflict:
            continue
    steps = told(ticket, at)
    over = sum((one.length or timedelta() for one in steps if one.until), timedelta())
    assert over == ticket.sla.paused
    assert steps[-1] == Step(StepKind.DUE, MORNING + timedelta(hours=ticket.sla.hours) + over)
    assert bool([step for one in steps if one.kind is StepKind.PAUSED and not one.until]) == (
        ticket.sla.paused_at is not None
    )
    last = [one.hours for one in steps if one.kind is StepKind.TARGET][-1]
    assert last == ticket.sla.hours
