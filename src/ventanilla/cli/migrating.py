"""Bringing the schema up to date, and saying what was done."""

import contextlib

from ventanilla import settings
from ventanilla.store import opening
from ventanilla.store.migrations import HEAD


def migrate() -> None:
    """Migrate the database of the settings. Raises WrongSettings and store.opening.CannotOpen."""
    path = opening.sqlite_path(settings.load().database)
    opening.refuse_unsound_sqlite()
    with contextlib.suppress(FileExistsError):
        path.parent.mkdir(parents=True)
    before = opening.migrate(path)
    if before == HEAD:
        print(f"Nothing to do: the schema of {path} is at revision {HEAD}.")
    else:
        print(f"The schema of {path} went from {f'revision {before}' if before else 'nothing'} to revision {HEAD}.")
