"""Staff accounts: the members of staff whom the desk itself knows by address and password."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

from ventanilla.actions.ports import Transaction
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.areas import each_once, same_area
from ventanilla.core.credentials import LinkKind
from ventanilla.core.errors import AccountNotFound, Fault, InvalidInput, LastAdmin, Rule, Stale, Unauthenticated
from ventanilla.core.people import (
    NO_PASSWORD,
    OWN_ISSUER,
    Actor,
    ActorKind,
    Agent,
    Identity,
    Language,
    Profile,
    Role,
)

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 200
"""Characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDraft:
    """A new account. An area agent needs areas."""

    email: str
    name: str
    role: Role
    password_hash: str = NO_PASSWORD
    areas: tuple[str, ...] = ()
    phone: str = ""
    language: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChange:
    """What is to be changed; None leaves a thing as it is, empty `areas` or an empty `phone` take it away.

    `area` is for callers who know of one alone: told what is the first of them already, it leaves the others too.
    """

    email: str | None = None
    name: str | None = None
    role: Role | None = None
    areas: tuple[str, ...] | None = None
    area: str | None = None
    phone: str | None = None
    is_active: bool | None = None
    password_hash: str | None = None


async def current(tx: Transaction, actor: Actor) -> Actor:
    """Return the caller as their account stands now; who has no account stays who their token says.

    Raises Unauthenticated when they were deactivated, or their password changed, since the token was made.
    """
    known = await tx.people.agent(actor.identity) if actor.identity else None
    if known is None:
        return actor
    if not known.is_active:
        raise Unauthenticated
    if known.password_hash is None:
        return actor
    if actor.password_mark not in (None, password_mark(known.password_hash)):
        raise Unauthenticated
    profile = actor.profile._replace(name=known.name, email=known.email)
    return replace(actor, kind=ActorKind.AGENT, role=known.role, areas=known.areas, profile=profile)


def actor_of(account: Agent) -> Actor:
    """Return who calls when this member of staff does."""
    profile = Profile(name=account.name, email=account.email, picture=account.picture)
    return Actor(
        kind=ActorKind.AGENT, identity=account.identity, profile=profile, role=account.role, areas=account.areas
    )


async def by_email(tx: Transaction, email: str) -> Agent | None:
    """Return the active account of this address, for whoever is about to check its password."""
    account = await tx.people.account(account_email(email))
    return account if account and account.is_active else None


async def rehash(tx: Transaction, account: Agent, password_hash: str) -> Agent:
    """Keep another hash of the password that the account has. Sessions go on; tokens, bound to the old one, do not."""
    now = await tx.people.agent(account.identity)
    if now is None or now.password_hash != account.password_hash:
        return account
    return await tx.people.save_account(replace(now, password_hash=password_hash))


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
        areas=each_once(draft.areas),
        phone=draft.phone,
        picture="",
        is_active=True,
        password_hash=draft.password_hash,
        language=draft.language,
    )
    await _check(tx, account)
    return await tx.people.add_account(account)


async def change(
    tx: Transaction, actor: Actor, uuid: UUID | None, wanted: AccountChange, expected: frozenset[int] | None = None
) -> Agent:
    """Change an account; being deactivated and a new password end its sessions and links.

    Raises AccountNotFound, Forbidden, InvalidInput, LastAdmin when no admin would be left, and Stale when the current
    version is none of the `expected`.
    """
    access.require_desk(actor, Permission.MANAGE_ACCOUNTS)
    account = await _load(tx, uuid)
    if expected is not None and account.version not in expected:
        raise Stale
    changed = replace(
        account,
        email=account.email if wanted.email is None else account_email(wanted.email),
        name=wanted.name or account.name,
        role=wanted.role or account.role,
        areas=_areas(account, wanted),
        phone=account.phone if wanted.phone is None else wanted.phone,
        is_active=account.is_active if wanted.is_active is None else wanted.is_active,
        password_hash=wanted.password_hash or account.password_hash,
    )
    if changed == account:
        return account
    await _check(tx, changed)
    if not changed.is_active or changed.password_hash != account.password_hash:
        await end_entrances(tx, account)
    if manages(account) and not manages(changed):
        return await _save_unless_last(tx, changed)
    return await tx.people.save_account(changed)


async def end_entrances(tx: Transaction, account: Agent, but: UUID | None = None) -> None:
    """End the sessions of an account, but for one, and every link that was made for it."""
    await tx.sessions.end_all(account.id, but)
    for kind in (LinkKind.INVITATION, LinkKind.RESET):
        await tx.links.end_all(kind, account)


async def deactivate(tx: Transaction, actor: Actor, uuid: UUID | None) -> Agent:
    """Shut an account; its tokens end at once. Raises AccountNotFound, Forbidden and LastAdmin."""
    return await change(tx, actor, uuid, AccountChange(is_active=False))


def account_email(address: str) -> str:
    """Return the form in which accounts keep their address: of any two spellings in upper or lower case, one."""
    return address.strip().lower()


def password_mark(password_hash: str) -> str:
    """Return what the tokens of a login carry of its password, so that they end when it is changed."""
    return sha256(password_hash.encode()).hexdigest()[:16]


def manages(account: Agent) -> bool:
    """Tell whether this account can manage the others: an active admin who can sign in."""
    return account.is_active and account.has_password and account.role is Role.ADMIN


async def _load(tx: Transaction, uuid: UUID | None) -> Agent:
    account = await tx.people.agent(_identity(uuid)) if uuid else None
    if account is None or account.password_hash is None:
        raise AccountNotFound
    return account


def _areas(account: Agent, wanted: AccountChange) -> tuple[str, ...]:
    if wanted.areas is not None:
        return each_once(wanted.areas)
    if wanted.area is None or same_area(wanted.area, next(iter(account.areas), None)):
        return account.areas
    return each_once([wanted.area])


async def _check(tx: Transaction, account: Agent) -> None:
    if account.role is Role.AREA_AGENT and not account.areas:
        raise InvalidInput(Fault("areas", Rule.MISSING))
    namesake = await tx.people.account(account.email)
    if namesake and namesake.uuid != account.uuid:
        raise InvalidInput(Fault("email", Rule.TAKEN))


async def _save_unless_last(tx: Transaction, changed: Agent) -> Agent:
    """Save an account that manages no more. Raises LastAdmin when nobody else does.

    Looked at after saving: of two admins who shut each other out, neither is the last before.
    """
    await tx.people.hold_admins()
    saved = await tx.people.save_account(changed)
    if not any(manages(other) for other in await tx.people.accounts()):
        raise LastAdmin
    return saved


def _identity(uuid: UUID) -> Identity:
    return Identity(OWN_ISSUER, str(uuid))
