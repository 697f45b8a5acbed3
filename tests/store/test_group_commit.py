"""Writers that share a commit: nobody is answered before it, nobody pays for a neighbour's failure."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from tests.actions.drafts import a_draft, found, opened_by
from tests.conftest import Clock, open_test_desk
from tests.people import ANA, BRUNO
from ventanilla.actions.machinery_ports import StoredAnswer
from ventanilla.actions.opening import TicketDraft, open_ticket
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.core.errors import NotFound
from ventanilla.core.people import Actor
from ventanilla.store.engines.sqlite import LARGEST_BATCH, SqliteDesk


@pytest.fixture
def onlooker(desk_file: Path) -> Iterator[apsw.Connection]:
    """A second connection to the same file: it sees what is committed and nothing else."""
    with closing(apsw.Connection(str(desk_file))) as connection:
        yield connection


def tickets_in(onlooker: apsw.Connection) -> int:
    return len(onlooker.execute("SELECT id FROM tickets").fetchall())


async def test_every_acknowledged_ticket_is_already_committed(desk: Desk, onlooker: apsw.Connection) -> None:
    async def open_and_look(number: int) -> None:
        ticket = await opened_by(desk, ANA, subject=f"n.º {number}")
        seen = onlooker.execute("SELECT subject, label_number FROM tickets WHERE id = ?", (ticket.id,)).fetchall()
        assert seen == [(f"n.º {number}", ticket.label.number)]

    await asyncio.gather(*(open_and_look(number) for number in range(300)))
    assert tickets_in(onlooker) == 300


async def test_writers_that_come_together_share_commits(sqlite_desk: SqliteDesk) -> None:
    commits: list[str] = []

    def committing() -> bool:
        commits.append("one")
        return False

    sqlite_desk._write_connection.raw.set_commit_hook(committing)
    await asyncio.gather(*(opened_by(sqlite_desk, ANA) for _ in range(2 * LARGEST_BATCH)))
    assert len(commits) == 2


async def put_same_key_twice(tx: Transaction, actor: Actor, draft: TicketDraft) -> None:
    await open_ticket(tx, actor, draft)
    for _ in range(2):
        await tx.idempotency.keep("scope", "key", StoredAnswer("f", 201, (), b""))


async def test_what_the_database_refuses_to_one_is_kept_for_the_others(desk: Desk, onlooker: apsw.Connection) -> None:
    outcomes = await asyncio.gather(
        desk.write(open_ticket, ANA, a_draft()),
        desk.write(put_same_key_twice, BRUNO, a_draft()),
        desk.write(open_ticket, ANA, a_draft()),
        return_exceptions=True,
    )
    assert [type(outcome).__name__ for outcome in outcomes] == ["Opened", "ConstraintError", "Opened"]
    assert tickets_in(onlooker) == 2
    assert onlooker.execute("SELECT * FROM requesters WHERE subject = 'u-2'").fetchall() == []


async def test_a_refusal_before_anything_is_written_makes_nobody_run_again(sqlite_desk: SqliteDesk) -> None:
    runs: list[str] = []

    async def opening(tx: Transaction) -> None:
        runs.append("opening")
        await open_ticket(tx, ANA, a_draft())

    async def refusing(tx: Transaction) -> None:
        runs.append("refusing")
        raise NotFound

    writes = [sqlite_desk.write(action) for action in (opening, refusing, opening)]
    outcomes = await asyncio.gather(*writes, return_exceptions=True)
    assert [type(outcome).__name__ for outcome in outcomes] == ["NoneType", "NotFound", "NoneType"]
    assert runs == ["opening", "refusing", "opening"]


async def open_and_wait(tx: Transaction, actor: Actor, draft: TicketDraft) -> None:
    await open_ticket(tx, actor, draft)
    await asyncio.sleep(0)


async def wait_and_open(tx: Transaction, actor: Actor, draft: TicketDraft) -> None:
    try:
        await asyncio.sleep(0)
    finally:
        await open_ticket(tx, actor, draft)


async def test_an_action_that_waits_for_something_foreign_is_undone(desk: Desk, onlooker: apsw.Connection) -> None:
    for action in (open_and_wait, wait_and_open):
        with pytest.raises(RuntimeError, match="outside its transaction"):
            await desk.write(action, ANA, a_draft())
        assert tickets_in(onlooker) == 0


async def test_an_action_that_waits_does_not_touch_its_neighbours(desk: Desk, onlooker: apsw.Connection) -> None:
    actions = (open_ticket, open_and_wait, wait_and_open, open_ticket)
    writes = [desk.write(action, ANA, a_draft()) for action in actions]
    outcomes = await asyncio.gather(*writes, return_exceptions=True)
    assert [type(outcome).__name__ for outcome in outcomes] == ["Opened", "RuntimeError", "RuntimeError", "Opened"]
    assert tickets_in(onlooker) == 2


async def wait(tx: Transaction) -> None:
    await asyncio.sleep(0)


async def test_a_reading_action_may_not_wait_either(sqlite_desk: SqliteDesk) -> None:
    with pytest.raises(RuntimeError, match="outside its transaction"):
        await sqlite_desk.read(wait)
    with pytest.raises(RuntimeError, match="outside its transaction"):
        await sqlite_desk.scan(wait)


async def test_a_caller_who_goes_away_disturbs_nobody(desk: Desk, onlooker: apsw.Connection) -> None:
    gone = asyncio.create_task(opened_by(desk, ANA))
    staying = asyncio.create_task(opened_by(desk, BRUNO))
    await asyncio.sleep(0)
    gone.cancel()
    ticket = await staying
    assert ticket.label.number == 2
    assert tickets_in(onlooker) == 2


async def test_what_was_accepted_before_closing_is_kept(tmp_path: Path, clock: Clock) -> None:
    desk = open_test_desk(tmp_path, clock)
    writes = [asyncio.create_task(opened_by(desk, ANA)) for _ in range(LARGEST_BATCH + 1)]
    await asyncio.sleep(0)
    await desk.close()
    tickets = await asyncio.gather(*writes)
    again = open_test_desk(tmp_path, clock)
    assert [await found(again, ticket.id) for ticket in tickets] == tickets
    await again.close()


async def test_closing_folds_the_log_into_the_database_file(tmp_path: Path, clock: Clock) -> None:
    desk = open_test_desk(tmp_path, clock)
    await opened_by(desk, ANA)
    await desk.scan(count)
    await desk.close()
    assert os.listdir(tmp_path) == ["desk.sqlite3"]


async def count(tx: Transaction) -> int:
    return (await tx.tickets.counts(None)).total


async def test_many_may_scan_at_once(desk: Desk) -> None:
    await opened_by(desk, ANA)
    assert await asyncio.gather(*(desk.scan(count) for _ in range(20))) == [1] * 20


async def open_while_reading(tx: Transaction) -> None:
    await open_ticket(tx, ANA, a_draft())


async def test_what_a_reading_action_writes_is_not_kept(desk: Desk, onlooker: apsw.Connection) -> None:
    await desk.read(open_while_reading)
    await desk.scan(open_while_reading)
    assert tickets_in(onlooker) == 0
