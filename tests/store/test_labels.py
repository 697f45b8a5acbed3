"""Labels: one number after the other in each year, without gaps, whatever fails."""

import asyncio
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.actions.drafts import a_draft, opened_by
from tests.conftest import MORNING, Clock, open_test_desk
from tests.people import ANA, BRUNO
from ventanilla.actions.opening import TicketDraft, open_ticket
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.core.people import Actor


class SecondThoughts(Exception):
    pass


async def open_and_fail(tx: Transaction, actor: Actor, draft: TicketDraft) -> None:
    await open_ticket(tx, actor, draft)
    raise SecondThoughts


async def numbers(desk: Desk, count: int) -> list[int]:
    tickets = await asyncio.gather(*(opened_by(desk, ANA) for _ in range(count)))
    return [ticket.label.number for ticket in tickets]


async def test_tickets_opened_at_once_are_numbered_without_gaps(desk: Desk) -> None:
    assert sorted(await numbers(desk, 300)) == list(range(1, 301))


async def test_the_number_of_a_ticket_that_failed_goes_to_the_next(desk: Desk) -> None:
    assert await numbers(desk, 1) == [1]
    with pytest.raises(SecondThoughts):
        await desk.write(open_and_fail, ANA, a_draft())
    assert await numbers(desk, 1) == [2]


async def test_failures_among_tickets_opened_at_once_leave_no_gap(desk: Desk) -> None:
    writes = [desk.write(open_and_fail if i % 3 == 0 else open_ticket, BRUNO, a_draft()) for i in range(90)]
    outcomes = await asyncio.gather(*writes, return_exceptions=True)
    assert [isinstance(outcome, SecondThoughts) for outcome in outcomes] == [i % 3 == 0 for i in range(90)]
    assert await numbers(desk, 1) == [61]


async def test_a_new_year_begins_at_one_when_it_begins_in_the_desks_zone(desk: Desk, clock: Clock) -> None:
    clock.now = MORNING.replace(month=12, day=31, hour=22, minute=59, second=59)
    assert str((await opened_by(desk, ANA)).label) == "TKT-2026-00001"
    assert str((await opened_by(desk, ANA)).label) == "TKT-2026-00002"
    clock.forward(seconds=1)
    assert str((await opened_by(desk, ANA)).label) == "TKT-2027-00001"


async def test_the_same_moment_is_another_year_on_a_desk_in_bogota(tmp_path: Path, clock: Clock) -> None:
    clock.now = MORNING.replace(month=12, day=31, hour=23)
    desk = open_test_desk(tmp_path, clock, ZoneInfo("America/Bogota"))
    assert str((await opened_by(desk, ANA)).label) == "TKT-2026-00001"
    clock.forward(hours=6)
    assert str((await opened_by(desk, ANA)).label) == "TKT-2027-00001"
    await desk.close()


async def test_numbers_go_on_after_a_restart(tmp_path: Path, clock: Clock) -> None:
    for expected in ([1, 2], [3, 4]):
        desk = open_test_desk(tmp_path, clock)
        assert sorted(await numbers(desk, 2)) == expected
        await desk.close()
