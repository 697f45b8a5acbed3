"""Leases: what one of several processes takes on for all of them, for a while."""

from collections.abc import Callable
from datetime import datetime, timedelta

from ventanilla.store.columns import micros
from ventanilla.store.connection import Connection

_TAKE = (
    "INSERT INTO leases (name, until) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET until = excluded.until"
    " WHERE leases.until <= $3 RETURNING name"
)


class LeaseRepository:
    """`actions.furniture_ports.Leases` in SQL.

    Whoever asks while another process writes the row waits for its end, and then gets nothing.
    """

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self._db = connection
        self._now = now

    async def take(self, name: str, span: timedelta) -> bool:
        now = self._now()
        return await self._db.row(_TAKE, name, micros(now + span), micros(now)) is not None
