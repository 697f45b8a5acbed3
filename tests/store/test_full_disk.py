"""No room left to write: nothing half-written, reading goes on, and writing too once there is room."""

import asyncio
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from tests.actions.drafts import a_draft, opened_by, stored, thread
from tests.people import ANA, BRUNO
from ventanilla.actions import threads, triage
from ventanilla.actions.opening import open_ticket
from ventanilla.actions.ports import Desk
from ventanilla.core.errors import StoreFull, TicketClosed
from ventanilla.store.engines.sqlite import SqliteDesk

HUGE = "ñ" * 200_000


def fill_disk(desk: SqliteDesk) -> None:
    """Let the database grow no further: SQLite takes the present size for the least that can be asked."""
    desk._write_connection.raw.execute("PRAGMA max_page_count = 1").fetchall()


def make_room(desk: SqliteDesk) -> None:
    desk._write_connection.raw.execute("PRAGMA max_page_count = 1000000").fetchall()


async def tickets_on(desk: Desk) -> int:
    return (await desk.read(lambda tx: tx.tickets.counts(None))).total


def rows_in(path: Path) -> list[int]:
    with closing(apsw.Connection(str(path))) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [
            len(database.execute(f"SELECT 1 FROM {table}").fetchall())
            for table in ("tickets", "messages", "events", "requesters")
        ]


async def test_a_ticket_that_finds_no_room_leaves_nothing_behind(sqlite_desk: SqliteDesk, desk_file: Path) -> None:
    await opened_by(sqlite_desk, ANA)
    fill_disk(sqlite_desk)
    with pytest.raises(StoreFull) as refused:
        await opened_by(sqlite_desk, BRUNO, description=HUGE)
    assert refused.value.retry_after > 0
    assert rows_in(desk_file) == [1, 1, 1, 1]


async def test_nobody_of_a_batch_that_finds_no_room_is_acknowledged(sqlite_desk: SqliteDesk, desk_file: Path) -> None:
    await opened_by(sqlite_desk, ANA)
    fill_disk(sqlite_desk)
    descriptions = ["corta", HUGE, "corta"]
    outcomes = await asyncio.gather(
        *(opened_by(sqlite_desk, BRUNO, description=description) for description in descriptions),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [StoreFull] * 3
    assert rows_in(desk_file) == [1, 1, 1, 1]


async def test_reading_goes_on_while_there_is_no_room(sqlite_desk: SqliteDesk) -> None:
    ticket = await opened_by(sqlite_desk, ANA)
    fill_disk(sqlite_desk)
    with pytest.raises(StoreFull):
        await sqlite_desk.write(threads.reply, ANA, ticket.id, HUGE)
    assert await stored(sqlite_desk, ticket) == ticket
    assert len(await thread(sqlite_desk, ticket)) == 1
    assert await sqlite_desk.scan(lambda tx: tx.tickets.get(ticket.id)) == ticket


async def test_writing_goes_on_once_there_is_room_again(sqlite_desk: SqliteDesk, desk_file: Path) -> None:
    await opened_by(sqlite_desk, ANA)
    fill_disk(sqlite_desk)
    for _ in range(3):
        with pytest.raises(StoreFull):
            await opened_by(sqlite_desk, BRUNO, description=HUGE)
    make_room(sqlite_desk)
    ticket = await opened_by(sqlite_desk, BRUNO, description=HUGE)
    assert ticket.label.number == 2
    assert await stored(sqlite_desk, ticket) == ticket
    assert await tickets_on(sqlite_desk) == 2
    assert rows_in(desk_file) == [2, 2, 2, 2]


async def test_an_ordinary_refusal_is_still_told_as_such_while_there_is_no_room(sqlite_desk: SqliteDesk) -> None:
    ticket = await opened_by(sqlite_desk, ANA)
    await sqlite_desk.write(triage.withdraw, ANA, ticket.id)
    fill_disk(sqlite_desk)
    outcomes = await asyncio.gather(
        sqlite_desk.write(threads.reply, ANA, ticket.id, "¿Hola?"),
        sqlite_desk.write(threads.reply, ANA, ticket.id, "¿Hay alguien?"),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [TicketClosed, TicketClosed]
    with pytest.raises(StoreFull):
        await sqlite_desk.write(open_ticket, ANA, a_draft(description=HUGE))
