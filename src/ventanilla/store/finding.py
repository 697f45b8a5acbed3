"""Full text as SQL: which tickets hold some words, and how well (docs/decisions/0011-search.md)."""

from collections.abc import Sequence

from ventanilla.core import ids
from ventanilla.core.search import Words
from ventanilla.store.connection import Finder, Put

MOST_LOOKED_AT = 5_000
"""Of a word that stands in more messages than this, the newest so many are looked at."""
_HEADING, _MESSAGE = 10, 1
"""What a word is worth that stands in the number, subject, name or address of a ticket, and in one of its messages."""


def hits(finder: Finder, sought: Sequence[Words], put: Put) -> str:
    """Return the query for `ticket_id` and `score` of tickets where all of these stand.

    They may stand in different messages. Where all stand in one, it is found however common each of them is.
    """
    headings, messages = (query(sought, MOST_LOOKED_AT, put) for query in (finder.headings, finder.messages))
    found = [
        f"SELECT ticket_id, place, {_HEADING} AS points FROM ({headings}) AS heading",
        f"SELECT ticket_id, place, {_MESSAGE} AS points FROM ({messages}) AS message",
        *(_labelled(place, one, put) for place, one in enumerate(sought, 1)),
    ]
    return (
        f"SELECT ticket_id, SUM(points) AS score FROM ({' UNION ALL '.join(filter(None, found))}) AS hit"
        f" GROUP BY ticket_id HAVING MIN(place) = 0 OR COUNT(DISTINCT place) = {len(sought)}"
    )


def holds(finder: Finder, sought: Sequence[Words], put: Put) -> str:
    """Return the condition that `tickets f` holds each of these, exact also for common words."""
    return " AND ".join(f"({finder.holds(one, put)}{_or_label(one, put)})" for one in sought)


def places(sought: Sequence[Words]) -> dict[int, Sequence[Words]]:
    """Return each of these by its place, and all of them, when there are several, in place 0."""
    alone: dict[int, Sequence[Words]] = {place: [one] for place, one in enumerate(sought, 1)}
    return alone | ({0: sought} if len(sought) > 1 else {})


def in_notes(sought: Sequence[Words]) -> bool:
    """Tell whether notes count, for all of these."""
    return all(one.in_notes for one in sought)


def _labelled(place: int, one: Words, put: Put) -> str | None:
    label = ids.parse_label(one.text)
    if label is None:
        return None
    named = f"label_year = {put(label.year)} AND label_number = {put(label.number)}"
    return f"SELECT id, {place}, {_HEADING} FROM tickets WHERE {named}"


def _or_label(one: Words, put: Put) -> str:
    label = ids.parse_label(one.text)
    return f" OR (f.label_year, f.label_number) = ({put(label.year)}, {put(label.number)})" if label else ""
