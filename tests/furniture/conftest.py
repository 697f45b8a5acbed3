"""What stands around the tickets, over HTTP: every sentence is tried on a desk of each engine."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.contracts.conftest import alicia, ana, declarations, join, marta, raul
from tests.postgres import PostgresServer
from tests.serving import RunningDesk

__all__ = ["alicia", "ana", "declarations", "join", "marta", "raul"]

MakeDesk = Callable[[Path], RunningDesk]


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def make_desk(request: pytest.FixtureRequest) -> MakeDesk:
    """Make a desk that is not started yet, on a database of its own."""
    if request.param == "sqlite":
        return RunningDesk
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return lambda folder: RunningDesk(folder, environment={"VENTANILLA_DATABASE_URL": server.new_database()})


@pytest.fixture(scope="session")
def server(make_desk: MakeDesk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    desk = make_desk(tmp_path_factory.mktemp("desk")).start()
    yield desk
    assert desk.stop() == 0
