"""One server for the tests of its edges; the people in each test are new to it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.edges.line import Line
from tests.serving import RunningDesk, token

Dial = Callable[[], Line]
StartDesk = Callable[..., RunningDesk]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    desk = RunningDesk(tmp_path_factory.mktemp("edges")).start()
    yield desk
    assert desk.stop() == 0


@pytest.fixture
def start_desk(tmp_path: Path) -> Iterator[StartDesk]:
    """Start a desk of one's own: `start_desk(config=…)`. It is killed in the end if it still runs."""
    desks: list[RunningDesk] = []

    def start(folder: str = "own", **how: object) -> RunningDesk:
        desk = RunningDesk(tmp_path / folder, **how)  # type: ignore[arg-type]
        desks.append(desk)
        return desk.start()

    yield start
    for desk in desks:
        desk.kill()


@pytest.fixture
def ana_token() -> str:
    return token(f"ana-{uuid4().hex[:8]}", name="Ana")


@pytest.fixture
def ana(server: RunningDesk, ana_token: str) -> Iterator[httpx.Client]:
    """A requester."""
    with server.client(ana_token) as client:
        yield client


@pytest.fixture
def bruno(server: RunningDesk) -> Iterator[httpx.Client]:
    """Another requester."""
    with server.client(token(f"bruno-{uuid4().hex[:8]}", name="Bruno")) as client:
        yield client


@pytest.fixture
def anyone(server: RunningDesk) -> Iterator[httpx.Client]:
    """Somebody without a token."""
    with server.client() as client:
        yield client


@pytest.fixture
def dial(server: RunningDesk) -> Iterator[Dial]:
    """Open a bare connection to the server."""
    lines: list[Line] = []

    def open_line() -> Line:
        lines.append(Line(server.url))
        return lines[-1]

    yield open_line
    for line in lines:
        line.close()
