"""The staff as a whole: whom a ticket can be given to, and who is on it at all."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from ventanilla.actions import accounts
from ventanilla.actions.accounts import AccountChange
from ventanilla.actions.ports import Transaction
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.areas import area_key, is_one_of
from ventanilla.core.errors import AccountNotFound, Fault, InvalidInput, Rule, Stale
from ventanilla.core.people import KEY_ISSUER, Actor, Agent


async def rows(tx: Transaction, actor: Actor, after: int, size: int, *, inactive: bool) -> Sequence[Agent]:
    """Return members of staff by id, from behind `after`; the inactive ones too, if wanted, for an admin.

    Raises Unauthenticated and Forbidden.
    """
    access.require_desk(actor, Permission.MANAGE_ACCOUNTS if inactive else Permission.USE_STAFF_API)
    return await tx.people.agents(after, size, inactive=inactive)


async def show(tx: Transaction, actor: Actor, uuid: UUID | None) -> Agent:
    """Return one member of staff, for an admin. Raises Unauthenticated, Forbidden and AccountNotFound."""
    access.require_desk(actor, Permission.MANAGE_ACCOUNTS)
    agent = await tx.people.agent_by_uuid(uuid) if uuid else None
    if agent is None or agent.identity.issuer == KEY_ISSUER:
        raise AccountNotFound
    return agent


async def change(
    tx: Transaction, actor: Actor, uuid: UUID | None, wanted: AccountChange, expected: frozenset[int] | None = None
) -> Agent:
    """Change a member of staff; of one known by their token, only whether they are let in.

    Raises as `accounts.change`, and InvalidInput for what is kept where they sign in.
    """
    agent = await show(tx, actor, uuid)
    if agent.is_account:
        return await accounts.change(tx, actor, uuid, wanted, expected)
    if expected is not None and agent.version not in expected:
        raise Stale
    told = {"name": wanted.name, "role": wanted.role, "areas": wanted.areas}
    faults = [Fault(field, Rule.FOREIGN_ACCOUNT) for field, value in told.items() if value is not None]
    if faults:
        raise InvalidInput(*faults)
    if wanted.is_active in (None, agent.is_active):
        return agent
    return await tx.people.save_account(replace(agent, is_active=not agent.is_active))


async def areas(tx: Transaction, actor: Actor) -> Sequence[str]:
    """Return the areas that the caller sees tickets of. Raises Unauthenticated and Forbidden."""
    access.require_desk(actor, Permission.USE_STAFF_API)
    only = access.in_sight(actor).served
    known = {area_key(area): area for area in (tx.policy.front_desk, *await tx.areas.known())}
    return [known[key] for key in sorted(known) if only is None or is_one_of(only, known[key])]
