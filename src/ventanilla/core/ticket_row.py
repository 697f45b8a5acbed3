"""A ticket as it is only looked at: read by the thousand, never changed.

Building whole tickets cost more than half of a list.
"""

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from ventanilla.core.access_keys import is_access_key
from ventanilla.core.ids import Label, ObjectId, object_id
from ventanilla.core.lifecycle import CloseReason, Status
from ventanilla.core.moments import Micros, maybe_moment, moment
from ventanilla.core.people import AgentRef, Identity, PersonRef
from ventanilla.core.sla import SlaClock
from ventanilla.core.ticket_state import title_of
from ventanilla.core.words import Channel, Priority, RequestType, Topic, topic_of

# Looking a word up costs a tenth of asking its Enum, and a page of tickets asks a hundred times.
_CHANNELS = {word.value: word for word in Channel}
_REQUEST_TYPES = {word.value: word for word in RequestType}
_PRIORITIES = {word.value: word for word in Priority}
_STATUSES = {word.value: word for word in Status}
_CLOSE_REASONS = {word.value: word for word in CloseReason}
_HOUR = 3_600_000_000


class OwnRow(NamedTuple):
    """What its requester is shown of a `Ticket` in a list, under the same names: nothing of the staff.

    It holds values as the store has them, and makes of them what a list asks for. Times are microseconds since 1970 in
    UTC. `opening` is the first message, where there is no subject to go by.
    """

    id: int
    uuid_bytes: bytes
    subject: str | None
    opening: str | None
    category: str
    priority_word: str
    status_word: str
    assignee_id: int | None
    resolution_note: str | None
    created_at: Micros
    updated_at: Micros
    resolved_at: Micros | None
    closed_at: Micros | None
    last_reply_at: Micros | None
    last_answer_at: Micros | None

    @property
    def uuid(self) -> UUID:
        return UUID(bytes=self.uuid_bytes)

    @property
    def title(self) -> str:
        return title_of(self.subject, self.opening or "")

    @property
    def topic(self) -> Topic:
        return topic_of(self.category)

    @property
    def priority(self) -> Priority:
        return _PRIORITIES[self.priority_word]

    @property
    def status(self) -> Status:
        return _STATUSES[self.status_word]

    @property
    def is_assigned(self) -> bool:
        return self.assignee_id is not None


class TicketRow(NamedTuple):
    """What staff are shown of a `Ticket` in lists, and everybody above its messages, without what was said.

    As `OwnRow`, but with people and the clock.
    """

    id: int
    uuid_bytes: bytes
    label_year: int
    label_number: int
    channel_word: str
    contact_name: str
    contact_email: str
    subject: str | None
    opening: str | None
    category: str
    subcategory: str | None
    request_type_word: str
    area: str
    priority_word: str
    status_word: str
    close_reason_word: str | None
    resolution_note: str | None
    sla_hours: int
    sla_paused: int
    sla_paused_at: Micros | None
    sla_stopped_at: Micros | None
    read_flag: int
    created_at: Micros
    updated_at: Micros
    resolved_at: Micros | None
    closed_at: Micros | None
    last_reply_at: Micros | None
    last_answer_at: Micros | None
    snoozed_until: Micros | None
    version: int
    access_key_hash: bytes | None
    requester_id: int
    requester_issuer: str
    requester_subject: str
    requester_name: str
    requester_email: str
    assignee_id: int | None
    assignee_subject: str | None
    assignee_name: str | None
    assignee_uuid: bytes | None

    @property
    def uuid(self) -> UUID:
        return UUID(bytes=self.uuid_bytes)

    @property
    def label(self) -> Label:
        return Label(self.label_year, self.label_number)

    @property
    def channel(self) -> Channel:
        return _CHANNELS[self.channel_word]

    @property
    def title(self) -> str:
        return title_of(self.subject, self.opening or "")

    @property
    def object_id(self) -> ObjectId:
        return object_id(moment(self.created_at), self.id)

    @property
    def owner(self) -> Identity:
        return Identity(self.requester_issuer, self.requester_subject)

    @property
    def asked_by(self) -> PersonRef:
        name, email = self.contact_name or self.requester_name, self.contact_email or self.requester_email
        return PersonRef(self.requester_id, name, email)

    @property
    def is_read(self) -> bool:
        return bool(self.read_flag)

    @property
    def topic(self) -> Topic:
        return topic_of(self.category)

    @property
    def request_type(self) -> RequestType:
        return _REQUEST_TYPES[self.request_type_word]

    @property
    def priority(self) -> Priority:
        return _PRIORITIES[self.priority_word]

    @property
    def status(self) -> Status:
        return _STATUSES[self.status_word]

    @property
    def close_reason(self) -> CloseReason | None:
        return _CLOSE_REASONS[self.close_reason_word] if self.close_reason_word else None

    @property
    def sla(self) -> SlaClock:
        return SlaClock(
            self.sla_hours,
            moment(self.created_at),
            timedelta(0, 0, self.sla_paused),
            maybe_moment(self.sla_paused_at),
            maybe_moment(self.sla_stopped_at),
        )

    @property
    def due_by_clock(self) -> Micros:
        """The same as `sla.due_at`."""
        return self.created_at + self.sla_hours * _HOUR + self.sla_paused

    @property
    def is_assigned(self) -> bool:
        return self.assignee_id is not None

    @property
    def assignee(self) -> AgentRef | None:
        if self.assignee_id is None or self.assignee_uuid is None:
            return None
        return AgentRef(
            self.assignee_id, self.assignee_subject or "", self.assignee_name or "", UUID(bytes=self.assignee_uuid)
        )

    def opens_with(self, access_key: str | None) -> bool:
        """Tell whether `access_key` is this ticket's own."""
        return is_access_key(access_key, self.access_key_hash)
