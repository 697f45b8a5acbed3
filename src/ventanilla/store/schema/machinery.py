"""What the processes of a desk share so that each does its part: answers kept, guesses counted, leases, secrets."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, Text

from ventanilla.store.schema.column_kinds import metadata, text, time

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    text("fingerprint"),
    Column("status", Integer, nullable=False),
    text("headers"),
    Column("body", LargeBinary, nullable=False),
    time("created_at"),
    Index("idempotency_keys_by_age", "created_at"),
)

failed_attempts = Table(
    "failed_attempts",
    metadata,
    Column("bucket", Text, primary_key=True),
    Column("window_start", BigInteger, primary_key=True, autoincrement=False),
    Column("attempts", Integer, nullable=False),
    Index("failed_attempts_by_age", "window_start"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    time("until"),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
