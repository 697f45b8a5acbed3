"""Full text: on SQLite tables of FTS5, filled behind the commits; on PostgreSQL generated columns.

PostgreSQL folds as `core.search.folded` does.
"""

from alembic import op

revision = "0007"
down_revision = "0006"

_SEPARATORS = r"[\x01-\x2f\x3a-\x60\x7b-\xbf\xd7\xf7\u2000-\u206f\u20a0-\u20cf\u3000-\u303f]+"
_MARKS = r"[\u0300-\u036f]+"
_LONGEST = 100_000

_SQLITE = (
    "CREATE VIRTUAL TABLE message_words USING fts5(words, content='', tokenize='unicode61 remove_diacritics 0')",
    "CREATE VIRTUAL TABLE ticket_words USING fts5(words, tokenize='unicode61 remove_diacritics 0')",
    "CREATE TABLE search_progress (id INTEGER PRIMARY KEY, event_id BIGINT NOT NULL)",
)
_HEADING = "label_number::text || ' ' || COALESCE(subject, '') || ' ' || contact_name || ' ' || contact_email"


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        for statement in _SQLITE:
            op.execute(statement)
        return
    for table, text in (("messages", f"left(body, {_LONGEST})"), ("tickets", _HEADING)):
        words = f"to_tsvector('simple'::regconfig, {_folded(text)})"
        op.execute(f"ALTER TABLE {table} ADD COLUMN words tsvector GENERATED ALWAYS AS ({words}) STORED")
        op.execute(f"CREATE INDEX {table}_by_word ON {table} USING gin (words)")


def _folded(text: str) -> str:
    bare = f"regexp_replace(lower(normalize({text}, NFKD)), '{_MARKS}', '', 'g')"
    return f"regexp_replace({bare}, '{_SEPARATORS}', ' ', 'g')"
