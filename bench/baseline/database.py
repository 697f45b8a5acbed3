"""Engines and sessions: a pool of readers and, on SQLite, one writer: writers queue here, not on its lock."""

import os
from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

_URL = os.environ["BASELINE_DATABASE_URL"]
_IS_SQLITE = _URL.startswith("sqlite")
_ADDRESS = _URL.replace("sqlite://", "sqlite+aiosqlite://").replace("postgresql://", "postgresql+asyncpg://")
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "cache_size = -16000")


def _engine(begin: str, size: int) -> AsyncEngine:
    engine = create_async_engine(_ADDRESS, pool_size=size, max_overflow=0, pool_timeout=60)
    if _IS_SQLITE:
        event.listen(engine.sync_engine, "connect", _set_up)
        event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _set_up(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin ourselves: the driver would begin too late to read safely
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


_reading = _engine("BEGIN", 5 if _IS_SQLITE else 20)
_writing = _engine("BEGIN IMMEDIATE", 1) if _IS_SQLITE else _reading
_readers = async_sessionmaker(_reading, expire_on_commit=False)
_writers = async_sessionmaker(_writing, expire_on_commit=False)


async def reader() -> AsyncIterator[AsyncSession]:
    async with _readers() as session:
        yield session


async def writer() -> AsyncIterator[AsyncSession]:
    async with _writers() as session:
        yield session
