"""A real desk for every test, on a clock that only the test moves. Tests may be `async def`."""

import asyncio
import inspect
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import groupby, zip_longest
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings

from tests.postgres import PostgresServer, running_server
from tests.seaweed import S3Server, running_s3
from ventanilla.actions.ports import Desk, DeskPolicy
from ventanilla.core.sla import SlaPolicy
from ventanilla.store.engines.postgres import PostgresDesk
from ventanilla.store.engines.sqlite import SqliteDesk
from ventanilla.store.opening import open_sqlite
from ventanilla.store.transaction import Context

MADRID = ZoneInfo("Europe/Madrid")
MORNING = datetime(2026, 3, 15, 10, 0, tzinfo=UTC)

# Two busy cores must not decide whether a property holds, hence no deadline; CI tries the same examples every time.
settings.register_profile(
    "desk",
    max_examples=60,
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("desk")


class Clock:
    """The desk's clock; it stands still until somebody moves it."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0) -> datetime:
        self.now += timedelta(hours=hours, minutes=minutes, seconds=seconds)
        return self.now


def open_test_desk(folder: Path, clock: Clock, zone: tzinfo = MADRID) -> SqliteDesk:
    """Open the desk of `folder`, the same one each time."""
    return open_sqlite(database_file(folder), context_of(clock, zone))


async def indexed(desk: Desk) -> None:
    """Have the search know all that was committed: SQLite indexes a moment later, PostgreSQL at once."""
    if isinstance(desk, SqliteDesk):
        await desk.index()


def context_of(clock: Clock, zone: tzinfo = MADRID) -> Context:
    return Context(DeskPolicy(zone, SlaPolicy()), clock)


def database_file(folder: Path) -> Path:
    return folder / "desk.sqlite3"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever is about a desk on both engines, but for tests about what SQLite alone does."""
    names = set(metafunc.fixturenames)
    if "desk" in names and not names & {"sqlite_desk", "desk_file"}:
        metafunc.parametrize("engine", ["sqlite", "postgres"])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long files, those that wait beside those that work, so that no worker is left with one at the end.

    `pytest -n 3 --dist loadfile --no-loadscope-reorder` hands the files out in this order.
    """
    files = {path: list(tests) for path, tests in groupby(items, lambda item: item.path)}
    waiting = [path for path in files if path.parent.name == "faults" or path.name == "test_schemathesis.py"]
    working = [path for path in files if path.parent.name == "browser"]
    working.sort(key=lambda path: -len(files[path]))
    long = [path for pair in zip_longest(waiting, working) for path in pair if path]
    items[:] = [test for path in dict.fromkeys([*long, *files]) for test in files[path]]


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run an `async def` test in the loop of its fixtures, or in one of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = inspect.signature(pyfuncitem.obj).parameters
    work = pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted})
    runner = pyfuncitem.funcargs.get("runner")
    if isinstance(runner, asyncio.Runner):
        runner.run(work)
    else:
        asyncio.run(work)
    return True


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """The event loop of one test: connections belong to the loop that made them."""
    with asyncio.Runner() as loop:
        yield loop


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with running_server() as url:
        yield PostgresServer(url)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of a new, empty, migrated database."""
    address = postgres_server.new_database()
    yield address
    postgres_server.drop(address)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    with running_s3() as server:
        yield server


@pytest.fixture(scope="session")
def s3_bucket(s3_server: S3Server) -> str:
    """The name of a bucket, which all tests share; each has a prefix of its own."""
    return s3_server.new_bucket()


@pytest.fixture
def engine() -> str:
    return "sqlite"


@pytest.fixture
def desk(
    engine: str, tmp_path: Path, clock: Clock, runner: asyncio.Runner, request: pytest.FixtureRequest
) -> Iterator[Desk]:
    opened: Desk
    if engine == "sqlite":
        opened = open_test_desk(tmp_path, clock)
        yield opened
        runner.run(opened.close())
        return
    opened = PostgresDesk(request.getfixturevalue("postgres_url"), context_of(clock))
    yield opened
    runner.run(opened.close())


@pytest.fixture
def sqlite_desk(desk: Desk) -> SqliteDesk:
    """`desk`, for tests about what SQLite alone does."""
    if not isinstance(desk, SqliteDesk):
        pytest.skip("about SQLite alone")
    return desk


@pytest.fixture
def desk_file(sqlite_desk: SqliteDesk, tmp_path: Path) -> Path:
    """The database file behind `desk`, for tests that look past it."""
    return database_file(tmp_path)
