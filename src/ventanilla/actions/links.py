"""One-time links: the first admin, invitations and new passwords. What is made here is shown to somebody once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ventanilla.actions import accounts, sessions
from ventanilla.actions.accounts import AccountDraft
from ventanilla.actions.ports import Transaction
from ventanilla.actions.sessions import NewSession
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.credentials import LINK_LIFE, Link, LinkKind
from ventanilla.core.errors import AccountNotFound, NotFound, WrongAccountState
from ventanilla.core.people import SYSTEM, Actor, Agent, AgentState


@dataclass(frozen=True, slots=True)
class Issued:
    """A link that was made for somebody."""

    account: Agent
    expires_at: datetime


async def offer_setup(tx: Transaction, secret_hash: bytes) -> bool:
    """Make the link of the first admin, in place of the one before; False when there is an admin already."""
    await tx.links.end_all(LinkKind.SETUP, None)
    if await _has_admin(tx):
        return False
    await _make(tx, LinkKind.SETUP, None, secret_hash)
    return True


async def invite(tx: Transaction, actor: Actor, draft: AccountDraft, secret_hash: bytes) -> Issued:
    """Make an account without a password and a link to choose one. Raises as `accounts.add`."""
    account = await accounts.add(tx, actor, draft)
    return Issued(account, await _make(tx, LinkKind.INVITATION, account, secret_hash))


async def invite_again(tx: Transaction, actor: Actor, uuid: UUID | None, secret_hash: bytes) -> Issued:
    """Make a new invitation in place of the one before. Raises Forbidden, AccountNotFound, WrongAccountState."""
    account = await _account(tx, actor, uuid, AgentState.INVITED)
    return Issued(account, await _make(tx, LinkKind.INVITATION, account, secret_hash))


async def reset(tx: Transaction, actor: Actor, uuid: UUID | None, secret_hash: bytes) -> Issued:
    """Make a link to choose a new password; the old one goes on until then. Raises as `invite_again`."""
    account = await _account(tx, actor, uuid, AgentState.ACTIVE)
    return Issued(account, await _make(tx, LinkKind.RESET, account, secret_hash))


async def check(tx: Transaction, secret_hash: bytes) -> Link:
    """Return a link that is still good. Raises NotFound."""
    return _good(tx, await tx.links.find(secret_hash))


async def set_up(tx: Transaction, secret_hash: bytes, draft: AccountDraft, new: NewSession) -> Agent:
    """Make the first admin and sign them in. Raises NotFound, and InvalidInput for an address that is taken."""
    link = _good(tx, await tx.links.take(secret_hash))
    if link.kind is not LinkKind.SETUP or await _has_admin(tx):
        raise NotFound
    account = await accounts.add(tx, SYSTEM, draft)
    await sessions.open_for(tx, account, new)
    return account


async def accept(
    tx: Transaction, kind: LinkKind, secret_hash: bytes, name: str | None, password_hash: str, new: NewSession
) -> Agent:
    """Give the account of an invitation or a reset its password and sign its owner in. Raises NotFound."""
    link = _good(tx, await tx.links.take(secret_hash))
    if link.kind is not kind or link.agent is None:
        raise NotFound
    wanted = accounts.AccountChange(name=name, password_hash=password_hash)
    account = await accounts.change(tx, SYSTEM, link.agent.uuid, wanted)
    await sessions.open_for(tx, account, new)
    return account


def _good(tx: Transaction, link: Link | None) -> Link:
    if link is None or tx.now >= link.expires_at or (link.agent and not link.agent.is_active):
        raise NotFound
    return link


async def _account(tx: Transaction, actor: Actor, uuid: UUID | None, state: AgentState) -> Agent:
    access.require_desk(actor, Permission.MANAGE_ACCOUNTS)
    account = await tx.people.agent_by_uuid(uuid) if uuid else None
    if account is None:
        raise AccountNotFound
    if account.state is not state or not account.is_account:
        raise WrongAccountState
    return account


async def _make(tx: Transaction, kind: LinkKind, account: Agent | None, secret_hash: bytes) -> datetime:
    link = Link(kind, account, tx.now + LINK_LIFE[kind])
    await tx.links.end_all(kind, account)
    await tx.links.add(link, secret_hash)
    return link.expires_at


async def _has_admin(tx: Transaction) -> bool:
    return any(accounts.manages(account) for account in await tx.people.accounts())
