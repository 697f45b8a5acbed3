"""Which language a caller likes best (RFC 9110 §12.5.4)."""

import re
from collections.abc import Sequence
from functools import lru_cache

_RANGE = re.compile(r"\s*(\*|[A-Za-z]{1,8})(?:-[A-Za-z0-9-]{1,40})?\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?)\s*)?")
_MOST_RANGES = 20
_LONGEST_HEADER = 500


def preferred(header: str, known: Sequence[str]) -> str:
    """Return the one of `known` (`en`, `es`) that the header of a request puts first; the first one for none."""
    return _preferred(header[:_LONGEST_HEADER], tuple(known))


@lru_cache(maxsize=256)
def _preferred(header: str, known: tuple[str, ...]) -> str:
    best, weight = known[0], 0.0
    for part in header.split(",")[:_MOST_RANGES]:
        match = _RANGE.fullmatch(part)
        if match is None:
            continue
        language = known[0] if match[1] == "*" else match[1].lower()
        wish = 1.0 if match[2] is None else float(match[2])
        if language in known and wish > weight:
            best, weight = language, wish
    return best
