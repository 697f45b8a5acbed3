"""What happens on the sample desk, and when: the same for the same seed, however often it is asked."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from ventanilla.actions import changing, triage
from ventanilla.actions.opening import TicketDraft
from ventanilla.cli.samples import furnishing, furniture, stories
from ventanilla.cli.samples.voices import Voices
from ventanilla.core.people import Actor, Agent
from ventanilla.core.words import Channel

DAYS = 35
_OPENS, _CLOSES = 7 * 60, 20 * 60
"""Minutes of the day, UTC, between which people write."""
_YOUNGEST = timedelta(minutes=20)

_CHANNELS = {
    Channel.MESA: 30,
    Channel.DEBUTA: 22,
    Channel.SUPPORT: 18,
    Channel.MOBILE: 16,
    Channel.KINCONECTA: 14,
}


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody opens a ticket. `story` is its number in the plan."""

    at: datetime
    story: int
    actor: Actor
    draft: TicketDraft


@dataclass(frozen=True, slots=True)
class Deed:
    """Somebody does something to a ticket: `action(tx, actor, ref, *args)`."""

    at: datetime
    story: int
    actor: Actor
    action: Callable[..., Awaitable[Any]]
    args: tuple[Any, ...]


def plan(seed: int, tickets: int, now: datetime, staff: Sequence[Agent]) -> list[Opening | Deed]:
    """Return everything that happens until `now`, in the order in which it happens."""
    chance = Random(seed)  # noqa: S311 - samples, not secrets
    # With chances of their own, so that what is said does not hang on what stands around it.
    labelling, around = Random(f"labels {seed}"), furniture()  # noqa: S311
    voices = Voices(chance)
    starts = sorted(_start(chance, now) for _ in range(tickets))
    channels = chance.choices(list(_CHANNELS), list(_CHANNELS.values()), k=tickets)
    steps: list[Opening | Deed] = []
    for number, (start, channel) in enumerate(zip(starts, channels, strict=True)):
        told = voices.opening(channel)
        steps.append(Opening(start, number, told.actor, told.draft))
        for step in stories.tell(chance, told, start, now, staff):
            steps.append(Deed(step.at, number, step.actor, step.action, step.args))
            if step.action is triage.assign:
                change = furnishing.labels(labelling, around, told.case.topic)
                steps.append(Deed(step.at, number, step.actor, changing.change, (change,)))
    return sorted(steps, key=lambda step: (step.at, step.story))


def _start(chance: Random, now: datetime) -> datetime:
    while True:
        midnight = (now - timedelta(days=chance.randrange(DAYS))).replace(hour=0, minute=0, second=0, microsecond=0)
        start = midnight + timedelta(minutes=chance.randrange(_OPENS, _CLOSES), seconds=chance.randrange(60))
        if start < now - _YOUNGEST:
            return start
