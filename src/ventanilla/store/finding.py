"""Full text as SQL: which tickets hold some words, and how well (docs/decisions/0011-search.md)."""

from collections.abc import Callable, Sequence

from ventanilla.core import ids
from ventanilla.core.search import Words
from ventanilla.store.connection import Finder, Value

MOST_LOOKED_AT = 5_000
"""Of a word that stands in more messages than this, the newest so many are looked at."""
_HEADING, _MESSAGE = 10, 1
"""What a word is worth that stands in the number, subject, name or address of a ticket, and in one of its messages."""

Put = Callable[[Value], str]


def hits(finder: Finder, sought: Sequence[Words], put: Put) -> str:
    """Return the query for `ticket_id` and `score` of tickets where all of these stand.

    They may stand in different messages. Where all stand in one, it is found however common each of them is.
    """
    branches = [branch for place, one in enumerate(sought, 1) for branch in _branches(finder, [one], place, put)]
    if len(sought) > 1:
        branches += _branches(finder, sought, 0, put)
    return (
        f"SELECT ticket_id, SUM(points) AS score FROM ({' UNION ALL '.join(branches)}) AS hit GROUP BY ticket_id"
        f" HAVING MIN(place) = 0 OR COUNT(DISTINCT place) = {len(sought)}"
    )


def holds(finder: Finder, sought: Sequence[Words], put: Put) -> str:
    """Return the condition that `tickets f` holds each of these, exact also for common words."""
    conditions = [
        f"({finder.holds(finder.asking([one], put), notes=one.in_notes)}{_or_label(one, put)})" for one in sought
    ]
    return " AND ".join(conditions)


def _branches(finder: Finder, sought: Sequence[Words], place: int, put: Put) -> list[str]:
    asked = finder.asking(sought, put)
    notes = all(one.in_notes for one in sought)
    found = [
        _branch(finder.headings(asked, MOST_LOOKED_AT), place, _HEADING),
        _branch(finder.messages(asked, MOST_LOOKED_AT, notes=notes), place, _MESSAGE),
    ]
    label = ids.parse_label(sought[0].text) if len(sought) == 1 else None
    if label:
        named = f"label_year = {put(label.year)} AND label_number = {put(label.number)}"
        found.append(_branch(f"SELECT id AS ticket_id FROM tickets WHERE {named}", place, _HEADING))
    return found


def _branch(query: str, place: int, points: int) -> str:
    return f"SELECT ticket_id, {place} AS place, {points} AS points FROM ({query}) AS found"


def _or_label(one: Words, put: Put) -> str:
    label = ids.parse_label(one.text)
    return f" OR (f.label_year, f.label_number) = ({put(label.year)}, {put(label.number)})" if label else ""
