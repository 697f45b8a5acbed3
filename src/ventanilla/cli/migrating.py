"""Bringing the schema up to date, and saying what was done."""

from ventanilla import settings
from ventanilla.store import opening
from ventanilla.store.migrations import HEAD


def migrate() -> None:
    """Migrate the database of the settings. Raises WrongSettings and store.opening.CannotOpen."""
    url = settings.load().database
    before = _migrate_postgres(url) if url.startswith(opening.POSTGRES_PREFIXES) else _migrate_sqlite(url)
    if before == HEAD:
        print(f"Nothing to do: the schema is at revision {HEAD}.")
    else:
        print(f"The schema went from {f'revision {before}' if before else 'nothing'} to revision {HEAD}.")


def _migrate_sqlite(url: str) -> str | None:
    path = opening.sqlite_path(url)
    opening.refuse_unsound_sqlite()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise opening.CannotOpen(f"The folder {path.parent} cannot be made: {error}") from error
    return opening.migrate(path)


def _migrate_postgres(url: str) -> str | None:
    from ventanilla.store.engines import postgres_setup

    return postgres_setup.prepare(url)
