"""The command line as somebody at a terminal uses it: real processes on a folder of their own."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("VENTANILLA_")}


@dataclass
class Terminal:
    """Somebody who has changed to `folder` and types commands."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "ventanilla", *map(str, arguments)],
            cwd=self.folder,
            env=ENVIRONMENT | self.environment | environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def succeed(self, *arguments: str | Path, **environment: str) -> str:
        """Run a command that has to work; returns what it prints."""
        done = self.run(*arguments, **environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def fail(self, *arguments: str | Path, code: int = 1, **environment: str) -> str:
        """Run a command that has to refuse; returns what it complains about."""
        done = self.run(*arguments, **environment)
        assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        return done.stderr

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def sql(self, statement: str, data: str = "data") -> list[tuple[Any, ...]]:
        """Look into, or meddle with, the database behind the desk's back."""
        connection = apsw.Connection(str(self.folder / data / "desk.sqlite3"))
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()
