"""Contract 5's words and ours, side by side."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Literal, get_args

from msgspec import UNSET, UnsetType, structs

from ventanilla.actions.opening import TicketDraft
from ventanilla.actions.reading import Conversation, OpenToRequester
from ventanilla.actions.triage import Amendment
from ventanilla.contracts.mobile import wire
from ventanilla.core.filters import Page, PageOf, TicketFilter
from ventanilla.core.lifecycle import Status
from ventanilla.core.message_row import ShownMessage
from ventanilla.core.thread import Author, AuthorKind
from ventanilla.core.ticket import Ticket
from ventanilla.core.ticket_row import OwnRow, TicketRow
from ventanilla.core.words import Channel, Topic
from ventanilla.wirekit.times import maybe_milliseconds, milliseconds

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
CATEGORY_OUT: Mapping[Topic, wire.Category] = {
    Topic.ACCOUNT: "account",
    Topic.BILLING: "payment",
    Topic.TECHNICAL: "technical",
    Topic.ABUSE: "other",
    Topic.SUGGESTION: "other",
    Topic.OTHER: "other",
}
CATEGORY_IN: Mapping[wire.Category, tuple[Topic, ...]] = {
    word: tuple(topic for topic, shown in CATEGORY_OUT.items() if shown == word) for word in get_args(wire.Category)
}
AUTHOR_OUT: Mapping[AuthorKind, Literal["customer", "admin"]] = {
    AuthorKind.REQUESTER: "customer",
    AuthorKind.STAFF: "admin",
}
NAMELESS_STAFF = "Support"


def draft(form: wire.Create) -> TicketDraft:
    return TicketDraft(channel=Channel.MOBILE, category=form.category, subject=form.subject, description=form.message)


def page(query: wire.Paging) -> Page:
    return Page(number=query.page, size=query.size)


def narrowed(sight: TicketFilter, query: wire.AdminQuery) -> TicketFilter:
    """Return what the caller may see, narrowed to what they ask for."""
    return replace(
        sight,
        statuses=STATUS_IN[query.status] if query.status else None,
        topics=CATEGORY_IN[query.category] if query.category else None,
        requester_subject=query.customer_id,
        assignee_subject=query.assigned_admin_id,
        subject_contains=query.search,
    )


def assignment(form: wire.Assign) -> Amendment:
    agent = None if form.admin_id is None else str(form.admin_id)
    return Amendment(reassign=True, agent_id=agent, agent_field="adminId")


def status_change(form: wire.ChangeStatus) -> Amendment:
    return Amendment(statuses=STATUS_IN[form.status], resolution_note=form.resolution_note)


def request_out(
    ticket: Ticket | TicketRow | OwnRow, messages: Iterable[ShownMessage] | None = None
) -> wire.SupportRequest:
    """Show a ticket to its requester: no id of any member of staff."""
    return _request(
        ticket,
        is_assigned=ticket.is_assigned,
        messages=UNSET if messages is None else [message_out(message) for message in messages],
    )


def conversation_out(found: Conversation) -> wire.SupportRequest:
    return request_out(found.ticket, found.messages)


def admin_request_out(
    ticket: Ticket | TicketRow, messages: Iterable[ShownMessage] | None = None
) -> wire.SupportRequest:
    """Show a ticket to staff."""
    return _request(
        ticket,
        messages=UNSET if messages is None else [admin_message_out(ticket, message) for message in messages],
        customer_id=ticket.requester_subject,
        assigned_admin_id=ticket.assignee.subject if ticket.assignee else None,
    )


def message_out(message: ShownMessage) -> wire.Message:
    author = message.author
    return wire.Message(
        id=message.id,
        author_type=AUTHOR_OUT[author.kind],
        author_name=_author_name(author),
        author_image=author.picture,
        body=message.body,
        created_at=milliseconds(message.created_at),
    )


def admin_message_out(ticket: Ticket | TicketRow, message: ShownMessage) -> wire.Message:
    author = message.author
    return structs.replace(
        message_out(message),
        support_request_id=ticket.id,
        author_customer_id=None if message.is_from_staff else author.subject,
        author_admin_id=author.subject if message.is_from_staff else None,
    )


def meta(found: PageOf[TicketRow] | PageOf[OwnRow]) -> wire.PageMeta:
    return wire.PageMeta(found.page.number, found.page.size, found.total, found.pages)


def _author_name(author: Author) -> str:
    # Staff whose token tells no name go by their address or id, which no customer may see.
    is_nameless = author.kind is AuthorKind.STAFF and (author.name == author.subject or "@" in author.name)
    return NAMELESS_STAFF if is_nameless else author.name


def _request(
    ticket: Ticket | TicketRow | OwnRow,
    *,
    messages: list[wire.Message] | UnsetType,
    is_assigned: bool | UnsetType = UNSET,
    customer_id: str | UnsetType = UNSET,
    assigned_admin_id: str | None | UnsetType = UNSET,
) -> wire.SupportRequest:
    return wire.SupportRequest(
        id=ticket.id,
        category=CATEGORY_OUT[ticket.topic],
        subject=ticket.title,
        status=STATUS_OUT[ticket.status],
        is_assigned=is_assigned,
        resolution_note=ticket.resolution_note,
        resolved_at=maybe_milliseconds(ticket.resolved_at),
        closed_at=maybe_milliseconds(ticket.closed_at),
        last_customer_message_at=maybe_milliseconds(ticket.last_reply_at),
        last_admin_message_at=maybe_milliseconds(ticket.last_answer_at),
        messages=messages,
        created_at=milliseconds(ticket.created_at),
        updated_at=milliseconds(ticket.updated_at),
        customer_id=customer_id,
        assigned_admin_id=assigned_admin_id,
    )


def staff_view(found: OpenToRequester, link: Callable[[str], str]) -> wire.SupportRequest:
    """Return the ticket as this contract shows it to staff, whoever asks through whichever contract."""
    return admin_request_out(found.ticket, found.messages)
