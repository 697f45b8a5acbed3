"""The SQL that leads from one revision of the schema to another."""

from io import StringIO
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util import CommandError


class UnknownRevision(Exception):
    """The database was made by a newer Ventanilla."""


def migration_sql(dialect: str, current: str | None, target: str = "heads") -> str:
    """Return the statements that bring a database at `current` (None: empty) to `target`.

    `dialect` is `sqlite` or `postgresql`. Raises UnknownRevision when `current` is none of ours.
    """
    buffer = StringIO()
    config = Config(output_buffer=buffer)
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("dialect", dialect)
    scripts = ScriptDirectory.from_config(config)

    def steps(revision: object, _context: object) -> object:
        return scripts._upgrade_revs(target, revision)  # type: ignore[arg-type]

    try:
        with EnvironmentContext(config, scripts, fn=steps, as_sql=True, starting_rev=current, destination_rev=target):
            scripts.run_env()
    except (CommandError, RevisionError) as error:
        raise UnknownRevision(current) from error
    return buffer.getvalue()
