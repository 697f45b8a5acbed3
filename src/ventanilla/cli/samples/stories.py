"""How a sample ticket goes on after it was opened."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Any

from ventanilla.actions import threads, triage
from ventanilla.cli.samples.voices import Told
from ventanilla.core.lifecycle import Action, Status
from ventanilla.core.people import Actor, ActorKind, Agent, Profile, Role
from ventanilla.core.sla import DEFAULT_HOURS

Act = Callable[..., Awaitable[Any]]
Move = tuple[Act, Actor, tuple[Any, ...]]

_SHORTEST_GAP = timedelta(minutes=3)


class Fate(StrEnum):
    """How far a story has come."""

    UNTOUCHED = "untouched"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    PAUSED = "paused"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


_AGES = (timedelta(days=1), timedelta(days=7), timedelta.max)
_FATES: Mapping[Fate, tuple[int, int, int]] = {
    Fate.UNTOUCHED: (34, 7, 0),
    Fate.ASSIGNED: (24, 7, 0),
    Fate.ANSWERED: (24, 18, 5),
    Fate.PAUSED: (6, 10, 5),
    Fate.RESOLVED: (12, 26, 18),
    Fate.REOPENED: (0, 5, 3),
    Fate.CLOSED: (0, 22, 56),
    Fate.CANCELLED: (0, 5, 7),
    Fate.ARCHIVED: (0, 0, 6),
}
"""What has become of tickets, out of a hundred: of those up to a day old, up to a week, and older."""


@dataclass(frozen=True, slots=True)
class Step:
    at: datetime
    action: Act
    actor: Actor
    args: tuple[Any, ...]


def tell(chance: Random, told: Told, start: datetime, now: datetime, staff: Sequence[Agent]) -> Iterator[Step]:
    """Yield what happens to a ticket opened at `start`, as far as it has happened by `now`."""
    age = next(number for number, limit in enumerate(_AGES) if now - start <= limit)
    (fate,) = chance.choices(list(_FATES), [weights[age] for weights in _FATES.values()])
    moves = list(_Teller(chance, told, staff).moves(fate))
    hours = DEFAULT_HOURS[told.draft.priority] * chance.uniform(0.15, 1.25)
    at = start
    for action, actor, args in moves:
        at += max(timedelta(hours=hours / len(moves)) * chance.uniform(0.3, 1.7), _SHORTEST_GAP)
        if at >= now:
            return
        yield Step(at.replace(microsecond=0), action, actor, args)


class _Teller:
    def __init__(self, chance: Random, told: Told, staff: Sequence[Agent]) -> None:
        self._chance = chance
        self._told = told
        self._front = next(agent for agent in staff if agent.role is Role.AGENT)
        own = [agent for agent in staff if told.case.area in agent.areas]
        supervisors = [agent for agent in staff if agent.role is Role.SUPERVISOR]
        self._worker = chance.choice([*own, *own, self._front] if own else [self._front, self._front, *supervisors])

    def moves(self, fate: Fate) -> Iterator[Move]:
        if fate is Fate.UNTOUCHED:
            yield from self._reply(self._told.tongue.reminders, 0.2)
            return
        if fate is Fate.CANCELLED:
            yield self._act(Action.CANCEL, self._say(self._told.tongue.cancellations))
            return
        yield from self._pick_up()
        if fate is not Fate.ASSIGNED:
            yield from self._talk()
        yield from self._end(fate)

    def _pick_up(self) -> Iterator[Move]:
        told, front = self._told, as_actor(self._front)
        if told.draft.area is None and told.case.area != "MESA":
            yield triage.transfer, front, (told.case.area, None, "agent", self._say(told.tongue.handovers))
        if told.case.priority is not told.draft.priority and self._chance.random() < 0.6:
            yield triage.reclassify, front, (told.case.priority, told.case.category, self._say(told.tongue.urgencies))
        yield triage.assign, front, (self._worker.identity.subject, "agent")

    def _talk(self) -> Iterator[Move]:
        case = self._told.case
        if self._chance.random() < 0.45:
            yield threads.note, as_actor(self._worker), (self._say(case.notes),)
        answers = self._chance.sample(case.answers, len(case.answers))
        yield self._answer(answers[:1])
        yield from self._reply(case.replies, 0.6)
        if len(answers) > 1 and self._chance.random() < 0.35:
            yield self._answer(answers[1:])

    def _end(self, fate: Fate) -> Iterator[Move]:
        if fate is Fate.PAUSED:
            yield self._act(Action.PAUSE, self._say(self._told.tongue.pauses))
        if fate not in (Fate.RESOLVED, Fate.REOPENED, Fate.CLOSED, Fate.ARCHIVED):
            return
        solution = self._say(self._told.case.solutions)
        yield threads.answer, as_actor(self._worker), (solution,)
        yield from self._reply(self._told.tongue.thanks, 0.5)
        resolved = triage.Amendment(statuses=(Status.RESOLVED,), resolution_note=solution)
        yield triage.amend, as_actor(self._worker), (resolved,)
        if fate is Fate.REOPENED:
            yield from self._reply(self._told.tongue.relapses, 1)
        if fate is Fate.ARCHIVED:
            yield self._act(Action.ARCHIVE, None)
        if fate is Fate.CLOSED:
            yield self._close()

    def _close(self) -> Move:
        if self._told.may_reply and self._chance.random() < 0.4:
            return triage.withdraw, self._told.actor, ()
        return self._act(Action.CLOSE, None)

    def _act(self, action: Action, reason: str | None) -> Move:
        return triage.act, as_actor(self._worker if action is not Action.CANCEL else self._front), (action, reason)

    def _answer(self, texts: Sequence[str]) -> Move:
        return threads.answer, as_actor(self._worker), (self._say(texts),)

    def _reply(self, texts: Sequence[str], likely: float) -> Iterator[Move]:
        if self._told.may_reply and self._chance.random() < likely:
            yield threads.reply, self._told.actor, (self._say(texts),)

    def _say(self, texts: Sequence[str]) -> str:
        return self._chance.choice(texts).format_map(self._told.facts)


def as_actor(agent: Agent) -> Actor:
    """Return a staff account as somebody who calls."""
    profile = Profile(name=agent.name, email=agent.email)
    return Actor(kind=ActorKind.AGENT, identity=agent.identity, profile=profile, role=agent.role, areas=agent.areas)
