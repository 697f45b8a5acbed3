"""Contract 3's words and ours, side by side."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from msgspec import UNSET, structs

from ventanilla.actions.opening import TicketDraft
from ventanilla.actions.reading import Conversation, OpenToRequester
from ventanilla.actions.triage import Amendment
from ventanilla.contracts.support import wire
from ventanilla.core import ids
from ventanilla.core.filters import Page, PageOf, TicketFilter
from ventanilla.core.lifecycle import Status
from ventanilla.core.message_row import ShownMessage
from ventanilla.core.ticket import Ticket
from ventanilla.core.ticket_row import OwnRow, TicketRow
from ventanilla.core.words import Channel, Priority, Topic
from ventanilla.wirekit.times import seconds

STATUS_OUT: Mapping[Status, wire.Status] = {
    Status.OPEN: "open",
    Status.IN_PROGRESS: "in_progress",
    Status.PENDING: "in_progress",
    Status.RESOLVED: "resolved",
    Status.CLOSED: "closed",
}
STATUS_IN: Mapping[wire.Status, tuple[Status, ...]] = {
    "open": (Status.OPEN,),
    "in_progress": (Status.IN_PROGRESS, Status.PENDING),
    "resolved": (Status.RESOLVED,),
    "closed": (Status.CLOSED,),
}
PRIORITY_OUT: Mapping[Priority, wire.Priority] = {
    Priority.LOW: "low",
    Priority.NORMAL: "normal",
    Priority.HIGH: "high",
    Priority.URGENT: "urgent",
    Priority.CRITICAL: "urgent",
}
PRIORITY_IN: Mapping[wire.Priority, tuple[Priority, ...]] = {
    "low": (Priority.LOW,),
    "normal": (Priority.NORMAL,),
    "high": (Priority.HIGH,),
    "urgent": (Priority.URGENT, Priority.CRITICAL),
}
CATEGORY_OUT: Mapping[Topic, wire.Category] = {
    Topic.ACCOUNT: "account",
    Topic.BILLING: "billing",
    Topic.TECHNICAL: "technical",
    Topic.ABUSE: "other",
    Topic.SUGGESTION: "other",
    Topic.OTHER: "other",
}


def draft(form: wire.Create) -> TicketDraft:
    return TicketDraft(
        channel=Channel.SUPPORT,
        subject=form.subject,
        description=form.body,
        category=form.category,
        priority=PRIORITY_IN[form.priority][0],
    )


def page(query: wire.Paging) -> Page:
    return Page(number=query.page, size=query.per_page)


def narrowed(sight: TicketFilter, query: wire.AdminQuery) -> TicketFilter:
    """Return what the caller may see, narrowed to what they ask for."""
    return replace(sight, statuses=STATUS_IN[query.status] if query.status else None)


def amendment(form: wire.Change) -> Amendment:
    agent = form.assigned_to
    return Amendment(
        statuses=None if form.status is UNSET else STATUS_IN[form.status],
        priorities=None if form.priority is UNSET else PRIORITY_IN[form.priority],
        reassign=agent is not UNSET,
        agent_id=None if agent is UNSET or agent is None else str(agent),
        agent_field="assigned_to",
    )


def ticket_out(ticket: Ticket | TicketRow, messages: Iterable[ShownMessage]) -> wire.Ticket:
    return wire.Ticket(
        id=ids.ulid(ticket.uuid),
        subject=ticket.title,
        status=STATUS_OUT[ticket.status],
        priority=PRIORITY_OUT[ticket.priority],
        category=CATEGORY_OUT[ticket.topic],
        created_at=seconds(ticket.created_at),
        messages=[message_out(message) for message in messages],
    )


def admin_ticket_out(found: Conversation) -> wire.Ticket:
    return structs.replace(
        ticket_out(found.ticket, found.messages),
        updated_at=seconds(found.ticket.updated_at),
        assigned_to=_assignee(found.ticket),
    )


def row_out(ticket: TicketRow | OwnRow) -> wire.Row:
    return wire.Row(
        id=ids.ulid(ticket.uuid),
        subject=ticket.title,
        status=STATUS_OUT[ticket.status],
        priority=PRIORITY_OUT[ticket.priority],
        category=CATEGORY_OUT[ticket.topic],
        created_at=seconds(ticket.created_at),
        updated_at=seconds(ticket.updated_at),
    )


def admin_row_out(ticket: TicketRow) -> wire.Row:
    return structs.replace(row_out(ticket), user_id=ticket.requester_subject, assigned_to=_assignee(ticket))


def message_out(message: ShownMessage) -> wire.Message:
    return wire.Message(
        id=ids.ulid(message.uuid),
        body=message.body,
        is_admin=message.is_from_staff,
        created_at=seconds(message.created_at),
    )


def pagination(found: PageOf[TicketRow] | PageOf[OwnRow]) -> wire.Pagination:
    return wire.Pagination(found.page.number, found.page.size, found.total, found.pages)


def _assignee(ticket: Ticket | TicketRow) -> str | None:
    return ticket.assignee.subject if ticket.assignee else None


def staff_view(found: OpenToRequester, link: Callable[[str], str]) -> wire.Ticket:
    """Return the ticket as this contract shows it to staff, whoever asks through whichever contract."""
    return admin_ticket_out(Conversation(found.ticket, found.messages))
