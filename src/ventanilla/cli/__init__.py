"""The command line."""

import os
import sys
from collections.abc import Sequence

from ventanilla.cli.refusal import Refused, WrongUsage
from ventanilla.core.errors import StoreUnavailable
from ventanilla.settings import WrongSettings
from ventanilla.store.failures import CannotOpen, DatabaseFailed


def main() -> None:
    # Whatever is made holds people's data and the desk's secrets: for this user alone.
    os.umask(0o077)
    code = _run()
    if "obstore" in sys.modules:
        # Beware: a thread of obstore that still hands over its last result aborts the process when the interpreter
        # takes itself apart (https://github.com/PyO3/pyo3-async-runtimes/issues/40). So it does not.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    raise SystemExit(code)


def _run() -> int:
    """Do what the command line says; returns the exit code."""
    try:
        return _do(sys.argv[1:])
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else int(done.code is not None)
    except Refused as error:
        print(f"ventanilla: {error}", file=sys.stderr)
        return 1
    except WrongUsage as error:
        print(error, file=sys.stderr)
        return 2
    except (WrongSettings, CannotOpen) as error:
        print(f"ventanilla: {error}", file=sys.stderr)
        return 2
    except (DatabaseFailed, StoreUnavailable) as error:
        print(f"ventanilla: the store failed: {error}", file=sys.stderr)
        return 2


def _do(arguments: Sequence[str]) -> int:
    """Do a command; returns the exit code. `serve` is spared the loading of all the others: it ought to answer soon."""
    if arguments[:1] == ["serve"]:
        from ventanilla.cli import serve_command

        serve_command.run(arguments[1:])
        return 0
    from ventanilla.cli import commands

    return commands.run(arguments)
