"""One-time links: the first admin, invitations, new passwords."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

import pytest

from tests.actions.accounts import an_account, browser, secret
from tests.conftest import Clock
from tests.people import ALICIA, LEO, MARTA
from ventanilla.actions import accounts, housekeeping, links, sessions
from ventanilla.actions.accounts import AccountChange, AccountDraft
from ventanilla.actions.ports import Desk
from ventanilla.core.credentials import LinkKind
from ventanilla.core.errors import (
    AccountNotFound,
    Fault,
    Forbidden,
    InvalidInput,
    NotFound,
    Rule,
    Unauthenticated,
    WrongAccountState,
)
from ventanilla.core.people import NO_PASSWORD, SYSTEM, Agent, AgentState, Language, Role

CARLA = AccountDraft(
    email="carla@desk.example",
    name="Carla",
    role=Role.ADMIN,
    password_hash="$argon2id$carla",
    language=Language.SPANISH,
)
DIEGO = AccountDraft(email="diego@desk.example", name="Diego", role=Role.AGENT)


async def set_up(desk: Desk, word: str, draft: AccountDraft = CARLA) -> Agent:
    return await desk.write(links.set_up, secret(word), draft, browser("first"))


async def accept(desk: Desk, kind: LinkKind, word: str, name: str | None = None) -> Agent:
    return await desk.write(links.accept, kind, secret(word), name, "$argon2id$chosen", browser(word))


async def refuses(work: Callable[[], Awaitable[object]]) -> bool:
    try:
        await work()
    except NotFound:
        return True
    return False


async def test_the_first_admin_comes_by_a_link_and_is_in(desk: Desk) -> None:
    assert await desk.write(links.offer_setup, secret("setup"))
    assert (await desk.read(links.check, secret("setup"))).kind is LinkKind.SETUP
    carla = await set_up(desk, "setup")
    assert (carla.role, carla.language, carla.state) == (Role.ADMIN, Language.SPANISH, AgentState.ACTIVE)
    assert (await desk.read(sessions.enter, secret("first"))).actor == accounts.actor_of(carla)


async def test_a_setup_link_is_good_once(desk: Desk) -> None:
    await desk.write(links.offer_setup, secret("setup"))
    await set_up(desk, "setup")
    assert await refuses(lambda: set_up(desk, "setup"))
    assert await refuses(lambda: desk.read(links.check, secret("setup")))


async def test_of_many_who_take_a_setup_link_at_once_one_becomes_the_admin(desk: Desk) -> None:
    await desk.write(links.offer_setup, secret("setup"))
    drafts = [AccountDraft(email=f"a{n}@desk.example", name="A", role=Role.ADMIN, password_hash="x") for n in range(20)]
    took = await asyncio.gather(*(refuses(partial(set_up, desk, "setup", draft)) for draft in drafts))
    assert took.count(False) == 1
    assert len(await desk.read(accounts.everybody, SYSTEM)) == 1


async def test_a_new_setup_link_ends_the_one_before(desk: Desk) -> None:
    await desk.write(links.offer_setup, secret("first start"))
    await desk.write(links.offer_setup, secret("second start"))
    assert await refuses(lambda: set_up(desk, "first start"))
    await set_up(desk, "second start")


async def test_a_setup_link_ends_after_a_day(desk: Desk, clock: Clock) -> None:
    await desk.write(links.offer_setup, secret("setup"))
    clock.forward(hours=24)
    assert await refuses(lambda: set_up(desk, "setup"))
    assert await desk.read(accounts.everybody, SYSTEM) == []


async def test_there_is_no_setup_where_an_admin_can_sign_in(desk: Desk) -> None:
    await desk.write(links.offer_setup, secret("before"))
    await an_account(desk, "Alicia", Role.ADMIN)
    assert await refuses(lambda: set_up(desk, "before"))
    assert not await desk.write(links.offer_setup, secret("after"))
    assert await refuses(lambda: desk.read(links.check, secret("after")))


@pytest.mark.parametrize("who", ["agent", "invited admin", "shut admin"])
async def test_who_cannot_manage_the_desk_does_not_end_the_setup(desk: Desk, who: str) -> None:
    if who == "shut admin":
        await an_account(desk, "Berta", Role.ADMIN)
        account = await an_account(desk, "Alicia", Role.ADMIN)
        await desk.write(accounts.deactivate, SYSTEM, account.uuid)
        berta = await desk.read(accounts.by_email, "berta@desk.example")
        assert berta is not None
        await desk.write(lambda tx: tx.people.save_account(replace(berta, password_hash=NO_PASSWORD)))
    else:
        role, password = (Role.AGENT, "x") if who == "agent" else (Role.ADMIN, NO_PASSWORD)
        await an_account(desk, "Alicia", role, password_hash=password)
    assert await desk.write(links.offer_setup, secret("setup"))
    await set_up(desk, "setup")


async def test_a_setup_with_a_taken_address_leaves_the_link_good(desk: Desk) -> None:
    await an_account(desk, "Carla")
    await desk.write(links.offer_setup, secret("setup"))
    with pytest.raises(InvalidInput) as refused:
        await set_up(desk, "setup")
    assert refused.value.faults == (Fault("email", Rule.TAKEN),)
    assert (await desk.read(links.check, secret("setup"))).kind is LinkKind.SETUP


async def test_an_invitation_lets_somebody_choose_their_password(desk: Desk, clock: Clock) -> None:
    issued = await desk.write(links.invite, ALICIA, DIEGO, secret("come"))
    assert issued.account.state is AgentState.INVITED
    assert (issued.expires_at - clock.now).days == 7
    link = await desk.read(links.check, secret("come"))
    assert (link.kind, link.agent) == (LinkKind.INVITATION, issued.account)
    diego = await accept(desk, LinkKind.INVITATION, "come", "Diego Ruiz")
    assert (diego.name, diego.state, diego.password_hash) == ("Diego Ruiz", AgentState.ACTIVE, "$argon2id$chosen")
    assert (await desk.read(sessions.enter, secret("come"))).actor == accounts.actor_of(diego)
    assert await refuses(lambda: accept(desk, LinkKind.INVITATION, "come"))


async def test_an_invitation_ends_after_a_week_and_can_be_made_again(desk: Desk, clock: Clock) -> None:
    issued = await desk.write(links.invite, ALICIA, DIEGO, secret("come"))
    clock.forward(hours=7 * 24)
    assert await refuses(lambda: accept(desk, LinkKind.INVITATION, "come"))
    await desk.write(links.invite_again, ALICIA, issued.account.uuid, secret("again"))
    await desk.write(links.invite_again, ALICIA, issued.account.uuid, secret("and again"))
    assert await refuses(lambda: accept(desk, LinkKind.INVITATION, "again"))
    await accept(desk, LinkKind.INVITATION, "and again")


async def test_a_reset_ends_what_the_old_password_opened(desk: Desk, clock: Clock) -> None:
    marta = await an_account(desk, "Marta")
    await desk.write(sessions.sign_in, marta, browser("old"))
    issued = await desk.write(links.reset, ALICIA, marta.uuid, secret("reset"))
    assert (issued.expires_at - clock.now).total_seconds() == 3600
    assert (await desk.read(sessions.enter, secret("old"))).session
    await accept(desk, LinkKind.RESET, "reset")
    with pytest.raises(Unauthenticated):
        await desk.read(sessions.enter, secret("old"))
    assert (await desk.read(sessions.enter, secret("reset"))).session
    assert await refuses(lambda: accept(desk, LinkKind.RESET, "reset"))


async def test_a_reset_ends_after_an_hour(desk: Desk, clock: Clock) -> None:
    marta = await an_account(desk, "Marta")
    await desk.write(links.reset, ALICIA, marta.uuid, secret("reset"))
    clock.forward(hours=1)
    assert await refuses(lambda: accept(desk, LinkKind.RESET, "reset"))


@pytest.mark.parametrize("change", [AccountChange(password_hash="y"), AccountChange(is_active=False)])
async def test_a_new_password_and_a_shut_account_end_their_links(desk: Desk, change: AccountChange) -> None:
    marta = await an_account(desk, "Marta")
    await desk.write(links.reset, ALICIA, marta.uuid, secret("reset"))
    await desk.write(accounts.change, SYSTEM, marta.uuid, change)
    await desk.write(accounts.change, SYSTEM, marta.uuid, AccountChange(is_active=True))
    assert await refuses(lambda: accept(desk, LinkKind.RESET, "reset"))


async def test_a_link_is_good_for_its_own_kind_alone(desk: Desk) -> None:
    marta = await an_account(desk, "Marta")
    await desk.write(links.reset, ALICIA, marta.uuid, secret("reset"))
    await desk.write(links.offer_setup, secret("setup"))
    assert await refuses(lambda: accept(desk, LinkKind.INVITATION, "reset"))
    assert await refuses(lambda: set_up(desk, "reset"))
    for kind in LinkKind:
        assert await refuses(partial(accept, desk, kind, "setup"))
    await accept(desk, LinkKind.RESET, "reset")


async def test_who_has_a_password_is_not_invited_and_who_has_none_is_not_reset(desk: Desk) -> None:
    marta = await an_account(desk, "Marta")
    diego = (await desk.write(links.invite, ALICIA, DIEGO, secret("come"))).account
    with pytest.raises(WrongAccountState):
        await desk.write(links.invite_again, ALICIA, marta.uuid, secret("x"))
    with pytest.raises(WrongAccountState):
        await desk.write(links.reset, ALICIA, diego.uuid, secret("x"))
    await desk.write(accounts.deactivate, SYSTEM, marta.uuid)
    with pytest.raises(WrongAccountState):
        await desk.write(links.reset, ALICIA, marta.uuid, secret("x"))
    with pytest.raises(AccountNotFound):
        await desk.write(links.reset, ALICIA, None, secret("x"))


async def test_only_admins_make_links(desk: Desk) -> None:
    marta = await an_account(desk, "Marta")
    for who in (MARTA, LEO):
        with pytest.raises(Forbidden):
            await desk.write(links.invite, who, DIEGO, secret("x"))
        with pytest.raises(Forbidden):
            await desk.write(links.invite_again, who, marta.uuid, secret("x"))
        with pytest.raises(Forbidden):
            await desk.write(links.reset, who, marta.uuid, secret("x"))


async def test_links_that_have_ended_are_forgotten(desk: Desk, clock: Clock) -> None:
    await desk.write(links.invite, ALICIA, DIEGO, secret("come"))
    clock.forward(hours=8 * 24)
    await desk.write(housekeeping.forget_old_guards)
    assert await desk.read(lambda tx: tx.links.find(secret("come"))) is None
