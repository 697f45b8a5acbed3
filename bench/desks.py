"""Filled databases: each is made once, kept, and copied for every use."""

import asyncio
import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

from bench import postgres, preload
from bench.places import DATA
from bench.progress import say
from ventanilla.store.engines import sqlite_words
from ventanilla.store.engines.sqlite_connection import SqliteConnection
from ventanilla.store.migrations.writer import migration_sql
from ventanilla.store.opening import migrate

Engine = Literal["sqlite", "postgresql"]

_runs = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Filled:
    """A database of its own for one party. `folder` is for whatever else the party keeps."""

    url: str
    folder: Path
    tickets: int


@contextmanager
def filled(engine: Engine, tickets: int) -> Iterator[Filled]:
    """Lend a fresh copy of a desk with so many tickets."""
    folder = DATA / "runs" / f"{os.getpid()}_{next(_runs)}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        if engine == "sqlite":
            file = folder / "desk.sqlite3"
            shutil.copyfile(_sqlite_original(tickets), file)
            yield Filled(f"sqlite:///{file}", folder, tickets)
        else:
            with postgres.copy_of(_postgres_original(tickets), f"run_{folder.name}") as url:
                yield Filled(url, folder, tickets)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@cache
def _version() -> str:
    """Return what a kept database depends on: the schema, and how it was filled."""
    source = Path(preload.__file__).read_text()
    return sha256((migration_sql("sqlite", None) + source).encode()).hexdigest()[:12]


def _sqlite_original(tickets: int) -> Path:
    file = DATA / f"desk-{_version()}-{tickets}.sqlite3"
    if not file.exists():
        unfinished = file.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        _fill_sqlite(unfinished, tickets)
        unfinished.rename(file)
    return file


def _fill_sqlite(file: Path, tickets: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    migrate(file)
    connection = SqliteConnection(file)
    connection.do("PRAGMA synchronous = OFF")
    connection.do("BEGIN")
    raw = connection.raw
    raw.executemany(preload.insert("requesters", preload.REQUESTERS), preload.requesters(tickets))
    raw.executemany(preload.insert("agents", preload.AGENTS), preload.agents())
    for number, chunk in enumerate(preload.chunks(tickets), 1):
        say(f"filling SQLite: {min(number * preload.CHUNK, tickets):,} of {tickets:,} tickets")
        raw.executemany(preload.insert("tickets", preload.TICKETS), chunk.tickets)
        raw.executemany(preload.insert("messages", preload.MESSAGES), chunk.messages)
        raw.executemany(preload.insert("events", preload.EVENTS), chunk.events)
    for statement in preload.COUNTS:
        connection.do(statement)
    connection.do("COMMIT")
    asyncio.run(_index(connection))
    raw.wal_checkpoint(mode=3)
    connection.close()


async def _index(connection: SqliteConnection) -> None:
    """Let the search find everything, as on a desk that has run for a while."""
    say("indexing SQLite")
    connection.do("BEGIN")
    while await sqlite_words.index_next(connection):
        pass
    connection.do("COMMIT")


def _postgres_original(tickets: int) -> str:
    name = f"desk_{_version()}_{tickets}"
    if not postgres.exists(name):
        postgres.make(f"{name}_unfinished")
        postgres.fill(f"{name}_unfinished", tickets)
        postgres.rename(f"{name}_unfinished", name)
    return name
