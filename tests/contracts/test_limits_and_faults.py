"""What contracts 1 and 3 say when there are too many requests, and when the store fails under them."""

from collections.abc import Iterator
from pathlib import Path

import apsw
import httpx
import pytest
from tests.serving import CONFIG, RunningDesk, token

STRICT = CONFIG.replace("enabled = false", "enabled = true\nperson_per_minute = 3")
SUPPORT, SOPORTE = "/v1/support/tickets", "/api/soporte/mis-tickets"


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[RunningDesk]:
    """A desk of one's own that lets 3 requests a minute through."""
    started = RunningDesk(tmp_path / "strict", STRICT).start()
    yield started
    started.kill()


@pytest.fixture
def ana(strict: RunningDesk) -> Iterator[httpx.Client]:
    with strict.client(token("ana")) as client:
        yield client


def test_who_asks_too_often_is_told_when_there_is_more(ana: httpx.Client) -> None:
    *_, refused = (ana.get(SUPPORT) for _ in range(4))
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "rate_limited")
    assert (refused.headers["x-ratelimit-limit"], refused.headers["x-ratelimit-remaining"]) == ("3", "0")
    assert refused.headers["x-ratelimit-reset"] == refused.headers["retry-after"]
    assert 1 <= int(refused.headers["retry-after"]) <= 20
    in_spanish = ana.get(SOPORTE)
    assert (in_spanish.status_code, list(in_spanish.json())) == (429, ["message"])


def test_a_fault_of_ours_is_told_in_the_contracts_words(strict: RunningDesk, ana: httpx.Client) -> None:
    database = apsw.Connection(str(strict.data / "desk.sqlite3"))
    database.execute("PRAGMA foreign_keys = OFF; DROP TABLE tickets")
    database.close()
    in_spanish, in_english = ana.get(SOPORTE), ana.get(SUPPORT)
    assert (in_spanish.status_code, in_spanish.json()) == (500, {"message": "Error interno del servidor"})
    assert (in_english.status_code, in_english.json()) == (
        500,
        {"error": {"code": "internal_error", "message": "Internal server error", "details": None}},
    )
