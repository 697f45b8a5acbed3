"""`ventanilla serve` and its options, read by the standard library: typer alone takes longer to load than the desk."""

import argparse
from collections.abc import Sequence
from typing import NoReturn

MOST_WORKERS = 256


def run(arguments: Sequence[str]) -> None:
    """Serve as the arguments say. Ends the process for wrong ones and for `--help`."""
    wanted = parser().parse_args(arguments)
    from ventanilla.cli import serving

    serving.serve(wanted.host, wanted.port, wanted.workers, welcome=wanted.welcome)


def parser() -> argparse.ArgumentParser:
    found = _Parser(
        prog="ventanilla serve",
        description="Serve the desk.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    found.add_argument("--host", default="127.0.0.1", help="address to listen on")
    found.add_argument("--port", default=8000, type=int, help="port to listen on; 0 takes a free one")
    found.add_argument("--workers", default=1, type=processes, help="processes; SQLite allows one")
    found.add_argument("--welcome", action="store_true", help="print where to go and what to try")
    return found


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"ventanilla: {message}; `ventanilla serve --help` tells more\n")


def processes(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"{number} is not between 1 and {MOST_WORKERS}")
    return number
