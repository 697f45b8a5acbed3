"""Opening a desk: find the database, bring its schema up to date, refuse what would end badly."""

from pathlib import Path

import apsw

from ventanilla.actions.ports import Desk
from ventanilla.store.engines.sqlite import SqliteDesk
from ventanilla.store.engines.sqlite_connection import OLDEST_SOUND_SQLITE, SqliteConnection, unsound_sqlite
from ventanilla.store.failures import CannotOpen as CannotOpen
from ventanilla.store.failures import newer_schema
from ventanilla.store.migrations import HEAD
from ventanilla.store.transaction import Context

SQLITE_PREFIX = "sqlite:///"


POSTGRES_PREFIXES = ("postgresql://", "postgres://")


def open_desk(database_url: str, context: Context, *, pooled: bool = False) -> Desk:
    """Open the desk at `sqlite:///path` or `postgresql://…`, made and migrated where needed. Raises CannotOpen.

    `pooled` says that a pooler in transaction mode stands before PostgreSQL.
    """
    if database_url.startswith(POSTGRES_PREFIXES):
        return _open_postgres(database_url, context, pooled=pooled)
    return open_sqlite(sqlite_path(database_url), context)


def open_sqlite(path: Path, context: Context) -> SqliteDesk:
    """Open the desk of one SQLite file. Raises CannotOpen."""
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


def _open_postgres(url: str, context: Context, *, pooled: bool) -> Desk:
    from ventanilla.store.engines import postgres, postgres_setup

    postgres_setup.prepare(url)
    return postgres.PostgresDesk(url, context, pooled=pooled)


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
        raise CannotOpen(
            f"database_url is of the kind {kind!r}; expected sqlite:///path/to/desk.sqlite3 or postgresql://user:password@host/database"
        )
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
        raise newer_schema(current) from error
