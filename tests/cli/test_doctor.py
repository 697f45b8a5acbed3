"""`ventanilla doctor` finds what is planted, says how to mend it, and mending it helps."""

import json
import os
import re
import shutil
import socket
import time
from pathlib import Path

import pytest

from tests.cli.commands import Terminal


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a small sample desk."""
    terminal = Terminal(tmp_path_factory.mktemp("model"))
    terminal.succeed("demo", "--tickets", "12")
    return terminal.data


@pytest.fixture
def house(model: Path, terminal: Terminal) -> Terminal:
    """A terminal in the folder of a small sample desk of the test's own."""
    shutil.copytree(model, terminal.data)
    return terminal


def complaints(terminal: Terminal, *arguments: str, **environment: str) -> dict[str, dict[str, str]]:
    """What the doctor does not like, by the name of the check; each with a way to mend it."""
    done = terminal.run("doctor", "--json", *arguments, **environment)
    found = {finding["check"]: finding for finding in json.loads(done.stdout) if finding["level"] != "ok"}
    assert all(finding["what"] and finding["mend"] for finding in found.values())
    assert done.returncode == int(any(finding["level"] == "wrong" for finding in found.values()))
    return found


def test_sound_desk_has_nothing_wrong(house: Terminal) -> None:
    assert complaints(house) == {}
    assert complaints(house, "--quick") == {}


def test_each_complaint_has_a_line_what_and_a_line_mend(house: Terminal) -> None:
    house.sql("UPDATE queue_counts SET tickets = tickets + 1 WHERE area_key = 'redes'")
    done = house.run("doctor")
    assert done.returncode == 1
    assert re.search(r"^WRONG    queue counts: .*\n +mend: ventanilla doctor --recount$", done.stdout, re.MULTILINE)
    assert "1 wrong" in done.stdout.splitlines()[-1]


def test_desk_that_was_never_started_is_no_fault(terminal: Terminal) -> None:
    found = complaints(terminal)
    assert found["database"]["level"] == "warning"
    assert not terminal.data.exists()


def test_wrong_setting_is_found_with_its_line(terminal: Terminal) -> None:
    (terminal.folder / "ventanilla.toml").write_text('\ntime_zone = "UTC"\ndata_dirr = "x"\n')
    assert "line 3" in complaints(terminal)["settings"]["what"]


def test_issuer_whose_key_is_missing_is_found(terminal: Terminal) -> None:
    issuer = '[[auth.issuers]]\nname = "app"\nalgorithm = "RS256"\npublic_key_file = "nowhere.pem"\n'
    (terminal.folder / "ventanilla.toml").write_text(issuer)
    assert "nowhere.pem" in complaints(terminal)["settings"]["what"]


def test_unknown_time_zone_is_found(house: Terminal) -> None:
    found = complaints(house, VENTANILLA_TIME_ZONE="Europe/Macondo")
    assert found["settings"]["what"].startswith("VENTANILLA_TIME_ZONE: 'Europe/Macondo' is no time zone")


def test_miscounted_queue_is_found_and_recounted(house: Terminal) -> None:
    house.sql("UPDATE queue_counts SET tickets = tickets + 2 WHERE area_key = 'redes'")
    house.sql("INSERT INTO queue_counts VALUES ('nowhere', 'open', 0, 5)")
    found = complaints(house)["queue counts"]["what"]
    assert "nowhere/open/unread says 5, there are 0" in found
    assert "redes/" in found
    assert complaints(house, "--recount") == {}
    assert complaints(house) == {}


def test_label_counter_that_fell_behind_is_found_and_raised(house: Terminal) -> None:
    house.sql("UPDATE label_counters SET last = last - 3")
    assert "behind" in complaints(house)["labels"]["what"]
    assert complaints(house, "--recount") == {}


def test_deleted_ticket_leaves_a_gap_that_is_found(house: Terminal) -> None:
    house.sql("DELETE FROM events WHERE ticket_id = 5; DELETE FROM messages WHERE ticket_id = 5")
    house.sql("DELETE FROM tickets WHERE id = 5")
    assert "missing: 1 of" in complaints(house, "--recount")["labels"]["what"]


def test_message_without_its_ticket_is_found(house: Terminal) -> None:
    house.sql("PRAGMA foreign_keys = OFF; DELETE FROM tickets WHERE id = 3")
    assert "messages" in complaints(house)["foreign keys"]["what"]


def test_broken_page_is_found(house: Terminal) -> None:
    house.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    ((root, size),) = house.sql(
        "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master WHERE name = 'tickets_by_status'"
    )
    with (house.data / "desk.sqlite3").open("r+b") as file:
        file.seek((root - 1) * size + size // 2)
        file.write(b"\xff" * (size // 2))
    assert complaints(house).keys() & {"integrity", "database"}


def test_file_that_is_no_database_is_found(terminal: Terminal) -> None:
    terminal.data.mkdir()
    (terminal.data / "desk.sqlite3").write_text("this is no database\n" * 100)
    assert "not a database" in complaints(terminal)["database"]["what"]


def test_ticket_from_the_future_is_found(house: Terminal) -> None:
    tomorrow = int((time.time() + 86_400) * 1e6)
    house.sql(f"UPDATE tickets SET updated_at = {tomorrow} WHERE id = 1")
    assert "to come" in complaints(house)["times"]["what"]


def test_older_and_newer_schemas_are_found(house: Terminal) -> None:
    house.sql("UPDATE alembic_version SET version_num = '9999'")
    assert "newer" in complaints(house)["schema"]["what"]
    house.sql("UPDATE alembic_version SET version_num = '0000'")
    assert complaints(house)["schema"]["mend"] == "ventanilla migrate"


def test_attachment_without_its_file_is_found(house: Terminal) -> None:
    _attach(house, "ab" * 16)
    assert "1 have no whole file" in complaints(house)["attachments"]["what"]


def test_attachment_whose_file_was_cut_off_is_found(house: Terminal) -> None:
    _attach(house, "ab" * 16)
    _file(house, "ab" * 16, b"12")
    assert "1 have no whole file" in complaints(house)["attachments"]["what"]
    _file(house, "ab" * 16, b"12345")
    assert complaints(house) == {}


def test_file_without_an_attachment_is_found_unless_it_is_just_coming_in(house: Terminal) -> None:
    path = _file(house, "cd" * 16, b"left behind")
    assert complaints(house) == {}
    _age(house, path)
    found = complaints(house)["files"]
    assert found["level"] == "warning"
    assert path in found["what"]
    assert "doctor --sweep" in found["mend"]
    assert (house.folder / path).exists()


def test_sweep_deletes_what_is_old_and_belongs_to_no_attachment_alone(house: Terminal) -> None:
    _attach(house, "ab" * 16)
    claimed, left, coming = (_file(house, name * 16, b"12345") for name in ("ab", "cd", "ef"))
    for path in (claimed, left):
        _age(house, path)
    assert complaints(house, "--sweep") == {}
    assert [(house.folder / path).exists() for path in (claimed, left, coming)] == [True, False, True]


def test_sweep_deletes_nothing_while_an_attachment_lacks_its_file(house: Terminal) -> None:
    _attach(house, "ab" * 16)
    path = _file(house, "cd" * 16, b"perhaps of another desk")
    _age(house, path)
    assert complaints(house, "--sweep").keys() == {"attachments", "files"}
    assert (house.folder / path).exists()


def test_public_address_without_base_url_is_found(house: Terminal) -> None:
    assert "base_url" in complaints(house, "--host", "0.0.0.0")
    assert "base_url" in complaints(house, VENTANILLA_TRUSTED_PROXIES='["10.0.0.1"]')
    assert "base_url" not in complaints(house, "--host", "0.0.0.0", VENTANILLA_BASE_URL="https://desk.example.org")


def test_sample_accounts_on_a_public_address_are_found(house: Terminal) -> None:
    assert "demo-login.txt" in complaints(house, "--host", "192.0.2.1")["demo"]["what"]


def test_public_reading_is_found(house: Terminal) -> None:
    assert "without a token" in complaints(house, VENTANILLA_KINCONECTA__PUBLIC_READ="true")["public_read"]["what"]


def test_broken_off_import_is_found(house: Terminal) -> None:
    (house.data / "import-in-progress").write_text("abc")
    assert "import" in complaints(house)


def test_server_that_does_not_answer_is_found(terminal: Terminal) -> None:
    url = "postgresql://desk:swordfish@127.0.0.1:1/desk"
    found = complaints(terminal, VENTANILLA_DATABASE_URL=url)
    assert "cannot be reached" in found["database"]["what"]


def test_bucket_that_cannot_be_reached_is_found_and_the_rest_is_told(house: Terminal) -> None:
    found = complaints(
        house,
        VENTANILLA_ATTACHMENTS__STORE="s3://files",
        VENTANILLA_ATTACHMENTS__S3__ENDPOINT="http://127.0.0.1:1",
        VENTANILLA_ATTACHMENTS__S3__ACCESS_KEY_ID="desk",
        VENTANILLA_ATTACHMENTS__S3__SECRET_ACCESS_KEY="swordfish",
    )
    assert found.keys() == {"attachments"}
    assert "cannot be read" in found["attachments"]["what"]
    assert "swordfish" not in found["attachments"]["what"]


def test_doctor_changes_nothing(house: Terminal) -> None:
    house.sql("UPDATE queue_counts SET tickets = tickets + 1")
    before = house.sql("SELECT * FROM queue_counts")
    complaints(house)
    assert house.sql("SELECT * FROM queue_counts") == before


def _attach(house: Terminal, key: str) -> None:
    house.sql(
        "INSERT INTO attachments (uuid, ticket_id, file_name, media_type, size, sha256, blob_key, uploaded_at)"
        f" VALUES (randomblob(16), 1, 'a.txt', 'text/plain', 5, '{'0' * 64}', '{key}', 0)"
    )


def _age(house: Terminal, path: str) -> None:
    yesterday = time.time() - 86_401
    os.utime(house.folder / path, (yesterday, yesterday))


def _file(house: Terminal, key: str, content: bytes) -> str:
    path = house.data / "attachments" / key[:2] / key[2:4] / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return str(path.relative_to(house.folder))


def test_collector_that_is_away_is_worth_a_warning_and_one_that_is_there_is_none(house: Terminal) -> None:
    with socket.create_server(("127.0.0.1", 0)) as collector:
        address = f"http://127.0.0.1:{collector.getsockname()[1]}"
        assert complaints(house, "--quick", VENTANILLA_TRACES__ENDPOINT=address) == {}
    found = complaints(house, "--quick", VENTANILLA_TRACES__ENDPOINT=address)["traces"]
    assert found["level"] == "warning"
    assert address in found["what"]


def test_address_of_a_collector_that_cannot_work_is_found(house: Terminal) -> None:
    found = complaints(house, "--quick", OTEL_EXPORTER_OTLP_ENDPOINT="collector:4318")["traces"]
    assert found["level"] == "wrong"
    assert found["what"].startswith("OTEL_EXPORTER_OTLP_ENDPOINT: expected an address like")
