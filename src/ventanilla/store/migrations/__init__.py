"""The schema's history. Alembic writes the SQL; the engine's own driver runs it (docs/decisions/0004-migrations.md)."""

HEAD = "0013"
"""The newest revision, known without loading Alembic, so that a start with an up-to-date schema is quick."""
