"""Making, listing and disabling staff accounts."""

import asyncio
import secrets
import sys
from collections.abc import Awaitable, Callable
from typing import Concatenate, ParamSpec, TypeVar

import typer

from ventanilla import app, settings
from ventanilla.actions import accounts
from ventanilla.actions.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD, AccountDraft
from ventanilla.actions.ports import Transaction
from ventanilla.cli.refusal import Refused
from ventanilla.core.errors import DeskError
from ventanilla.core.people import STAFF_ROLE_WORDS, SYSTEM, Actor, Agent, Role
from ventanilla.wirekit.emails import is_email
from ventanilla.wirekit.passwords import Passwords
from ventanilla.wording import english

P = ParamSpec("P")
T = TypeVar("T")

ROLE_WORDS = {Role.ADMIN: "ADMIN", Role.AGENT: "MESA", Role.AREA_AGENT: "AREA"}


def add(email: str, name: str, role: str, area: str, phone: str, password: str) -> None:
    """Make an account. Raises Refused."""
    if not is_email(email):
        raise Refused(f"{email} is no e-mail address")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Refused(f"the password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
    draft = AccountDraft(
        email=email,
        name=name or email,
        role=STAFF_ROLE_WORDS[role],
        area=area or None,
        phone=phone,
        password_hash=Passwords().hash(password),
    )
    account = _on_desk(accounts.add, draft)
    print(f"{account.email} may log in as {role}{f' of {area}' if area else ''}. The id is {account.uuid}")


def show_all() -> None:
    """Print every account on a line of its own: address, name, role, area, state, id."""
    for account in _on_desk(accounts.everybody):
        role, state = ROLE_WORDS.get(account.role, account.role.value), "active" if account.is_active else "disabled"
        print("\t".join((account.email, account.name, role, account.area or "-", state, str(account.uuid))))


def disable(email: str) -> None:
    """Deactivate the account of this address. Raises Refused."""
    account = _on_desk(_disable, email)
    print(f"{account.email} may not log in any more, and the tokens given out for it have ended.")


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


async def _disable(tx: Transaction, actor: Actor, email: str) -> Agent:
    account = await accounts.by_email(tx, email)
    return await accounts.deactivate(tx, actor, account.uuid if account else None)


def _on_desk(
    action: Callable[Concatenate[Transaction, Actor, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run an action on the desk of the settings, in the name of the desk itself. Raises Refused."""

    async def run() -> T:
        desk = app.open_store(settings.load())
        try:
            return await desk.write(action, SYSTEM, *args, **kwargs)
        finally:
            await desk.close()

    try:
        return asyncio.run(run())
    except DeskError as error:
        raise Refused(english.error_sentence(error)) from None
