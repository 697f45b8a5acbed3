"""The words that there are, for SQLite: a beginning of a word is looked for as the words that begin so."""

from alembic import op

revision = "0013"
down_revision = "0012"

_SQLITE = (
    "CREATE TABLE search_terms (term TEXT PRIMARY KEY) WITHOUT ROWID",
    *(
        statement
        for table in ("message_words", "ticket_words")
        for statement in (
            f"CREATE VIRTUAL TABLE {table}_terms USING fts5vocab({table}, row)",
            f"INSERT OR IGNORE INTO search_terms SELECT term FROM {table}_terms",
            f"DROP TABLE {table}_terms",
        )
    ),
)


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        for statement in _SQLITE:
            op.execute(statement)
