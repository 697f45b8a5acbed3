"""Tickets by the hundred thousand, written by the core's own verbs and put into the tables straight.

Each ticket has three messages: it was opened, answered and resolved by staff, and the requester replied, so it is open
again. A person's tickets lie scattered over the whole table. The same number always gives the same desk.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bench import people
from ventanilla.core import ids
from ventanilla.core.lifecycle import Action
from ventanilla.core.people import Actor, ActorKind, AgentRef, Contact, Identity, Profile, Requester, Role
from ventanilla.core.sla import SlaPolicy
from ventanilla.core.thread import Author, AuthorKind, Message
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Channel, Priority
from ventanilla.store.columns import micros
from ventanilla.store.connection import Value
from ventanilla.store.events import EVENT_COLUMNS, event_values
from ventanilla.store.ticket_rows import COLUMNS, values_of

Values = tuple[Value, ...]

REQUESTERS = (
    *("id", "issuer", "subject", "name", "email", "first_name", "last_name", "username", "picture", "created_at"),
)
AGENTS = (
    *("id", "uuid", "issuer", "subject", "email", "name", "role", "areas", "phone", "picture", "is_active"),
    *("password_hash", "created_at"),
)
TICKETS = ("id", *COLUMNS)
MESSAGES = (
    *("uuid", "ticket_id", "author_kind", "author_name", "author_picture", "author_subject", "visibility", "body"),
    "created_at",
)
EVENTS = ("ticket_id", *EVENT_COLUMNS)
COUNTS = (
    "INSERT INTO label_counters (year, last) SELECT label_year, MAX(label_number) FROM tickets GROUP BY label_year",
    "INSERT INTO queue_counts (area_key, status, is_read, tickets)"
    " SELECT area_key, status, is_read, COUNT(*) FROM tickets GROUP BY area_key, status, is_read",
)
"""What the store counts as it goes, counted afterwards."""

CHUNK = 5_000
MESSAGES_EACH = 3
_YEAR = datetime(2025, 1, 1, tzinfo=UTC)
_LAST_HOUR = timedelta(days=364)
_CATEGORIES = ("account", "payment", "technical", "other")
_AREAS = ("MESA", "Redes", "Pagos", "Cuentas", "Soporte", "Legal", "Ventas", "Logística")
_STAFF = Actor(
    kind=ActorKind.AGENT,
    identity=Identity(people.ISSUER, people.ADMIN),
    profile=Profile(name="Alicia Admin"),
    role=Role.ADMIN,
)
_AGENT = AgentRef(1, people.ADMIN, "Alicia Admin", UUID(int=1))


@dataclass
class Chunk:
    """Rows for four tables, each in the order of the columns above."""

    tickets: list[Values] = field(default_factory=list)
    messages: list[Values] = field(default_factory=list)
    events: list[Values] = field(default_factory=list)


def insert(table: str, columns: tuple[str, ...]) -> str:
    """Return SQLite's statement for one row."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def requesters(tickets: int) -> list[Values]:
    born = micros(_YEAR)
    return [
        (person + 1, people.ISSUER, people.subject(person), *_profile(person), born)
        for person in range(people.people_of(tickets))
    ]


def agents() -> list[Values]:
    uuid = _uuid(_YEAR, 0).bytes
    return [(1, uuid, people.ISSUER, people.ADMIN, "", _AGENT.name, "admin", "[]", "", "", 1, None, micros(_YEAR))]


def chunks(tickets: int) -> Iterator[Chunk]:
    for first in range(0, tickets, CHUNK):
        chunk = Chunk()
        for number in range(first, min(first + CHUNK, tickets)):
            _add(chunk, number, tickets)
        yield chunk


def story(number: int, tickets: int) -> tuple[Ticket, list[Message]]:
    """Return the ticket of this number (from 0) among so many, with its three messages."""
    person = number % people.people_of(tickets)
    opened_at = _YEAR + _LAST_HOUR * number / tickets
    said = [_message(number, place, person, opened_at + timedelta(hours=place)) for place in range(3)]
    ticket = _ticket(number, person, opened_at, said[0])
    caller = Actor(kind=ActorKind.REQUESTER, identity=ticket.requester.identity, profile=ticket.requester.profile)
    ticket.record_opening(caller, said[0])
    if number % 3 == 0:
        ticket.assign(_STAFF, _AGENT, opened_at)
    ticket.answer(_STAFF, said[1])
    ticket.act(_STAFF, Action.RESOLVE, said[1].created_at)
    ticket.reply(caller, said[2])
    return ticket, said


def _add(chunk: Chunk, number: int, tickets: int) -> None:
    ticket, said = story(number, tickets)
    chunk.tickets.append((ticket.id, *values_of(ticket)))
    chunk.events += [(ticket.id, *event_values(fact)) for fact in ticket.facts]
    chunk.messages += [message_values(ticket.id, message) for message in said]


def message_values(ticket_id: int, message: Message) -> Values:
    """Return the values of MESSAGES."""
    author = message.author
    who = (author.kind.value, author.name, author.picture, author.subject)
    return (message.uuid.bytes, ticket_id, *who, message.visibility.value, message.body, micros(message.created_at))


def _ticket(number: int, person: int, at: datetime, opening: Message) -> Ticket:
    return Ticket(
        id=number + 1,
        uuid=_uuid(at, 4 * number + 3),
        label=ids.Label(at.year, number + 1),
        channel=Channel.MOBILE,
        requester=Requester(person + 1, Identity(people.ISSUER, people.subject(person)), Profile(*_profile(person))),
        contact=Contact(name=f"Person {person}", email=f"{people.subject(person)}@example.com"),
        subject=f"Order {number} did not arrive",
        description=opening.body,
        category=_CATEGORIES[number % len(_CATEGORIES)],
        area=_AREAS[number % len(_AREAS)],
        priority=Priority.NORMAL,
        sla=SlaPolicy().clock(Priority.NORMAL, at),
        created_at=at,
        updated_at=at,
        last_reply_at=at,
    )


def _message(number: int, place: int, person: int, at: datetime) -> Message:
    is_ours = place == 1
    author = Author(
        AuthorKind.STAFF if is_ours else AuthorKind.REQUESTER,
        _AGENT.name if is_ours else f"Person {person}",
        None,
        _AGENT.subject if is_ours else people.subject(person),
    )
    body = f"Message {place + 1} about order {number}: it was promised for Monday, and today is Thursday. " * 2
    return Message(uuid=_uuid(at, 4 * number + place), author=author, body=body, created_at=at)


def _profile(person: int) -> tuple[str, ...]:
    return (f"Person {person}", f"{people.subject(person)}@example.com", "", "", "", "")


def _uuid(at: datetime, number: int) -> UUID:
    return ids.new_uuid(at, number.to_bytes(10, "big"))
