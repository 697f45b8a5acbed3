"""Times as whole microseconds since 1970 in UTC, for what is read by the thousand: an int costs nothing to make."""

from datetime import UTC, datetime, timedelta

Micros = int

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros(at: datetime) -> Micros:
    return (at - EPOCH) // _MICROSECOND


def moment(value: Micros) -> datetime:
    return EPOCH + timedelta(0, 0, value)


def maybe_micros(at: datetime | None) -> Micros | None:
    return None if at is None else micros(at)


def maybe_moment(value: Micros | None) -> datetime | None:
    return None if value is None else moment(value)
