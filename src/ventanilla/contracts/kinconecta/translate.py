"""Contract 4's words and ours, side by side."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from msgspec import structs

from ventanilla.actions.opening import Opened, TicketDraft
from ventanilla.actions.reading import OpenToRequester, WithFiles
from ventanilla.contracts.kinconecta import wire
from ventanilla.core.errors import Fault, InvalidInput, Rule
from ventanilla.core.filters import Page
from ventanilla.core.lifecycle import Status
from ventanilla.core.people import Contact
from ventanilla.core.thread import Attachment
from ventanilla.core.words import Channel
from ventanilla.wirekit import times

STATUS_OUT: Mapping[Status, wire.Status] = {
    Status.OPEN: "open",
    Status.IN_PROGRESS: "in_progress",
    Status.PENDING: "in_progress",
    Status.RESOLVED: "resolved",
    Status.CLOSED: "closed",
}
STATUS_IN: Mapping[wire.Status, Status] = {
    "open": Status.OPEN,
    "in_progress": Status.IN_PROGRESS,
    "resolved": Status.RESOLVED,
    "closed": Status.CLOSED,
}

LONGEST_LIST = 1_000
PAGE_SIZE = 200
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
CLOCK_DIFFERENCE = timedelta(minutes=5)

_NO_FILES: tuple[object, ...] = (None, [], "", "[]")


Link = Callable[[str], str]
"""Makes a path an address that opens it for a while."""


def draft(form: wire.Create, access_key: str, *, imported: bool) -> TicketDraft:
    """Return what is to be opened. `imported` tells whether the caller's `status` and `createdAt` count.

    Raises InvalidInput.
    """
    created_at = times.parse(form.created_at) if form.created_at else None
    faults = []
    if imported and created_at and not EARLIEST <= created_at <= datetime.now(UTC) + CLOCK_DIFFERENCE:
        faults.append(Fault("createdAt", Rule.OUT_OF_TIME))
    if form.attachments not in _NO_FILES:
        faults.append(Fault("attachments", Rule.NOT_SUPPORTED))
    if faults:
        raise InvalidInput(*faults)
    return TicketDraft(
        channel=Channel.KINCONECTA,
        contact=Contact(name=form.full_name, email=form.email),
        subject=form.subject,
        description=form.message,
        category=form.category,
        role_context=form.role_context,
        access_key=access_key,
        created_at=created_at,
        status=STATUS_IN[form.status or "open"],
    )


def page(query: wire.ListQuery) -> Page:
    if query.page is None and query.size is None:
        return Page(size=LONGEST_LIST)
    return Page(number=query.page or 1, size=query.size or PAGE_SIZE)


def next_page(found: Page, total: int) -> Page | None:
    """Return the page that goes on where `found` ends; None when there is nothing left."""
    if found.offset + found.size >= total:
        return None
    if found.size > PAGE_SIZE:
        return Page(number=found.size // PAGE_SIZE + 1, size=PAGE_SIZE)
    return Page(number=found.number + 1, size=found.size)


def ticket_out(found: WithFiles, link: Link) -> wire.Ticket:
    ticket = found.ticket
    return wire.Ticket(
        id=ticket.id,
        role_context=ticket.role_context or "",
        full_name=ticket.contact.name,
        email=ticket.contact.email,
        subject=ticket.title,
        category=ticket.category,
        message=ticket.description,
        status=STATUS_OUT[ticket.status],
        created_at=times.seconds(ticket.created_at),
        updated_at=times.seconds(ticket.updated_at),
        attachments=attachments_out(ticket.id, found.attachments, link),
    )


def opened_out(opened: Opened, access_key: str, link: Link) -> wire.OpenedTicket:
    shown = ticket_out(WithFiles(opened.ticket, opened.attachments), link)
    return wire.OpenedTicket(**structs.asdict(shown), access_key=access_key)


def attachments_out(ticket_id: int, attachments: Sequence[Attachment], link: Link) -> list[wire.Attachment]:
    return [
        wire.Attachment(
            id=attachment.id,
            file_name=attachment.file_name,
            file_url=link(attachment_path(ticket_id, attachment.id)),
            mime_type=attachment.media_type,
            file_size_bytes=attachment.size,
            uploaded_at=times.seconds(attachment.uploaded_at),
        )
        for attachment in attachments
    ]


def ticket_path(ticket_id: int) -> str:
    return f"{wire.TICKETS}/{ticket_id}"


def attachment_path(ticket_id: int, attachment_id: int) -> str:
    return f"{wire.TICKETS}/{ticket_id}/attachments/{attachment_id}"


def staff_view(found: OpenToRequester, link: Link) -> wire.Ticket:
    """Return the ticket as this contract shows it to staff, whoever asks through whichever contract."""
    return ticket_out(WithFiles(found.ticket, found.attachments), link)
