"""What repositories ask of a database connection, the same on every engine.

SQL is written once with PostgreSQL's `$1, $2, …`; values are int, str, bytes or None on both engines.
"""

from collections.abc import Sequence
from typing import Any, Protocol

Row = tuple[Any, ...]
Value = int | str | bytes | None


class Connection(Protocol):
    async def rows(self, sql: str, *values: Value) -> Sequence[Row]: ...

    async def row(self, sql: str, *values: Value) -> Row | None: ...

    async def run(self, sql: str, *values: Value) -> None: ...
