"""Areas: the teams that tickets belong to. An area is its name; case and accents do not tell two apart."""

from functools import lru_cache

from ventanilla.core.text import fold

FRONT_DESK = "MESA"
"""Where a ticket goes when nobody says otherwise (contract 2, `areaAsignada`)."""


@lru_cache(maxsize=1024)
def area_key(name: str) -> str:
    """Return the form by which areas are compared."""
    return fold(name)


def same_area(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and area_key(one) == area_key(other)
