"""Tags: short words that staff put on tickets. A tag is its name; case and accents do not tell two apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from ventanilla.core.text import fold

LONGEST_TAG = 50
MOST_TAGS = 20
"""On one ticket."""


class Color(StrEnum):
    GRAY = "gray"
    RED = "red"
    ORANGE = "orange"
    AMBER = "amber"
    GREEN = "green"
    TEAL = "teal"
    BLUE = "blue"
    INDIGO = "indigo"
    PURPLE = "purple"
    PINK = "pink"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """`id` is the store's."""

    uuid: UUID
    name: str
    color: Color = Color.GRAY
    version: int = 1
    id: int = 0

    @property
    def key(self) -> str:
        return tag_key(self.name)


def tag_key(name: str) -> str:
    """Return the form by which tags are compared."""
    return fold(name)


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names without those that say the same as an earlier one, in order."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(tag_key(name), name)
    return tuple(found.values())
