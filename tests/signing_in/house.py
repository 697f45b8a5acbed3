"""A desk whose staff signs in, and the browsers they do it in."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import apsw
import asyncpg
import httpx

from tests.contracts.declarations import Declarations
from tests.serving import RunningDesk

API = "/api/desk/v1"
PASSWORD = "correct horse battery staple"
SETUP_LINK = re.compile(r"There is no admin yet\. Open this to make the first one: (\S+)#token=(\S+)")


class House:
    """One desk, on one of the engines. `origin` is what its pages' address begins with."""

    def __init__(self, desk: RunningDesk, database_url: str | None) -> None:
        self.desk = desk
        self.database_url = database_url
        self._clients: list[httpx.Client] = []
        self._declarations = Declarations(httpx.get(f"{self.origin}/openapi.json").json())

    @property
    def origin(self) -> str:
        return self.desk.url

    def set_up(self) -> "Browser":
        """Make the first admin by the link that the start has printed."""
        self.admin = self.browser()
        self.admin_email = new_email()
        answer = self.admin.post(
            f"{API}/setup",
            json={"token": setup_token(self.desk), "email": self.admin_email, "name": "Alicia", "password": PASSWORD},
        )
        assert answer.status_code == 201, answer.text
        return self.admin

    def browser(self, **headers: str) -> "Browser":
        """A browser on the desk's own page. An answer that is not declared fails the test."""
        made = Browser(
            base_url=self.origin,
            headers={"Origin": self.origin, **headers},
            timeout=30,
            event_hooks={"response": [self._declarations.hook]},
        )
        self._clients.append(made)
        return made

    def bearer(self, token: str) -> httpx.Client:
        client = self.desk.client(token)
        client.event_hooks = {"response": [self._declarations.hook]}
        self._clients.append(client)
        return client

    def close_all(self, *, but: int = 0) -> None:
        """Close the clients that were made, but for the first so many."""
        for client in self._clients[but:]:
            client.close()
        del self._clients[but:]

    def join(self, role: str = "agent", area: str | None = None, name: str = "Marta Gil") -> "Browser":
        """Somebody who was invited, chose PASSWORD and is signed in. Their `id` and `email` are known."""
        email = new_email()
        told = {"email": email, "name": name, "role": role, "areas": [area] if area else []}
        invited = self.admin.post(f"{API}/agents", json=told)
        assert invited.status_code == 201, invited.text
        somebody = self.browser()
        somebody.id, somebody.email = invited.json()["id"], email
        token = token_of(invited.json()["invitation"]["url"])
        accepted = somebody.post(f"{API}/invitations/accept", json={"token": token, "password": PASSWORD})
        assert accepted.status_code == 200, accepted.text
        return somebody

    def change(self, somebody: "Browser", **changes: object) -> httpx.Response:
        return self.admin.patch(f"{API}/agents/{somebody.id}", json=changes, headers={"If-Match": "*"})

    def sql(self, statement: str) -> None:
        """Meddle with the database behind the desk's back."""
        if self.database_url:
            asyncio.run(_on_postgres(self.database_url, statement))
            return
        with closing(apsw.Connection(str(self.desk.data / "desk.sqlite3"))) as connection:
            connection.set_busy_timeout(10_000)
            connection.execute(statement).fetchall()

    def stored(self) -> bytes:
        """Everything that stands in the database, as one text."""
        if self.database_url:
            return asyncio.run(_dump(self.database_url))
        return b"".join(path.read_bytes() for path in self.desk.data.glob("desk.sqlite3*"))


class Browser(httpx.Client):
    """A browser: it keeps its cookies and says which page it is on."""

    id = ""
    email = ""

    def sign_in(self, email: str, password: str = PASSWORD) -> httpx.Response:
        return self.post(f"{API}/session", json={"email": email, "password": password})

    def is_in(self) -> bool:
        """Tell whether there is a session."""
        status = self.get(f"{API}/me").status_code
        assert status in (200, 401)
        return status == 200

    @property
    def secret(self) -> str:
        """What the session's cookie holds."""
        return str(self.cookies["ventanilla"])


def new_email() -> str:
    return f"{uuid4().hex}@desk.example"


def token_of(url: str) -> str:
    address, _, token = url.partition("#token=")
    assert token
    assert "?" not in address
    return token


def setup_token(desk: RunningDesk) -> str:
    """The token of the last start's link."""
    return str(SETUP_LINK.findall(desk.log)[-1][1])


@contextmanager
def running(folder: Path, database_url: str | None, **how: Any) -> Iterator[House]:
    """A desk that runs, still without an admin."""
    environment = {"VENTANILLA_DATABASE_URL": database_url} if database_url else {}
    desk = RunningDesk(folder, environment=environment, **how).start()
    house = House(desk, database_url)
    try:
        yield house
    finally:
        house.close_all()
        assert desk.stop() == 0


async def _on_postgres(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _dump(url: str) -> bytes:
    connection = await asyncpg.connect(url)
    try:
        tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        rows = [await connection.fetch(f"SELECT t::text FROM {table[0]} t") for table in tables]
        return "\n".join(str(row[0]) for found in rows for row in found).encode()
    finally:
        await connection.close()
