"""Requesters and agents: one row for one identity, kept up to date by what they tell."""

from dataclasses import replace
from uuid import uuid4

from tests.actions.drafts import opened_by
from tests.people import ANA, BRUNO, MARTA, REDES, requester
from ventanilla.actions import staff
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.core.people import (
    OWN_ISSUER,
    Actor,
    Agent,
    AgentRef,
    Identity,
    Language,
    Profile,
    Requester,
    Role,
    Theme,
)

ANA_ID = Identity("app", "u-1")


async def told(tx: Transaction, identity: Identity, profile: Profile) -> Requester:
    return await tx.people.requester(identity, profile)


async def test_a_requester_is_made_once_and_known_again(desk: Desk) -> None:
    first = await desk.write(told, ANA_ID, Profile(name="Ana"))
    assert await desk.write(told, ANA_ID, Profile(name="Ana")) == first
    assert (await opened_by(desk, ANA)).requester.id == first.id
    assert (await opened_by(desk, BRUNO)).requester.id != first.id


async def test_the_same_subject_from_two_issuers_is_two_requesters(desk: Desk) -> None:
    namesake = requester("Ana", "u-1", issuer="another-app")
    assert (await opened_by(desk, ANA)).requester.id != (await opened_by(desk, namesake)).requester.id


async def test_a_newer_profile_adds_and_replaces_but_takes_nothing_away(desk: Desk) -> None:
    await desk.write(told, ANA_ID, Profile(name="Ana", email="ana@example.org"))
    merged = await desk.write(told, ANA_ID, Profile(name="Ana García", picture="https://example.org/ana.png"))
    assert merged.profile == Profile("Ana García", "ana@example.org", picture="https://example.org/ana.png")
    assert (await desk.write(told, ANA_ID, Profile())).profile == merged.profile


async def test_a_ticket_shows_what_its_requester_told_last(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(told, ANA_ID, Profile(username="ana_g"))
    again = await desk.read(lambda tx: tx.tickets.get(ticket.id))
    assert again is not None
    assert again.requester.profile == Profile("Ana", "ana@example.org", username="ana_g")


async def agent(tx: Transaction, identity: Identity) -> Agent | None:
    return await tx.people.agent(identity)


async def known(desk: Desk, actor: Actor) -> Agent:
    assert actor.identity is not None
    found = await desk.read(agent, actor.identity)
    assert found is not None
    return found


async def test_an_agent_becomes_known_by_their_first_deed(desk: Desk) -> None:
    ref = await desk.write(staff.agent_of, MARTA)
    marta = await known(desk, MARTA)
    assert ref == marta.ref == AgentRef(marta.id, "marta", "Marta", marta.uuid)
    assert (marta.role, marta.areas, marta.email) == (Role.AGENT, (), "marta@desk.example")
    assert marta.is_active
    assert await desk.write(staff.agent_of, MARTA) == ref


async def test_an_agent_known_by_their_token_follows_their_token(desk: Desk) -> None:
    before = await desk.write(staff.agent_of, MARTA)
    promoted = replace(MARTA, role=Role.AREA_AGENT, areas=(REDES,), profile=Profile(name="Marta Ruiz"))
    after = await desk.write(staff.agent_of, promoted)
    assert after == AgentRef(before.id, "marta", "Marta Ruiz", before.uuid)
    assert ((await known(desk, MARTA)).role, (await known(desk, MARTA)).areas) == (Role.AREA_AGENT, (REDES,))


def an_account(email: str, **changes: object) -> Agent:
    uuid = uuid4()
    made = Agent(
        id=0,
        uuid=uuid,
        identity=Identity(OWN_ISSUER, str(uuid)),
        email=email,
        name="Marta",
        role=Role.ADMIN,
        areas=(),
        phone="+34 600",
        picture="",
        is_active=True,
        password_hash="$argon2id$...",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


async def add(tx: Transaction, account: Agent) -> Agent:
    return await tx.people.add_account(account)


async def save(tx: Transaction, account: Agent) -> Agent:
    return await tx.people.save_account(account)


async def test_a_local_account_is_found_by_its_address(desk: Desk) -> None:
    account = await desk.write(add, an_account("marta@desk.example"))
    assert account.id
    assert await desk.read(lambda tx: tx.people.account("marta@desk.example")) == account
    assert await desk.read(lambda tx: tx.people.account("nadie@desk.example")) is None


async def test_a_local_account_is_not_changed_by_what_a_token_says(desk: Desk) -> None:
    account = await desk.write(add, an_account("marta@desk.example"))
    ref = await desk.write(staff.agent_of, replace(MARTA, identity=account.identity, profile=Profile(name="Otra")))
    assert ref == account.ref
    assert await desk.read(agent, account.identity) == account


async def test_the_accounts_are_those_with_a_password(desk: Desk) -> None:
    await desk.write(staff.agent_of, MARTA)
    first = await desk.write(add, an_account("a@desk.example"))
    second = await desk.write(add, an_account("b@desk.example"))
    assert await desk.read(lambda tx: tx.people.accounts()) == [first, second]
    assert await desk.read(lambda tx: tx.people.account("marta@desk.example")) is None


async def test_a_saved_account_comes_back_as_it_was_saved(desk: Desk) -> None:
    account = await desk.write(add, an_account("a@desk.example"))
    changed = replace(
        account, name="Otra", role=Role.AREA_AGENT, areas=(REDES,), is_active=False, phone="", picture="x"
    )
    changed = replace(changed, language=Language.SPANISH, theme=Theme.DARK, signature="Marta")
    saved = await desk.write(save, changed)
    assert saved == replace(changed, version=2)
    assert await desk.read(lambda tx: tx.people.account("a@desk.example")) == saved


async def test_only_active_agents_are_found_by_their_subject(desk: Desk) -> None:
    account = await desk.write(add, an_account("a@desk.example"))
    subject = account.identity.subject
    assert await desk.read(lambda tx: tx.people.agents_by_subject(subject)) == [account]
    await desk.write(save, replace(account, is_active=False))
    assert await desk.read(lambda tx: tx.people.agents_by_subject(subject)) == []
