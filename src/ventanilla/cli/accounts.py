"""Making, listing and disabling staff accounts."""

import secrets
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

import typer

from ventanilla import settings
from ventanilla.actions import accounts, links
from ventanilla.actions.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD, AccountDraft
from ventanilla.actions.links import Issued
from ventanilla.actions.ports import Transaction
from ventanilla.cli.acting import act_on_desk, on_desk
from ventanilla.cli.refusal import Refused
from ventanilla.core.credentials import LinkKind
from ventanilla.core.errors import DeskError
from ventanilla.core.people import Actor, Agent, AgentState, Role
from ventanilla.wirekit import link_pages, opaque
from ventanilla.wirekit.acts import Act
from ventanilla.wirekit.emails import is_email
from ventanilla.wirekit.passwords import Passwords, refuse_common
from ventanilla.wording import english

Done = TypeVar("Done", Agent, Issued)

ROLE_WORDS = {
    Role.ADMIN: "ADMIN",
    Role.SUPERVISOR: "SUPERVISOR",
    Role.AGENT: "MESA",
    Role.AREA_AGENT: "AREA",
    Role.LIGHT_AGENT: "LIGHT",
}
ROLES = {word: role for role, word in ROLE_WORDS.items()}
STATE_WORDS = {AgentState.ACTIVE: "active", AgentState.INVITED: "invited", AgentState.INACTIVE: "disabled"}
USUAL_ADDRESS = "http://127.0.0.1:8000"


def add(email: str, name: str, role: str, areas: Sequence[str], phone: str, password: str) -> None:
    """Make an account. Raises Refused."""
    _require_email(email)
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Refused(f"the password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
    _require_uncommon(password, (email, name))
    draft = AccountDraft(
        email=email,
        name=name or email,
        role=ROLES[role],
        areas=tuple(areas),
        phone=phone,
        password_hash=Passwords().hash(password),
    )
    account = _act(Act.ACCOUNT_ADDED, accounts.add, draft)
    where = f" of {_listed(account)}" if account.areas else ""
    print(f"{account.email} may log in as {role}{where}. The id is {account.uuid}")


def invite(email: str, name: str, role: str, areas: Sequence[str]) -> None:
    """Make an account, if there is none, and print its invitation. Raises Refused."""
    _require_email(email)
    draft = AccountDraft(email=email, name=name or email, role=ROLES[role], areas=tuple(areas))
    _print_link(LinkKind.INVITATION, Act.INVITATION_MADE, _invite, draft)


def reset(email: str) -> None:
    """Print a link by which the owner of this account chooses a new password. Raises Refused."""
    _print_link(LinkKind.RESET, Act.RESET_MADE, _reset, email)


def show_all() -> None:
    """Print every account on a line of its own: address, name, role, areas, state, id."""
    for account in on_desk(accounts.everybody):
        role, state = ROLE_WORDS[account.role], STATE_WORDS[account.state]
        print("\t".join((account.email, account.name, role, _listed(account) or "-", state, str(account.uuid))))


def disable(email: str) -> None:
    """Deactivate the account of this address. Raises Refused."""
    account = _act(Act.ACCOUNT_DEACTIVATED, _disable, email)
    print(f"{account.email} may not log in any more, and its sessions and tokens have ended.")


def password(*, from_stdin: bool, generate: bool) -> str:
    """Return a password: made up, the first line of standard input, or asked for. Raises Refused."""
    if generate:
        return secrets.token_urlsafe(12)
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Refused("there is no terminal to ask for a password; use --password-stdin or --generate")
    asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return asked


def _print_link(kind: LinkKind, act: Act, action: Callable[..., Awaitable[Issued]], *args: Any) -> None:
    token = opaque.make()
    issued = _act(act, action, *args, opaque.digest(token))
    address = settings.load().base_url or USUAL_ADDRESS
    print(f"For {issued.account.email}, good once and until {issued.expires_at:%Y-%m-%d %H:%M} UTC:")
    print(f"{address}{link_pages.path_of(kind, token)}")


def _listed(account: Agent) -> str:
    return ", ".join(account.areas)


def _require_email(email: str) -> None:
    if not is_email(email):
        raise Refused(f"{email} is no e-mail address")


def _require_uncommon(password: str, about: tuple[str, ...]) -> None:
    try:
        refuse_common(password, "the password", about)
    except DeskError as error:
        raise Refused(english.error_sentence(error)) from None


async def _invite(tx: Transaction, actor: Actor, draft: AccountDraft, secret_hash: bytes) -> Issued:
    known = await tx.people.account(accounts.account_email(draft.email))
    if known and known.state is AgentState.INVITED:
        return await links.invite_again(tx, actor, known.uuid, secret_hash)
    return await links.invite(tx, actor, draft, secret_hash)


async def _reset(tx: Transaction, actor: Actor, email: str, secret_hash: bytes) -> Issued:
    account = await accounts.by_email(tx, email)
    return await links.reset(tx, actor, account.uuid if account else None, secret_hash)


async def _disable(tx: Transaction, actor: Actor, email: str) -> Agent:
    account = await accounts.by_email(tx, email)
    return await accounts.deactivate(tx, actor, account.uuid if account else None)


def _act(act: Act, action: Callable[..., Awaitable[Done]], *args: Any) -> Done:
    return act_on_desk(act, _id, action, *args)


def _id(done: Agent | Issued) -> UUID:
    return done.account.uuid if isinstance(done, Issued) else done.uuid
