"""F11: the clock passes New Year and is set back an hour while tickets are opened."""

import shutil
import time
from pathlib import Path

import httpx
import pytest

from tests.actions.drafts import opened_by
from tests.conftest import MORNING, Clock
from tests.edges.line import CRASH, USER
from tests.faults.ledger import labels, read_ledger
from tests.people import ANA
from tests.serving import RunningDesk, token
from ventanilla.actions.ports import Desk

LIBRARIES = ("/usr/lib/x86_64-linux-gnu/faketime", "/usr/lib/aarch64-linux-gnu/faketime", "/usr/lib/faketime")
LIBRARY = "libfaketime.so.1"
FAR_AHEAD = 1_900_000_000
LONGEST = 60.0


class MovableClock:
    """The clock of another process: it goes on by itself from where it was set."""

    def __init__(self, file: Path, library: Path) -> None:
        self._file = file
        self.environment = {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def set(self, moment: str) -> None:
        self._file.write_text(f"@{moment}\n")


@pytest.fixture
def movable_clock(tmp_path: Path) -> MovableClock:
    found = [Path(folder, LIBRARY) for folder in LIBRARIES if Path(folder, LIBRARY).exists()]
    if not found or shutil.which("faketime") is None:
        pytest.skip("faketime is not installed")
    return MovableClock(tmp_path / "clock", found[0])


@pytest.mark.faults
def test_live_desk_passes_new_year_and_an_hour_set_back(tmp_path: Path, movable_clock: MovableClock) -> None:
    movable_clock.set("2026-12-31 23:59:58")
    desk = RunningDesk(tmp_path / "desk", environment=movable_clock.environment).start()
    try:
        with desk.client(token("ana", exp=FAR_AHEAD)) as ana:
            before = _open_until_year(ana, "2027")
            movable_clock.set("2026-12-31 23:05:00")
            assert _open(ana).startswith("2026-12-31T23:05")
            movable_clock.set("2027-01-01 00:05:00")
            assert _open(ana).startswith("2027-01-01T00:05")
        assert desk.stop() == 0
    finally:
        desk.kill()
    expected = [f"TKT-2026-{number:05}" for number in range(1, before + 1)]
    expected += ["TKT-2027-00001", f"TKT-2026-{before + 1:05}", "TKT-2027-00002"]
    found = labels(desk.data / "desk.sqlite3")
    print(f"\nF11: {before} tickets before midnight, then {', '.join(found[before:])}")
    assert found == expected
    assert set(read_ledger(desk.data / "desk.sqlite3").faults().values()) == {0}


@pytest.mark.faults
async def test_desk_passes_new_year_in_its_own_zone_and_an_hour_set_back(desk: Desk, clock: Clock) -> None:
    clock.now = MORNING.replace(month=12, day=31, hour=22, minute=59, second=58)
    seen = []
    for step in (0, 1, 1, 0, 3_600, -3_600, 0, 7_200, -7_203, 7_203):
        clock.forward(seconds=step)
        ticket = await opened_by(desk, ANA)
        seen.append(str(ticket.label))
        assert ticket.created_at == clock.now
    assert seen == [
        "TKT-2026-00001",
        "TKT-2026-00002",
        "TKT-2027-00001",
        "TKT-2027-00002",
        "TKT-2027-00003",
        "TKT-2027-00004",
        "TKT-2027-00005",
        "TKT-2027-00006",
        "TKT-2026-00003",
        "TKT-2027-00007",
    ]


def _open_until_year(client: httpx.Client, year: str) -> int:
    """Open tickets until one is of that year; returns how many were opened before it."""
    deadline, count = time.monotonic() + LONGEST, 0
    while not _open(client).startswith(year):
        assert time.monotonic() < deadline, "the clock of the desk stands still"
        count += 1
    return count


def _open(client: httpx.Client) -> str:
    """Return when the ticket was opened, as the desk tells it."""
    answer = client.post(USER, json=CRASH)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["data"]["createdAt"])
