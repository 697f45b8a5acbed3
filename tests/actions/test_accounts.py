"""Staff accounts: who may make and change them, and whom they let in."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from tests.people import ALICIA, ANA, MARTA, NOBODY, RAUL, REDES
from ventanilla.actions import accounts
from ventanilla.actions.accounts import AccountChange, AccountDraft, password_mark
from ventanilla.actions.ports import Desk
from ventanilla.core.errors import (
    AccountNotFound,
    Fault,
    Forbidden,
    InvalidInput,
    LastAdmin,
    Rule,
    Unauthenticated,
)
from ventanilla.core.people import OWN_ISSUER, SYSTEM, Actor, ActorKind, Agent, Identity, Profile, Role


async def an_account(desk: Desk, name: str, role: Role = Role.AGENT, area: str | None = None) -> Agent:
    email = f"{name.lower()}@desk.example"
    draft = AccountDraft(
        email=email, name=name, role=role, areas=(area,) if area else (), password_hash="$argon2id$one"
    )
    return await desk.write(accounts.add, SYSTEM, draft)


def bearer(account: Agent, **told: object) -> Actor:
    """Somebody with a token that the desk gave out for this account, when its role was still MESA."""
    actor = Actor(kind=ActorKind.AGENT, identity=account.identity, role=Role.AGENT, profile=Profile(name="Antes"))
    return replace(actor, **told)  # type: ignore[arg-type]


async def test_an_account_keeps_its_address_in_lower_case(desk: Desk) -> None:
    draft = AccountDraft(email=" Marta@Desk.Example ", name="Marta", role=Role.AGENT, password_hash="x")
    account = await desk.write(accounts.add, ALICIA, draft)
    assert (account.email, account.identity) == ("marta@desk.example", Identity(OWN_ISSUER, str(account.uuid)))
    assert await desk.read(accounts.by_email, "MARTA@desk.example") == account
    assert await desk.read(accounts.everybody, ALICIA) == [account]


async def test_an_address_belongs_to_one_account(desk: Desk) -> None:
    await an_account(desk, "Marta")
    raul = await an_account(desk, "Raul")
    with pytest.raises(InvalidInput) as refused:
        await an_account(desk, "MARTA")
    assert refused.value.faults == (Fault("email", Rule.TAKEN),)
    with pytest.raises(InvalidInput):
        await desk.write(accounts.change, ALICIA, raul.uuid, AccountChange(email="marta@desk.example"))
    assert await desk.write(accounts.change, ALICIA, raul.uuid, AccountChange(email="RAUL@desk.example")) == raul


async def test_an_area_agent_has_an_area(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as refused:
        await an_account(desk, "Raul", Role.AREA_AGENT)
    assert refused.value.faults == (Fault("areas", Rule.MISSING),)
    raul = await an_account(desk, "Raul", Role.AREA_AGENT, REDES)
    with pytest.raises(InvalidInput):
        await desk.write(accounts.change, ALICIA, raul.uuid, AccountChange(areas=()))


async def test_a_change_leaves_what_it_does_not_name(desk: Desk) -> None:
    raul = await an_account(desk, "Raul", Role.AREA_AGENT, REDES)
    changed = await desk.write(accounts.change, ALICIA, raul.uuid, AccountChange(phone="+34 600"))
    assert changed == replace(raul, phone="+34 600", version=2)
    changed = await desk.write(accounts.change, ALICIA, raul.uuid, AccountChange(role=Role.AGENT, area="", phone=""))
    assert changed == replace(raul, role=Role.AGENT, areas=(), version=3)


@pytest.mark.parametrize("who", [MARTA, RAUL, ANA], ids=lambda who: who.profile.name)
async def test_only_admins_manage_accounts(desk: Desk, who: Actor) -> None:
    marta = await an_account(desk, "Marta")
    draft = AccountDraft(email="x@desk.example", name="X", role=Role.ADMIN, password_hash="x")
    with pytest.raises(Forbidden):
        await desk.write(accounts.add, who, draft)
    with pytest.raises(Forbidden):
        await desk.write(accounts.change, who, marta.uuid, AccountChange(role=Role.ADMIN))
    with pytest.raises(Forbidden):
        await desk.write(accounts.deactivate, who, marta.uuid)
    with pytest.raises(Forbidden):
        await desk.read(accounts.everybody, who)
    with pytest.raises(Unauthenticated):
        await desk.read(accounts.everybody, NOBODY)
    assert await desk.read(accounts.everybody, SYSTEM) == [marta]


@pytest.mark.parametrize("uuid", [None, uuid4()])
async def test_there_is_nothing_to_change_where_there_is_no_account(desk: Desk, uuid: UUID | None) -> None:
    with pytest.raises(AccountNotFound):
        await desk.write(accounts.change, ALICIA, uuid, AccountChange(name="X"))


async def test_the_last_active_admin_stays_one(desk: Desk) -> None:
    first, second = await an_account(desk, "Alicia", Role.ADMIN), await an_account(desk, "Berta", Role.ADMIN)
    await desk.write(accounts.deactivate, SYSTEM, second.uuid)
    with pytest.raises(LastAdmin):
        await desk.write(accounts.deactivate, SYSTEM, first.uuid)
    with pytest.raises(LastAdmin):
        await desk.write(accounts.change, SYSTEM, first.uuid, AccountChange(role=Role.AGENT))
    await desk.write(accounts.change, SYSTEM, second.uuid, AccountChange(is_active=True))
    assert not (await desk.write(accounts.deactivate, SYSTEM, first.uuid)).is_active


async def test_of_two_admins_who_shut_each_other_out_at_once_one_stays(desk: Desk) -> None:
    admins = [await an_account(desk, f"Admin{number}", Role.ADMIN) for number in range(8)]
    acts = (desk.write(accounts.deactivate, SYSTEM, account.uuid) for account in admins)
    done = await asyncio.gather(*acts, return_exceptions=True)
    assert [type(result) for result in done if isinstance(result, Exception)] == [LastAdmin]
    assert len([one for one in await desk.read(accounts.everybody, SYSTEM) if one.is_active]) == 1


async def test_of_many_who_take_one_address_at_once_one_gets_it(desk: Desk) -> None:
    done = await asyncio.gather(*(an_account(desk, "Marta") for _ in range(12)), return_exceptions=True)
    assert len([one for one in done if isinstance(one, Agent)]) == 1
    assert {type(one) for one in done if not isinstance(one, Agent)} == {InvalidInput}
    assert len(await desk.read(accounts.everybody, SYSTEM)) == 1


async def test_a_token_is_worth_what_its_account_is_worth_now(desk: Desk) -> None:
    account = await an_account(desk, "Marta")
    await desk.write(accounts.change, SYSTEM, account.uuid, AccountChange(role=Role.AREA_AGENT, area=REDES))
    actor = await desk.read(accounts.current, bearer(account))
    assert (actor.role, actor.areas, actor.display_name) == (Role.AREA_AGENT, (REDES,), "Marta")


async def test_a_deactivated_account_lets_nobody_in(desk: Desk) -> None:
    account = await an_account(desk, "Marta")
    await desk.write(accounts.deactivate, SYSTEM, account.uuid)
    assert await desk.read(accounts.by_email, account.email) is None
    with pytest.raises(Unauthenticated):
        await desk.read(accounts.current, bearer(account))


async def test_a_new_password_ends_the_tokens_of_the_old_one(desk: Desk) -> None:
    account = await an_account(desk, "Marta")
    logged_in = bearer(account, password_mark=password_mark("$argon2id$one"))
    assert (await desk.read(accounts.current, logged_in)).is_staff
    await desk.write(accounts.change, SYSTEM, account.uuid, AccountChange(password_hash="$argon2id$two"))
    with pytest.raises(Unauthenticated):
        await desk.read(accounts.current, logged_in)


async def test_who_has_no_account_stays_who_their_token_says(desk: Desk) -> None:
    minted = replace(MARTA, identity=Identity(OWN_ISSUER, "marta"))
    assert await desk.read(accounts.current, minted) == minted
