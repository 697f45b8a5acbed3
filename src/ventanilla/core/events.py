"""Facts, past tense: the append-only history of a ticket."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ventanilla.core.people import Actor, ActorKind, Role


class EventKind(StrEnum):
    OPENED = "ticket.opened"
    STARTED = "ticket.started"
    ASSIGNED = "ticket.assigned"
    TRANSFERRED = "ticket.transferred"
    RECLASSIFIED = "ticket.reclassified"
    UPDATED = "ticket.updated"
    PAUSED = "ticket.paused"
    RESUMED = "ticket.resumed"
    RESOLVED = "ticket.resolved"
    CLOSED = "ticket.closed"
    CANCELLED = "ticket.cancelled"
    ARCHIVED = "ticket.archived"
    REOPENED = "ticket.reopened"
    READ = "ticket.read"
    UNREAD = "ticket.unread"
    EDITED = "ticket.edited"
    TAGGED = "ticket.tagged"
    FILLED_IN = "ticket.filled_in"
    SNOOZED = "ticket.snoozed"
    WOKEN = "ticket.woken"
    MERGED = "ticket.merged"
    UNMERGED = "ticket.unmerged"
    TOOK_IN = "ticket.took_in"
    LET_GO = "ticket.let_go"
    SPLIT = "ticket.split"
    LINKED = "ticket.linked"
    UNLINKED = "ticket.unlinked"
    ANSWERED = "message.answered"
    REPLIED = "message.replied"
    NOTED = "message.noted"
    ATTACHED = "attachment.added"
    DETACHED = "attachment.removed"


INTERNAL_KINDS = frozenset(
    {
        EventKind.NOTED,
        EventKind.READ,
        EventKind.UNREAD,
        EventKind.TAGGED,
        EventKind.FILLED_IN,
        EventKind.SNOOZED,
        EventKind.WOKEN,
        EventKind.TOOK_IN,
        EventKind.LET_GO,
        EventKind.SPLIT,
        EventKind.LINKED,
        EventKind.UNLINKED,
    }
)
"""Facts that never show outside the staff."""

LOOKS = frozenset({EventKind.READ, EventKind.UNREAD})
"""Facts of who looked at a ticket, which change nothing in what there is to do."""

Change = tuple[str | None, str | None]
"""A tracked value before and after."""


@dataclass(frozen=True, slots=True)
class ActorStamp:
    """Who did it, as the history keeps it. `subject` is the actor's id as their issuer gave it."""

    kind: ActorKind
    name: str
    role: Role | None
    subject: str | None

    @classmethod
    def of(cls, actor: Actor, name: str = "") -> "ActorStamp":
        subject = actor.identity.subject if actor.identity else None
        return cls(actor.kind, name or actor.display_name, actor.role, subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One fact. `changes` maps a tracked field to its value before and after."""

    kind: EventKind
    at: datetime
    actor: ActorStamp
    reason: str | None = None
    changes: Mapping[str, Change]
    message: UUID | None = None
    id: int = 0

    @property
    def is_internal(self) -> bool:
        return self.kind in INTERNAL_KINDS

    def is_by(self, actor: Actor) -> bool:
        stamp = ActorStamp.of(actor)
        return (self.actor.kind, self.actor.subject, self.actor.name) == (stamp.kind, stamp.subject, stamp.name)


def replay(events: Iterable[Event]) -> dict[str, str | None]:
    """Return the tracked values that a history leads to."""
    state: dict[str, str | None] = {}
    for event in events:
        for field, (_, after) in event.changes.items():
            state[field] = after
    return state
