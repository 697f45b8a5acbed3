"""Opening a desk: find the database, bring its schema up to date, refuse what would end badly."""

from pathlib import Path

import apsw

from ventanilla.store.engines.sqlite import OLDEST_SOUND_SQLITE, SqliteConnection, SqliteDesk, unsound_sqlite
from ventanilla.store.migrations import HEAD
from ventanilla.store.transaction import Context

SQLITE_PREFIX = "sqlite:///"


class CannotOpen(Exception):
    """The desk cannot be opened; the text says why and what to do."""


def open_desk(database_url: str, context: Context) -> SqliteDesk:
    """Open the desk at `sqlite:///path`, made and migrated where needed. Raises CannotOpen."""
    path = sqlite_path(database_url)
    refuse_unsound_sqlite()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        migrate(path)
        return SqliteDesk(path, context)
    except (OSError, apsw.Error) as error:
        raise CannotOpen(
            f"The database {path} cannot be opened: {error}. Check that the folder exists, that this user may write "
            "there, and that the file is a SQLite database."
        ) from error


def refuse_unsound_sqlite() -> None:
    found = unsound_sqlite()
    if found:
        oldest = ".".join(str(part) for part in OLDEST_SOUND_SQLITE)
        raise CannotOpen(
            f"SQLite {found} can corrupt the database; {oldest} or newer is needed. Install the `apsw` package, which "
            "brings its own SQLite: pip install --upgrade apsw"
        )


def sqlite_path(database_url: str) -> Path:
    """Return the file of `sqlite:///path`. Raises CannotOpen for any other kind of address."""
    if not database_url.startswith(SQLITE_PREFIX) or database_url.removeprefix(SQLITE_PREFIX) in ("", ":memory:"):
        kind = database_url.partition(":")[0]
        raise CannotOpen(f"database_url is of the kind {kind!r}; expected sqlite:///path/to/desk.sqlite3")
    return Path(database_url.removeprefix(SQLITE_PREFIX))


def migrate(path: Path) -> str | None:
    """Bring the schema up to date; returns the revision it had before (None: it was empty). Raises CannotOpen.

    The whole way is one transaction under the write lock, so that two processes starting at once migrate once.
    """
    connection = SqliteConnection(path)
    try:
        current = schema_revision(connection)
        if current == HEAD:
            return current
        connection.do("PRAGMA foreign_keys = OFF")
        connection.do("BEGIN IMMEDIATE")
        current = schema_revision(connection)
        if current != HEAD:
            connection.do(_script(current))
        connection.do("COMMIT")
        return current
    finally:
        connection.roll_back()
        connection.close()


def schema_revision(connection: SqliteConnection) -> str | None:
    """Return the revision of a database, None for an empty one."""
    known = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    if not connection.raw.execute(known).fetchall():
        return None
    found = connection.raw.execute("SELECT version_num FROM alembic_version").fetchall()
    return str(found[0][0]) if found else None


def _script(current: str | None) -> str:
    from ventanilla.store.migrations.writer import UnknownRevision, migration_sql

    try:
        return migration_sql("sqlite", current)
    except UnknownRevision as error:
        raise CannotOpen(
            f"The database has schema {current}, which this Ventanilla ({HEAD}) does not know: it was made by a newer "
            "version. Start that version, or restore a backup from before the upgrade."
        ) from error
