"""Full text on PostgreSQL: the generated columns `words` of messages and tickets, each with a GIN index."""

from collections.abc import Sequence

from ventanilla.core.search import Words


class PostgresFinder:
    """`store.finding.Finder` of tsvector and tsquery."""

    def asking(self, sought: Sequence[Words]) -> str:
        return " & ".join(f"({' <-> '.join(one.folded)}{':*' if one.ends_open else ''})" for one in sought)

    def headings(self, asked: str, most: int) -> str:
        return f"SELECT id AS ticket_id FROM tickets WHERE words @@ {_meant(asked)} ORDER BY id DESC LIMIT {most}"

    def messages(self, asked: str, most: int, *, notes: bool) -> str:
        newest = (
            f"SELECT ticket_id, visibility FROM messages WHERE words @@ {_meant(asked)} ORDER BY id DESC LIMIT {most}"
        )
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
