"""Tickets: the native API's words and the core's, side by side."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import cast

from msgspec import structs

from ventanilla.actions.queue import QueuePart
from ventanilla.actions.tickets import WholeTicket
from ventanilla.contracts.desk import ticket_wire as wire
from ventanilla.contracts.desk.wire import PREFIX
from ventanilla.contracts.desk.wire import AgentRef as WireAgent
from ventanilla.core import ids
from ventanilla.core.access import Permission
from ventanilla.core.custom_fields import CustomField, Shown, shown
from ventanilla.core.explanation import Step, StepKind
from ventanilla.core.filters import CappedCount, QueueOrder
from ventanilla.core.ids import TicketRef
from ventanilla.core.lifecycle import CloseReason, Status
from ventanilla.core.links import LinkKind
from ventanilla.core.people import AgentRef, Contact
from ventanilla.core.sla import SlaClock
from ventanilla.core.thread import Attachment
from ventanilla.core.ticket import Ticket
from ventanilla.core.views import View
from ventanilla.core.words import Channel, Priority, RequestType
from ventanilla.wirekit import cursors
from ventanilla.wirekit.times import maybe_milliseconds, milliseconds

STATUS_OUT: Mapping[Status, wire.Status] = {
    Status.OPEN: "open",
    Status.IN_PROGRESS: "in_progress",
    Status.PENDING: "pending",
    Status.RESOLVED: "resolved",
    Status.CLOSED: "closed",
}
CLOSE_REASON_OUT: Mapping[CloseReason | None, wire.CloseReason | None] = {
    None: None,
    CloseReason.CANCELLED: "cancelled",
    CloseReason.ARCHIVED: "archived",
}
PRIORITY_OUT: Mapping[Priority, wire.Priority] = {
    Priority.LOW: "low",
    Priority.NORMAL: "normal",
    Priority.HIGH: "high",
    Priority.URGENT: "urgent",
    Priority.CRITICAL: "critical",
}
CHANNEL_OUT: Mapping[Channel, wire.Channel] = {
    Channel.DEBUTA: "debuta",
    Channel.MESA: "mesa",
    Channel.SUPPORT: "support",
    Channel.KINCONECTA: "kinconecta",
    Channel.MOBILE: "mobile",
    Channel.DESK: "desk",
}
REQUEST_TYPE_OUT: Mapping[RequestType, wire.RequestType] = {
    RequestType.PETITION: "petition",
    RequestType.COMPLAINT: "complaint",
    RequestType.CLAIM: "claim",
    RequestType.SUGGESTION: "suggestion",
    RequestType.INCIDENT: "incident",
    RequestType.SERVICE: "service",
    RequestType.INQUIRY: "inquiry",
}

ORDER_IN: Mapping[wire.Sort, QueueOrder] = {
    "-updated": QueueOrder.LAST_CHANGED,
    "updated": QueueOrder.LONGEST_UNCHANGED,
    "-created": QueueOrder.NEWEST,
    "created": QueueOrder.OLDEST,
    "due": QueueOrder.DUE,
    "-priority": QueueOrder.URGENCY,
    "number": QueueOrder.LOWEST_NUMBER,
    "-number": QueueOrder.HIGHEST_NUMBER,
    "relevance": QueueOrder.RELEVANCE,
}
_THREE = (QueueOrder.URGENCY, QueueOrder.RELEVANCE)
PLACE_LENGTH: Mapping[QueueOrder, int] = {order: 3 if order in _THREE else 2 for order in QueueOrder}
"""Of how many numbers a place in each order is made."""

STATUS_IN: Mapping[wire.Status, Status] = {word: status for status, word in STATUS_OUT.items()}
CLOSE_REASON_IN: Mapping[wire.CloseReason | None, CloseReason | None] = {
    word: reason for reason, word in CLOSE_REASON_OUT.items()
}
PRIORITY_IN: Mapping[wire.Priority, Priority] = {word: priority for priority, word in PRIORITY_OUT.items()}

LINK_OUT: Mapping[LinkKind, wire.LinkKind] = {
    LinkKind.RELATED: "related",
    LinkKind.DUPLICATE: "duplicate",
    LinkKind.DUPLICATED_BY: "duplicated_by",
    LinkKind.BLOCKS: "blocks",
    LinkKind.BLOCKED_BY: "blocked_by",
}
LINK_IN: Mapping[wire.LinkKind, LinkKind] = {word: kind for kind, word in LINK_OUT.items()}
STEP_OUT: Mapping[StepKind, wire.SlaStepKind] = {
    StepKind.TARGET: "target",
    StepKind.STARTED: "started",
    StepKind.PAUSED: "paused",
    StepKind.RESUMED: "resumed",
    StepKind.STOPPED: "stopped",
    StepKind.DUE: "due",
}

SignedUrl = Callable[[str], str]


def reference(text: str) -> TicketRef | None:
    """Read how a path names a ticket: by integer, label or UUID; None for what is none of them."""
    return ids.parse_integer(text) or ids.parse_label(text) or ids.parse_uuid(text)


def part(query: wire.ListQuery, sort: wire.Sort) -> QueuePart:
    """Return the part of the queue that is asked for. Raises InvalidInput for a cursor that is none of this list."""
    order = ORDER_IN[sort]
    after = cursors.read(query.after, sort, PLACE_LENGTH[order], "after") if query.after else None
    return QueuePart(order=order, size=query.limit, after=after, counts=query.count)


def sort_of(query: wire.ListQuery, view: View | None = None, *, seeks_words: bool = False) -> wire.Sort:
    if seeks_words and query.sort is None:
        return "relevance"
    return query.sort or (cast(wire.Sort, view.sort) if view else "-updated")


def total_out(total: CappedCount) -> wire.Total:
    return wire.Total(total.count, total.is_exact)


def row_out(ticket: Ticket, now: datetime) -> wire.Row:
    return wire.Row(
        id=ticket.id,
        uuid=str(ticket.uuid),
        label=str(ticket.label),
        channel=CHANNEL_OUT[ticket.channel],
        subject=ticket.title,
        requester=_requester(ticket),
        area=ticket.area,
        assignee=agent_out(ticket.assignee),
        status=STATUS_OUT[ticket.status],
        close_reason=CLOSE_REASON_OUT[ticket.close_reason],
        priority=PRIORITY_OUT[ticket.priority],
        category=ticket.category,
        tags=list(ticket.tags),
        is_read=ticket.is_read,
        snoozed_until=_still(ticket.snoozed_until, now),
        sla=sla_out(ticket.sla, now),
        created_at=milliseconds(ticket.created_at),
        updated_at=milliseconds(ticket.updated_at),
        last_reply_at=maybe_milliseconds(ticket.last_reply_at),
        last_answer_at=maybe_milliseconds(ticket.last_answer_at),
        version=ticket.version,
    )


def _still(until: datetime | None, now: datetime) -> str | None:
    """Return when a ticket comes back, None for one that is there."""
    return milliseconds(until) if until and until > now else None


def ticket_out(found: WholeTicket, signed: SignedUrl) -> wire.Ticket:
    ticket = found.ticket
    return wire.Ticket(
        **structs.asdict(row_out(ticket, found.at)),
        description=ticket.description,
        request_type=REQUEST_TYPE_OUT[ticket.request_type],
        subcategory=ticket.subcategory,
        role_context=ticket.role_context,
        contact=_contact(ticket.contact),
        resolution_note=ticket.resolution_note,
        fields=fields_out(found.fields, ticket.fields),
        links=[wire.Link(LINK_OUT[kind], ticket_ref(other)) for kind, other in found.links],
        is_merged=ticket.merged_into_id is not None,
        merged_into=ticket_ref(found.merged_into) if found.merged_into else None,
        attachments=[attachment_out(ticket.id, file, signed) for file in found.attachments],
        sla_explanation=[step_out(step) for step in found.explanation],
        permissions=[permission_out(permission) for permission in found.permissions],
    )


def ticket_ref(ticket: Ticket) -> wire.TicketRef:
    return wire.TicketRef(ticket.id, str(ticket.label), ticket.title, STATUS_OUT[ticket.status])


def step_out(step: Step) -> wire.SlaStep:
    return wire.SlaStep(
        kind=STEP_OUT[step.kind],
        at=milliseconds(step.at),
        until=maybe_milliseconds(step.until),
        hours=step.hours,
        priority=PRIORITY_OUT[step.priority] if step.priority else None,
        seconds=None if step.length is None else step.length // timedelta(seconds=1),
    )


def fields_out(fields: Sequence[CustomField], values: Mapping[str, str]) -> dict[str, Shown]:
    """Return the values of a ticket as their kinds have them, in the order of the fields."""
    return {field.key: shown(field.kind, values[field.key]) for field in fields if field.key in values}


def attachment_out(ticket_id: int, file: Attachment, signed: SignedUrl) -> wire.Attachment:
    return wire.Attachment(
        id=file.id,
        file_name=file.file_name,
        media_type=file.media_type,
        size=file.size,
        uploaded_at=milliseconds(file.uploaded_at),
        url=signed(attachment_path(ticket_id, file.id)),
        message_id=str(file.message) if file.message else None,
    )


def ticket_path(ticket_id: int) -> str:
    return f"{PREFIX}/tickets/{ticket_id}"


def attachment_path(ticket_id: int, attachment_id: int) -> str:
    return f"{ticket_path(ticket_id)}/attachments/{attachment_id}"


def permission_out(permission: Permission) -> str:
    return permission.name.lower()


def agent_out(agent: AgentRef | None) -> WireAgent | None:
    return WireAgent(str(agent.uuid), agent.name) if agent else None


def sla_out(sla: SlaClock, now: datetime) -> wire.Sla:
    return wire.Sla(
        hours=sla.hours,
        due_at=milliseconds(sla.due_at),
        state="stopped" if sla.stopped_at else "paused" if sla.paused_at else "running",
        remaining_seconds=sla.remaining(now) // timedelta(seconds=1),
        is_breached=sla.is_breached(now),
    )


def _requester(ticket: Ticket) -> wire.RequesterRef:
    asked_by = ticket.asked_by
    return wire.RequesterRef(asked_by.id, asked_by.name, asked_by.email)


def _contact(contact: Contact) -> wire.Contact:
    return wire.Contact(*contact)
