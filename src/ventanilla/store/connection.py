"""What repositories ask of a database connection, the same on every engine.

SQL is written once with PostgreSQL's `$1, $2, …`; values are int, str, bytes or None on both engines.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from ventanilla.core.search import Words

Row = tuple[Any, ...]
Value = int | str | bytes | None
Put = Callable[[Value], str]


class Finder(Protocol):
    """Full text in the words of one engine. `put` binds a value and returns its placeholder."""

    def headings(self, sought: Sequence[Words], most: int, put: Put) -> str:
        """Return the query for `ticket_id` and `place` of tickets whose heading holds one of these, or all of them.

        `place` is that of `finding.places`; for each the newest `most` are looked at.
        """

    def messages(self, sought: Sequence[Words], most: int, put: Put) -> str:
        """Return the same of messages."""

    def holds(self, one: Words, put: Put) -> str:
        """Return the condition that `tickets f` holds it, anywhere and however old."""


class Connection(Protocol):
    @property
    def finder(self) -> Finder: ...

    @property
    def settled(self) -> str:
        """A condition on `events e`: no event can come to stand before those that meet it any more."""

    async def rows(self, sql: str, *values: Value) -> Sequence[Row]: ...

    async def row(self, sql: str, *values: Value) -> Row | None: ...

    async def run(self, sql: str, *values: Value) -> None: ...
