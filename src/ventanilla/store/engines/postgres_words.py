"""Full text on PostgreSQL: the generated columns `words` of messages and tickets, each with a GIN index."""

from collections.abc import Sequence

from ventanilla.core.search import Words

LAST_MESSAGES = 20_000


class PostgresFinder:
    """`store.finding.Finder` of tsvector and tsquery."""

    def asking(self, sought: Sequence[Words]) -> str:
        return " & ".join(f"({' <-> '.join(one.folded)}{':*' if one.ends_open else ''})" for one in sought)

    def headings(self, asked: str, most: int) -> str:
        return f"SELECT id AS ticket_id FROM tickets WHERE words @@ {_meant(asked)} ORDER BY id DESC LIMIT {most}"

    def messages(self, asked: str, most: int, *, notes: bool) -> str:
        """GIN reads every row that holds a word: it is asked only if the last messages hold it too seldom."""
        kept = "id, ticket_id, visibility"
        last = f"SELECT {kept}, words FROM messages ORDER BY id DESC LIMIT {LAST_MESSAGES}"
        recent = f"SELECT {kept} FROM ({last}) AS last WHERE words @@ {_meant(asked)} LIMIT {most}"
        older = (
            f"SELECT {kept} FROM messages WHERE words @@ {_meant(asked)} AND (SELECT COUNT(*) FROM recent) < {most}"
            f" ORDER BY id DESC LIMIT {most}"
        )
        newest = f"WITH recent AS MATERIALIZED ({recent}) SELECT {kept} FROM recent UNION ({older})"
        shown = "" if notes else " WHERE newest.visibility = 'public'"
        return f"SELECT newest.ticket_id FROM ({newest}) AS newest{shown}"

    def holds(self, asked: str, *, notes: bool) -> str:
        shown = "" if notes else " AND m.visibility = 'public'"
        return (
            f"f.words @@ {_meant(asked)}"
            f" OR EXISTS (SELECT 1 FROM messages m WHERE m.ticket_id = f.id{shown} AND m.words @@ {_meant(asked)})"
        )


def _meant(asked: str) -> str:
    return f"to_tsquery('simple', {asked})"
