"""The ticket and its verbs. Each verb asks the lifecycle, changes the ticket and records one fact."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from uuid import UUID

from ventanilla.core import ids
from ventanilla.core.events import ActorStamp, Change, Event, EventKind
from ventanilla.core.lifecycle import CLOSE_REASONS, LIVE, Action, CloseReason, Status, action_towards, next_status
from ventanilla.core.people import Actor, AgentRef, Contact, Identity, PersonRef, Requester
from ventanilla.core.sla import SlaClock, SlaPolicy
from ventanilla.core.thread import Message
from ventanilla.core.words import Channel, Priority, RequestType, Topic, topic_of

TITLE_LENGTH = 80

_EVENT_OF: Mapping[Action, EventKind] = {
    Action.START: EventKind.STARTED,
    Action.PAUSE: EventKind.PAUSED,
    Action.RESUME: EventKind.RESUMED,
    Action.RESOLVE: EventKind.RESOLVED,
    Action.CLOSE: EventKind.CLOSED,
    Action.CONFIRM: EventKind.CLOSED,
    Action.WITHDRAW: EventKind.CLOSED,
    Action.CANCEL: EventKind.CANCELLED,
    Action.ARCHIVE: EventKind.ARCHIVED,
    Action.REOPEN: EventKind.REOPENED,
}


@dataclass(slots=True, kw_only=True)
class Ticket:
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

    def reply(self, actor: Actor, message: Message) -> None:
        """The requester writes. A resolved ticket opens again, a pending one goes on."""
        with self._recording(EventKind.REPLIED, actor, message.created_at, message=message):
            self._step(Action.REPLY, message.created_at)
            self.last_reply_at = message.created_at
            self.is_read = False

    def answer(self, actor: Actor, message: Message) -> None:
        """Staff write to the requester; an open ticket is picked up by it."""
        with self._recording(EventKind.ANSWERED, actor, message.created_at, message=message):
            self._take_answer(message)

    def note(self, actor: Actor, message: Message) -> None:
        """Staff write to each other. The requester never sees it, not even as a change."""
        with self._recording(EventKind.NOTED, actor, message.created_at, message=message):
            self._step(Action.NOTE, message.created_at)

    def assign(self, actor: Actor, agent: AgentRef | None, at: datetime, reason: str | None = None) -> None:
        """Give the ticket to `agent`, or to nobody. Giving an open ticket to somebody picks it up."""
        with self._recording(EventKind.ASSIGNED, actor, at, reason):
            self._step(Action.ASSIGN if agent else Action.TRANSFER, at)
            self.assignee = agent

    def transfer(self, actor: Actor, area: str, agent: AgentRef | None, at: datetime, reason: str | None) -> None:
        """Hand the ticket to another area, there to `agent` or to nobody yet."""
        with self._recording(EventKind.TRANSFERRED, actor, at, reason):
            self._step(Action.TRANSFER, at)
            self.area = area
            self.assignee = agent

    def reclassify(
        self,
        actor: Actor,
        priority: Priority,
        category: str,
        policy: SlaPolicy,
        at: datetime,
        reason: str | None = None,
    ) -> None:
        """Change priority and category; the due time is worked out anew from the creation."""
        with self._recording(EventKind.RECLASSIFIED, actor, at, reason):
            self._step(Action.RECLASSIFY, at)
            self.category = category
            self._set_priority(priority, policy)

    def update(
        self,
        actor: Actor,
        status: Status,
        priority: Priority,
        area: str,
        policy: SlaPolicy,
        at: datetime,
        answer: Message | None = None,
    ) -> None:
        """Change status, priority and area at once, as one fact; an `answer` is a fact of its own that changes nothing.

        `status` is where the ticket ends up: what the answer alone makes of it, or another one.
        """
        with self._recording(EventKind.UPDATED, actor, at):
            if answer:
                self._take_answer(answer)
                with self._recording(EventKind.ANSWERED, actor, at, message=answer):
                    pass
            self._step(Action.RECLASSIFY, at)
            if status is not self.status:
                self._step(action_towards(self.status, status), at)
            self.area = area
            self._set_priority(priority, policy)

    def act(self, actor: Actor, action: Action, at: datetime, reason: str | None = None) -> None:
        """Take one step of the lifecycle: start, pause, resume, resolve, close, cancel, archive, reopen, …"""
        with self._recording(_EVENT_OF[action], actor, at, reason):
            self._step(action, at)

    def leave_resolution_note(self, actor: Actor, note: str, at: datetime) -> None:
        """Tell the requester how it was solved."""
        with self._recording(EventKind.UPDATED, actor, at):
            self.resolution_note = note

    def override_status(self, actor: Actor, status: Status, at: datetime) -> None:
        """Move to any state, also where the table has no step (contract 1 lets an admin do so)."""
        with self._recording(EventKind.UPDATED, actor, at):
            self._enter(status, None, at)

    def retag(self, actor: Actor, tags: tuple[str, ...], at: datetime) -> None:
        """Put exactly these tags on it, once it has come with those that it has. The same ones are no fact."""
        if tags != self.tags:
            changes: dict[str, Change] = {"tags": (", ".join(self.tags) or None, ", ".join(tags) or None)}
            self.tags = tags
            self._record(EventKind.UPDATED, actor, at, changes)

    def mark_read(self, actor: Actor, at: datetime) -> None:
        """Staff have seen it. Nothing that the requester may notice."""
        if not self.is_read:
            with self._recording(EventKind.READ, actor, at):
                self.is_read = True

    def record_files(self, actor: Actor, kind: EventKind, names: str, at: datetime) -> None:
        """Note in the history that files came or went."""
        with self._recording(kind, actor, at, names):
            pass

    def record_opening(self, actor: Actor, message: Message) -> None:
        """Record that the ticket was opened with `message`."""
        changes: dict[str, Change] = {name: (None, value) for name, value in self._tracked().items()}
        stamp = ActorStamp.of(actor, self.contact.name)
        self.facts.append(
            Event(kind=EventKind.OPENED, at=self.created_at, actor=stamp, changes=changes, message=message.uuid)
        )

    def _take_answer(self, message: Message) -> None:
        self._step(Action.ANSWER, message.created_at)
        self.last_answer_at = message.created_at
        self.last_answer = message.body
        self.is_read = True

    def _step(self, action: Action, at: datetime) -> None:
        target = next_status(self.status, self.close_reason, action)
        if target is not self.status:
            self._enter(target, CLOSE_REASONS.get(action), at)

    def _enter(self, status: Status, reason: CloseReason | None, at: datetime) -> None:
        if self.status is Status.PENDING:
            self.sla = self.sla.resume(at)
        self.status = status
        self.close_reason = reason
        match status:
            case Status.PENDING:
                self.sla = self.sla.restart().pause(at)
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

    def _set_priority(self, priority: Priority, policy: SlaPolicy) -> None:
        if priority is not self.priority:
            self.priority = priority
            self.sla = self.sla.with_hours(policy.hours[priority])

    def _record(self, kind: EventKind, actor: Actor, at: datetime, changes: Mapping[str, Change]) -> None:
        self.facts.append(Event(kind=kind, at=at, actor=ActorStamp.of(actor), changes=changes))
        self.updated_at = max(self.updated_at, at)

    @contextmanager
    def _recording(
        self, kind: EventKind, actor: Actor, at: datetime, reason: str | None = None, message: Message | None = None
    ) -> Iterator[None]:
        before = self._tracked()
        yield
        after = self._tracked()
        changes = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
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


def title_of(subject: str | None, description: str) -> str:
    """Return the subject, or the beginning of the description where the channel asks for no subject."""
    if subject:
        return subject
    first_line = description.partition("\n")[0]
    return first_line if len(first_line) <= TITLE_LENGTH else first_line[: TITLE_LENGTH - 1] + "…"


def is_access_key(access_key: str | None, access_key_hash: bytes | None) -> bool:
    """Tell whether a key is the one of this hash; no key is none."""
    if access_key is None or access_key_hash is None:
        return False
    return compare_digest(access_key_hash, hash_access_key(access_key))


def hash_access_key(access_key: str) -> bytes:
    return sha256(access_key.encode("utf-8", "surrogatepass")).digest()
