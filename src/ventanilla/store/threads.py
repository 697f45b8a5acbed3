"""Messages in and out of the database."""

from collections.abc import Sequence
from uuid import UUID

from ventanilla.core.thread import Author, AuthorKind, Message, Visibility
from ventanilla.core.ticket import Ticket
from ventanilla.core.ticket_row import TicketRow
from ventanilla.store.columns import micros, moment, placeholders
from ventanilla.store.connection import Connection, Row

_INSERT = (
    "INSERT INTO messages (uuid, ticket_id, author_kind, author_name, author_picture, author_subject, visibility,"
    " body, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id"
)
MESSAGE = ", ".join(
    f"m.{name}"
    for name in (
        "id",
        "uuid",
        "author_kind",
        "author_name",
        "author_picture",
        "author_subject",
        "visibility",
        "body",
        "created_at",
    )
)
"""What `message_from` reads, of `messages m`."""
_SELECT = f"SELECT {MESSAGE} FROM messages m WHERE m.ticket_id = $1"
_SHOWN = " AND visibility = 'public'"
_ALL = f"{_SELECT} ORDER BY m.id"
_PUBLIC = f"{_SELECT} AND m.visibility = 'public' ORDER BY m.id"

# As in ticket_rows: looking a word up costs a tenth of asking its Enum.
_AUTHOR_KINDS = {word.value: word for word in AuthorKind}
_VISIBILITIES = {word.value: word for word in Visibility}


_NEWEST = (
    "SELECT ticket_id, body FROM (SELECT id, ticket_id, body,"
    " ROW_NUMBER() OVER (PARTITION BY ticket_id ORDER BY id DESC) AS place FROM messages WHERE {which}) AS numbered"
    " WHERE place <= {most} ORDER BY id DESC"
)


class ThreadRepository:
    """`actions.ports.Threads` in SQL."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def add(self, ticket: Ticket, message: Message) -> Message:
        return await add_message(self._db, ticket.id, message)

    async def of(self, ticket: Ticket | TicketRow, *, internal: bool) -> Sequence[Message]:
        return [message_from(row) for row in await self._db.rows(_ALL if internal else _PUBLIC, ticket.id)]

    async def newest(self, tickets: Sequence[int], most: int, *, internal: bool) -> Sequence[tuple[int, str]]:
        which = f"ticket_id IN ({placeholders(len(tickets))}){'' if internal else _SHOWN}"
        rows = await self._db.rows(_NEWEST.format(which=which, most=most), *tickets)
        return [(int(row[0]), str(row[1])) for row in rows]


async def add_message(db: Connection, ticket_id: int, message: Message) -> Message:
    """Store one message; returns it with its id."""
    author = message.author
    row = await db.row(
        _INSERT,
        message.uuid.bytes,
        ticket_id,
        author.kind.value,
        author.name,
        author.picture,
        author.subject,
        message.visibility.value,
        message.body,
        micros(message.created_at),
    )
    assert row is not None
    # Not `replace`, which takes three times as long: each new ticket comes by here.
    return Message(
        id=row[0],
        uuid=message.uuid,
        author=author,
        body=message.body,
        created_at=message.created_at,
        visibility=message.visibility,
    )


def message_from(row: Row) -> Message:
    return Message(
        id=row[0],
        uuid=UUID(int=int.from_bytes(row[1])),
        author=Author(_AUTHOR_KINDS[row[2]], row[3], row[4], row[5]),
        visibility=_VISIBILITIES[row[6]],
        body=row[7],
        created_at=moment(row[8]),
    )
