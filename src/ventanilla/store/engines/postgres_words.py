"""Full text on PostgreSQL: the generated columns `words` of messages and tickets, each with a GIN index.

GIN reads every row that holds a word before the newest can be told, and for a beginning of words all rows of all of
them. So a common word is looked for from the newest row on. How common it is shows in the last rows, when the query
runs: the planner cannot tell, because it takes the beginning of any word for a common one.
"""

from collections.abc import Sequence

from ventanilla.core.search import Words
from ventanilla.store.connection import Put
from ventanilla.store.finding import in_notes, places

RARE = 50
"""A word is rare when not even one in so many of the last rows holds it: GIN finds all its rows sooner than a walk back
finds enough. Where a walk over so many times the rows that are wanted does not find them either, the word was common
for a while only, and GIN is asked after all.
"""

_TICKETS = "(SELECT id, id AS ticket_id, 'public' AS visibility, words FROM tickets) AS said"
_MESSAGES = "(SELECT id, ticket_id, visibility, words FROM messages) AS said"
_SHOWN = "ticket_id, visibility"


class PostgresFinder:
    """`store.finding.Finder` of tsvector and tsquery."""

    def headings(self, sought: Sequence[Words], most: int, put: Put) -> str:
        return f"SELECT ticket_id, place FROM ({_newest(_TICKETS, sought, most, put)}) AS found"

    def messages(self, sought: Sequence[Words], most: int, put: Put) -> str:
        shown = "" if in_notes(sought) else " WHERE visibility = 'public'"
        return f"SELECT ticket_id, place FROM ({_newest(_MESSAGES, sought, most, put)}) AS found{shown}"

    def holds(self, one: Words, put: Put) -> str:
        asked, shown = _holds(put(_query([one]))), "" if one.in_notes else " AND m.visibility = 'public'"
        return f"f.{asked} OR EXISTS (SELECT 1 FROM messages m WHERE m.ticket_id = f.id{shown} AND m.{asked})"


def _newest(said: str, sought: Sequence[Words], most: int, put: Put) -> str:
    asked = {place: put(_query(words)) for place, words in places(sought).items()}
    held = ", ".join(f"{_holds(query)} AS holds_{place}" for place, query in asked.items())
    seen = ", ".join(f"COUNT(*) FILTER (WHERE holds_{place}) AS rows_{place}" for place in asked)
    tables = {
        "last": f"SELECT {_SHOWN}, {held} FROM ({_last(said, most)}) AS newest",
        "seen": f"SELECT {seen} FROM last",
        **{f"walked_{place}": _walked(said, place, query, most) for place, query in asked.items()},
    }
    found = [part for place in asked for part in _found(said, place, asked, most)]
    before = ", ".join(f"{name} AS MATERIALIZED ({query})" for name, query in tables.items())
    return f"WITH {before} {' UNION ALL '.join(found)}"


def _walked(said: str, place: int, asked: str, most: int) -> str:
    newest, is_common = _last(said, most * RARE), f"{_rows(place)} BETWEEN {most // RARE} AND {most - 1}"
    return f"SELECT {_SHOWN} FROM ({newest}) AS newest WHERE {is_common} AND {_holds(asked)} LIMIT {most}"


def _found(said: str, place: int, asked: dict[int, str], most: int) -> list[str]:
    """Return the rows of one place, from the one source that has them all."""
    walked = f"(SELECT COUNT(*) FROM walked_{place})"
    is_seldom = f"{_rows(place)} < {most // RARE} OR {walked} BETWEEN 1 AND {most - 1}"
    sources = [
        f"SELECT {_SHOWN} FROM last WHERE holds_{place} AND {_rows(place)} = {most}",
        f"SELECT {_SHOWN} FROM walked_{place} WHERE {walked} = {most}",
        *(_looked_up(said, holds, is_seldom, most) for holds in _conditions(place, asked, most)),
    ]
    return [f"SELECT {_SHOWN}, {place} AS place FROM ({source}) AS source" for source in sources]


def _looked_up(said: str, holds: str, when: str, most: int) -> str:
    """Return the query that asks GIN for the newest of all rows, when this is so.

    Ordered by no column, so that the planner does not walk; and `when` comes from outside, so that it starts no
    workers before it knows whether there is anything to do.
    """
    rows = f"SELECT {_SHOWN} FROM {said} WHERE {holds} AND decided.so ORDER BY id + 0 DESC LIMIT {most}"
    return f"SELECT {_SHOWN} FROM (SELECT {when} AS so OFFSET 0) AS decided CROSS JOIN LATERAL ({rows}) AS found"


def _conditions(place: int, asked: dict[int, str], most: int) -> list[str]:
    """Return the conditions, one of which is to be met: what is rare by itself is looked up alone."""
    if place:
        return [_holds(asked[place])]
    alone = [one for one in asked if one]
    fewest = f"LEAST({', '.join(f'rows_{one}' for one in alone)})"
    rarest = f"CASE {fewest} {' '.join(f'WHEN rows_{one} THEN {asked[one]}' for one in alone)} END"
    is_rare = f"(SELECT {fewest} FROM seen) < {most // RARE}"
    return [
        f"{_holds(f'(SELECT {rarest} FROM seen)')} AND ({_holds(asked[0])}) IS TRUE AND {is_rare}",
        f"{_holds(asked[0])} AND NOT {is_rare}",
    ]


def _last(said: str, most: int) -> str:
    return f"SELECT {_SHOWN}, words FROM {said} ORDER BY id DESC LIMIT {most}"


def _rows(place: int) -> str:
    return f"(SELECT rows_{place} FROM seen)"


def _query(sought: Sequence[Words]) -> str:
    return " & ".join(f"({' <-> '.join(one.folded)}{':*' if one.ends_open else ''})" for one in sought)


def _holds(asked: str) -> str:
    return f"words @@ to_tsquery('simple', {asked})"
