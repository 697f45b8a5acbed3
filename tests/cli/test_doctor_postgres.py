"""`ventanilla doctor` looks at a desk on PostgreSQL as it does at one on SQLite."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest

from tests.postgres import PostgresServer
from ventanilla import settings
from ventanilla.cli import sampling
from ventanilla.cli.checkup import database
from ventanilla.cli.checkup.findings import Finding, Level
from ventanilla.store.transaction import utc_now


@pytest.fixture
def house(tmp_path: Path, postgres_url: str, use: Callable[..., None]) -> str:
    """The address of a small sample desk, which the settings name."""
    use(tmp_path / "data", postgres_url)
    asyncio.run(sampling.fill(settings.load(), 1, 12, utc_now(), "correct horse battery"))
    return postgres_url


def meddle(url: str, *statements: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(url)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(run())


def complaints(*, recount: bool = False) -> dict[str, Finding]:
    """What the doctor does not like, by the name of the check; each with a way to mend it."""
    findings = asyncio.run(database.examine(settings.load(), quick=False, recount=recount))
    bad = {finding.check: finding for finding in findings if finding.level is not Level.OK}
    assert all(finding.what and finding.mend for finding in bad.values())
    return bad


def test_sound_desk_has_nothing_wrong_and_the_server_is_named(house: str) -> None:
    findings = asyncio.run(database.examine(settings.load(), quick=False, recount=False))
    assert {finding.level for finding in findings} == {Level.OK}
    assert findings[0].what.startswith("PostgreSQL 1")
    assert findings[0].what.endswith("UTF8")


def test_counts_and_counters_that_are_wrong_are_found_and_mended(house: str) -> None:
    meddle(house, "UPDATE queue_counts SET tickets = tickets + 2", "UPDATE label_counters SET last = last - 3")
    assert complaints().keys() == {"queue counts", "labels"}
    assert complaints(recount=True) == {}
    assert complaints() == {}


def test_rows_that_belong_to_nothing_are_found(house: str) -> None:
    meddle(house, "SET session_replication_role = replica; DELETE FROM tickets WHERE id = 3")
    found = complaints(recount=True)
    assert "of messages (no such row in tickets)" in found["foreign keys"].what
    assert "missing: 1 of" in found["labels"].what


def test_attachment_without_its_file_is_found(house: str) -> None:
    meddle(
        house,
        "INSERT INTO attachments (uuid, ticket_id, file_name, media_type, size, sha256, blob_key, uploaded_at)"
        f" VALUES (gen_random_uuid(), 1, 'a.txt', 'text/plain', 5, '{'0' * 64}', '{'ab' * 16}', 0)",
    )
    assert "1 have no whole file: attachment 1 of ticket 1" in complaints()["attachments"].what


def test_broken_index_is_found(house: str) -> None:
    meddle(house, "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'tickets_by_status'::regclass")
    assert "tickets_by_status" in complaints()["integrity"].what
    assert "REINDEX" in complaints()["integrity"].mend


def test_server_that_may_lose_what_it_acknowledged_is_found(house: str) -> None:
    name = house.partition("?")[0].rpartition("/")[2]
    meddle(house, f"ALTER DATABASE {name} SET synchronous_commit = off")
    assert "synchronous_commit = off" in complaints()["durability"].what


def test_older_and_newer_schemas_are_found(house: str) -> None:
    meddle(house, "UPDATE alembic_version SET version_num = '9999'")
    assert "newer" in complaints()["schema"].what
    meddle(house, "UPDATE alembic_version SET version_num = '0000'")
    assert complaints()["schema"].mend == "ventanilla migrate"


def test_the_doctor_sees_a_database_on_which_nothing_was_ever_made(
    postgres_server: PostgresServer, tmp_path: Path, use: Callable[..., None]
) -> None:
    empty = postgres_server.new_database(migrated=False)
    use(tmp_path / "data", empty)
    assert complaints()["schema"].mend == "ventanilla migrate"
    postgres_server.drop(empty)
