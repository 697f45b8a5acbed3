"""What callers see when the store fails under a running desk: a clear answer, never a stack, SQL or a path."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import apsw
import httpx
import pytest

from tests.edges.conftest import StartDesk
from tests.edges.line import CRASH, USER
from tests.serving import CONFIG, RunningDesk, token

ADMIN = "/api/admin/support-requests"
TELLTALES = ("Traceback", "sqlite", "SQL", "SELECT", "INSERT", "no such table", "/tmp", ".py", "apsw", "disk", "I/O")
SMALL, LARGE = "2m", "64m"
PAGE = "x" * 20_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or _mount("-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder)) != 0:
        pytest.skip("mounting a small disk is not permitted here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _mount(*arguments: str) -> int:
    return subprocess.run(["mount", *arguments], capture_output=True).returncode


def rows(file: Path, sql: str) -> list[tuple[object, ...]]:
    database = apsw.Connection(str(file))
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def tells_nothing(answer: httpx.Response) -> bool:
    return not any(telltale in answer.text + str(answer.headers) for telltale in TELLTALES)


def test_fault_of_ours_is_a_500_that_says_only_its_number(start_desk: StartDesk) -> None:
    desk = start_desk()
    with desk.client(token("ana")) as ana:
        number = ana.post(USER, json=CRASH).json()["data"]["id"]
        _damage(desk, "DROP TABLE messages")
        for failed in (ana.post(USER, json=CRASH), ana.get(f"{USER}/{number}"), ana.get(USER)):
            assert (failed.status_code, failed.json()["statusCode"]) == (500, 500)
            assert failed.json()["error"] == "Internal Server Error"
            assert tells_nothing(failed)
            assert f"request {failed.headers['x-request-id']} failed" in desk.log
        assert "no such table: messages" in desk.log
        assert ana.get("/healthz").status_code == 200


def test_one_that_fails_does_not_fail_those_beside_it(start_desk: StartDesk) -> None:
    desk = start_desk()
    with desk.client(token("ana")) as ana:
        _damage(
            desk,
            "CREATE TRIGGER picky BEFORE INSERT ON messages WHEN NEW.body = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END",
        )
        for message, status in (("good", 201), ("bad", 500), ("good", 201)):
            assert ana.post(USER, json=CRASH | {"message": message}).status_code == status
        assert ana.get(USER).json()["meta"]["total"] == 2
    assert rows(desk.data / "desk.sqlite3", "SELECT label_number FROM tickets ORDER BY id") == [(1,), (2,)]


def test_database_turned_to_rubbish_is_not_read_from(start_desk: StartDesk) -> None:
    desk = start_desk()
    with desk.client(token("ana")) as ana, desk.client(token("alicia", rol="admin")) as alicia:
        ana.post(USER, json=CRASH)
        for file in desk.data.glob("desk.sqlite3*"):
            file.write_bytes(os.urandom(64 * 1024))
        for failed in (ana.post(USER, json=CRASH), ana.get(USER), alicia.get(ADMIN)):
            assert failed.status_code in (500, 503)
            assert failed.json()["statusCode"] == failed.status_code
            assert tells_nothing(failed)
        assert ana.get("/readyz").status_code == 503
        assert ana.get("/healthz").status_code == 200


def test_data_folder_taken_away_is_told_and_makes_no_empty_desk(start_desk: StartDesk) -> None:
    desk = start_desk()
    with desk.client(token("ana")) as ana, desk.client(token("alicia", rol="admin")) as alicia:
        ana.post(USER, json=CRASH)
        desk.data.rename(desk.folder / "elsewhere")
        desk.data.mkdir()
        for answer in (alicia.get(ADMIN), ana.get(USER), ana.post(USER, json=CRASH)):
            assert answer.status_code in (200, 201, 500, 503)
            assert answer.status_code < 500 or tells_nothing(answer)
        assert not (desk.data / "desk.sqlite3").exists()


def test_full_disk_refuses_writes_lets_reads_go_on_and_heals_by_itself(start_desk: StartDesk, small_disk: Path) -> None:
    desk = start_desk(config=CONFIG.replace("{data_dir}", str(small_disk)))
    with desk.client(token("ana")) as ana, desk.client(token("alicia", rol="admin")) as alicia:
        acknowledged = _open_until_refused(ana)
        assert len(acknowledged) > 5
        refused = ana.post(USER, json=CRASH | {"message": PAGE})
        assert refused.status_code in (503, 507)
        assert refused.json()["statusCode"] == refused.status_code
        assert int(refused.headers["retry-after"]) > 0
        assert tells_nothing(refused)
        assert "the store is not available: " in desk.log
        assert {ana.get(f"{USER}/{number}").status_code for number in acknowledged} == {200}
        assert alicia.get(ADMIN).json()["meta"]["total"] == len(acknowledged)
        assert _mount("-o", f"remount,size={LARGE}", str(small_disk)) == 0
        again = ana.post(USER, json=CRASH | {"message": PAGE})
        assert again.status_code == 201
        acknowledged.append(again.json()["data"]["id"])
        assert alicia.get(ADMIN).json()["meta"]["total"] == len(acknowledged)
    assert desk.stop() == 0
    kept = rows(small_disk / "desk.sqlite3", "SELECT id, label_number FROM tickets ORDER BY id")
    assert kept == [(number, label) for label, number in enumerate(acknowledged, 1)]
    assert rows(small_disk / "desk.sqlite3", "PRAGMA integrity_check") == [("ok",)]


def test_log_that_cannot_be_written_stops_nobody(small_disk: Path) -> None:
    desk = RunningDesk(small_disk / "desk", config=CONFIG.replace("{data_dir}", str(small_disk.parent / "data")))
    desk.start()
    try:
        with desk.client(token("ana")) as ana:
            (small_disk / "filler").write_bytes(b"x" * (1024 * 1024))
            _fill(small_disk / "rest")
            assert {ana.get(USER).status_code for _ in range(300)} == {200}
            assert ana.post(USER, json=CRASH).status_code == 201
        assert desk.stop() == 0
    finally:
        desk.kill()


def _open_until_refused(client: httpx.Client) -> list[int]:
    numbers: list[int] = []
    for _ in range(1_000):
        answer = client.post(USER, json=CRASH | {"message": PAGE})
        if answer.status_code != 201:
            return numbers
        numbers.append(answer.json()["data"]["id"])
    raise AssertionError("the disk never filled up")


def _damage(desk: RunningDesk, sql: str) -> None:
    rows(desk.data / "desk.sqlite3", f"PRAGMA foreign_keys = OFF; {sql}")


def _fill(file: Path) -> None:
    with file.open("wb", buffering=0) as out:
        try:
            while out.write(b"x" * 1_024):
                continue
        except OSError:
            return
