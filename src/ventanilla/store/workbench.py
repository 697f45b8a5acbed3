"""A database as the command line works on it: one piece of work at a time, and each as long as it takes.

The desk's own way (`engines/sqlite.py`, `engines/postgres.py`) is made for requests, with a queue and with limits of
time; export, copy, backup and the doctor read and write whole tables.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from ventanilla.store.connection import Connection
from ventanilla.store.failures import DatabaseFailed


class Engine(Protocol):
    """What each engine says in its own words."""

    begin_snapshot: str
    begin_work: str
    refusals: tuple[type[Exception], ...]
    """Raised by `Connection.run` for a row that the schema does not take."""
    failures: tuple[type[Exception], ...]
    """Raised when the database cannot go on."""
    mend: str
    """What to do about `damage`."""

    async def version(self, db: Connection) -> str: ...

    async def revision(self, db: Connection) -> str | None:
        """Return the revision of the schema, None for an empty database."""

    async def last_ids(self, db: Connection, tables: Sequence[str]) -> Mapping[str, int]:
        """Return the highest id that each table ever gave out, by name; a table that gave out none is left out."""

    async def pass_over(self, db: Connection, table: str, last: int) -> None:
        """Let a table never again give out an id up to `last`."""

    async def damage(self, db: Connection, *, quick: bool) -> Sequence[str]:
        """Return what the engine finds broken in its own files, a line each."""

    async def hazards(self, db: Connection) -> Sequence[str]:
        """Return the engine's settings under which a commit may be lost."""


class Workbench:
    """One connection, for one caller."""

    def __init__(self, db: Connection, engine: Engine, close: Callable[[], Awaitable[None]]) -> None:
        self.db = db
        self.engine = engine
        self.close = close

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[None]:
        """Show the database as one moment has it while the block runs. Raises DatabaseFailed."""
        try:
            await self.db.run(self.engine.begin_snapshot)
            try:
                yield
            finally:
                await self.db.run("ROLLBACK")
        except self.engine.failures as error:
            raise DatabaseFailed(str(error)) from error

    @asynccontextmanager
    async def work(self) -> AsyncIterator[None]:
        """Keep what the block writes if it comes to its end, else nothing of it. Raises DatabaseFailed."""
        try:
            await self.db.run(self.engine.begin_work)
            try:
                yield
            except BaseException:
                await self.db.run("ROLLBACK")
                raise
            await self.db.run("COMMIT")
        except self.engine.failures as error:
            raise DatabaseFailed(str(error)) from error
