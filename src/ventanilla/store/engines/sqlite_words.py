"""Full text on SQLite: FTS5 over words that are folded here, brought up to date right behind the commits.

Messages are never changed, and their ids are committed in order: the highest one indexed tells how far it is. Headings
follow the history, in which every change of a ticket stands.
"""

import json
from collections.abc import Iterable, Sequence

import apsw

from ventanilla.actions.ports import Transaction
from ventanilla.core.search import Words, folded
from ventanilla.store.connection import Connection, Put
from ventanilla.store.finding import in_notes, places
from ventanilla.store.transaction import StoreTransaction

STEP = 200
"""Messages, and events, that one step takes in: it holds up everybody else for some milliseconds."""
MOST_TERMS = 100
"""Words that begin as asked for and are looked for one by one. FTS5 reads all rows of a beginning before it tells the
first, and those of a word from the newest on."""

_LAST_MESSAGE = "SELECT rowid FROM message_words ORDER BY rowid DESC LIMIT 1"
_MESSAGES = f"SELECT id, body FROM messages WHERE id > COALESCE(({_LAST_MESSAGE}), 0) ORDER BY id LIMIT {STEP}"
_ADD_MESSAGE = "INSERT INTO message_words (rowid, words) VALUES ($1, $2)"
_EVENTS = (
    "SELECT id, ticket_id FROM events WHERE id > COALESCE((SELECT event_id FROM search_progress), 0)"
    f" ORDER BY id LIMIT {STEP}"
)
_HEADING = "SELECT label_number, subject, contact_name, contact_email FROM tickets WHERE id = $1"
_HEADING_WORDS = "SELECT words FROM ticket_words WHERE rowid = $1"
_REMOVE_HEADING = "DELETE FROM ticket_words WHERE rowid = $1"
_ADD_HEADING = "INSERT INTO ticket_words (rowid, words) VALUES ($1, $2)"
_PROGRESS = (
    "INSERT INTO search_progress (id, event_id) VALUES (1, $1)"
    " ON CONFLICT (id) DO UPDATE SET event_id = excluded.event_id"
)
_ADD_TERMS = "INSERT OR IGNORE INTO search_terms SELECT value FROM json_each($1)"
_PUBLIC = " AND m.visibility = 'public'"
_LAST_CHARACTER = "\U0010ffff"
_tokenizer = apsw.Connection(":memory:").fts5_tokenizer("unicode61", ["remove_diacritics", "0"])
"""Of the tables of words, so that the terms are those of FTS5 itself."""


class SqliteFinder:
    """`store.finding.Finder` of FTS5."""

    def headings(self, sought: Sequence[Words], most: int, put: Put) -> str:
        return " UNION ALL ".join(
            f"SELECT id AS ticket_id, {place} AS place FROM ({_newest('ticket_words', words, most, put)})"
            for place, words in places(sought).items()
        )

    def messages(self, sought: Sequence[Words], most: int, put: Put) -> str:
        return " UNION ALL ".join(
            f"SELECT m.ticket_id, {place} AS place FROM ({_newest('message_words', words, most, put)}) AS newest"
            f" CROSS JOIN messages m ON m.id = newest.id{'' if in_notes(words) else _PUBLIC}"
            for place, words in places(sought).items()
        )

    def holds(self, one: Words, put: Put) -> str:
        asked, shown = _asked([one], put), "" if one.in_notes else _PUBLIC
        said = f"SELECT 1 FROM message_words WHERE message_words MATCH {asked} AND rowid = m.id"
        return (
            f"EXISTS (SELECT 1 FROM ticket_words WHERE ticket_words MATCH {asked} AND rowid = f.id)"
            f" OR EXISTS (SELECT 1 FROM messages m WHERE m.ticket_id = f.id{shown} AND EXISTS ({said}))"
        )


def _newest(table: str, sought: Sequence[Words], most: int, put: Put) -> str:
    return f"SELECT rowid AS id FROM {table} WHERE {table} MATCH {_asked(sought, put)} ORDER BY rowid DESC LIMIT {most}"


def _asked(sought: Sequence[Words], put: Put) -> str:
    all_of_them = " || ' AND ' || ".join(_meant(one, put) for one in sought)
    return f"({all_of_them})"


def _meant(one: Words, put: Put) -> str:
    *before, last = one.folded
    said = put(f'"{" ".join(one.folded)}"')
    if not one.ends_open:
        return said
    longer = f"SELECT term FROM search_terms WHERE term > {put(last)} AND term < {put(last + _LAST_CHARACTER)}"
    listed = f"""group_concat(' OR "' || {put(" ".join([*before, ""]))} || term || '"', '')"""
    each = f"'(' || {said} || COALESCE({listed}, '') || ')'"
    return f"(SELECT IIF(COUNT(*) > {MOST_TERMS}, {said} || ' *', {each}) FROM ({longer} LIMIT {MOST_TERMS + 1}))"


async def step(tx: Transaction) -> bool:
    """Index what is next; returns whether there may be more. For a transaction of SqliteDesk."""
    assert isinstance(tx, StoreTransaction)
    return await index_next(tx.connection)


async def index_next(db: Connection) -> bool:
    messages = [(number, " ".join(folded(body))) for number, body in await db.rows(_MESSAGES)]
    for number, words in messages:
        await db.run(_ADD_MESSAGE, number, words)
    events = await db.rows(_EVENTS)
    headings = [await _index_heading(db, ticket_id) for ticket_id in dict.fromkeys(event[1] for event in events)]
    if events:
        await db.run(_PROGRESS, events[-1][0])
    await db.run(_ADD_TERMS, json.dumps(list(_terms([*(words for _, words in messages), *headings]))))
    return len(messages) == STEP or len(events) == STEP


async def _index_heading(db: Connection, ticket_id: int) -> str:
    row, known = await db.row(_HEADING, ticket_id), await db.row(_HEADING_WORDS, ticket_id)
    assert row is not None
    words = " ".join(folded(" ".join(str(part) for part in row if part is not None)))
    if known is not None and known[0] == words:
        return words
    if known is not None:
        await db.run(_REMOVE_HEADING, ticket_id)
    await db.run(_ADD_HEADING, ticket_id, words)
    return words


def _terms(texts: Iterable[str]) -> set[str]:
    said = " ".join(texts).encode()
    found = _tokenizer(said, apsw.FTS5_TOKENIZE_DOCUMENT, None, include_offsets=False, include_colocated=False)
    return {str(term) for term in found}
