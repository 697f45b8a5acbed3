"""An upgrade builds its indexes while the desk is in use, and finishes what another has left."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import asyncpg
import pytest

from tests.postgres import PostgresServer
from ventanilla.store.engines import postgres_setup
from ventanilla.store.engines.postgres_indexes import take_out
from ventanilla.store.migrations import HEAD
from ventanilla.store.migrations.writer import migration_sql

STATEMENT = "CREATE INDEX CONCURRENTLY messages_by_word ON messages USING gin (words)"
OLD = "0002"
LONGEST = 60.0
IS_VALID = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('messages_by_word')"

Connection: TypeAlias = "asyncpg.Connection[Any]"


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


@pytest.fixture
def old_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A desk that was made long ago."""
    address = postgres_server.new_database(migrated=False)
    asyncio.run(run(address, migration_sql("postgresql", None, OLD)))
    yield address
    postgres_server.drop(address)


async def run(url: str, script: str) -> None:
    async with connected(url) as connection:
        await connection.execute(script)


async def indexes_of(connection: Connection) -> list[tuple[str, str]]:
    found = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname"
    return [(row[0], row[1]) for row in await connection.fetch(found)]


async def leave_unbuilt(connection: Connection) -> None:
    await connection.execute("DROP INDEX IF EXISTS messages_by_word")
    await connection.execute("INSERT INTO unbuilt_indexes VALUES ('messages_by_word', $1)", STATEMENT)


async def begun(connection: Connection) -> None:
    """Wait until the index stands there, half built: the build's first transaction is over, it waits for others."""
    async with asyncio.timeout(LONGEST):
        while await connection.fetchval(IS_VALID) is not False:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_writing_goes_on_while_an_index_is_built(postgres_url: str) -> None:
    async with connected(postgres_url) as slow, connected(postgres_url) as other:
        await leave_unbuilt(other)
        work = slow.transaction()
        await work.start()
        await slow.execute("UPDATE messages SET body = body")  # the build waits for the end of this transaction
        build = asyncio.create_task(asyncio.to_thread(postgres_setup.prepare, postgres_url))
        await begun(other)
        await other.execute("UPDATE messages SET body = body", timeout=LONGEST)
        assert not build.done()
        await work.commit()
        assert await build == HEAD
        assert await other.fetchval(IS_VALID)
        assert await other.fetchval("SELECT COUNT(*) FROM unbuilt_indexes") == 0


async def test_index_that_a_killed_process_left_half_built_is_built_anew(postgres_url: str) -> None:
    async with connected(postgres_url) as slow, connected(postgres_url) as other, connected(postgres_url) as killed:
        await leave_unbuilt(other)
        async with slow.transaction():
            await slow.execute("UPDATE messages SET body = body")
            build = asyncio.create_task(killed.execute(STATEMENT))
            await begun(other)
            build.cancel()
            with pytest.raises(asyncio.CancelledError):
                await build
        assert await other.fetchval(IS_VALID) is False
        await asyncio.to_thread(postgres_setup.prepare, postgres_url)
        assert await other.fetchval(IS_VALID) is True


async def test_replicas_that_start_at_once_build_an_index_once(postgres_url: str) -> None:
    async with connected(postgres_url) as connection:
        await leave_unbuilt(connection)
        starts = [asyncio.to_thread(postgres_setup.prepare, postgres_url) for _ in range(3)]
        assert await asyncio.gather(*starts) == [HEAD] * 3
        assert await connection.fetchval(IS_VALID)


async def test_upgraded_desk_has_the_indexes_of_a_new_one(postgres_url: str, old_url: str) -> None:
    assert await asyncio.to_thread(postgres_setup.prepare, old_url) == OLD
    async with connected(old_url) as upgraded, connected(postgres_url) as new:
        assert await indexes_of(upgraded) == await indexes_of(new)


def test_index_that_a_later_step_drops_is_not_left_for_later() -> None:
    script = "CREATE INDEX a ON tickets (id);\n\nCREATE INDEX b ON tickets (id);\n\nDROP INDEX a;\n\n"
    left, indexes = take_out(script)
    assert [index.name for index in indexes] == ["b"]
    assert left.startswith("CREATE INDEX a ON tickets (id);")


def test_index_of_a_table_that_the_same_script_makes_is_built_with_it() -> None:
    script = "CREATE TABLE notes (\n    id BIGINT\n);\n\nCREATE INDEX notes_by_id ON notes (id);\n\n"
    assert take_out(script) == (script, [])
