"""Opening a database for the command line: as it is, or made ready first."""

from ventanilla.store import opening
from ventanilla.store.failures import CannotOpen, newer_schema
from ventanilla.store.migrations import HEAD
from ventanilla.store.workbench import Workbench


async def open_prepared(database_url: str) -> Workbench:
    """Open a desk, made and migrated where needed. Raises CannotOpen."""
    prepare(database_url)
    return await open_current(database_url)


async def open_current(database_url: str) -> Workbench:
    """Open a desk whose schema is the one of this version. Raises CannotOpen for any other, and DatabaseFailed."""
    bench = await open_as_it_is(database_url)
    try:
        async with bench.snapshot():
            _require_current(await bench.engine.revision(bench.db))
    except BaseException:
        await bench.close()
        raise
    return bench


async def open_as_it_is(database_url: str) -> Workbench:
    """Open a database that is there, of whatever revision. Raises CannotOpen."""
    if is_postgres(database_url):
        from ventanilla.store.engines import postgres_upkeep

        return await postgres_upkeep.open_workbench(database_url)
    from ventanilla.store.engines import sqlite_upkeep

    return sqlite_upkeep.open_workbench(opening.sqlite_path(database_url))


def prepare(database_url: str) -> str | None:
    """Make and migrate; returns the revision before (None: there was nothing). Raises CannotOpen."""
    if is_postgres(database_url):
        from ventanilla.store.engines import postgres_setup

        return postgres_setup.prepare(database_url)
    path = opening.sqlite_path(database_url)
    opening.refuse_unsound_sqlite()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotOpen(f"The folder {path.parent} cannot be made: {error}") from error
    return opening.migrate(path)


def is_postgres(database_url: str) -> bool:
    return database_url.startswith(opening.POSTGRES_PREFIXES)


def _require_current(revision: str | None) -> None:
    if revision is None or revision < HEAD:
        raise CannotOpen(f"The schema is at revision {revision}, this version needs {HEAD}: run `ventanilla migrate`.")
    if revision > HEAD:
        raise newer_schema(revision)
