"""Finding the member of staff that a caller names."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from tests.people import MARTA, NOBODY, RAUL, SOFIA, staff
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.actions.staff import agent_of, find
from ventanilla.core import ids
from ventanilla.core.errors import InvalidInput, Rule, Unauthenticated
from ventanilla.core.people import OWN_ISSUER, SYSTEM, Actor, Agent, Identity, Role


async def add_account(tx: Transaction, uuid: UUID, active: bool) -> Agent:
    made = Agent(
        id=0,
        uuid=uuid,
        identity=Identity(OWN_ISSUER, str(uuid)),
        email="pilar@desk.example",
        name="Pilar",
        role=Role.AGENT,
        areas=(),
        phone="",
        picture="",
        is_active=active,
        password_hash="$argon2id$...",
    )
    return await tx.people.add_account(made)


async def nobody_is_found(desk: Desk, actor: Actor, named: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await desk.write(find, actor, named, "agente")
    assert [(fault.field, fault.rule) for fault in refused.value.faults] == [("agente", Rule.UNKNOWN_PERSON)]


async def test_a_colleague_is_named_by_the_subject_of_their_token(desk: Desk) -> None:
    raul = await desk.write(agent_of, RAUL)
    assert await desk.write(find, MARTA, "raúl", "agente") == raul


async def test_naming_oneself_makes_oneself_known(desk: Desk) -> None:
    found = await desk.write(find, MARTA, "marta", "agente")
    assert found == await desk.write(agent_of, MARTA)


@pytest.mark.parametrize("named", [None, ""])
async def test_naming_nobody_finds_nobody(desk: Desk, named: str | None) -> None:
    assert await desk.write(find, MARTA, named, "agente") is None


async def test_somebody_who_never_came_is_unknown(desk: Desk) -> None:
    await nobody_is_found(desk, MARTA, "raúl")
    await nobody_is_found(desk, SYSTEM, "marta")


async def test_a_local_account_is_named_by_its_uuid_or_ulid(desk: Desk) -> None:
    uuid = uuid4()
    pilar = (await desk.write(add_account, uuid, True)).ref
    for spelling in (str(uuid), str(uuid).upper(), ids.ulid(uuid), ids.ulid(uuid).lower()):
        assert await desk.write(find, MARTA, spelling, "agente") == pilar
        assert await desk.write(find, SYSTEM, spelling, "agente") == pilar


async def test_an_account_that_was_switched_off_is_not_found(desk: Desk) -> None:
    uuid = uuid4()
    await desk.write(add_account, uuid, False)
    of_the_house = replace(MARTA, identity=Identity(OWN_ISSUER, str(uuid4())))
    await nobody_is_found(desk, MARTA, str(uuid))
    await nobody_is_found(desk, of_the_house, str(uuid))


async def test_the_callers_own_issuer_is_asked_first(desk: Desk) -> None:
    ours = await desk.write(agent_of, RAUL)
    theirs = await desk.write(agent_of, replace(RAUL, identity=Identity("elsewhere", "raúl")))
    assert ours != theirs
    assert await desk.write(find, MARTA, "raúl", "agente") == ours


async def test_an_id_that_two_people_go_by_names_neither(desk: Desk) -> None:
    await desk.write(agent_of, RAUL)
    await desk.write(agent_of, replace(RAUL, identity=Identity("elsewhere", "raúl")))
    await nobody_is_found(desk, replace(SOFIA, identity=Identity("third", "sofía")), "raúl")


@pytest.mark.parametrize("who", [NOBODY, SYSTEM])
async def test_whoever_has_no_identity_is_no_agent(desk: Desk, who: Actor) -> None:
    with pytest.raises(Unauthenticated):
        await desk.write(agent_of, who)


async def test_an_agent_without_a_role_word_is_a_plain_agent(desk: Desk) -> None:
    await desk.write(agent_of, replace(staff("Pepe", Role.AGENT), role=None))
    pepe = await desk.read(lambda tx: tx.people.agent(Identity("house", "pepe")))
    assert pepe is not None
    assert pepe.role is Role.AGENT
