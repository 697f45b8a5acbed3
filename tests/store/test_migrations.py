"""The migrations make the schema that `store.schema` shows, and the code knows how far they go."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, pool
from sqlalchemy.engine import Connection

import ventanilla.store.migrations as migrations
from tests.conftest import Clock
from tests.store.corpus import fill
from ventanilla.store.engines.sqlite import SqliteDesk
from ventanilla.store.migrations.writer import UnknownRevision, migration_sql
from ventanilla.store.schema import metadata

SEARCH = ("message_words", "ticket_words", "search_progress", "search_terms")
"""What only SQLite has for its full text, with the tables that FTS5 makes beside the first two."""

Columns = dict[str, list[tuple[object, ...]]]


def make_with_migrations(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(migration_sql("sqlite", None))


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Connection]:
    make_with_migrations(tmp_path / "migrated.sqlite3")
    engine = create_engine(f"sqlite:///{tmp_path}/migrated.sqlite3", poolclass=pool.NullPool)
    with engine.connect() as connection:
        yield connection


def described(path: Path) -> Columns:
    """Everything that SQLite itself knows about the tables and indexes of a file."""
    with closing(sqlite3.connect(path)) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [table for table in tables if not table.startswith(SEARCH)]
        found: Columns = {}
        for table in tables:
            found[f"{table} columns"] = database.execute(f"PRAGMA table_xinfo({table})").fetchall()
            keys = database.execute(f"PRAGMA foreign_key_list({table})").fetchall()
            found[f"{table} foreign keys"] = sorted(key[2:] for key in keys)
            numbered = "SELECT sql LIKE '%AUTOINCREMENT%' FROM sqlite_master WHERE name = ?"
            found[f"{table} numbering"] = database.execute(numbered, (table,)).fetchall()
            for index in database.execute(f"PRAGMA index_list({table})").fetchall():
                rows = database.execute(f"PRAGMA index_xinfo({index[1]})").fetchall()
                found.setdefault(f"{table} indexes", []).append((index[2:], tuple(rows)))
            found.setdefault(f"{table} indexes", []).sort(key=str)
    return found


def test_alembic_finds_no_difference_between_migrations_and_schema(migrated: Connection) -> None:
    options = {"compare_type": True, "include_name": lambda name, *_: not (name or "").startswith(SEARCH)}
    assert compare_metadata(MigrationContext.configure(migrated, opts=options), metadata) == []


def test_sqlite_finds_no_difference_either(tmp_path: Path) -> None:
    make_with_migrations(tmp_path / "migrated.sqlite3")
    engine = create_engine(f"sqlite:///{tmp_path}/declared.sqlite3", poolclass=pool.NullPool)
    metadata.create_all(engine)
    by_migrations = described(tmp_path / "migrated.sqlite3")
    declared = described(tmp_path / "declared.sqlite3")
    assert {key: value for key, value in by_migrations.items() if not key.startswith("alembic_version ")} == declared


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return ScriptDirectory.from_config(config)


def test_the_code_knows_the_newest_revision() -> None:
    assert scripts().get_current_head() == migrations.HEAD


def test_migrating_by_steps_is_migrating_at_once(tmp_path: Path) -> None:
    make_with_migrations(tmp_path / "at-once.sqlite3")
    current = None
    with closing(sqlite3.connect(tmp_path / "by-steps.sqlite3")) as database:
        for script in reversed(list(scripts().walk_revisions())):
            database.executescript(migration_sql("sqlite", current, script.revision))
            current = script.revision
    assert described(tmp_path / "by-steps.sqlite3") == described(tmp_path / "at-once.sqlite3")


def test_an_up_to_date_database_needs_no_statement() -> None:
    assert migration_sql("sqlite", migrations.HEAD).strip() == ""


def test_the_way_from_an_unknown_revision_is_unknown() -> None:
    with pytest.raises(UnknownRevision):
        migration_sql("sqlite", "9999")


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_the_migrations_can_be_written_for_both_engines(dialect: str) -> None:
    written = migration_sql(dialect, None)
    for table in metadata.tables:
        assert f"CREATE TABLE {table} (" in written


async def test_the_queue_columns_of_older_tickets_are_filled_as_new_ones_are(
    sqlite_desk: SqliteDesk, desk_file: Path, clock: Clock
) -> None:
    await fill(sqlite_desk, clock)
    columns = "SELECT id, due_at, is_live, priority_rank FROM tickets ORDER BY id"
    revision = scripts().get_revision("0003")
    assert revision
    with closing(sqlite3.connect(desk_file)) as database:
        by_the_code = database.execute(columns).fetchall()
        database.execute("UPDATE tickets SET due_at = 0, is_live = 0, priority_rank = 0")
        database.execute(revision.module._FILL)
        assert database.execute(columns).fetchall() == by_the_code
    assert len({row[1:] for row in by_the_code}) > 5


async def test_the_words_of_an_older_desk_are_those_that_are_written_down_as_they_come(
    sqlite_desk: SqliteDesk, desk_file: Path, clock: Clock
) -> None:
    await fill(sqlite_desk, clock)
    await sqlite_desk.index()
    terms = "SELECT term FROM search_terms ORDER BY term"
    revision = scripts().get_revision("0013")
    assert revision
    with closing(sqlite3.connect(desk_file)) as database:
        as_they_came = database.execute(terms).fetchall()
        database.execute("DROP TABLE search_terms")
        for statement in revision.module._SQLITE:
            database.execute(statement)
        assert database.execute(terms).fetchall() == as_they_came
    assert len(as_they_came) > 20
