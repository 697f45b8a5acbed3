"""A backup holds what was acknowledged before it began, a restore brings it back, and neither takes half for whole."""

import asyncio
import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.actions.accounts import secret
from tests.cli.commands import Terminal
from tests.cli.sample_desk import TICKETS, files_of
from tests.edges.line import CRASH, USER
from tests.faults.creators import Creator, Tally
from tests.faults.ledger import Ledger, read_ledger, read_postgres_ledger
from tests.postgres import PostgresServer
from tests.serving import CONFIG, RunningDesk, token
from ventanilla.cli import backing_up, restoring, tokens
from ventanilla.cli.refusal import Refused

ADMIN = "/api/admin/support-requests"
Use = Callable[..., None]

CREATORS = 4
LOAD = 60
"""Tickets acknowledged before the backup begins, and again before it is looked at."""


@pytest.fixture(scope="module")
def backup(source: Terminal) -> Path:
    """A backup of the sample desk. To be looked at only."""
    source.succeed("backup", "backup")
    return source.folder / "backup"


@pytest.fixture
def copied(backup: Path, tmp_path: Path) -> Path:
    """A copy of the backup, to be meddled with."""
    return Path(shutil.copytree(backup, tmp_path / "copied"))


@pytest.fixture(params=["sqlite", "postgres"])
def desks(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[RunningDesk, RunningDesk]:
    """One desk, and another that is still empty; neither is running."""
    names = ("postgres_url", "second_url")
    first, second = map(request.getfixturevalue, names) if request.param == "postgres" else (None, None)
    return _desk(tmp_path / "first", first), _desk(tmp_path / "second", second)


@pytest.fixture
def second_url(postgres_server: PostgresServer) -> Iterator[str]:
    """Another database on the same server."""
    address = postgres_server.new_database()
    yield address
    postgres_server.drop(address)


def test_restored_desk_is_the_same_files_secrets_and_all(source: Terminal, backup: Path, terminal: Terminal) -> None:
    told = terminal.succeed("restore", backup, "--verify")
    assert f"{TICKETS} tickets and 9 attachments restored" in told
    assert told.splitlines()[-1].startswith("OK: ")
    for table in ("tickets", "messages", "events", "secrets", "agents", "api_keys", "sqlite_sequence", "queue_counts"):
        assert terminal.sql(f"SELECT * FROM {table}") == source.sql(f"SELECT * FROM {table}")
    assert [file for file in files_of(terminal.data / "attachments") if "incoming" not in file] == [
        file for file in files_of(source.data / "attachments") if "incoming" not in file
    ]
    assert "0 wrong, 0 warnings" in terminal.succeed("doctor")


def test_nobody_is_in_on_the_restored_desk_before_they_sign_in(backup: Path, terminal: Terminal) -> None:
    terminal.succeed("restore", backup)
    assert terminal.sql("SELECT (SELECT COUNT(*) FROM sessions) + (SELECT COUNT(*) FROM one_time_links)") == [(0,)]
    held = (backup / "desk.sqlite3").read_bytes()
    assert secret("session") not in held
    assert secret("invitation") not in held
    assert secret("shop") in held


def test_only_the_owner_may_read_a_backup(backup: Path) -> None:
    modes = {path.stat().st_mode & 0o777 for path in backup.rglob("*") if path.is_file()}
    assert (modes, backup.stat().st_mode & 0o777) == ({0o600}, 0o700)
    assert not list(backup.glob("*-wal")) + list(backup.rglob("*unfinished*"))


async def test_backup_under_load_holds_every_ticket_acknowledged_before_it_began(
    desks: tuple[RunningDesk, RunningDesk], tmp_path: Path, use: Use
) -> None:
    desk, again = desks
    tally, stop = Tally(), asyncio.Event()
    await asyncio.to_thread(desk.start)
    creators = [asyncio.create_task(Creator([desk.url], f"c{n}", tally).work(stop)) for n in range(CREATORS)]
    try:
        await _acknowledged(tally, LOAD)
        before = dict(tally.acknowledged)
        use(desk.data, desk.environment.get("VENTANILLA_DATABASE_URL"))
        own = await asyncio.to_thread(tokens.mint, "alicia", "admin", "Alicia", "", (), 1)
        await asyncio.to_thread(backing_up.run, tmp_path / "backup")
        await _acknowledged(tally, LOAD)
        stop.set()
        await asyncio.wait_for(asyncio.gather(*creators), 30)
    finally:
        for creator in creators:
            creator.cancel()
        await asyncio.to_thread(desk.kill)
    use(again.data, again.environment.get("VENTANILLA_DATABASE_URL"))
    await asyncio.to_thread(restoring.run, tmp_path / "backup", verify=True)
    await asyncio.to_thread(again.start)
    try:
        await asyncio.to_thread(_goes_on, again, before, own)
    finally:
        assert await asyncio.to_thread(again.stop) == 0
    ledger = await _ledger(again)
    assert set(ledger.faults().values()) == {0}
    assert before.items() <= ledger.subjects.items()
    assert len(ledger.subjects) < len(tally.acknowledged), "the backup was not made under load"


def test_restore_takes_no_backup_that_was_broken_off(source: Terminal, tmp_path: Path, use: Use) -> None:
    shutil.copytree(source.data, tmp_path / "data")
    for path in (tmp_path / "data" / "attachments").glob("??/??/*"):
        path.unlink()
    use(tmp_path / "data")
    with pytest.raises(Refused, match=r"attachment \d: its file is not there"):
        backing_up.run(tmp_path / "half")
    use(tmp_path / "new")
    with pytest.raises(Refused, match="no backup, or it was broken off"):
        restoring.run(tmp_path / "half", verify=False)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["desk.sqlite3", "attachments.jsonl", "attachments"])
def test_restore_names_the_file_that_is_not_as_it_was(copied: Path, tmp_path: Path, use: Use, name: str) -> None:
    changed = copied / name if name != "attachments" else max((copied / name).iterdir(), key=lambda one: one.name)
    content = bytearray(changed.read_bytes() or b"x")
    content[len(content) // 2] ^= 1
    changed.write_bytes(content)
    use(tmp_path / "new")
    with pytest.raises(Refused, match=changed.name):
        restoring.run(copied, verify=False)
    assert not (tmp_path / "new" / "desk.sqlite3").exists()


def test_restore_that_was_refused_can_be_given_a_good_backup(
    copied: Path, backup: Path, tmp_path: Path, use: Use
) -> None:
    for path in (copied / "attachments").iterdir():
        path.write_bytes(b"something else")
    use(tmp_path / "new")
    with pytest.raises(Refused):
        restoring.run(copied, verify=True)
    restoring.run(backup, verify=True)


def test_restore_refuses_a_place_where_there_is_a_desk(source: Terminal, backup: Path) -> None:
    assert "there is a desk already" in source.fail("restore", backup)


def test_restore_refuses_an_export_and_a_backup_of_the_other_engine(
    source: Terminal, backup: Path, tmp_path: Path, use: Use
) -> None:
    use(tmp_path / "new", "postgresql://desk@127.0.0.1:1/desk")
    with pytest.raises(Refused, match="use `ventanilla import`"):
        restoring.run(source.folder / "out", verify=False)
    with pytest.raises(Refused, match="ventanilla copy --to"):
        restoring.run(backup, verify=False)


def test_restore_refuses_a_backup_of_a_newer_version(copied: Path, tmp_path: Path, use: Use) -> None:
    manifest = json.loads((copied / "manifest.json").read_text())
    (copied / "manifest.json").write_text(json.dumps(manifest | {"schema": "9999"}))
    use(tmp_path / "new")
    with pytest.raises(Refused, match="newer than this version"):
        restoring.run(copied, verify=False)


def test_verify_names_the_first_fault(source: Terminal, tmp_path: Path, use: Use) -> None:
    shutil.copytree(source.data, tmp_path / "data")
    Terminal(tmp_path).sql("UPDATE queue_counts SET tickets = tickets + 1")
    use(tmp_path / "data")
    backing_up.run(tmp_path / "backup")
    use(tmp_path / "new")
    with pytest.raises(Refused, match=r"queue counts: .* are not right"):
        restoring.run(tmp_path / "backup", verify=True)


def test_backup_of_a_desk_on_postgres_can_be_restored_on_sqlite(
    source: Terminal, tmp_path: Path, postgres_url: str, use: Use
) -> None:
    there = {"VENTANILLA_DATABASE_URL": postgres_url, "VENTANILLA_DATA_DIR": str(tmp_path / "there")}
    Terminal(tmp_path).succeed("import", source.folder / "out", **there)
    use(tmp_path / "there", postgres_url)
    backing_up.run(tmp_path / "backup")
    use(tmp_path / "data")
    restoring.run(tmp_path / "backup", verify=True)
    here = Terminal(tmp_path)
    assert here.sql("SELECT id, uuid, label_number, version FROM tickets") == source.sql(
        "SELECT id, uuid, label_number, version FROM tickets"
    )


def _desk(folder: Path, url: str | None) -> RunningDesk:
    return RunningDesk(folder, config=CONFIG, environment={"VENTANILLA_DATABASE_URL": url} if url else {})


async def _acknowledged(tally: Tally, more: int) -> None:
    wanted, deadline = len(tally.acknowledged) + more, time.monotonic() + 30
    while len(tally.acknowledged) < wanted:
        assert time.monotonic() < deadline, "the creators get no answers"
        await asyncio.sleep(0.005)


def _goes_on(desk: RunningDesk, before: dict[int, str], own: str) -> None:
    """Read every ticket as its requester, open another, and knock with a token that the old desk gave out."""
    for number, subject in before.items():
        with desk.client(token(subject.rpartition(" ")[0])) as requester:
            assert _data(requester.get(f"{USER}/{number}"))["subject"] == subject
    with desk.client(token("ana")) as ana:
        opened = _data(ana.post(USER, json=CRASH))
    assert opened["id"] > max(before)
    with desk.client(own) as alicia:
        assert alicia.get(ADMIN).status_code == 200


def _data(answer: httpx.Response) -> dict[str, Any]:
    assert answer.is_success, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


async def _ledger(desk: RunningDesk) -> Ledger:
    url = desk.environment.get("VENTANILLA_DATABASE_URL")
    return await read_postgres_ledger(url) if url else read_ledger(desk.data / "desk.sqlite3")
