"""What repositories ask of a database connection, the same on every engine.

SQL is written once with PostgreSQL's `$1, $2, …`; values are int, str, bytes or None on both engines.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

Row = tuple[Any, ...]
Value = int | str | bytes | None


class Connection(Protocol):
    @property
    def upkeep(self) -> "Upkeep": ...

    async def rows(self, sql: str, *values: Value) -> Sequence[Row]: ...

    async def row(self, sql: str, *values: Value) -> Row | None: ...

    async def run(self, sql: str, *values: Value) -> None: ...


class Upkeep(Protocol):
    """What the command line asks of a database, and each engine answers in its own words."""

    refusals: tuple[type[Exception], ...]
    """Raised by `Connection.run` for a row that the schema does not take."""

    async def last_ids(self, db: Connection, tables: Sequence[str]) -> Mapping[str, int]:
        """Return the highest id that each table ever gave out; a table that gave out none is left out."""

    async def pass_over(self, db: Connection, table: str, last: int) -> None:
        """Let a table never again give out an id up to `last`."""

    async def damage(self, db: Connection, *, quick: bool) -> Sequence[str]:
        """Return what the engine finds broken in its own files, a line each."""

    async def hazards(self, db: Connection) -> Sequence[str]:
        """Return the settings of the engine under which a commit may be lost."""
