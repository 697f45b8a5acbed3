"""One identity, five spellings: UUID, ULID, ObjectId, integer and label all name the same row.

Shapes and rules: shared/contracts/README.md, "One core behind them".
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple
from uuid import UUID

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CROCKFORD_VALUE = {digit: value for value, digit in enumerate(_CROCKFORD)}
_ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)
_OBJECT_ID = re.compile(r"[0-9a-f]{24}", re.ASCII)
_LABEL = re.compile(r"TKT-([0-9]{4})-([0-9]{5,15})", re.ASCII)
_INTEGER = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)

MAX_ID = 2**63 - 1


class Label(NamedTuple):
    """`TKT-<year>-<number>`: the year of creation in the desk's time zone, counted from 1 in each year."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"TKT-{self.year:04d}-{self.number:05d}"


@dataclass(frozen=True, slots=True)
class ObjectId:
    """Twelve bytes: creation time in seconds, then the integer id. Nothing of it is stored."""

    seconds: int
    id: int

    def __str__(self) -> str:
        return f"{self.seconds:08x}{self.id:016x}"


TicketRef = int | UUID | Label | ObjectId
"""Any of the spellings by which a caller may name a ticket."""


def new_uuid(at: datetime, randomness: bytes) -> UUID:
    """Return a UUIDv7 (RFC 9562 §5.7) for the moment `at`; `randomness` is at least 10 random bytes."""
    milliseconds = int(at.timestamp() * 1000) & 0xFFFFFFFFFFFF
    low = int.from_bytes(randomness[:10], "big")
    high = (milliseconds << 80) | (0x7 << 76) | (((low >> 64) & 0xFFF) << 64)
    return UUID(int=high | (0b10 << 62) | (low & 0x3FFFFFFFFFFFFFFF))


def label_year(at: datetime, zone: tzinfo) -> int:
    """Return the year that a label of the moment `at` carries in the desk's time zone."""
    return at.astimezone(zone).year


def object_id(created_at: datetime, integer: int) -> ObjectId:
    return ObjectId(int(created_at.timestamp()) & 0xFFFFFFFF, integer)


def ulid(uuid: UUID) -> str:
    """Write the 128 bits of `uuid` in Crockford base 32, 26 characters."""
    value = uuid.int
    return "".join(_CROCKFORD[(value >> shift) & 31] for shift in range(125, -1, -5))


def parse_uuid(text: str) -> UUID | None:
    lowered = text.strip().lower()
    return UUID(lowered) if _UUID.fullmatch(lowered) else None


def parse_ulid(text: str) -> UUID | None:
    """Read a ULID in upper or lower case; None when it is none (or passes 128 bits)."""
    upper = text.strip().upper()
    if not text.isascii() or not _ULID.fullmatch(upper):
        return None  # beyond ASCII, upper case makes digits out of what is none: "ſ" becomes "S"
    value = 0
    for digit in upper:
        value = (value << 5) | _CROCKFORD_VALUE[digit]
    return UUID(int=value)


def parse_object_id(text: str) -> ObjectId | None:
    lowered = text.strip().lower()
    if not _OBJECT_ID.fullmatch(lowered):
        return None
    integer = int(lowered[8:], 16)
    return ObjectId(int(lowered[:8], 16), integer) if 0 < integer <= MAX_ID else None


def parse_label(text: str) -> Label | None:
    """Read a label after trimming and without regard to case; None when it is none."""
    match = _LABEL.fullmatch(text.strip().upper())
    if match is None:
        return None
    label = Label(int(match[1]), int(match[2]))
    return label if str(label) == match[0] else None


def parse_integer(text: str) -> int | None:
    """Read a positive integer that fits 63 bits; None when it is none."""
    if not _INTEGER.fullmatch(text):
        return None
    value = int(text)
    return value if value <= MAX_ID else None


def from_seconds(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
