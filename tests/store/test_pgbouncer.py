"""Two desks on one PostgreSQL through PgBouncer in transaction mode, whose few connections serve whoever comes next."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from tests.actions.drafts import opened_by, stored
from tests.conftest import Clock, context_of
from tests.people import ANA, BRUNO
from tests.pgbouncer import PROGRAM, running_pgbouncer
from tests.postgres import PostgresServer
from ventanilla.actions import reading, threads
from ventanilla.actions.ports import Desk
from ventanilla.core.people import Actor
from ventanilla.store.engines import postgres_setup
from ventanilla.store.engines.postgres import PostgresDesk
from ventanilla.store.opening import open_desk

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="pgbouncer is not installed")

SERVER_CONNECTIONS = 3
"""Fewer than one desk alone would like to have."""
SET_BY_THE_POOLER = {"application_name", "client_encoding"}
CHANGED = "SELECT name FROM pg_settings WHERE source = 'session' AND setting IS DISTINCT FROM reset_val"
ROUNDS = 15
CLIENTS = 8


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that the user who runs PgBouncer can read."""
    folder = Path(tempfile.mkdtemp(prefix="ventanilla-pgbouncer-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def pooled_url(postgres_url: str, open_folder: Path) -> Iterator[str]:
    with running_pgbouncer(postgres_url, open_folder, connections=SERVER_CONNECTIONS) as url:
        yield url


async def test_two_desks_work_through_a_pooler_without_an_error(pooled_url: str, clock: Clock) -> None:
    desks = [PostgresDesk(pooled_url, context_of(clock), pooled=True) for _ in range(2)]
    work = [_use(desks[n % 2], desks[1 - n % 2], (ANA, BRUNO)[n % 2]) for n in range(CLIENTS)]
    numbers = [number for found in await asyncio.gather(*work) for number in found]
    assert sorted(numbers) == list(range(1, CLIENTS * ROUNDS + 1)), "a label twice, or a gap"
    for desk in desks:
        await desk.close()


async def _use(desk: Desk, other: Desk, person: Actor) -> list[int]:
    """Open tickets on one desk, answer them on the other, read them on both."""
    numbers = []
    for _ in range(ROUNDS):
        ticket = await opened_by(desk, person)
        await other.write(threads.reply, person, ticket.id, "Sigue igual")
        for one in (desk, other):
            again = await stored(one, ticket)
            assert again.uuid == ticket.uuid
            assert again.requester.identity == person.identity
            said = await one.read(reading.conversation, person, ticket.id)
            assert said.messages[-1].body == "Sigue igual"
        numbers.append(ticket.label.number)
    return numbers


def test_empty_database_is_migrated_through_the_pooler(
    postgres_server: PostgresServer, open_folder: Path, clock: Clock
) -> None:
    empty = postgres_server.new_database(migrated=False)
    with running_pgbouncer(empty, open_folder, connections=SERVER_CONNECTIONS) as url:
        assert postgres_setup.prepare(url) is None

        async def open_one() -> int:
            desk = open_desk(url, context_of(clock), pooled=True)
            ticket = await opened_by(desk, ANA)
            await desk.close()
            return ticket.label.number

        assert asyncio.run(open_one()) == 1
    postgres_server.drop(empty)


async def test_desk_leaves_nothing_behind_on_the_connections_of_others(pooled_url: str, clock: Clock) -> None:
    desk = PostgresDesk(pooled_url, context_of(clock), pooled=True)
    await asyncio.gather(*(opened_by(desk, ANA) for _ in range(20)))
    neighbours = [await asyncpg.connect(pooled_url, statement_cache_size=0) for _ in range(SERVER_CONNECTIONS)]
    for neighbour in neighbours:
        await neighbour.execute("BEGIN")  # each holds a connection to the server now
        assert await neighbour.fetchval("SELECT count(*) FROM pg_prepared_statements WHERE name <> ''") == 0
        changed = {row[0] for row in await neighbour.fetch(CHANGED)}
        assert changed <= SET_BY_THE_POOLER
    for neighbour in neighbours:
        await neighbour.close()
    await desk.close()
