"""What repositories ask of a database connection, the same on every engine.

SQL is written once with PostgreSQL's `$1, $2, …`; values are int, str, bytes or None on both engines.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from ventanilla.core.search import Words

Row = tuple[Any, ...]
Value = int | str | bytes | None


class Finder(Protocol):
    """Full text in the words of one engine. `asked` is what `asking` returned."""

    def asking(self, sought: Sequence[Words], put: Callable[[Value], str]) -> str:
        """Return the SQL for the engine's query of texts that hold all of these; `put` binds a value."""

    def headings(self, asked: str, most: int) -> str:
        """Return the query for the `ticket_id` of the newest tickets whose heading is meant."""

    def messages(self, asked: str, most: int, *, notes: bool) -> str:
        """Return the query for the `ticket_id` of the newest messages that are meant."""

    def holds(self, asked: str, *, notes: bool) -> str:
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
