"""The ticket and its verbs. Each verb asks the lifecycle, changes the ticket and records one fact."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from types import MappingProxyType
from uuid import UUID

from ventanilla.core import ids
from ventanilla.core.errors import TransitionRefused
from ventanilla.core.events import ActorStamp, Change, Event, EventKind
from ventanilla.core.lifecycle import CLOSE_REASONS, LIVE, Action, CloseReason, Status, action_towards, next_status
from ventanilla.core.people import Actor, AgentRef, Contact, Identity, PersonRef, Requester
from ventanilla.core.sla import SlaClock, SlaPolicy
from ventanilla.core.thread import Message
from ventanilla.core.words import Channel, Priority, RequestType, Topic, topic_of

TITLE_LENGTH = 80

NO_CHANGES: Mapping[str, Change] = MappingProxyType({})

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

    def reply(self, actor: Actor, message: Message) -> None:
        """The requester writes. A resolved ticket opens again, a pending one goes on."""
        with self._recording(EventKind.REPLIED, actor, message.created_at, message=message):
            self._step(Action.REPLY, message.created_at)
            self.last_reply_at = message.created_at
            self.snoozed_until = None
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

    def leave_resolution_note(self, actor: Actor, note: str | None, at: datetime) -> None:
        """Tell the requester how it was solved."""
        with self._recording(EventKind.UPDATED, actor, at):
            self.resolution_note = note

    def override_status(self, actor: Actor, status: Status, at: datetime) -> None:
        """Move to any state, also where the table has no step (contract 1 lets an admin do so)."""
        with self._recording(EventKind.UPDATED, actor, at):
            self._enter(status, None, at)

    def mark_read(self, actor: Actor, at: datetime) -> None:
        """Staff have seen it. Nothing that the requester may notice."""
        if not self.is_read:
            with self._recording(EventKind.READ, actor, at):
                self.is_read = True

    def mark_unread(self, actor: Actor, at: datetime) -> None:
        """Staff want it looked at again."""
        if self.is_read:
            with self._recording(EventKind.UNREAD, actor, at):
                self.is_read = False

    def edit(
        self, actor: Actor, subject: str | None, subcategory: str | None, at: datetime, reason: str | None = None
    ) -> None:
        """Say anew what it is about."""
        with self._recording(EventKind.EDITED, actor, at, reason):
            self.subject = subject
            self.subcategory = subcategory

    def retag(self, actor: Actor, tags: tuple[str, ...], at: datetime) -> None:
        """Put exactly these tags on it, once it has come with those that it has. The same ones are no fact."""
        if tags != self.tags:
            with self._recording(EventKind.TAGGED, actor, at):
                self.tags = tags

    def fill_in(self, actor: Actor, fields: Mapping[str, str], at: datetime) -> None:
        """Have these values in the custom fields and no other."""
        if fields != self.fields:
            with self._recording(EventKind.FILLED_IN, actor, at):
                self.fields = dict(fields)

    def snooze(self, actor: Actor, until: datetime, at: datetime, reason: str | None = None) -> None:
        """Put it away until a moment, or until the requester writes. Only what is live can be put away."""
        if not self.is_live:
            raise TransitionRefused(self.status, "snooze")
        with self._recording(EventKind.SNOOZED, actor, at, reason):
            self.snoozed_until = until

    def wake(self, actor: Actor, at: datetime) -> None:
        """Take it back into the queue before its time."""
        if self.snoozed_until is not None:
            with self._recording(EventKind.WOKEN, actor, at):
                self.snoozed_until = None

    def merge_into(self, actor: Actor, other: "Ticket", at: datetime, reason: str | None = None) -> None:
        """End here and go on as `other`, where what was said here is read too.

        Raises TransitionRefused when one of the two is merged into another already, or both are the same.
        """
        if self.merged_into_id is not None or other.merged_into_id is not None or other.id == self.id:
            raise TransitionRefused(self.status, "merge")
        with self._recording(EventKind.MERGED, actor, at, reason):
            if self.status is not Status.CLOSED:
                self._enter(Status.CLOSED, None, at)
            self.merged_into_id = other.id
        other.record(actor, EventKind.TOOK_IN, at, changes={"merged": (None, str(self.label))})

    def unmerge(self, actor: Actor, other: "Ticket", status: Status, at: datetime) -> None:
        """Part from `other` and be what it was before, `status`. Raises TransitionRefused where nothing is merged."""
        if self.merged_into_id is None:
            raise TransitionRefused(self.status, "unmerge")
        with self._recording(EventKind.UNMERGED, actor, at):
            self.merged_into_id = None
            if status is not self.status:
                self._enter(status, None, at)
        other.record(actor, EventKind.LET_GO, at, changes={"merged": (str(self.label), None)})

    def record(
        self,
        actor: Actor,
        kind: EventKind,
        at: datetime,
        reason: str | None = None,
        changes: Mapping[str, Change] = NO_CHANGES,
    ) -> None:
        """Note in the history what changes nothing in the ticket itself."""
        stamp = ActorStamp.of(actor)
        self.facts.append(Event(kind=kind, at=at, actor=stamp, reason=reason, changes=changes))

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

    def _set_priority(self, priority: Priority, policy: SlaPolicy) -> None:
        if priority is not self.priority:
            self.priority = priority
            self.sla = self.sla.with_hours(policy.hours[priority])

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


def is_access_key(access_key: str | None, access_key_hash: bytes | None) -> bool:
    """Tell whether a key is the one of this hash; no key is none."""
    if access_key is None or access_key_hash is None:
        return False
    return compare_digest(access_key_hash, hash_access_key(access_key))


def hash_access_key(access_key: str) -> bytes:
    return sha256(access_key.encode("utf-8", "surrogatepass")).digest()
