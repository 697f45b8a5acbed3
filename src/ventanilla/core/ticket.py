"""The verbs of a ticket. Each asks the lifecycle, changes the ticket and records one fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from ventanilla.core.errors import TransitionRefused
from ventanilla.core.events import ActorStamp, Change, Event, EventKind
from ventanilla.core.lifecycle import Action, Status, action_towards
from ventanilla.core.people import Actor, AgentRef
from ventanilla.core.sla import SlaPolicy
from ventanilla.core.thread import Message
from ventanilla.core.ticket_state import TicketState
from ventanilla.core.words import Priority

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
class Ticket(TicketState):
    """A ticket and all that can be done to it."""

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

    def give_back(
        self, actor: Actor, agent: AgentRef | None, status: Status, at: datetime, reason: str | None = None
    ) -> None:
        """Take back that it was given to somebody: it is `agent`'s or nobody's again, and the `status` that it was."""
        with self._recording(EventKind.ASSIGNED, actor, at, reason):
            self._enter(status, None, at)
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

    def put_back(self, actor: Actor, status: Status, at: datetime, reason: str | None = None) -> None:
        """Be `status` again, as it was before what was done last: one fact, however many steps lead there."""
        with self._recording(EventKind.UPDATED, actor, at, reason):
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

    def _set_priority(self, priority: Priority, policy: SlaPolicy) -> None:
        if priority is not self.priority:
            self.priority = priority
            self.sla = self.sla.with_hours(policy.hours[priority])
