"""Writers on PostgreSQL that fail together: each is answered, and nobody pays for a neighbour."""

import asyncio

import pytest

from tests.actions.drafts import a_draft, opened_by
from tests.conftest import Clock, context_of
from tests.people import ANA
from ventanilla.actions.opening import open_ticket
from ventanilla.actions.ports import Transaction
from ventanilla.core.errors import StoreUnavailable
from ventanilla.store.engines import postgres
from ventanilla.store.engines.postgres import PostgresDesk
from ventanilla.store.transaction import StoreTransaction

TOO_LARGE = 2**70


async def divide_by_nothing(tx: Transaction) -> None:
    assert isinstance(tx, StoreTransaction)
    await tx.connection.row("SELECT 1 / $1::int", 0)


async def send_what_cannot_be_sent(tx: Transaction) -> None:
    assert isinstance(tx, StoreTransaction)
    await tx.connection.row("SELECT $1::bigint", TOO_LARGE)


async def commit_what_has_failed(tx: Transaction) -> str:
    assert isinstance(tx, StoreTransaction)
    try:
        await tx.connection.row("SELECT 1 / $1::int", 0)
    except Exception:
        return "never mind"
    raise AssertionError("the database divided by nothing")


async def be_cancelled(tx: Transaction) -> None:
    raise asyncio.CancelledError


async def wait_for_ever(tx: Transaction) -> None:
    await asyncio.Event().wait()


async def test_what_the_database_refuses_to_one_is_kept_for_the_others(postgres_url: str, clock: Clock) -> None:
    desk = PostgresDesk(postgres_url, context_of(clock))
    for fault in (divide_by_nothing, send_what_cannot_be_sent):
        writes = [desk.write(open_ticket, ANA, a_draft()), desk.write(fault), desk.write(open_ticket, ANA, a_draft())]
        outcomes = await asyncio.gather(*writes, return_exceptions=True)
        assert [type(outcome).__name__ == "Opened" for outcome in outcomes] == [True, False, True]
        assert not isinstance(outcomes[1], StoreUnavailable)
    assert (await opened_by(desk, ANA)).label.number == 5
    await desk.close()


async def test_nobody_is_told_of_a_success_that_was_rolled_back(postgres_url: str, clock: Clock) -> None:
    desk = PostgresDesk(postgres_url, context_of(clock))
    with pytest.raises(StoreUnavailable):
        await desk.write(commit_what_has_failed)
    writes = [desk.write(open_ticket, ANA, a_draft()), desk.write(commit_what_has_failed)]
    opened, failed = await asyncio.gather(*writes, return_exceptions=True)
    assert type(opened).__name__ == "Opened"
    assert isinstance(failed, StoreUnavailable)
    assert (await opened_by(desk, ANA)).label.number == 2
    await desk.close()


async def test_writer_that_is_stopped_answers_everybody_and_is_replaced(postgres_url: str, clock: Clock) -> None:
    desk = PostgresDesk(postgres_url, context_of(clock))
    writes = [desk.write(open_ticket, ANA, a_draft()), desk.write(be_cancelled)]
    outcomes = await asyncio.wait_for(asyncio.gather(*writes, return_exceptions=True), 5)
    assert [type(outcome) for outcome in outcomes] == [StoreUnavailable, StoreUnavailable]
    assert (await opened_by(desk, ANA)).label.number == 1
    await desk.close()


async def test_writers_that_never_end_are_given_up_and_their_connections_heal(
    postgres_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "ANSWER_SECONDS", 0.4)
    monkeypatch.setattr(postgres, "TRANSACTION_SECONDS", 0.3)
    desk = PostgresDesk(postgres_url, context_of(clock))
    outcomes = await asyncio.gather(*(desk.write(wait_for_ever) for _ in range(20)), return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {StoreUnavailable}
    assert (await opened_by(desk, ANA)).label.number == 1
    await asyncio.wait_for(desk.close(), 5)


async def test_caller_who_goes_away_before_their_turn_has_done_nothing(postgres_url: str, clock: Clock) -> None:
    desk = PostgresDesk(postgres_url, context_of(clock))
    gone = asyncio.create_task(opened_by(desk, ANA, subject="gone"))
    await asyncio.sleep(0)
    gone.cancel()
    assert (await opened_by(desk, ANA)).label.number == 1
    await desk.close()
