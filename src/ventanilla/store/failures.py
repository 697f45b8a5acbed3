"""What can be wrong with a database before it is opened, and while the command line works on it."""

from ventanilla.store.migrations import HEAD


class CannotOpen(Exception):
    """The desk cannot be opened; the text says why and what to do."""


class DatabaseFailed(Exception):
    """The database could not go on with a piece of work; nothing of it was kept. The text is the database's own."""


def newer_schema(current: str | None) -> CannotOpen:
    return CannotOpen(
        f"The database has schema {current}, which this Ventanilla ({HEAD}) does not know: it was made by a newer "
        "version. Start that version, or restore a backup from before the upgrade."
    )
