"""The queries that find one ticket, by each way of naming it."""

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from ventanilla.core.ids import Label, ObjectId, TicketRef
from ventanilla.core.message_row import MessageRow
from ventanilla.core.ticket_row import TicketRow
from ventanilla.store.connection import Row, Value
from ventanilla.store.ticket_rows import PEOPLE, ROW_COLUMNS, SELECT

ROW_WIDTH = len(TicketRow._fields)
_MESSAGE_COLUMNS = (
    "m.id, m.uuid, m.author_kind, m.author_name, m.author_picture, m.author_subject, m.body, m.created_at"
)
_NO_TICKET = ", ".join(["NULL"] * ROW_WIDTH)
_NO_MESSAGE = ", ".join(["0", *["NULL"] * (len(MessageRow._fields) - 1)])


class Lookup(NamedTuple):
    by_id: str
    by_uuid: str
    by_label: str

    def asked(self, ref: TicketRef) -> tuple[str, tuple[Value, ...]]:
        """Return the query for this ticket, with its values."""
        match ref:
            case int():
                return self.by_id, (ref,)
            case UUID():
                return self.by_uuid, (ref.bytes,)
            case Label(year, number):
                return self.by_label, (year, number)
            case ObjectId(id=integer):
                return self.by_id, (integer,)


_NAMED = Lookup("t.id = $1", "t.uuid = $1", "t.label_year = $1 AND t.label_number = $2")


def _conversation(named: str, ticket_id: str) -> str:
    """Return the query for a ticket and its public messages, a row each: a second query would be a second round trip.

    The rows of both are as wide, and each is empty where the other has its columns. They come in any order.
    """
    return (
        f"SELECT {ROW_COLUMNS}, {_NO_MESSAGE}{PEOPLE} WHERE {named} UNION ALL SELECT {_NO_TICKET}, {_MESSAGE_COLUMNS}"
        f" FROM messages m WHERE m.ticket_id = {ticket_id} AND m.visibility = 'public'"
    )


WHOLE = Lookup(*(f"{SELECT} WHERE {named}" for named in _NAMED))
CONVERSATION = Lookup(
    _conversation(_NAMED.by_id, "$1"),
    _conversation(_NAMED.by_uuid, "(SELECT id FROM tickets WHERE uuid = $1)"),
    _conversation(_NAMED.by_label, "(SELECT id FROM tickets WHERE label_year = $1 AND label_number = $2)"),
)

_message_id = itemgetter(ROW_WIDTH)


def conversation_from(found: Sequence[Row]) -> tuple[TicketRow, Sequence[MessageRow]]:
    """Return the ticket and its messages, oldest first, from the rows of `CONVERSATION`."""
    ticket, *messages = sorted(found, key=_message_id)
    return TicketRow._make(ticket[:ROW_WIDTH]), [MessageRow._make(row[ROW_WIDTH:]) for row in messages]
