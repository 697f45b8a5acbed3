"""Full text on PostgreSQL: the generated columns `words` of messages and tickets, each with a GIN index."""

from collections.abc import Callable, Sequence

from ventanilla.core.search import Words
from ventanilla.store.connection import Value

LAST_ROWS = 20_000
SELDOM = 100
"""Of the last rows that hold a word: below, GIN finds them all sooner than a walk from the newest on finds enough."""


class PostgresFinder:
    """`store.finding.Finder` of tsvector and tsquery."""

    def asking(self, sought: Sequence[Words], put: Callable[[Value], str]) -> str:
        return put(" & ".join(f"({' <-> '.join(one.folded)}{':*' if one.ends_open else ''})" for one in sought))

    def headings(self, asked: str, most: int) -> str:
        return f"SELECT newest.id AS ticket_id FROM ({_newest('tickets', 'id', asked, most)}) AS newest"

    def messages(self, asked: str, most: int, *, notes: bool) -> str:
        newest = _newest("messages", "id, ticket_id, visibility", asked, most)
        shown = "" if notes else " WHERE newest.visibility = 'public'"
        return f"SELECT newest.ticket_id FROM ({newest}) AS newest{shown}"

    def holds(self, asked: str, *, notes: bool) -> str:
        shown = "" if notes else " AND m.visibility = 'public'"
        return (
            f"f.words @@ {_meant(asked)}"
            f" OR EXISTS (SELECT 1 FROM messages m WHERE m.ticket_id = f.id{shown} AND m.words @@ {_meant(asked)})"
        )


def _newest(table: str, kept: str, asked: str, most: int) -> str:
    """Return the newest rows that hold what is asked for.

    GIN reads every row that holds a word: it is asked only if the last rows hold it seldom. The planner cannot tell,
    because it takes the beginning of any word for a common one; so the order by no column keeps it from walking.
    """
    last = f"SELECT {kept}, words FROM {table} ORDER BY id DESC LIMIT {LAST_ROWS}"
    recent = f"SELECT {kept} FROM ({last}) AS last WHERE words @@ {_meant(asked)} LIMIT {most}"
    found, counted = f"SELECT {kept} FROM {table} WHERE words @@ {_meant(asked)}", "(SELECT COUNT(*) FROM recent)"
    walked = f"{found} AND {counted} BETWEEN {SELDOM} AND {most - 1} ORDER BY id DESC LIMIT {most}"
    looked_up = f"{found} AND {counted} < {SELDOM} ORDER BY id + 0 DESC LIMIT {most}"
    return f"WITH recent AS MATERIALIZED ({recent}) SELECT {kept} FROM recent UNION ({walked}) UNION ({looked_up})"


def _meant(asked: str) -> str:
    return f"to_tsquery('simple', {asked})"
