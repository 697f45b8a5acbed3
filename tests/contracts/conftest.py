"""One server for all contract tests; the people in each test are new to it."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import httpx
import pytest
from tests.contracts.declarations import Declarations
from tests.postgres import PostgresServer
from tests.serving import RunningDesk, token

Join = Callable[..., httpx.Client]

ON_SQLITE_ALONE = {"test_desk_bad_bodies"}
"""Tests of the native API that no store ever hears of."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try what the native API says on a desk of each engine."""
    module = metafunc.module.__name__.rpartition(".")[2]
    if "server" in metafunc.fixturenames and module.startswith("test_desk_") and module not in ON_SQLITE_ALONE:
        metafunc.parametrize("database", ["sqlite", "postgres"], indirect=True, scope="session")


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """What a desk's environment says of its database: nothing where it is to be SQLite."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield {}
        return
    postgres: PostgresServer = request.getfixturevalue("postgres_server")
    url = postgres.new_database()
    yield {"VENTANILLA_DATABASE_URL": url}
    postgres.drop(url)


@pytest.fixture(scope="session")
def server(database: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    desk = RunningDesk(tmp_path_factory.mktemp("desk"), environment=database).start()
    yield desk
    assert desk.stop() == 0


@pytest.fixture(scope="session")
def declarations(server: RunningDesk) -> Declarations:
    """What the server says that it answers."""
    return Declarations(httpx.get(f"{server.url}/openapi.json").json())


@pytest.fixture
def join(server: RunningDesk, declarations: Declarations) -> Iterator[Join]:
    """Make a client for somebody: `join("ana", role=…, name=…)`. The id of the person is unique to the test.

    `join(bearer=…)` is somebody who has a token already.

    An answer that the OpenAPI document does not declare fails the test, whatever the test is about.
    """
    clients: list[httpx.Client] = []
    suffix = uuid4().hex[:8]

    def make(name: str | None = None, /, bearer: str | None = None, **claims: object) -> httpx.Client:
        told = {"name": name.title(), **claims} if name else {}
        client = server.client(token(f"{name}-{suffix}", **told) if name else bearer)
        client.event_hooks = {"response": [declarations.hook]}
        clients.append(client)
        return client

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def anyone(join: Join) -> httpx.Client:
    """Somebody without a token."""
    return join()


@pytest.fixture
def ana(join: Join) -> httpx.Client:
    """A requester."""
    return join("ana", email="ana@example.com")


@pytest.fixture
def bruno(join: Join) -> httpx.Client:
    """Another requester."""
    return join("bruno", email="bruno@example.com")


@pytest.fixture
def alicia(join: Join) -> httpx.Client:
    """An admin."""
    return join("alicia", rol="admin")


@pytest.fixture
def marta(join: Join) -> httpx.Client:
    """An agent of all areas."""
    return join("marta", rol="MESA")


@pytest.fixture
def raul(join: Join) -> httpx.Client:
    """An agent of the area Redes."""
    return join("raul", rol="AREA", area="Redes")
