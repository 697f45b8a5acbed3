"""What an agent is told of, because it concerns them: the rules for who is told of which fact."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from ventanilla.core.events import Event, EventKind
from ventanilla.core.people import ActorKind, AgentRef
from ventanilla.core.ticket import Ticket

WARNED_BEFORE = timedelta(minutes=30)
"""So long before a ticket is due its agent is told, unless the operator says otherwise."""
WARNED_AFTER = timedelta(hours=24)
"""So long after it was due an agent is still told, if nobody could before."""
KEPT_READ = timedelta(days=30)
KEPT = timedelta(days=90)
"""Read ones, and all."""


class NotificationKind(StrEnum):
    ASSIGNED = "assigned"
    MENTIONED = "mentioned"
    REPLIED = "replied"
    BREACHING = "breaching"


class Notice(NamedTuple):
    """An agent is to be told of something; `actor` is the name of who did it."""

    kind: NotificationKind
    agent_id: int
    actor: str


class Subject(NamedTuple):
    """The ticket that a notification is about."""

    id: int
    label: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """`id` is the store's; higher ones are newer."""

    id: int
    uuid: UUID
    kind: NotificationKind
    ticket: Subject
    actor: str | None
    at: datetime
    read_at: datetime | None


def notices(ticket: Ticket) -> list[Notice]:
    """Return who is to be told of what was just done to a ticket: nobody of what they did themselves."""
    agent = ticket.assignee
    if agent is None:
        return []
    told = [Notice(kind, agent.id, fact.actor.name) for kind, fact in _concerning(ticket.facts) if not _is(fact, agent)]
    return list(dict.fromkeys(told))


def takes_away(ticket: Ticket) -> bool:
    """Tell whether what was just done to a ticket took it from somebody."""
    return any(fact.changes.get("assignee", (None, None))[0] is not None for fact in ticket.facts)


def _concerning(facts: Iterable[Event]) -> Iterable[tuple[NotificationKind, Event]]:
    for fact in facts:
        if "assignee" in fact.changes:
            yield NotificationKind.ASSIGNED, fact
        elif fact.kind is EventKind.REPLIED:
            yield NotificationKind.REPLIED, fact


def _is(fact: Event, agent: AgentRef) -> bool:
    return fact.actor.kind is ActorKind.AGENT and fact.actor.subject == agent.subject
