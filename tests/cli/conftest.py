import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.commands import Terminal
from tests.cli.sample_desk import fill
from ventanilla.settings import Settings


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """A sample desk on SQLite with attachments, and its export in `out`. To be looked at only."""
    folder = tmp_path_factory.mktemp("source")
    asyncio.run(fill(Settings(data_dir=str(folder / "data"))))
    terminal = Terminal(folder)
    terminal.succeed("export", "out")
    return terminal


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let commands that are called in this process have these settings."""

    def choose(data: Path, database_url: str | None = None) -> None:
        monkeypatch.setenv("VENTANILLA_DATA_DIR", str(data))
        monkeypatch.setenv("VENTANILLA_DATABASE_URL", database_url or f"sqlite:///{data / 'desk.sqlite3'}")

    return choose
