"""When a command will not do what it was asked."""

from ventanilla.settings import Settings
from ventanilla.store.opening import SQLITE_PREFIX


class Refused(Exception):
    """The text, one line or more, says why and what to do instead. The command ends with exit code 1."""


def require_sqlite(found: Settings, command: str) -> None:
    """Raises Refused for a desk on another engine."""
    if not found.database.startswith(SQLITE_PREFIX):
        raise Refused(f"{command} is for desks on SQLite; use pg_dump and pg_restore for this one")
