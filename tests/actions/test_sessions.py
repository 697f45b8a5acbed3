"""Sessions: whom they let in, and what ends them."""

from dataclasses import replace

import pytest

from tests.actions.accounts import an_account, browser, secret
from tests.conftest import MORNING, Clock
from tests.people import REDES
from ventanilla.actions import accounts, housekeeping, sessions
from ventanilla.actions.accounts import AccountChange
from ventanilla.actions.ports import Desk
from ventanilla.actions.sessions import Entered
from ventanilla.core.errors import NotFound, Unauthenticated, WrongCredentials
from ventanilla.core.people import SYSTEM, Agent, Role


async def signed_in(desk: Desk, account: Agent, word: str) -> Entered:
    await desk.write(sessions.sign_in, account, browser(word))
    return await desk.read(sessions.enter, secret(word))


async def is_in(desk: Desk, word: str) -> bool:
    try:
        await desk.read(sessions.enter, secret(word))
    except Unauthenticated:
        return False
    return True


async def test_who_signed_in_is_known_by_what_their_browser_shows(desk: Desk) -> None:
    marta = await an_account(desk, "Marta")
    entered = await signed_in(desk, marta, "one")
    assert entered.actor == accounts.actor_of(marta)
    assert (entered.session.address, entered.session.browser) == ("192.0.2.7", "Firefox")
    assert not await is_in(desk, "another")


async def test_there_is_no_session_before_a_password_was_right(desk: Desk) -> None:
    marta = await an_account(desk, "Marta")
    guessed = replace(marta, password_hash="$argon2id$another")
    with pytest.raises(WrongCredentials):
        await desk.write(sessions.sign_in, guessed, browser("one"))
    assert not await is_in(desk, "one")


async def test_a_sign_in_replaces_the_session_that_the_browser_had(desk: Desk) -> None:
    marta = await an_account(desk, "Marta")
    await signed_in(desk, marta, "one")
    await desk.write(sessions.sign_in, marta, browser("two"), secret("one"))
    assert (await is_in(desk, "one"), await is_in(desk, "two")) == (False, True)


async def test_a_session_that_nobody_uses_ends_after_twelve_hours(desk: Desk, clock: Clock) -> None:
    marta = await an_account(desk, "Marta")
    session = (await signed_in(desk, marta, "one")).session
    clock.forward(hours=11.9)
    assert await is_in(desk, "one")
    await desk.write(sessions.see, session)
    clock.forward(hours=11.9)
    assert await is_in(desk, "one")
    clock.forward(hours=0.1)
    assert not await is_in(desk, "one")


async def test_a_session_that_is_used_ends_after_fourteen_days(desk: Desk, clock: Clock) -> None:
    marta = await an_account(desk, "Marta")
    session = (await signed_in(desk, marta, "one")).session
    for _ in range(13 * 24 // 6 + 3):
        clock.forward(hours=6)
        await desk.write(sessions.see, session)
    assert await is_in(desk, "one")
    clock.forward(hours=6)
    assert not await is_in(desk, "one")


async def test_it_is_news_once_a_minute_that_somebody_is_there(desk: Desk, clock: Clock) -> None:
    marta = await an_account(desk, "Marta")
    assert not (await signed_in(desk, marta, "one")).is_news
    clock.forward(seconds=60)
    entered = await desk.read(sessions.enter, secret("one"))
    assert entered.is_news
    await desk.write(sessions.see, entered.session)
    assert not (await desk.read(sessions.enter, secret("one"))).is_news
    seen = await desk.read(lambda tx: tx.people.account(marta.email))
    assert seen is not None
    assert seen.last_seen_at == clock.now > MORNING


@pytest.mark.parametrize(
    "change", [AccountChange(is_active=False), AccountChange(password_hash="$argon2id$two")], ids=["shut", "password"]
)
async def test_a_shut_account_and_a_new_password_end_every_session(desk: Desk, change: AccountChange) -> None:
    marta, raul = await an_account(desk, "Marta"), await an_account(desk, "Raul")
    for account, word in ((marta, "one"), (marta, "two"), (raul, "three")):
        await signed_in(desk, account, word)
    await desk.write(accounts.change, SYSTEM, marta.uuid, change)
    assert [await is_in(desk, word) for word in ("one", "two", "three")] == [False, False, True]
    await desk.write(accounts.change, SYSTEM, marta.uuid, AccountChange(is_active=True))
    assert not await is_in(desk, "one")


async def test_a_session_is_worth_what_its_account_is_worth_now(desk: Desk) -> None:
    marta = await an_account(desk, "Marta")
    await signed_in(desk, marta, "one")
    change = AccountChange(role=Role.AREA_AGENT, area=REDES)
    await desk.write(accounts.change, SYSTEM, marta.uuid, change)
    actor = (await desk.read(sessions.enter, secret("one"))).actor
    assert (actor.role, actor.areas) == (Role.AREA_AGENT, (REDES,))


async def test_everybody_sees_and_ends_their_own_sessions(desk: Desk, clock: Clock) -> None:
    marta, raul = await an_account(desk, "Marta"), await an_account(desk, "Raul")
    await signed_in(desk, marta, "old")
    clock.forward(hours=12)
    one, two = await signed_in(desk, marta, "one"), await signed_in(desk, marta, "two")
    foreign = await signed_in(desk, raul, "three")
    assert await desk.read(sessions.own, one.actor) == [one.session, two.session]
    await desk.write(sessions.end_own, one.actor, two.session.uuid)
    for uuid in (two.session.uuid, foreign.session.uuid, None):
        with pytest.raises(NotFound):
            await desk.write(sessions.end_own, one.actor, uuid)
    assert [await is_in(desk, word) for word in ("one", "two", "three")] == [True, False, True]
    await desk.write(sessions.sign_out, one.session)
    assert not await is_in(desk, "one")


async def test_what_has_ended_is_forgotten(desk: Desk, clock: Clock) -> None:
    marta = await an_account(desk, "Marta")
    await signed_in(desk, marta, "old")
    clock.forward(hours=13)
    await signed_in(desk, marta, "new")
    await desk.write(housekeeping.forget_old_guards)
    assert [session.created_at for session in await desk.read(lambda tx: tx.sessions.of(marta.id))] == [clock.now]
