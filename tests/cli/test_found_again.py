"""A desk that has moved finds what was said on it, without anybody telling it to index anything."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.actions.test_searching import find
from tests.cli.commands import Terminal
from tests.conftest import indexed
from tests.people import MARTA
from tests.postgres import PostgresServer
from ventanilla import app
from ventanilla.core.search import folded
from ventanilla.settings import Settings

MESSAGES = "SELECT ticket_id, body FROM messages WHERE id % 97 = 1 AND length(body) > 30"
"""Some of the sample desk, begun and later ones."""


@pytest.fixture
def second_url(postgres_server: PostgresServer) -> Iterator[str]:
    address = postgres_server.new_database()
    yield address
    postgres_server.drop(address)


@pytest.fixture
def finds_everything(source: Terminal) -> Callable[[Terminal, str | None], None]:
    said = [(ticket, " ".join(folded(body)[:6])) for ticket, body in source.sql(MESSAGES)]
    assert len(said) > 3

    async def look(settings: Settings) -> None:
        desk = app.open_store(settings)
        try:
            await indexed(desk)
            for ticket, words in said:
                assert ticket in await find(desk, MARTA, f'"{words}"'), words
        finally:
            await desk.close()

    def check(there: Terminal, url: str | None) -> None:
        asyncio.run(look(Settings(data_dir=str(there.data), database_url=url)))

    return check


Check = Callable[[Terminal, str | None], None]


def test_an_imported_desk_finds_what_was_said(
    source: Terminal, terminal: Terminal, postgres_url: str, finds_everything: Check
) -> None:
    for url in (None, postgres_url):
        terminal.succeed("import", source.folder / "out", **_on(url))
        finds_everything(terminal, url)


def test_a_copied_and_a_restored_desk_find_what_was_said(
    source: Terminal, terminal: Terminal, postgres_url: str, second_url: str, tmp_path: Path, finds_everything: Check
) -> None:
    source.succeed("backup", tmp_path / "first")
    terminal.succeed("restore", tmp_path / "first")
    finds_everything(terminal, None)
    terminal.succeed("copy", "--to", postgres_url)
    finds_everything(terminal, postgres_url)
    terminal.succeed("backup", tmp_path / "second", **_on(postgres_url))
    elsewhere = Terminal(tmp_path / "elsewhere")
    elsewhere.folder.mkdir()
    elsewhere.succeed("restore", tmp_path / "second", **_on(second_url))
    finds_everything(elsewhere, second_url)


def _on(url: str | None) -> dict[str, str]:
    return {"VENTANILLA_DATABASE_URL": url} if url else {}
