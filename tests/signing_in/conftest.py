from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.postgres import PostgresServer
from tests.signing_in.house import House, running

StartHouse = Callable[..., House]


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def standing_house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, postgres_server: PostgresServer
) -> Iterator[House]:
    """One desk on each engine for all of these tests."""
    url = postgres_server.new_database() if request.param == "postgres" else None
    with running(tmp_path_factory.mktemp("house"), url) as found:
        found.set_up()
        yield found
    if url:
        postgres_server.drop(url)


@pytest.fixture
def house(standing_house: House) -> Iterator[House]:
    """The desk that stands; the people in each test are new to it."""
    yield standing_house
    standing_house.close_all(but=1)  # the admin stays


@pytest.fixture(params=["sqlite", "postgres"])
def start_house(
    request: pytest.FixtureRequest, tmp_path: Path, postgres_server: PostgresServer
) -> Iterator[StartHouse]:
    """Start desks on one database: `start_house(config=…)`. On SQLite there is one at a time."""
    url = postgres_server.new_database() if request.param == "postgres" else None
    with ExitStack() as stack:

        def start(folder: str = "own", **how: Any) -> House:
            return stack.enter_context(running(tmp_path / folder, url, **how))

        yield start
    if url:
        postgres_server.drop(url)
