"""Times as the contracts write them: UTC, ISO 8601, `Z`."""

from datetime import UTC, datetime
from functools import lru_cache

from ventanilla.core.moments import Micros, micros, moment

# A list of tickets shows a hundred and more times; put together from these, one costs a quarter of any formatting.
_IN_THE_HOUR = tuple(f"{minute:02}:{second:02}" for minute in range(60) for second in range(60))
_IN_THE_SECOND = tuple(f".{millisecond:03}Z" for millisecond in range(1000))
_HOUR = 3600


def seconds(at: datetime | Micros) -> str:
    """`2026-03-15T10:00:00Z`"""
    since = (at if isinstance(at, int) else micros(at)) // 1_000_000
    return f"{_hour(since // _HOUR)}{_IN_THE_HOUR[since % _HOUR]}Z"


def milliseconds(at: datetime | Micros) -> str:
    """`2026-03-17T10:05:00.000Z`"""
    since = (at if isinstance(at, int) else micros(at)) // 1000
    return f"{_hour(since // 3_600_000)}{_IN_THE_HOUR[since // 1000 % _HOUR]}{_IN_THE_SECOND[since % 1000]}"


def maybe_seconds(at: datetime | Micros | None) -> str | None:
    return None if at is None else seconds(at)


def maybe_milliseconds(at: datetime | Micros | None) -> str | None:
    # Written out: a call less for each of a hundred.
    if at is None:
        return None
    since = (at if isinstance(at, int) else micros(at)) // 1000
    return f"{_hour(since // 3_600_000)}{_IN_THE_HOUR[since // 1000 % _HOUR]}{_IN_THE_SECOND[since % 1000]}"


@lru_cache(maxsize=24 * 366)
def _hour(since: int) -> str:
    """Return date and hour of so many hours since 1970: `2026-03-17T10:`."""
    return moment(since * _HOUR * 1_000_000).isoformat(timespec="hours")[:13] + ":"


def parse(text: str) -> datetime | None:
    """Read ISO 8601 (a time without a zone is UTC); None when it is none."""
    try:
        at = datetime.fromisoformat(text)
        return (at.replace(tzinfo=UTC) if at.tzinfo is None else at).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
