"""Other processes on the same file: a command line that writes, a second start at the same moment."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from subprocess import PIPE, Popen

import apsw
import pytest

from tests.actions.drafts import opened_by, stored
from tests.conftest import Clock, database_file, open_test_desk
from tests.people import ANA, BRUNO
from ventanilla.actions.ports import Desk
from ventanilla.store.migrations import HEAD
from ventanilla.store.schema import metadata

HOLD_THE_LOCK = """
import sys, apsw
database = apsw.Connection(sys.argv[1])
database.execute("BEGIN IMMEDIATE")
database.execute("INSERT INTO secrets (name, value) VALUES ('from outside', x'00')")
print("held", flush=True)
sys.stdin.readline()
database.execute("COMMIT")
"""


class Holder:
    """Another process that holds the write lock until it is told to let go."""

    def __init__(self, process: "Popen[str]") -> None:
        self._process = process
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"

    def let_go(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()


@contextmanager
def another_process(path: Path) -> Iterator[Holder]:
    with Popen([sys.executable, "-c", HOLD_THE_LOCK, str(path)], stdin=PIPE, stdout=PIPE, text=True) as process:
        yield Holder(process)


@pytest.fixture
def holder(desk_file: Path) -> Iterator[Holder]:
    with another_process(desk_file) as holding:
        yield holding


async def test_a_write_waits_for_the_lock_of_another_process(desk: Desk, desk_file: Path, holder: Holder) -> None:
    writes = [asyncio.create_task(opened_by(desk, person)) for person in (ANA, BRUNO)]
    for _ in range(5):
        await asyncio.sleep(0)
    assert not any(write.done() for write in writes)
    holder.let_go()
    tickets = await asyncio.gather(*writes)
    assert [await stored(desk, ticket) for ticket in tickets] == tickets
    with closing(apsw.Connection(str(desk_file))) as onlooker:
        assert onlooker.execute("SELECT name FROM secrets").fetchall() == [("from outside",)]


async def test_reading_does_not_wait_for_the_lock_of_another_process(desk: Desk, holder: Holder) -> None:
    counts = await desk.read(lambda tx: tx.tickets.counts(None))
    assert counts.total == 0
    holder.let_go()


def open_each(folders: list[Path], start: Barrier) -> None:
    """What each of the processes does: open every desk at the same moment as the others."""
    for folder in folders:
        start.wait()
        desk = open_test_desk(folder, Clock())
        start.wait()
        asyncio.run(desk.close())


def test_desks_opened_at_once_on_a_new_file_migrate_it_once(tmp_path: Path) -> None:
    folders = [tmp_path / str(number) for number in range(8)]
    context = get_context("spawn")
    start = context.Barrier(3, timeout=60)
    processes = [context.Process(target=open_each, args=(folders, start)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    for folder in folders:
        with closing(apsw.Connection(str(database_file(folder)))) as database:
            assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            assert set(metadata.tables) <= {name for (name,) in tables}
