"""One ticket as a row, both ways. `values_of` and (from `category` on) `changing_values` follow `COLUMNS`."""

from datetime import timedelta
from uuid import UUID

from ventanilla.core import areas
from ventanilla.core.ids import Label
from ventanilla.core.lifecycle import CloseReason, Status
from ventanilla.core.people import AgentRef, Contact, Identity, Profile, Requester
from ventanilla.core.sla import SlaClock
from ventanilla.core.text import fold
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import RANK, Channel, Priority, RequestType
from ventanilla.store.columns import maybe_micros, maybe_moment, micros, moment
from ventanilla.store.connection import Row, Value

COLUMNS = (
    "uuid",
    "label_year",
    "label_number",
    "channel",
    "requester_id",
    "contact_name",
    "contact_email",
    "contact_phone",
    "contact_whatsapp",
    "contact_document",
    "contact_company",
    "request_type",
    "role_context",
    "address",
    "access_key_hash",
    "created_at",
    "category",
    "topic",
    "subject",
    "subject_key",
    "subcategory",
    "area",
    "area_key",
    "assignee_id",
    "priority",
    "status",
    "close_reason",
    "resolution_note",
    "sla_hours",
    "sla_paused",
    "sla_paused_at",
    "sla_stopped_at",
    "is_read",
    "updated_at",
    "resolved_at",
    "closed_at",
    "last_reply_at",
    "last_answer_at",
    "version",
    "due_at",
    "is_live",
    "priority_rank",
    "snoozed_until",
    "merged_into_id",
)

CLOCK_STANDS_STILL = 2**62
"""What `due_at` holds while the clock is paused."""
DONE_WITH = CLOCK_STANDS_STILL + 1
"""What `due_at` holds once there is nothing left to do."""

_READ = (
    "id, uuid, label_year, label_number, channel, contact_name, contact_email, contact_phone, contact_whatsapp,"
    " contact_document, contact_company, subject, category, subcategory, request_type, role_context, area, priority,"
    " status, close_reason, resolution_note, sla_hours, sla_paused, sla_paused_at, sla_stopped_at, is_read, address,"
    " access_key_hash, created_at, updated_at, resolved_at, closed_at, last_reply_at, last_answer_at, version"
)

_DESCRIPTION = "(SELECT m.body FROM messages m WHERE m.ticket_id = t.id ORDER BY m.id LIMIT 1)"
_LAST_ANSWER = (
    "CASE WHEN t.last_answer_at IS NULL THEN NULL ELSE (SELECT m.body FROM messages m WHERE m.ticket_id = t.id"
    " AND m.author_kind = 'staff' AND m.visibility = 'public' ORDER BY m.id DESC LIMIT 1) END"
)
PEOPLE = " FROM tickets t JOIN requesters r ON r.id = t.requester_id LEFT JOIN agents a ON a.id = t.assignee_id"


def _select(description: str, last_answer: str) -> str:
    return (
        f"SELECT {', '.join('t.' + name.strip() for name in _READ.split(','))},"
        " r.id, r.issuer, r.subject, r.name, r.email, r.first_name, r.last_name, r.username, r.picture,"
        f" a.id, a.subject, a.name, a.uuid, {description}, {last_answer}, t.snoozed_until, t.merged_into_id"
        f"{PEOPLE}"
    )


SELECT = _select(_DESCRIPTION, _LAST_ANSWER)
"""The beginning of every query for whole tickets; `ticket_from` reads its rows."""

_OPENING = f"CASE WHEN COALESCE(t.subject, '') = '' THEN {_DESCRIPTION} END"
SELECT_OWN = (
    f"SELECT t.id, t.uuid, t.subject, {_OPENING}, t.category, t.priority, t.status, t.assignee_id, t.resolution_note,"
    " t.created_at, t.updated_at, t.resolved_at, t.closed_at, t.last_reply_at, t.last_answer_at FROM tickets t"
)
"""The beginning of every query for a requester's own rows: the fields of `core.ticket_row.OwnRow`, in their order."""
ROW_COLUMNS = (
    "t.id, t.uuid, t.label_year, t.label_number, t.channel, t.contact_name, t.contact_email, t.subject,"
    f" {_OPENING},"
    " t.category, t.subcategory, t.request_type, t.area, t.priority, t.status, t.close_reason, t.resolution_note,"
    " t.sla_hours, t.sla_paused, t.sla_paused_at, t.sla_stopped_at, t.is_read, t.created_at, t.updated_at,"
    " t.resolved_at, t.closed_at, t.last_reply_at, t.last_answer_at, t.snoozed_until, t.version,"
    " t.access_key_hash, r.id, r.issuer, r.subject, r.name, r.email, a.id, a.subject, a.name, a.uuid"
)
"""The fields of `core.ticket_row.TicketRow`, in their order, of a ticket with its `PEOPLE`."""
SELECT_ROWS = f"SELECT {ROW_COLUMNS}{PEOPLE}"
"""The beginning of every query for rows."""


# Looking a word up costs a tenth of asking its Enum, and a page of tickets asks a hundred times.
_CHANNELS = {word.value: word for word in Channel}
_REQUEST_TYPES = {word.value: word for word in RequestType}
_PRIORITIES = {word.value: word for word in Priority}
_STATUSES = {word.value: word for word in Status}
_CLOSE_REASONS = {word.value: word for word in CloseReason}


def values_of(ticket: Ticket) -> tuple[Value, ...]:
    contact = ticket.contact
    return (
        ticket.uuid.bytes,
        ticket.label.year,
        ticket.label.number,
        ticket.channel.value,
        ticket.requester.id,
        contact.name,
        contact.email,
        contact.phone,
        int(contact.has_whatsapp),
        contact.document,
        contact.company,
        ticket.request_type.value,
        ticket.role_context,
        ticket.address,
        ticket.access_key_hash,
        micros(ticket.created_at),
        *changing_values(ticket),
    )


def changing_values(ticket: Ticket) -> tuple[Value, ...]:
    return (
        ticket.category,
        ticket.topic.value,
        ticket.subject,
        fold(ticket.title),
        ticket.subcategory,
        ticket.area,
        areas.area_key(ticket.area),
        ticket.assignee.id if ticket.assignee else None,
        ticket.priority.value,
        ticket.status.value,
        ticket.close_reason.value if ticket.close_reason else None,
        ticket.resolution_note,
        ticket.sla.hours,
        ticket.sla.paused // timedelta(microseconds=1),
        maybe_micros(ticket.sla.paused_at),
        maybe_micros(ticket.sla.stopped_at),
        int(ticket.is_read),
        micros(ticket.updated_at),
        maybe_micros(ticket.resolved_at),
        maybe_micros(ticket.closed_at),
        maybe_micros(ticket.last_reply_at),
        maybe_micros(ticket.last_answer_at),
        ticket.version,
        _due(ticket),
        int(ticket.is_live),
        RANK[ticket.priority] if ticket.is_live else 0,
        maybe_micros(ticket.snoozed_until),
        ticket.merged_into_id,
    )


def _due(ticket: Ticket) -> int:
    if not ticket.is_live:
        return DONE_WITH
    return CLOCK_STANDS_STILL if ticket.sla.paused_at else micros(ticket.sla.due_at)


def ticket_from(row: Row) -> Ticket:
    created_at = moment(row[28])
    return Ticket(
        id=row[0],
        uuid=UUID(int=int.from_bytes(row[1])),
        label=Label(row[2], row[3]),
        channel=_CHANNELS[row[4]],
        contact=Contact(row[5], row[6], row[7], bool(row[8]), row[9], row[10]),
        subject=row[11],
        category=row[12],
        subcategory=row[13],
        request_type=_REQUEST_TYPES[row[14]],
        role_context=row[15],
        area=row[16],
        priority=_PRIORITIES[row[17]],
        status=_STATUSES[row[18]],
        close_reason=_CLOSE_REASONS[row[19]] if row[19] else None,
        resolution_note=row[20],
        sla=SlaClock(row[21], created_at, timedelta(0, 0, row[22]), maybe_moment(row[23]), maybe_moment(row[24])),
        is_read=bool(row[25]),
        address=row[26],
        access_key_hash=row[27],
        created_at=created_at,
        updated_at=moment(row[29]),
        resolved_at=maybe_moment(row[30]),
        closed_at=maybe_moment(row[31]),
        last_reply_at=maybe_moment(row[32]),
        last_answer_at=maybe_moment(row[33]),
        version=row[34],
        requester=Requester(row[35], Identity(row[36], row[37]), Profile(*row[38:44])),
        assignee=AgentRef(row[44], row[45], row[46], UUID(int=int.from_bytes(row[47]))) if row[44] else None,
        description=row[48] or "",
        last_answer=row[49],
        snoozed_until=maybe_moment(row[50]),
        merged_into_id=row[51],
    )
