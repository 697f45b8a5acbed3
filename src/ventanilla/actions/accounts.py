"""Staff accounts: the members of staff whom the desk itself knows by address and password."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

from ventanilla.actions.ports import Transaction
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.errors import AccountNotFound, Fault, InvalidInput, LastAdmin, Rule, Unauthenticated
from ventanilla.core.people import OWN_ISSUER, Actor, ActorKind, Agent, Identity, Role

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 200
"""Characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDraft:
    """A new account. An area agent needs an area."""

    email: str
    name: str
    role: Role
    password_hash: str
    area: str | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChange:
    """What is to be changed; None leaves a thing as it is, an empty `area` or `phone` takes it away."""

    email: str | None = None
    name: str | None = None
    role: Role | None = None
    area: str | None = None
    phone: str | None = None
    is_active: bool | None = None
    password_hash: str | None = None


async def current(tx: Transaction, actor: Actor) -> Actor:
    """Return the caller as their account stands now; who has no account stays who their token says.

    Raises Unauthenticated when the account was deactivated, or its password changed, since the token was made.
    """
    account = await tx.people.agent(actor.identity) if actor.identity else None
    if account is None or account.password_hash is None:
        return actor
    if not account.is_active or actor.password_mark not in (None, password_mark(account.password_hash)):
        raise Unauthenticated
    profile = actor.profile._replace(name=account.name, email=account.email)
    return replace(actor, kind=ActorKind.AGENT, role=account.role, area=account.area, profile=profile)


async def by_email(tx: Transaction, email: str) -> Agent | None:
    """Return the active account of this address, for whoever is about to check its password."""
    account = await tx.people.account(account_email(email))
    return account if account and account.is_active else None


async def everybody(tx: Transaction, actor: Actor) -> Sequence[Agent]:
    """Return all accounts, oldest first. Raises Unauthenticated and Forbidden."""
    access.require_desk(actor, Permission.MANAGE_ACCOUNTS)
    return await tx.people.accounts()


async def add(tx: Transaction, actor: Actor, draft: AccountDraft) -> Agent:
    """Make an account. Raises Unauthenticated, Forbidden, and InvalidInput for an address that is taken."""
    access.require_desk(actor, Permission.MANAGE_ACCOUNTS)
    uuid = tx.new_uuid()
    account = Agent(
        id=0,
        uuid=uuid,
        identity=_identity(uuid),
        email=account_email(draft.email),
        name=draft.name,
        role=draft.role,
        area=draft.area or None,
        phone=draft.phone,
        picture="",
        is_active=True,
        password_hash=draft.password_hash,
    )
    await _check(tx, account)
    return await tx.people.add_account(account)


async def change(tx: Transaction, actor: Actor, uuid: UUID | None, wanted: AccountChange) -> Agent:
    """Change an account. Raises AccountNotFound, Forbidden, InvalidInput, and LastAdmin when no admin would be left."""
    access.require_desk(actor, Permission.MANAGE_ACCOUNTS)
    account = await _load(tx, uuid)
    changed = replace(
        account,
        email=account.email if wanted.email is None else account_email(wanted.email),
        name=wanted.name or account.name,
        role=wanted.role or account.role,
        area=account.area if wanted.area is None else wanted.area or None,
        phone=account.phone if wanted.phone is None else wanted.phone,
        is_active=account.is_active if wanted.is_active is None else wanted.is_active,
        password_hash=wanted.password_hash or account.password_hash,
    )
    await _check(tx, changed)
    if _manages(account) and not _manages(changed):
        await _require_another_admin(tx, account)
    await tx.people.save_account(changed)
    return changed


async def deactivate(tx: Transaction, actor: Actor, uuid: UUID | None) -> Agent:
    """Shut an account; its tokens end at once. Raises AccountNotFound, Forbidden and LastAdmin."""
    return await change(tx, actor, uuid, AccountChange(is_active=False))


def account_email(address: str) -> str:
    """Return the form in which accounts keep their address: of any two spellings in upper or lower case, one."""
    return address.strip().lower()


def password_mark(password_hash: str) -> str:
    """Return what the tokens of a login carry of its password, so that they end when it is changed."""
    return sha256(password_hash.encode()).hexdigest()[:16]


async def _load(tx: Transaction, uuid: UUID | None) -> Agent:
    account = await tx.people.agent(_identity(uuid)) if uuid else None
    if account is None or account.password_hash is None:
        raise AccountNotFound
    return account


async def _check(tx: Transaction, account: Agent) -> None:
    if account.role is Role.AREA_AGENT and account.area is None:
        raise InvalidInput(Fault("area", Rule.MISSING))
    namesake = await tx.people.account(account.email)
    if namesake and namesake.uuid != account.uuid:
        raise InvalidInput(Fault("email", Rule.TAKEN))


async def _require_another_admin(tx: Transaction, account: Agent) -> None:
    if not any(_manages(other) for other in await tx.people.accounts() if other.uuid != account.uuid):
        raise LastAdmin


def _manages(account: Agent) -> bool:
    return account.is_active and account.role is Role.ADMIN


def _identity(uuid: UUID) -> Identity:
    return Identity(OWN_ISSUER, str(uuid))
