"""A message as it is only looked at, as `ticket_row.TicketRow` is a ticket."""

from typing import NamedTuple, TypeAlias
from uuid import UUID

from ventanilla.core.moments import Micros
from ventanilla.core.thread import Author, AuthorKind, Message

_AUTHOR_KINDS = {word.value: word for word in AuthorKind}


class MessageRow(NamedTuple):
    """What everybody who sees its ticket is shown of a public `Message`, under the same names.

    It holds values as the store has them. `created_at` is microseconds since 1970 in UTC.
    """

    id: int
    uuid_bytes: bytes
    author_word: str
    author_name: str
    author_picture: str | None
    author_subject: str | None
    body: str
    created_at: Micros

    @property
    def uuid(self) -> UUID:
        return UUID(bytes=self.uuid_bytes)

    @property
    def author(self) -> Author:
        return Author(_AUTHOR_KINDS[self.author_word], self.author_name, self.author_picture, self.author_subject)

    @property
    def is_from_staff(self) -> bool:
        return self.author_word == AuthorKind.STAFF


ShownMessage: TypeAlias = Message | MessageRow
