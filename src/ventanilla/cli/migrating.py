"""Bringing the schema up to date, and saying what was done."""

from ventanilla import settings
from ventanilla.store import upkeep
from ventanilla.store.migrations import HEAD


def migrate() -> None:
    """Migrate the database of the settings. Raises WrongSettings and store.opening.CannotOpen."""
    before = upkeep.prepare(settings.load().database)
    if before == HEAD:
        print(f"Nothing to do: the schema is at revision {HEAD}.")
    else:
        print(f"The schema went from {f'revision {before}' if before else 'nothing'} to revision {HEAD}.")
