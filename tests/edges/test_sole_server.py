"""One process serves a SQLite desk, and what it makes is for its own user alone."""

import stat
from pathlib import Path

import httpx
import pytest

from tests.edges.line import USER
from tests.serving import CONFIG, RunningDesk, token


def test_a_second_server_on_the_same_file_is_refused_in_one_line(tmp_path: Path) -> None:
    first = RunningDesk(tmp_path / "desk").start()
    second = RunningDesk(tmp_path / "other", config=CONFIG.replace("{data_dir}", str(first.data)))
    try:
        with pytest.raises(RuntimeError, match="is being served by another process"):
            second.start()
        assert httpx.get(f"{first.url}/readyz").status_code == 200
    finally:
        assert first.stop() == 0


def test_nobody_else_may_read_the_data(tmp_path: Path) -> None:
    desk = RunningDesk(tmp_path / "desk").start()
    try:
        made = [desk.data, *desk.data.rglob("*")]
        open_to_others = [path.name for path in made if stat.S_IMODE(path.stat().st_mode) & 0o077]
        assert open_to_others == []
    finally:
        assert desk.stop() == 0


def test_a_header_that_decides_may_not_stand_twice(tmp_path: Path) -> None:
    desk = RunningDesk(tmp_path / "desk").start()
    try:
        twice = [
            ("Authorization", f"Bearer {token('ana')}"),
            ("Authorization", f"Bearer {token('alicia', rol='admin')}"),
        ]
        refused = httpx.get(desk.url + USER, headers=twice)
        assert (refused.status_code, refused.json()["statusCode"]) == (400, 400)
    finally:
        assert desk.stop() == 0


def test_a_name_in_a_token_is_one_line_of_bounded_length(tmp_path: Path) -> None:
    desk = RunningDesk(tmp_path / "desk").start()
    try:
        with desk.client(token("ana", name="Ana\n" + "x" * 3_000)) as ana:
            body = {"category": "other", "subject": "Name", "message": "Mine is long."}
            shown = ana.post(USER, json=body).json()["data"]["messages"][0]["authorName"]
        assert shown == ("Ana " + "x" * 3_000)[:150]
    finally:
        assert desk.stop() == 0
