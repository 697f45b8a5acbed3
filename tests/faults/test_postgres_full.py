"""F4 on PostgreSQL: its disk is full. Writing is refused, reading goes on, and with room again so does writing."""

import os
import pwd
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.edges.line import CRASH, USER
from tests.faults.crowd import replica
from tests.faults.postmaster import USER as SERVER_ACCOUNT
from tests.faults.postmaster import Postmaster, running_postmaster
from tests.serving import RunningDesk, token

SMALL, LARGE = "16m", "128m"


@pytest.fixture
def server() -> Iterator[Postmaster]:
    with running_postmaster() as own:
        yield own


@pytest.fixture
def small_disk(server: Postmaster) -> Iterator[Path]:
    """A disk of 16 MB that belongs to the server."""
    folder = Path(tempfile.mkdtemp(prefix="ventanilla-disk-"))
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk is not permitted here")
    owner = pwd.getpwnam(SERVER_ACCOUNT).pw_uid
    if _mount("-t", "tmpfs", "-o", f"size={SMALL},uid={owner},mode=700", "tmpfs", str(folder)) != 0:
        pytest.skip("mounting a small disk is not permitted here")
    yield folder
    server.kill()
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    folder.rmdir()


@pytest.fixture
def full_desk(tmp_path: Path, server: Postmaster, small_disk: Path) -> Iterator[RunningDesk]:
    server.run_sql(f"CREATE TABLESPACE small LOCATION '{small_disk}'", "CREATE DATABASE desk TABLESPACE small")
    running = replica(tmp_path / "desk", server.url("desk")).start()
    yield running
    running.kill()


@pytest.mark.faults
def test_full_disk_of_the_database_refuses_writes_lets_reads_go_on_and_heals(
    full_desk: RunningDesk, small_disk: Path
) -> None:
    with full_desk.client(token("ana", name="Ana")) as ana:
        acknowledged = _open_until_refused(ana)
        refused = _open(ana)
        assert (refused.status_code, refused.json()["statusCode"]) == (507, 507)
        assert int(refused.headers["retry-after"]) > 0
        assert {ana.get(f"{USER}/{number}").status_code for number in acknowledged} == {200}
        assert ana.get(USER).json()["meta"]["total"] == len(acknowledged)
        assert _mount("-o", f"remount,size={LARGE}", str(small_disk)) == 0
        began = time.monotonic()
        again = _open(ana)
        took = time.monotonic() - began
        assert again.status_code == 201, again.text
        acknowledged.append(again.json()["data"]["id"])
        assert ana.get(USER).json()["meta"]["total"] == len(acknowledged)
    print(
        f"\nF4 on PostgreSQL: 507 after {len(acknowledged) - 1} tickets, reads went on; {took:.2f} s to heal with room"
    )
    assert full_desk.stop() == 0


def _open_until_refused(client: httpx.Client) -> list[int]:
    numbers: list[int] = []
    for _ in range(3_000):
        answer = _open(client)
        if answer.status_code != 201:
            return numbers
        numbers.append(answer.json()["data"]["id"])
    raise AssertionError("the disk never filled up")


def _open(client: httpx.Client) -> httpx.Response:
    # Letters by chance, which PostgreSQL cannot make smaller.
    return client.post(USER, json=CRASH | {"message": os.urandom(7_500).hex()})


def _mount(*arguments: str) -> int:
    return subprocess.run(["mount", *arguments], capture_output=True).returncode
