"""The staff as a whole, and each of them as they change themselves."""

from dataclasses import replace

import pytest

from tests.actions.accounts import HASH, an_account, browser, secret
from tests.actions.drafts import opened_by
from tests.people import ALICIA, ANA, LEO, MARTA, NOBODY, PAGOS, RAUL, REDES, SOFIA
from ventanilla.actions import accounts, agents, links, profiles, sessions, staff, triage
from ventanilla.actions.accounts import AccountChange
from ventanilla.actions.ports import Desk
from ventanilla.actions.profiles import ProfileChange
from ventanilla.core.errors import (
    AccountNotFound,
    Fault,
    Forbidden,
    InvalidInput,
    NotFound,
    Rule,
    Stale,
    Unauthenticated,
)
from ventanilla.core.people import SYSTEM, Actor, Agent, Language, Role, Theme


async def listed(desk: Desk, who: Actor, *, inactive: bool = False) -> list[str]:
    return [agent.name for agent in await desk.read(agents.rows, who, 0, 50, inactive=inactive)]


async def test_a_picker_shows_who_is_active_and_an_admin_sees_the_others_too(desk: Desk) -> None:
    gone = await an_account(desk, "Gone")
    await an_account(desk, "Marta")
    await desk.write(staff.agent_of, RAUL)
    await desk.write(accounts.deactivate, SYSTEM, gone.uuid)
    assert await listed(desk, LEO) == ["Marta", "Raúl"]
    assert await listed(desk, ALICIA, inactive=True) == ["Gone", "Marta", "Raúl"]
    with pytest.raises(Forbidden):
        await listed(desk, MARTA, inactive=True)
    with pytest.raises(Forbidden):
        await listed(desk, ANA)
    with pytest.raises(Unauthenticated):
        await listed(desk, NOBODY)


async def test_the_staff_comes_page_by_page(desk: Desk) -> None:
    made = [await an_account(desk, f"A{n}") for n in range(3)]
    assert await desk.read(agents.rows, MARTA, 0, 2, inactive=False) == made[:2]
    assert await desk.read(agents.rows, MARTA, made[1].id, 2, inactive=False) == made[2:]


async def test_an_admin_changes_the_version_that_they_saw(desk: Desk) -> None:
    marta = await an_account(desk, "Marta")
    wanted = AccountChange(role=Role.SUPERVISOR)
    changed = await desk.write(agents.change, ALICIA, marta.uuid, wanted, frozenset({1}))
    assert (changed.role, changed.version) == (Role.SUPERVISOR, 2)
    with pytest.raises(Stale):
        await desk.write(agents.change, ALICIA, marta.uuid, wanted, frozenset({1}))
    assert await desk.write(agents.change, ALICIA, marta.uuid, wanted, None) == changed
    with pytest.raises(Forbidden):
        await desk.write(agents.change, MARTA, marta.uuid, wanted, None)
    with pytest.raises(AccountNotFound):
        await desk.write(agents.change, ALICIA, None, wanted, None)


async def foreign(desk: Desk, actor: Actor) -> Agent:
    await desk.write(staff.agent_of, actor)
    agent = await desk.read(profiles.known, actor)
    assert agent is not None
    return agent


async def test_somebody_known_by_their_token_is_let_in_or_not_and_nothing_else(desk: Desk) -> None:
    raul = await foreign(desk, RAUL)
    with pytest.raises(InvalidInput) as refused:
        await desk.write(agents.change, ALICIA, raul.uuid, AccountChange(role=Role.ADMIN, areas=()), None)
    assert refused.value.faults == (Fault("role", Rule.FOREIGN_ACCOUNT), Fault("areas", Rule.FOREIGN_ACCOUNT))
    assert await desk.read(accounts.current, RAUL) == RAUL
    shut = await desk.write(agents.change, ALICIA, raul.uuid, AccountChange(is_active=False), frozenset({1}))
    with pytest.raises(Unauthenticated):
        await desk.read(accounts.current, RAUL)
    with pytest.raises(Stale):
        await desk.write(agents.change, ALICIA, raul.uuid, AccountChange(is_active=True), frozenset({1}))
    again = AccountChange(is_active=True)
    await desk.write(agents.change, ALICIA, raul.uuid, again, frozenset({shut.version}))
    assert await desk.read(accounts.current, RAUL) == RAUL


async def test_areas_are_those_of_tickets_agents_and_new_tickets(desk: Desk) -> None:
    await desk.write(staff.agent_of, SOFIA)
    ticket = await opened_by(desk, ANA, area="redes")
    await opened_by(desk, ANA, area="Nóminas")
    await desk.write(triage.transfer, MARTA, ticket.id, REDES, None, "agent", "Spelling")
    assert await desk.read(agents.areas, LEO) == ["MESA", "Nóminas", PAGOS, REDES]
    assert await desk.read(agents.areas, RAUL) == [REDES]
    with pytest.raises(Forbidden):
        await desk.read(agents.areas, ANA)


async def test_everybody_chooses_for_themselves(desk: Desk) -> None:
    marta = await an_account(desk, "Marta")
    actor = accounts.actor_of(marta)
    wanted = ProfileChange(name="Marta Gil", language=Language.SPANISH, theme=Theme.DARK, signature="— Marta")
    changed = await desk.write(profiles.change, actor, wanted)
    assert changed == replace(
        marta, name="Marta Gil", language=Language.SPANISH, theme=Theme.DARK, signature="— Marta", version=2
    )
    again = await desk.write(profiles.change, actor, ProfileChange(any_language=True, signature=""))
    assert again == replace(changed, language=None, signature="", version=3)
    assert await desk.write(profiles.change, actor, ProfileChange()) == again


async def test_who_is_known_by_their_token_chooses_all_but_their_name(desk: Desk) -> None:
    assert await desk.read(profiles.known, RAUL) is None
    changed = await desk.write(profiles.change, RAUL, ProfileChange(theme=Theme.LIGHT))
    assert (changed.name, changed.theme) == ("Raúl", Theme.LIGHT)
    with pytest.raises(InvalidInput) as refused:
        await desk.write(profiles.change, RAUL, ProfileChange(name="R", picture="https://example.org/r.png"))
    assert [fault.field for fault in refused.value.faults] == ["name", "picture"]


async def test_a_new_password_of_ones_own_ends_everything_but_the_session_it_was_set_in(desk: Desk) -> None:
    marta = await an_account(desk, "Marta")
    for word in ("here", "there"):
        await desk.write(sessions.sign_in, marta, browser(word))
    await desk.write(links.reset, ALICIA, marta.uuid, secret("reset"))
    here = await desk.read(sessions.enter, secret("here"))
    await desk.write(profiles.change_password, here.actor, HASH, "$argon2id$two", here.session.uuid)
    assert (await desk.read(sessions.enter, secret("here"))).session == here.session
    with pytest.raises(Unauthenticated):
        await desk.read(sessions.enter, secret("there"))
    with pytest.raises(NotFound):
        await desk.read(links.check, secret("reset"))


async def test_a_password_is_changed_from_the_one_that_was_found_right(desk: Desk) -> None:
    marta = await an_account(desk, "Marta")
    with pytest.raises(InvalidInput) as refused:
        await desk.write(profiles.change_password, accounts.actor_of(marta), "$argon2id$older", "x", None)
    assert refused.value.faults == (Fault("current", Rule.WRONG_PASSWORD),)
    with pytest.raises(Forbidden):
        await desk.write(profiles.change_password, RAUL, HASH, "x", None)
