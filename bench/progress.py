"""One line on standard error that tells how far the benchmark is."""

import sys
import time

_began = time.monotonic()


def say(what: str) -> None:
    minutes, seconds = divmod(int(time.monotonic() - _began), 60)
    line = f"[{minutes:02}:{seconds:02}] {what}"
    if sys.stderr.isatty():
        print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
    else:
        print(line, file=sys.stderr, flush=True)


def clear() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
