"""Every table of the desk. Times are microseconds since 1970 in UTC, yes/no is 1/0, UUIDs are 16 bytes.

`migrations/` makes this schema; `tests/store/test_migrations.py` holds the two equal.
"""

from ventanilla.store.schema import furniture as furniture
from ventanilla.store.schema import machinery as machinery
from ventanilla.store.schema import people as people
from ventanilla.store.schema.column_kinds import metadata as metadata
from ventanilla.store.schema.tickets import events as events
from ventanilla.store.schema.tickets import tickets as tickets
