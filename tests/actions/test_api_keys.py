"""API keys: whom they let in, how far they reach, and what ends them."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.actions.accounts import secret
from tests.actions.drafts import opened_by
from tests.conftest import Clock
from tests.people import ALICIA, ANA, CARMEN, MARTA, REDES
from ventanilla.actions import agents, api_keys, staff, threads
from ventanilla.actions.api_keys import KeyDraft
from ventanilla.actions.ports import Desk
from ventanilla.core.credentials import ApiKey
from ventanilla.core.errors import Fault, Forbidden, InvalidInput, NotFound, Rule, Unauthenticated
from ventanilla.core.people import KEY_ISSUER, Actor, ActorKind, Identity, Role, Scope

SHOP = KeyDraft(
    name="Web shop", prefix="vk_abcdefgh", secret_hash=secret("shop"), role=Role.AGENT, scopes=(Scope.READ, Scope.WRITE)
)


async def a_key(desk: Desk, **changes: object) -> ApiKey:
    return await desk.write(api_keys.add, ALICIA, replace(SHOP, **changes))  # type: ignore[arg-type]


async def test_a_program_works_in_the_name_and_role_of_its_key(desk: Desk) -> None:
    key = await a_key(desk, role=Role.AREA_AGENT, areas=(REDES,))
    actor = (await desk.read(api_keys.enter, secret("shop"))).actor
    assert (actor.kind, actor.identity) == (ActorKind.AGENT, Identity(KEY_ISSUER, str(key.uuid)))
    assert (actor.display_name, actor.role, actor.areas, actor.scope) == (
        "Web shop",
        Role.AREA_AGENT,
        (REDES,),
        Scope.WRITE,
    )


async def test_what_a_key_writes_bears_its_name_and_makes_nobody_to_assign_to(desk: Desk) -> None:
    await a_key(desk)
    actor = (await desk.read(api_keys.enter, secret("shop"))).actor
    ticket = await opened_by(desk, ANA)
    written = await desk.write(threads.answer, actor, ticket.id, "It is on its way.")
    assert written.message.author.name == "Web shop"
    assert await desk.read(lambda tx: agents.rows(tx, ALICIA, 0, 50, inactive=True)) == []
    assert await desk.read(lambda tx: tx.people.active_agents()) == []


async def test_a_key_that_is_unknown_removed_or_out_of_time_lets_nobody_in(desk: Desk, clock: Clock) -> None:
    key = await a_key(desk, expires_at=clock.now + timedelta(hours=1))
    with pytest.raises(Unauthenticated):
        await desk.read(api_keys.enter, secret("guess"))
    clock.forward(minutes=59)
    assert (await desk.read(api_keys.enter, secret("shop"))).key == key
    clock.forward(minutes=1)
    with pytest.raises(Unauthenticated):
        await desk.read(api_keys.enter, secret("shop"))
    other = await a_key(desk, secret_hash=secret("other"), expires_at=None)
    await desk.write(api_keys.remove, ALICIA, other.uuid)
    with pytest.raises(Unauthenticated):
        await desk.read(api_keys.enter, secret("other"))


async def test_it_is_news_once_a_minute_that_a_key_is_used(desk: Desk, clock: Clock) -> None:
    key = await a_key(desk)
    assert (await desk.read(api_keys.enter, secret("shop"))).is_news
    await desk.write(api_keys.see, key)
    assert not (await desk.read(api_keys.enter, secret("shop"))).is_news
    seen = clock.now
    clock.forward(seconds=60)
    shown = await desk.read(api_keys.enter, secret("shop"))
    assert (shown.is_news, shown.key.last_used_at) == (True, seen)


async def test_keys_are_listed_page_by_page_as_they_were_made(desk: Desk) -> None:
    made = [await a_key(desk, name=f"Key {n}", secret_hash=secret(str(n))) for n in range(3)]
    assert await desk.read(api_keys.rows, ALICIA, 0, 2) == made[:2]
    assert await desk.read(api_keys.rows, ALICIA, made[1].id, 2) == made[2:]


async def test_a_key_that_breaks_a_rule_is_not_made(desk: Desk, clock: Clock) -> None:
    for changes, fault in (
        ({"role": Role.AREA_AGENT}, Fault("areas", Rule.MISSING)),
        ({"expires_at": clock.now}, Fault("expires_at", Rule.IN_THE_PAST)),
    ):
        with pytest.raises(InvalidInput) as refused:
            await a_key(desk, **changes)
        assert refused.value.faults == (fault,)
    assert await desk.read(api_keys.rows, ALICIA, 0, 10) == []


@pytest.mark.parametrize("who", [MARTA, CARMEN], ids=lambda who: who.profile.name)
async def test_only_admins_manage_keys(desk: Desk, who: Actor) -> None:
    key = await a_key(desk)
    with pytest.raises(Forbidden):
        await desk.write(api_keys.add, who, SHOP)
    with pytest.raises(Forbidden):
        await desk.read(api_keys.rows, who, 0, 10)
    with pytest.raises(Forbidden):
        await desk.write(api_keys.remove, who, key.uuid)
    with pytest.raises(NotFound):
        await desk.write(api_keys.remove, ALICIA, uuid4())


async def test_an_admin_key_without_the_scope_admin_manages_nothing(desk: Desk) -> None:
    await a_key(desk, role=Role.ADMIN)
    actor = (await desk.read(api_keys.enter, secret("shop"))).actor
    with pytest.raises(Forbidden):
        await desk.read(api_keys.rows, actor, 0, 10)
    await a_key(desk, role=Role.ADMIN, scopes=(Scope.ADMIN,), secret_hash=secret("admin"))
    admin = (await desk.read(api_keys.enter, secret("admin"))).actor
    assert len(await desk.read(api_keys.rows, admin, 0, 10)) == 2


async def test_a_key_that_only_reads_writes_nothing(desk: Desk) -> None:
    await a_key(desk, scopes=(Scope.READ,))
    actor = (await desk.read(api_keys.enter, secret("shop"))).actor
    ticket = await opened_by(desk, ANA)
    with pytest.raises(Forbidden):
        await desk.write(threads.answer, actor, ticket.id, "Hello")
    assert await desk.write(staff.agent_of, actor)
