"""Opening a desk on PostgreSQL: what would end badly is refused, with a sentence that says what to do."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest

from tests.faults.postmaster import Postmaster, running_postmaster
from tests.postgres import PostgresServer
from tests.tox import proxy_to
from ventanilla.store.engines import postgres_setup
from ventanilla.store.failures import CannotOpen
from ventanilla.store.migrations import HEAD
from ventanilla.store.schema import metadata

UNREACHABLE = "cannot be reached"
ADVICE = "Check host, port, user, password and database name"


def ask(url: str, sql: str) -> list[tuple[object, ...]]:
    async def work() -> list[tuple[object, ...]]:
        connection = await asyncpg.connect(url)
        try:
            return [tuple(row) for row in await connection.fetch(sql)]
        finally:
            await connection.close()

    return asyncio.run(work())


def refusal(url: str) -> str:
    with pytest.raises(CannotOpen) as refused:
        postgres_setup.prepare(url)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def serve(folder: Path, database_url: str) -> subprocess.CompletedProcess[str]:
    """Run `ventanilla serve` where it is expected to give up by itself."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("VENTANILLA_")}
    return subprocess.run(
        [sys.executable, "-m", "ventanilla", "serve", "--port", "0"],
        cwd=folder,
        env=clean | {"VENTANILLA_DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        timeout=30,
    )


@pytest.fixture
def empty_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of a new database without any table."""
    address = postgres_server.new_database(migrated=False)
    yield address
    postgres_server.drop(address)


@pytest.fixture
def postmaster() -> Iterator[Postmaster]:
    with running_postmaster() as server:
        yield server


@pytest.fixture
def guest_url(empty_url: str) -> Iterator[str]:
    """The same database, for somebody who may look and not make tables."""
    guest = f"guest_{uuid4().hex}"
    ask(empty_url, f"CREATE ROLE {guest} LOGIN")
    yield empty_url.replace(f"//{urlsplit(empty_url).username}", f"//{guest}", 1)
    ask(empty_url, f"DROP ROLE {guest}")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://desk@no-such-host.invalid/desk",
        "postgresql://desk@127.0.0.1:1/desk",
        "postgresql://desk@127.0.0.1:70000/desk",
        "postgresql://desk@127.0.0.1:port/desk",
        "postgresql://desk@[::1/desk",
        "postgresql://desk@127.0.0.1:1/desk?sslmode=sometimes",
        "postgresql://desk@127.0.0.1:1/desk?sslmode=verify-full&sslrootcert=/no/such/file",
    ],
)
def test_server_that_is_not_there_is_told_with_what_to_check(url: str) -> None:
    told = refusal(url)
    assert UNREACHABLE in told
    assert ADVICE in told


def test_database_that_is_not_there_is_named(postgres_server: PostgresServer) -> None:
    told = refusal(postgres_server.address_of("nowhere"))
    assert 'database "nowhere" does not exist' in told
    assert ADVICE in told


def test_user_who_is_not_there_is_named(empty_url: str) -> None:
    told = refusal(empty_url.replace(f"//{urlsplit(empty_url).username}", "//nobody", 1))
    assert 'role "nobody" does not exist' in told
    assert ADVICE in told


def test_wrong_password_is_told_and_not_repeated(postmaster: Postmaster) -> None:
    postmaster.require_password("the right one")
    told = refusal(f"postgresql://postgres:hush@127.0.0.1:{postmaster.port}/postgres")
    assert 'password authentication failed for user "postgres"' in told
    assert ADVICE in told
    assert "hush" not in told


def test_database_in_another_encoding_is_refused(postgres_server: PostgresServer) -> None:
    name = f"desk_{uuid4().hex}"
    ask(
        postgres_server.address_of("postgres"),
        f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0",
    )
    try:
        told = refusal(postgres_server.address_of(name))
    finally:
        postgres_server.drop(postgres_server.address_of(name))
    assert "encoded in SQL_ASCII" in told
    assert "ENCODING 'UTF8'" in told


def test_user_who_may_not_make_tables_is_refused(guest_url: str) -> None:
    told = refusal(guest_url)
    assert "permission denied for schema public" in told
    assert "GRANT CREATE" in told


def test_user_who_may_not_read_the_tables_is_refused(guest_url: str, empty_url: str) -> None:
    postgres_setup.prepare(empty_url)
    told = refusal(guest_url)
    assert "permission denied for table alembic_version" in told


def test_user_who_may_only_read_is_told_so_in_one_line(tmp_path: Path, guest_url: str, empty_url: str) -> None:
    postgres_setup.prepare(empty_url)
    guest = urlsplit(guest_url).username
    ask(empty_url, f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {guest}")
    gave_up = serve(tmp_path, guest_url)
    ask(empty_url, f"DROP OWNED BY {guest}")
    assert (gave_up.returncode, gave_up.stderr.count("\n")) == (2, 1)
    assert "permission denied for table" in gave_up.stderr
    assert "GRANT" in gave_up.stderr


def test_server_that_may_only_be_read_is_told_so_in_one_line(tmp_path: Path, postgres_url: str) -> None:
    ask(postgres_url, f"ALTER DATABASE {urlsplit(postgres_url).path[1:]} SET default_transaction_read_only = on")
    gave_up = serve(tmp_path, postgres_url)
    assert (gave_up.returncode, gave_up.stderr.count("\n")) == (2, 1)
    assert "read-only transaction" in gave_up.stderr


async def test_server_that_is_too_old_is_refused(postmaster: Postmaster) -> None:
    """No server that old can be had here, so the line changes the number that this one gives of itself."""
    version = await asyncio.to_thread(ask, postmaster.url(), "SELECT current_setting('server_version')")
    major = str(version[0][0])[:2].encode()
    async with proxy_to("127.0.0.1", postmaster.port) as line:
        line.altered = (b"server_version\0" + major, b"server_version\x0012")
        told = await asyncio.to_thread(refusal, postmaster.url(port=line.port))
    assert "PostgreSQL 12; 13 or newer is needed" in told


async def test_server_that_says_nothing_is_told_in_time() -> None:
    async with proxy_to("127.0.0.1", 1) as line:
        line.blackhole()
        began = time.monotonic()
        told = await asyncio.to_thread(refusal, f"postgresql://desk@127.0.0.1:{line.port}/desk")
    assert f"{UNREACHABLE}: TimeoutError" in told
    assert time.monotonic() < began + 60


def test_schema_of_a_newer_version_is_refused_and_left_as_it_is(postgres_url: str) -> None:
    ask(postgres_url, "UPDATE alembic_version SET version_num = '9999'")
    told = refusal(postgres_url)
    assert "9999" in told
    assert "newer version" in told
    assert ask(postgres_url, "SELECT version_num FROM alembic_version") == [("9999",)]


def test_schema_is_brought_up_to_date_once(empty_url: str) -> None:
    assert postgres_setup.prepare(empty_url) is None
    assert postgres_setup.prepare(empty_url) == HEAD


def test_serve_says_in_one_line_that_the_server_is_not_there(tmp_path: Path) -> None:
    gave_up = serve(tmp_path, "postgresql://desk:hush@127.0.0.1:1/desk")
    assert gave_up.returncode == 2
    assert gave_up.stderr.startswith("ventanilla: The PostgreSQL server of database_url cannot be reached: ")
    assert gave_up.stderr.count("\n") == 1
    assert "hush" not in gave_up.stderr


def test_serve_says_in_one_line_that_the_schema_is_newer(tmp_path: Path, postgres_url: str) -> None:
    ask(postgres_url, "UPDATE alembic_version SET version_num = '9999'")
    gave_up = serve(tmp_path, postgres_url)
    assert gave_up.returncode == 2
    assert "it was made by a newer version" in gave_up.stderr
    assert gave_up.stderr.count("\n") == 1


def prepare_each(urls: list[str], start: Barrier) -> None:
    """What each of the processes does: open every database at the same moment as the others."""
    for url in urls:
        start.wait()
        postgres_setup.prepare(url)


def test_replicas_that_start_at_once_on_an_empty_database_migrate_it_once(postgres_server: PostgresServer) -> None:
    urls = [postgres_server.new_database(migrated=False) for _ in range(4)]
    context = get_context("spawn")
    start = context.Barrier(3, timeout=60)
    processes = [context.Process(target=prepare_each, args=(urls, start)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    for url in urls:
        assert ask(url, "SELECT version_num FROM alembic_version") == [(HEAD,)]
        tables = {str(name) for (name,) in ask(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
        assert set(metadata.tables) <= tables
        postgres_server.drop(url)
