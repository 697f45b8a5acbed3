"""Contract 1's words and ours, side by side."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from ventanilla.actions.opening import TicketDraft
from ventanilla.actions.reading import OpenToRequester
from ventanilla.actions.ticket_ports import QueueCounts
from ventanilla.contracts.debuta import wire
from ventanilla.core.filters import Page, TicketFilter
from ventanilla.core.lifecycle import Status
from ventanilla.core.people import Requester
from ventanilla.core.text import fold
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Channel, Topic
from ventanilla.wirekit.times import milliseconds

STATUS_OUT: Mapping[Status, wire.Status] = {
    Status.OPEN: "abierto",
    Status.IN_PROGRESS: "en_revision",
    Status.PENDING: "en_revision",
    Status.RESOLVED: "resuelto",
    Status.CLOSED: "cerrado",
}
STATUS_IN: Mapping[wire.Status, tuple[Status, ...]] = {
    "abierto": (Status.OPEN,),
    "en_revision": (Status.IN_PROGRESS, Status.PENDING),
    "resuelto": (Status.RESOLVED,),
    "cerrado": (Status.CLOSED,),
}
CATEGORY_OUT: Mapping[Topic, wire.Category] = {
    Topic.TECHNICAL: "problema_tecnico",
    Topic.ACCOUNT: "cuenta",
    Topic.BILLING: "pagos",
    Topic.ABUSE: "abuso",
    Topic.SUGGESTION: "sugerencia",
    Topic.OTHER: "otro",
}

LONGEST_PAGE = 100
DEFAULT_PAGE = 20
LAST_PAGE = 1_000_000


def draft(form: wire.Create) -> TicketDraft:
    return TicketDraft(
        channel=Channel.DEBUTA, category=form.categoria, subject=form.asunto, description=form.descripcion
    )


def page(query: wire.Query) -> Page:
    """Read page and limit; what cannot be read falls back to 1 and 20."""
    return Page(number=_number(query.page, 1, LAST_PAGE), size=_number(query.limit, DEFAULT_PAGE, LONGEST_PAGE))


def narrowed(sight: TicketFilter, estado: str | None) -> TicketFilter:
    """Return what the caller may see, narrowed to a status; an unknown word finds nothing."""
    if estado is None:
        return sight
    return replace(sight, statuses=next((states for word, states in STATUS_IN.items() if word == fold(estado)), ()))


def created_out(ticket: Ticket) -> wire.CreatedTicket:
    return wire.CreatedTicket(str(ticket.object_id), STATUS_OUT[ticket.status], milliseconds(ticket.created_at))


def ticket_out(ticket: Ticket) -> wire.Ticket:
    """Show a ticket to its owner."""
    return _ticket(ticket, ticket.requester.identity.subject)


def admin_ticket_out(ticket: Ticket) -> wire.Ticket:
    """Show a ticket to an admin, with what its owner's token told about them."""
    return _ticket(ticket, _user(ticket.requester))


def stats(counts: QueueCounts) -> wire.Stats:
    of = counts.by_status
    return wire.Stats(
        total=counts.total,
        abiertos=of[Status.OPEN],
        en_revision=of[Status.IN_PROGRESS] + of[Status.PENDING],
        resueltos=of[Status.RESOLVED],
        no_leidos=counts.unread,
    )


def _ticket(ticket: Ticket, usuario: str | wire.User) -> wire.Ticket:
    return wire.Ticket(
        id=str(ticket.object_id),
        usuario=usuario,
        categoria=CATEGORY_OUT[ticket.topic],
        asunto=ticket.title,
        descripcion=ticket.description,
        estado=STATUS_OUT[ticket.status],
        respuesta_admin=ticket.last_answer or "",
        leido_admin=ticket.is_read,
        created_at=milliseconds(ticket.created_at),
        updated_at=milliseconds(ticket.updated_at),
        v=0,
    )


def _user(requester: Requester) -> wire.User:
    told = requester.profile
    return wire.User(
        id=requester.identity.subject,
        first_name=told.first_name or None,
        last_name=told.last_name or None,
        username=told.username or None,
        correo=told.email or None,
        profile_picture=wire.Picture(told.picture or None),
    )


def _number(word: str, default: int, most: int) -> int:
    text = word.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 9) or int(text) == 0:
        return default
    return min(int(text), most)


def staff_view(found: OpenToRequester, link: Callable[[str], str]) -> wire.Ticket:
    """Return the ticket as this contract shows it to staff, whoever asks through whichever contract."""
    return admin_ticket_out(found.ticket)
