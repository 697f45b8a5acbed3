"""What the doctor finds."""

from enum import StrEnum

from msgspec import Struct

SHOWN = 5
"""How many of the same kind a finding lists."""


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    """It works; somebody should know."""
    WRONG = "wrong"


class Finding(Struct, frozen=True):
    """One thing that was looked at. `mend` says what to do; blank where there is nothing to do."""

    check: str
    level: Level
    what: str
    mend: str = ""


def ok(check: str, what: str) -> Finding:
    return Finding(check, Level.OK, what)


def warning(check: str, what: str, mend: str) -> Finding:
    return Finding(check, Level.WARNING, what, mend)


def wrong(check: str, what: str, mend: str) -> Finding:
    return Finding(check, Level.WRONG, what, mend)
