"""Areas: the teams that tickets belong to. An area is its name; case and accents do not tell two apart."""

from collections.abc import Iterable
from functools import lru_cache

from ventanilla.core.text import fold

FRONT_DESK = "MESA"
"""Where a ticket goes when nobody says otherwise (contract 2, `areaAsignada`)."""

MOST_AREAS = 50
"""How many areas one agent may serve."""


@lru_cache(maxsize=1024)
def area_key(name: str) -> str:
    """Return the form by which areas are compared."""
    return fold(name)


def is_one_of(areas: Iterable[str], area: str) -> bool:
    return any(same_area(one, area) for one in areas)


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """Return the areas of these names, in their order and each as it was first called; blanks name none."""
    found: dict[str, str] = {}
    for name in names:
        if name.strip():
            found.setdefault(area_key(name), name)
    return tuple(found.values())


def same_area(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and area_key(one) == area_key(other)
