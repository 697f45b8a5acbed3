"""A desk whose files are in a bucket moves, is backed up and looked at like any other."""

import asyncio
import filecmp
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import obstore
import pytest
from obstore.store import S3Store

from tests.cli.commands import Terminal
from tests.cli.sample_desk import TICKETS, files_of
from tests.cli.test_doctor import complaints
from tests.seaweed import ACCESS_KEY, SECRET_KEY, S3Server
from ventanilla import app, settings
from ventanilla.cli.checkup import kept_files
from ventanilla.cli.checkup.findings import Finding
from ventanilla.store import upkeep

ATTACHMENTS = 9
STORE = "VENTANILLA_ATTACHMENTS__STORE"
UNIQUE = "SELECT id, blob_key, size FROM attachments WHERE file_name = 'größer.bin'"
Use = Callable[..., None]
Place = Callable[[], dict[str, str]]


@pytest.fixture(scope="module")
def part(s3_server: S3Server, s3_bucket: str) -> Place:
    """The settings that keep a desk's files in a new part of the bucket."""

    def settings_for() -> dict[str, str]:
        given = {
            "STORE": f"s3://{s3_bucket}/desks/{uuid4().hex}",
            "S3__ENDPOINT": s3_server.endpoint,
            "S3__ACCESS_KEY_ID": ACCESS_KEY,
            "S3__SECRET_ACCESS_KEY": SECRET_KEY,
        }
        return {f"VENTANILLA_ATTACHMENTS__{key}": value for key, value in given.items()}

    return settings_for


@pytest.fixture(scope="module")
def filled(source: Terminal, part: Place, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """The sample desk with its files in a part of the bucket. To be looked at only."""
    terminal = Terminal(tmp_path_factory.mktemp("filled"), part())
    terminal.succeed("import", source.folder / "out")
    return terminal


@pytest.fixture
def here(filled: Terminal, part: Place, tmp_path: Path, s3_server: S3Server) -> Terminal:
    """The same desk, to be meddled with."""
    terminal = Terminal(tmp_path / "here", part())
    shutil.copytree(filled.data, terminal.data)
    for key, content in objects(s3_server, filled).items():
        obstore.put(store_of(s3_server, terminal), key, content)
    return terminal


def store_of(server: S3Server, terminal: Terminal) -> S3Store:
    """Return a way past the desk to the part of the bucket that a terminal's desk uses."""
    bucket, _, prefix = terminal.environment[STORE].removeprefix("s3://").partition("/")
    return server.store(bucket, prefix)


def objects(server: S3Server, terminal: Terminal) -> dict[str, bytes]:
    store = store_of(server, terminal)
    return {one["path"]: bytes(obstore.get(store, one["path"]).bytes()) for one in obstore.list(store).collect()}


def on_disk(terminal: Terminal) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (terminal.data / "attachments").glob("??/??/*")}


def test_export_goes_into_a_bucket_and_comes_out_of_it_the_same_to_the_last_byte(
    source: Terminal, filled: Terminal, tmp_path: Path, s3_server: S3Server
) -> None:
    assert objects(s3_server, filled) == on_disk(source)
    assert on_disk(filled) == {}
    filled.succeed("export", tmp_path / "again")
    first, second = source.folder / "out", tmp_path / "again"
    names = files_of(first)
    assert files_of(second) == names
    assert filecmp.cmpfiles(first, second, names, shallow=False) == (names, [], [])
    assert "0 wrong, 0 warnings" in filled.succeed("doctor")


def test_backup_is_restored_into_another_bucket_and_into_a_folder(
    source: Terminal, filled: Terminal, part: Place, tmp_path: Path, s3_server: S3Server
) -> None:
    filled.succeed("backup", tmp_path / "backup")
    for name, environment in (("there", part()), ("home", {})):
        again = Terminal(tmp_path / name, environment)
        again.folder.mkdir()
        told = again.succeed("restore", tmp_path / "backup", "--verify")
        assert f"{TICKETS} tickets and {ATTACHMENTS} attachments restored" in told
        assert told.splitlines()[-1].startswith("OK: ")
        assert (objects(s3_server, again) if environment else on_disk(again)) == on_disk(source)


def test_backup_on_disk_moves_a_desk_into_a_bucket(
    source: Terminal, part: Place, tmp_path: Path, s3_server: S3Server
) -> None:
    source.succeed("backup", tmp_path / "backup")
    moved = Terminal(tmp_path, part())
    moved.succeed("restore", tmp_path / "backup", "--verify")
    assert objects(s3_server, moved) == on_disk(source)


def test_desk_on_postgres_with_files_in_a_bucket_is_backed_up_and_restored(
    here: Terminal, part: Place, tmp_path: Path, postgres_url: str, s3_server: S3Server
) -> None:
    before = objects(s3_server, here)
    here.succeed("copy", "--to", postgres_url)
    assert objects(s3_server, here) == before
    here.environment["VENTANILLA_DATABASE_URL"] = postgres_url
    assert "0 wrong, 0 warnings" in here.succeed("doctor")
    here.succeed("backup", tmp_path / "backup")
    again = Terminal(tmp_path, part())
    again.succeed("restore", tmp_path / "backup", "--verify")
    assert objects(s3_server, again) == before


def test_lost_object_is_named_by_the_doctor_and_by_what_would_copy_it(
    here: Terminal, s3_server: S3Server, postgres_url: str
) -> None:
    ((number, key, _),) = here.sql(UNIQUE)
    obstore.delete(store_of(s3_server, here), key)
    found = complaints(here)
    assert found.keys() == {"attachments"}
    named = f"attachment {number} of ticket 1 ({here.environment[STORE]}/{key})"
    assert f"1 have no whole file: {named}" in found["attachments"]["what"]
    for command in (("backup", "half"), ("export", "half too"), ("copy", "--to", postgres_url)):
        assert f"attachment {number}: its file is not there" in here.fail(*command)
    assert not list(here.folder.glob("half*/manifest.json"))


def test_object_that_was_exchanged_for_one_of_its_size_is_found(here: Terminal, s3_server: S3Server) -> None:
    ((number, key, size),) = here.sql(UNIQUE)
    obstore.put(store_of(s3_server, here), key, b"x" * size)
    assert f"attachment {number}: its file was changed" in here.fail("backup", "half")


def test_bucket_that_is_away_stops_a_command_with_one_line_and_nothing_half(
    source: Terminal, filled: Terminal, tmp_path: Path
) -> None:
    away = {"VENTANILLA_ATTACHMENTS__S3__ENDPOINT": "http://127.0.0.1:1"}
    told = filled.fail("backup", tmp_path / "half", code=2, **away)
    assert told.splitlines()[-1].startswith("ventanilla: the store failed: ")
    assert not list(tmp_path.rglob("manifest.json"))
    source.succeed("backup", tmp_path / "whole")
    empty = Terminal(tmp_path, filled.environment | away)
    empty.fail("restore", tmp_path / "whole", code=2)
    assert not (empty.data / "desk.sqlite3").exists()


def test_sweep_deletes_objects_that_are_old_and_belong_to_no_attachment_alone(
    here: Terminal, s3_server: S3Server, use: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = objects(s3_server, here)
    for name in ("cd" * 16, "readme.txt"):
        obstore.put(store_of(s3_server, here), name, b"left behind")
    for name, value in here.environment.items():
        monkeypatch.setenv(name, value)
    use(here.data)

    async def look(hours: int, *, sweep: bool) -> list[Finding]:
        found = settings.load()
        bench = await upkeep.open_current(found.database)
        try:
            async with bench.snapshot():
                later = datetime.now(UTC) + timedelta(hours=hours)
                told = kept_files.examine(bench.db, app.open_blobs(found), later, sweep=sweep)
                return [finding async for finding in told]
        finally:
            await bench.close()

    assert "0 files" in asyncio.run(look(23, sweep=True))[-1].what
    assert "1 belong to no attachment" in asyncio.run(look(25, sweep=False))[-1].what
    assert len(objects(s3_server, here)) == ATTACHMENTS + 2
    assert "1 files" in asyncio.run(look(25, sweep=True))[-1].what
    assert objects(s3_server, here) == before | {"readme.txt": b"left behind"}
