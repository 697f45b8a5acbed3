"""An export holds everything, an import brings back exactly that, and neither believes what it reads."""

import asyncio
import filecmp
import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import Terminal
from tests.cli.sample_desk import TICKETS, files_of
from ventanilla import app
from ventanilla.actions.ports import Transaction
from ventanilla.cli import importing
from ventanilla.settings import Settings


@pytest.fixture
def export(source: Terminal, tmp_path: Path) -> Path:
    """A copy of the export, to be meddled with."""
    return Path(shutil.copytree(source.folder / "out", tmp_path / "out"))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a desk on which nothing has happened."""
    terminal = Terminal(tmp_path_factory.mktemp("empty"))
    terminal.succeed("migrate")
    return terminal.data


@pytest.fixture
def empty_desk(empty: Path, terminal: Terminal) -> Terminal:
    shutil.copytree(empty, terminal.data)
    return terminal


def rewrite_line(export: Path, name: str, line: int, change: Callable[[Any], object]) -> None:
    """Change one record of an export, and the manifest so that the file counts as whole."""
    path = export / name
    lines = path.read_bytes().splitlines(keepends=True)
    record = json.loads(lines[line - 1])
    replaced = change(record)
    text = (
        replaced
        if isinstance(replaced, bytes)
        else json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
    )
    lines[line - 1] = text + b"\n"
    path.write_bytes(b"".join(lines))
    manifest = json.loads((export / "manifest.json").read_text())
    manifest["files"][name]["sha256"] = sha256(path.read_bytes()).hexdigest()
    (export / "manifest.json").write_text(json.dumps(manifest))


def test_second_export_is_the_first_to_the_last_byte(source: Terminal, terminal: Terminal) -> None:
    told = terminal.succeed("import", source.folder / "out")
    assert f"{TICKETS} tickets" in told
    terminal.succeed("export", "again")
    first, second = source.folder / "out", terminal.folder / "again"
    names = files_of(first)
    assert len([name for name in names if name.startswith("attachments/")]) == 4
    assert files_of(second) == names
    assert filecmp.cmpfiles(first, second, names, shallow=False) == (names, [], [])


def test_imported_desk_is_sound_and_goes_on_counting(source: Terminal, terminal: Terminal) -> None:
    terminal.succeed("import", source.folder / "out")
    assert "0 wrong, 0 warnings" in terminal.succeed("doctor")
    terminal.succeed("demo", "--tickets", "1", "--seed", "9", "--force")
    assert terminal.sql("SELECT id FROM tickets ORDER BY id DESC LIMIT 1") == [(TICKETS + 1,)]


def test_id_of_a_removed_attachment_is_not_given_out_again(source: Terminal, terminal: Terminal) -> None:
    terminal.succeed("import", source.folder / "out")
    ask = "SELECT seq FROM sqlite_sequence WHERE name = 'attachments'"
    ((highest,),) = terminal.sql("SELECT MAX(id) FROM attachments")
    assert terminal.sql(ask) == source.sql(ask) == [(highest + 1,)]


def test_every_read_of_the_store_shows_the_same_ticket(source: Terminal, terminal: Terminal) -> None:
    terminal.succeed("import", source.folder / "out")

    async def read(tx: Transaction) -> list[object]:
        found: list[object] = []
        for number in range(1, TICKETS + 1):
            ticket = await tx.tickets.get(number)
            assert ticket is not None
            assert await tx.tickets.get(ticket.uuid) == await tx.tickets.get(ticket.label) == ticket
            assert await tx.tickets.get(ticket.object_id) == ticket
            found += [ticket, await tx.threads.of(ticket, internal=True), await tx.history.of(ticket)]
            found.append(await tx.attachments.of([ticket.id]))
        return [*found, await tx.tickets.counts(None), await tx.tickets.counts("Redes")]

    async def run(data: Path) -> list[object]:
        desk = app.open_store(Settings(data_dir=str(data)))
        shown = await desk.scan(read)
        await desk.close()
        return shown

    assert asyncio.run(run(terminal.data)) == asyncio.run(run(source.data))


def test_passwords_leave_the_desk_only_when_asked_for(source: Terminal, tmp_path: Path) -> None:
    assert "argon2" not in (source.folder / "out" / "agents.jsonl").read_text()
    assert "argon2" not in (source.folder / "out" / "tickets.jsonl").read_text()
    source.succeed("export", tmp_path / "open", "--with-passwords")
    assert (tmp_path / "open" / "agents.jsonl").read_text().count("$argon2id$") == 4


def test_accounts_survive_without_their_passwords(source: Terminal, terminal: Terminal) -> None:
    terminal.succeed("import", source.folder / "out")
    assert terminal.sql("SELECT DISTINCT password_hash FROM agents") == [("!",)]


def test_keys_go_on_and_sessions_do_not(source: Terminal, terminal: Terminal) -> None:
    terminal.succeed("import", source.folder / "out")
    assert terminal.sql("SELECT * FROM api_keys") == source.sql("SELECT * FROM api_keys") != []
    assert terminal.sql("SELECT COUNT(*) FROM sessions") == [(0,)]
    assert "invited" in terminal.succeed("user", "list")


def test_export_holds_no_secret_of_the_desk(source: Terminal) -> None:
    assert not [name for name in files_of(source.folder / "out") if "secret" in name or "idempotency" in name]


def test_export_refuses_a_folder_with_something_in_it(source: Terminal) -> None:
    assert "not empty" in source.fail("export", "out")


def test_export_names_the_attachment_whose_file_is_gone(source: Terminal, tmp_path: Path) -> None:
    shutil.copytree(source.data, tmp_path / "data")
    for path in (tmp_path / "data" / "attachments").glob("??/??/*"):
        path.unlink()
    complaint = Terminal(tmp_path).fail("export", "out")
    assert "attachment 1" in complaint
    assert not (tmp_path / "out" / "manifest.json").exists()


def test_import_refuses_a_desk_that_has_tickets(export: Path, terminal: Terminal) -> None:
    terminal.succeed("demo", "--tickets", "2")
    assert "not empty: it has 2 tickets" in terminal.fail("import", export)
    assert terminal.sql("SELECT COUNT(*) FROM tickets") == [(2,)]


def test_import_refuses_half_an_export(export: Path, terminal: Terminal) -> None:
    (export / "manifest.json").unlink()
    assert "broken off" in terminal.fail("import", export)


@pytest.mark.parametrize("name", ["requesters.jsonl", "agents.jsonl", "label_counters.jsonl", "tickets.jsonl"])
def test_import_refuses_a_file_that_was_cut_off(export: Path, terminal: Terminal, name: str) -> None:
    path = export / name
    path.write_bytes(path.read_bytes()[:-3])
    complaint = terminal.fail("import", export)
    assert str(path) in complaint
    assert "cut off" in complaint
    assert not (terminal.data / "desk.sqlite3").exists()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda line: b"{not JSON", "malformed"),
        (lambda line: b"[1, 2]", "object"),
        (lambda line: b'{"ticket":' * 100_000, "recursion"),
        (lambda line: line.pop("events"), "events"),
        (lambda line: line.update(more=1), "more"),
        (lambda line: line["ticket"].pop("status"), "tickets: status is missing"),
        (lambda line: line["ticket"].update(colour="red"), "tickets: colour is not known"),
        (lambda line: line["ticket"].update(status=7), "tickets: status"),
        (lambda line: line["ticket"].update(status=None), "tickets: status"),
        (lambda line: line["ticket"].update(uuid="zz"), "tickets: uuid"),
        (lambda line: line["ticket"].update(version=True), "tickets: version"),
        (lambda line: line["ticket"].update(created_at=2**63), "tickets: created_at"),
        (lambda line: line["ticket"].update(requester_id=10_000), "FOREIGN KEY"),
        (lambda line: line["ticket"].update(label_number=1), "label"),
        (lambda line: line["ticket"].update(id="3"), "id is no positive"),
        (lambda line: line["messages"][0].update(id=1), "messages"),
        (lambda line: line["attachments"][0].update(blob_key="../../../etc/cron.d/x"), "blob_key"),
        (lambda line: line["attachments"][0].update(sha256="../" * 21 + "x"), "sha256"),
    ],
)
def test_import_names_file_and_line_of_a_record_it_cannot_take(
    export: Path, empty_desk: Terminal, change: Callable[[Any], object], what: str
) -> None:
    rewrite_line(export, "tickets.jsonl", 3, change)
    complaint = empty_desk.fail("import", export)
    assert f"{export / 'tickets.jsonl'}, line 3: " in complaint
    assert what.lower() in complaint.lower()


def test_import_refuses_bytes_that_are_not_what_their_row_says(export: Path, terminal: Terminal) -> None:
    changed = next(path for path in (export / "attachments").iterdir() if path.stat().st_size > 100)
    changed.write_bytes(b"something else")
    complaint = terminal.fail("import", export)
    assert changed.name in complaint
    assert not list((terminal.data / "attachments").glob("incoming/*"))


def test_import_refuses_an_export_of_another_schema(export: Path, terminal: Terminal) -> None:
    manifest = json.loads((export / "manifest.json").read_text())
    (export / "manifest.json").write_text(json.dumps(manifest | {"schema": "9999"}))
    assert "9999" in terminal.fail("import", export)


def test_broken_off_import_goes_on_where_it_stopped(export: Path, source: Terminal, terminal: Terminal) -> None:
    """The bytes of the last ticket's file are away at first, as on a disk that was not mounted."""
    gone = export / "attachments" / sha256(bytes(range(256)) * 4_000).hexdigest()
    moved = _taken(export, gone.name)
    rewrite_line(export, "tickets.jsonl", TICKETS, lambda line: line["attachments"].extend(moved))
    away = gone.rename(export / "away")
    assert gone.name in terminal.fail("import", export)
    assert terminal.sql("SELECT COUNT(*) FROM tickets") == [(TICKETS // 100 * 100,)]
    assert "import" in terminal.run("doctor").stdout
    assert "another export" in terminal.fail("import", source.folder / "out")
    away.rename(gone)
    assert "compared" in terminal.succeed("import", export)
    assert "0 wrong" in terminal.succeed("doctor")


def test_import_that_was_broken_off_at_its_very_end_may_be_given_again(source: Terminal, terminal: Terminal) -> None:
    terminal.succeed("import", source.folder / "out")
    claimed = importing.claim(source.folder / "out", "sqlite:///data/desk.sqlite3")
    (terminal.data / "import-in-progress").write_text(claimed)
    assert "compared" in terminal.succeed("import", source.folder / "out")


def _taken(export: Path, digest: str) -> list[Any]:
    """Take the attachment with these bytes from the first ticket's line."""
    moved: list[Any] = []

    def take(line: Any) -> None:
        moved.extend(part for part in line["attachments"] if part["sha256"] == digest)
        line["attachments"] = [part for part in line["attachments"] if part["sha256"] != digest]

    rewrite_line(export, "tickets.jsonl", 1, take)
    return moved


def test_verification_notices_a_count_that_does_not_fit(export: Path, terminal: Terminal) -> None:
    manifest = json.loads((export / "manifest.json").read_text())
    manifest["counts"]["messages"] += 1
    (export / "manifest.json").write_text(json.dumps(manifest))
    assert "not what was exported (messages)" in terminal.fail("import", export)
