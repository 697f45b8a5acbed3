"""Members of staff as they see and change themselves."""

from dataclasses import dataclass, replace
from uuid import UUID

from ventanilla.actions import accounts, staff
from ventanilla.actions.ports import Transaction
from ventanilla.core.errors import Fault, Forbidden, InvalidInput, Rule, Unauthenticated
from ventanilla.core.people import Actor, Agent, Language, Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileChange:
    """What is to be changed; None leaves a thing as it is, and `any_language` goes back to the browser's."""

    name: str | None = None
    picture: str | None = None
    language: Language | None = None
    any_language: bool = False
    theme: Theme | None = None
    signature: str | None = None


async def known(tx: Transaction, actor: Actor) -> Agent | None:
    """Return the caller as the desk knows them; None before their first deed."""
    return await tx.people.agent(actor.identity) if actor.identity else None


async def made_known(tx: Transaction, actor: Actor) -> Agent:
    """Return the caller as the desk knows them from now on. Raises Unauthenticated."""
    await staff.agent_of(tx, actor)
    found = await known(tx, actor)
    if found is None:
        raise Unauthenticated
    return found


async def change(tx: Transaction, actor: Actor, wanted: ProfileChange) -> Agent:
    """Change what the caller may choose. Raises InvalidInput for what is kept where they sign in."""
    agent = await made_known(tx, actor)
    if not agent.is_account:
        _refuse_what_their_issuer_keeps(wanted)
    changed = replace(
        agent,
        name=wanted.name or agent.name,
        picture=agent.picture if wanted.picture is None else wanted.picture,
        language=None if wanted.any_language else wanted.language or agent.language,
        theme=wanted.theme or agent.theme,
        signature=agent.signature if wanted.signature is None else wanted.signature,
    )
    return agent if changed == agent else await tx.people.save_account(changed)


async def change_password(
    tx: Transaction, actor: Actor, found_right: str, password_hash: str, session: UUID | None
) -> Agent:
    """Set the caller's own password; every other session, token and link of theirs ends.

    `found_right` is the hash that their current password was held against. Raises Forbidden for who has no account
    here, and InvalidInput when the password was changed meanwhile.
    """
    account = await own_account(tx, actor)
    if account.password_hash != found_right:
        raise InvalidInput(Fault("current", Rule.WRONG_PASSWORD))
    await accounts.end_entrances(tx, account, but=session)
    return await tx.people.save_account(replace(account, password_hash=password_hash))


async def own_account(tx: Transaction, actor: Actor) -> Agent:
    """Return the caller's account. Raises Forbidden for who has none here."""
    account = await known(tx, actor)
    if account is None or not account.is_account:
        raise Forbidden
    return account


def _refuse_what_their_issuer_keeps(wanted: ProfileChange) -> None:
    told = {"name": wanted.name, "picture": wanted.picture}
    faults = [Fault(field, Rule.FOREIGN_ACCOUNT) for field, value in told.items() if value is not None]
    if faults:
        raise InvalidInput(*faults)
