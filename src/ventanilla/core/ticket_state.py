"""What a ticket is, and how a change of it is recorded. What can be done to it are the verbs of `core/ticket.py`."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from ventanilla.core import ids
from ventanilla.core.access_keys import is_access_key
from ventanilla.core.errors import TransitionRefused
from ventanilla.core.events import ActorStamp, Event, EventKind
from ventanilla.core.lifecycle import CLOSE_REASONS, LIVE, Action, CloseReason, Status, next_status
from ventanilla.core.people import Actor, AgentRef, Contact, Identity, PersonRef, Requester
from ventanilla.core.sla import SlaClock
from ventanilla.core.thread import Message
from ventanilla.core.words import Channel, Priority, RequestType, Topic, topic_of

TITLE_LENGTH = 80


@dataclass(slots=True, kw_only=True)
class TicketState:
    """One request for help. `id` and the label's number are 0 until it is stored; times are UTC.

    `merged_into_id` is the ticket that goes on in its place. `tags` and `fields` (key to value) come with it only where
    they are asked for. `facts` holds what the verbs recorded since the ticket was loaded; saving the ticket stores and
    clears them.
    """

    id: int = 0
    uuid: UUID
    label: ids.Label
    channel: Channel
    requester: Requester
    contact: Contact
    subject: str | None
    description: str
    category: str
    subcategory: str | None = None
    request_type: RequestType = RequestType.SERVICE
    role_context: str | None = None
    area: str
    assignee: AgentRef | None = None
    priority: Priority
    status: Status = Status.OPEN
    close_reason: CloseReason | None = None
    resolution_note: str | None = None
    sla: SlaClock
    is_read: bool = False
    address: str = ""
    access_key_hash: bytes | None = None
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    last_reply_at: datetime | None = None
    last_answer_at: datetime | None = None
    last_answer: str | None = None
    snoozed_until: datetime | None = None
    merged_into_id: int | None = None
    tags: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    version: int = 1
    facts: list[Event] = field(default_factory=list)

    @property
    def object_id(self) -> ids.ObjectId:
        return ids.object_id(self.created_at, self.id)

    @property
    def asked_by(self) -> PersonRef:
        told, profile = self.contact, self.requester.profile
        return PersonRef(self.requester.id, told.name or profile.name, told.email or profile.email)

    @property
    def is_assigned(self) -> bool:
        return self.assignee is not None

    @property
    def owner(self) -> Identity:
        return self.requester.identity

    @property
    def requester_subject(self) -> str:
        return self.requester.identity.subject

    @property
    def topic(self) -> Topic:
        return topic_of(self.category)

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    def is_snoozed(self, now: datetime) -> bool:
        """Tell whether it is out of the queue at `now`: it comes back by itself."""
        return self.snoozed_until is not None and self.snoozed_until > now

    @property
    def title(self) -> str:
        return title_of(self.subject, self.description)

    def opens_with(self, access_key: str | None) -> bool:
        """Tell whether `access_key` is this ticket's own."""
        return is_access_key(access_key, self.access_key_hash)

    def _step(self, action: Action, at: datetime) -> None:
        target = next_status(self.status, self.close_reason, action)
        if target is not self.status:
            self._enter(target, CLOSE_REASONS.get(action), at)

    def _enter(self, status: Status, reason: CloseReason | None, at: datetime) -> None:
        if self.merged_into_id is not None:
            raise TransitionRefused(self.status, f"move to {status}")
        if self.status is Status.PENDING and status is not Status.PENDING:
            self.sla = self.sla.resume(at)
        self.status = status
        self.close_reason = reason
        if not self.is_live:
            self.snoozed_until = None
        match status:
            case Status.PENDING:
                self.sla = self.sla.restart().pause(self.sla.paused_at or at)
                self.resolved_at = self.closed_at = None
            case Status.RESOLVED:
                self.sla = self.sla.stop(at)
                self.resolved_at, self.closed_at = at, None
            case Status.CLOSED:
                self.sla = self.sla.stop(at)
                self.closed_at = at
            case Status.OPEN | Status.IN_PROGRESS:
                self.sla = self.sla.restart()
                self.resolved_at = self.closed_at = None

    @contextmanager
    def _recording(
        self, kind: EventKind, actor: Actor, at: datetime, reason: str | None = None, message: Message | None = None
    ) -> Iterator[None]:
        before = self._tracked() | self._details()
        yield
        after = self._tracked() | self._details()
        names = dict.fromkeys([*before, *after])
        changes = {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}
        fact = Event(
            kind=kind,
            at=at,
            actor=ActorStamp.of(actor),
            reason=reason,
            changes=changes,
            message=message.uuid if message else None,
        )
        self.facts.append(fact)
        if not fact.is_internal:
            self.updated_at = max(self.updated_at, at)

    def _tracked(self) -> dict[str, str | None]:
        return {
            "status": self.status.value,
            "close_reason": self.close_reason.value if self.close_reason else None,
            "priority": self.priority.value,
            "area": self.area,
            "category": self.category,
            "assignee": self.assignee.subject if self.assignee else None,
            "resolution_note": self.resolution_note,
        }

    def _details(self) -> dict[str, str | None]:
        """What is tracked as well, but not told when a ticket is opened."""
        return {
            "subject": self.subject,
            "subcategory": self.subcategory,
            "snoozed_until": self.snoozed_until.isoformat() if self.snoozed_until else None,
            "merged_into": str(self.merged_into_id) if self.merged_into_id else None,
            "tags": ", ".join(self.tags) or None,
            **{f"field.{key}": value for key, value in self.fields.items()},
        }


def title_of(subject: str | None, description: str) -> str:
    """Return the subject, or the beginning of the description where the channel asks for no subject."""
    if subject:
        return subject
    first_line = description.partition("\n")[0]
    return first_line if len(first_line) <= TITLE_LENGTH else first_line[: TITLE_LENGTH - 1] + "…"
