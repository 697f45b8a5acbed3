"""How a due time came about: which target, when the clock started, what paused it, what is left of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ventanilla.core.events import Event
from ventanilla.core.lifecycle import LIVE, Status
from ventanilla.core.sla import SlaClock
from ventanilla.core.words import Priority


class StepKind(StrEnum):
    TARGET = "target"
    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    STOPPED = "stopped"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the explanation. A target has `hours` and `priority`, a pause its length and (once over) its end."""

    kind: StepKind
    at: datetime
    until: datetime | None = None
    hours: int | None = None
    priority: Priority | None = None
    length: timedelta | None = None


def explain(clock: SlaClock, hours: Mapping[Priority, int], events: Iterable[Event], now: datetime) -> list[Step]:
    """Return the steps from the opening to the due time, in order.

    The lengths of the pauses add up to what the clock was moved on by, with the one that still lasts at `now`. `hours`
    is the policy of today: an earlier target is told with what it would be now, the last one with what holds.
    """
    steps = [Step(StepKind.STARTED, clock.started_at)]
    for event in events:
        steps += _targets(event, hours)
        steps += _turns(event, steps)
    steps = _with_current_target(steps, clock)
    if clock.paused_at is not None:
        place = max(number for number, step in enumerate(steps) if step.kind is StepKind.PAUSED)
        steps[place] = Step(StepKind.PAUSED, steps[place].at, length=max(now - clock.paused_at, timedelta()))
    return [*steps, Step(StepKind.DUE, clock.due_at)]


def _targets(event: Event, hours: Mapping[Priority, int]) -> Iterator[Step]:
    _, word = event.changes.get("priority", (None, None))
    if word is not None:
        priority = Priority(word)
        yield Step(StepKind.TARGET, event.at, hours=hours[priority], priority=priority)


def _turns(event: Event, steps: list[Step]) -> Iterator[Step]:
    """Return what a change of status does to the clock; a pause that it ends is completed where it stands."""
    before, after = event.changes.get("status", (None, None))
    if before is None or after is None:
        return
    if before == Status.PENDING:
        yield _end_of_pause(event.at, steps)
    if after == Status.PENDING:
        yield Step(StepKind.PAUSED, event.at)
    elif Status(after) not in LIVE and Status(before) in LIVE:
        yield Step(StepKind.STOPPED, event.at)
    elif Status(after) in LIVE and Status(before) not in LIVE:
        yield Step(StepKind.RESUMED, event.at)


def _end_of_pause(at: datetime, steps: list[Step]) -> Step:
    place = max(number for number, step in enumerate(steps) if step.kind is StepKind.PAUSED)
    began = steps[place].at
    steps[place] = Step(StepKind.PAUSED, began, until=at, length=max(at - began, timedelta()))
    return Step(StepKind.RESUMED, at)


def _with_current_target(steps: list[Step], clock: SlaClock) -> list[Step]:
    targets = [number for number, step in enumerate(steps) if step.kind is StepKind.TARGET]
    if targets:
        last = steps[targets[-1]]
        steps[targets[-1]] = Step(StepKind.TARGET, last.at, hours=clock.hours, priority=last.priority)
    return steps
