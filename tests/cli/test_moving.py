"""A desk moves between SQLite and PostgreSQL and back, and is the same desk to the last byte."""

import asyncio
import filecmp
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.cli.commands import Terminal
from tests.cli.sample_desk import TICKETS, files_of
from ventanilla.cli import archive, copying, exporting, importing
from ventanilla.cli.refusal import Refused
from ventanilla.store import archive as rows
from ventanilla.store import restoring, schema, upkeep

Use = Callable[..., None]


def ask(url: str, sql: str) -> list[tuple[Any, ...]]:
    async def fetch() -> list[tuple[Any, ...]]:
        connection = await asyncpg.connect(url)
        try:
            return [tuple(row) for row in await connection.fetch(sql)]
        finally:
            await connection.close()

    return asyncio.run(fetch())


@pytest.fixture
def here(source: Terminal, tmp_path: Path) -> Path:
    """The data of the sample desk, to be changed."""
    return Path(shutil.copytree(source.data, tmp_path / "data"))


async def begun_copy(data: Path, url: str, tickets: int) -> None:
    """Do what `copy` does until it is killed after so many tickets."""
    source = await upkeep.open_current(f"sqlite:///{data / 'desk.sqlite3'}")
    target = await upkeep.open_prepared(url)
    folder = data / copying.FOLDER
    await copying.rows_in(source, folder)
    (folder / importing.MARK).write_text(importing.claim(folder, url))
    async with target.work():
        for name in rows.SINGLES:
            people = [record for _, record in archive.read_lines(folder / f"{name}.jsonl", rows.Record)]
            await restoring.restore(target, people, name)
        lines = [line for _, line in archive.read_lines(folder / archive.TICKETS, rows.Record)]
        await restoring.restore_tickets(target, lines[:tickets])
    await source.close()
    await target.close()


def test_sqlite_to_postgres_and_the_export_is_the_same_to_the_last_byte(
    source: Terminal, terminal: Terminal, postgres_url: str
) -> None:
    there = {"VENTANILLA_DATABASE_URL": postgres_url}
    assert f"{TICKETS} tickets" in terminal.succeed("import", source.folder / "out", **there)
    terminal.succeed("export", "again", **there)
    first, second = source.folder / "out", terminal.folder / "again"
    names = files_of(first)
    assert files_of(second) == names
    assert filecmp.cmpfiles(first, second, names, shallow=False) == (names, [], [])
    assert "0 wrong, 0 warnings" in terminal.succeed("doctor", **there)
    terminal.succeed("demo", "--tickets", "1", "--seed", "9", "--force", **there)
    assert ask(postgres_url, "SELECT MAX(id), COUNT(*) FROM tickets") == [(TICKETS + 1, TICKETS + 1)]
    assert ask(postgres_url, "SELECT SUM(last) FROM label_counters") == [(TICKETS + 1,)]


def test_copy_there_and_back_keeps_secrets_passwords_and_files(
    here: Path, postgres_url: str, tmp_path: Path, use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    back = f"sqlite:///{tmp_path / 'back.sqlite3'}"
    use(here)
    copying.run(postgres_url)
    assert f"{TICKETS} tickets" in capsys.readouterr().out
    use(here, postgres_url)
    copying.run(back)

    async def compare() -> list[str]:
        first = await upkeep.open_current(f"sqlite:///{here / 'desk.sqlite3'}")
        manifest = await exporting.write_rows(first, _folder(tmp_path), with_passwords=True, with_secrets=True)
        last = await upkeep.open_current(back)
        assert await rows.last_ids(last) == manifest.last_ids
        differing = await importing.differences(last, manifest)
        await first.close()
        await last.close()
        return differing

    assert asyncio.run(compare()) == []
    assert not (here / copying.FOLDER).exists()


def _folder(tmp_path: Path) -> Path:
    (tmp_path / "rows").mkdir()
    return tmp_path / "rows"


def test_copy_that_was_killed_goes_on_where_it_stopped(
    here: Path, postgres_url: str, use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(begun_copy(here, postgres_url, 100))
    first = ask(postgres_url, "SELECT xmin::text FROM tickets WHERE id = 1")
    use(here)
    copying.run(postgres_url)
    assert f"{TICKETS} tickets" in capsys.readouterr().out
    assert ask(postgres_url, "SELECT xmin::text FROM tickets WHERE id = 1") == first, "begun anew"


def test_copy_of_a_desk_that_changed_meanwhile_is_refused(here: Path, postgres_url: str, use: Use) -> None:
    asyncio.run(begun_copy(here, postgres_url, 100))
    Terminal(here.parent).sql("UPDATE tickets SET version = version + 1 WHERE id = 7")
    use(here)
    with pytest.raises(Refused, match=r"changed while it was copied \(tickets.jsonl\)"):
        copying.run(postgres_url)


def test_copy_into_a_desk_that_has_tickets_is_refused(here: Path, postgres_url: str, use: Use) -> None:
    use(here)
    copying.run(postgres_url)
    with pytest.raises(Refused, match=f"not empty: it has {TICKETS} tickets"):
        copying.run(postgres_url)


def test_copy_onto_itself_is_refused(here: Path, use: Use) -> None:
    use(here)
    with pytest.raises(Refused, match="the database of this desk"):
        copying.run(f"sqlite:///{here / 'desk.sqlite3'}")


def test_copy_names_the_attachment_whose_file_is_gone(here: Path, postgres_url: str, use: Use) -> None:
    for path in (here / "attachments").glob("??/??/*"):
        path.unlink()
    use(here)
    with pytest.raises(Refused, match="attachment 1: its file is not there"):
        copying.run(postgres_url)
    assert ask(postgres_url, "SELECT COUNT(*) FROM tickets") == [(0,)]


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [("label_number", 1, "tickets_label"), ("requester_id", 10_000, "requester"), ("is_read", 70_000, "is_read|range")],
)
def test_import_into_postgres_names_the_line_that_the_database_refuses(
    source: Terminal, tmp_path: Path, postgres_url: str, use: Use, column: str, value: int, what: str
) -> None:
    export = shutil.copytree(source.folder / "out", tmp_path / "out")
    lines = (export / "tickets.jsonl").read_bytes().splitlines(keepends=True)
    record = json.loads(lines[59])
    record["ticket"][column] = value
    lines[59] = json.dumps(record).encode() + b"\n"
    (export / "tickets.jsonl").write_bytes(b"".join(lines))
    manifest = json.loads((export / "manifest.json").read_text())
    manifest["files"]["tickets.jsonl"]["sha256"] = archive.digest_of(export / "tickets.jsonl")
    (export / "manifest.json").write_text(json.dumps(manifest))
    use(tmp_path / "data", postgres_url)
    with pytest.raises(Refused, match=f"tickets.jsonl, line 60: .*({what})"):
        importing.run(export)


def test_answers_kept_for_repeated_requests_come_in_one_order_on_both_engines(
    here: Path, postgres_url: str, use: Use
) -> None:
    values = ", ".join(
        f"('{scope}', '{key}', 'f', 201, '[]', x'00', {number // 7})"
        for number, (scope, key) in enumerate((s, f"{k}{n}") for n in range(150) for s in ("B", "a") for k in "áZz_")
    )
    Terminal(here.parent).sql(f"INSERT INTO idempotency_keys VALUES {values}")
    use(here)
    copying.run(postgres_url)
    assert ask(postgres_url, "SELECT COUNT(*) FROM idempotency_keys") == [(1200,)]


def test_the_sample_desk_has_something_in_every_table_that_is_moved(source: Terminal) -> None:
    async def count() -> dict[str, int]:
        bench = await upkeep.open_current(f"sqlite:///{source.data / 'desk.sqlite3'}")
        found = await rows.counts(bench)
        await bench.close()
        return found

    empty = {name for name, number in asyncio.run(count()).items() if not number}
    assert empty <= {"api_keys", "ticket_links"}


def test_every_table_is_moved_or_made_anew_on_purpose() -> None:
    counted_anew, forgotten = {"queue_counts"}, {"failed_attempts", "leases", *rows.PASSING}
    moved = {*rows.ARCHIVED, *rows.SECRETS}
    assert moved | counted_anew | forgotten == set(schema.metadata.tables)
