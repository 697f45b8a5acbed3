"""Logging in with the address and the password of a staff account."""

from collections.abc import Mapping

from ventanilla.actions import accounts
from ventanilla.core.errors import WrongCredentials
from ventanilla.core.people import Agent
from ventanilla.wirekit import guessing
from ventanilla.wirekit.request import Request
from ventanilla.wirekit.tokens import PASSWORD_MARK


async def log_in(request: Request, email: str, password: str) -> Agent:
    """Return the active account of this address and password. Raises WrongCredentials and RateLimited.

    An address that nobody has costs as much, and counts as much, as a wrong password.
    """
    buckets = guessing.login_buckets(request, accounts.account_email(email))
    return await guessing.guess(request, buckets, lambda: _authenticate(request, email, password))


def token_for(request: Request, account: Agent, claims: Mapping[str, str | None]) -> str:
    """Return a token for an account that has logged in; it ends early when the account or its password does."""
    mark = accounts.password_mark(account.password_hash or "")
    services = request.services
    return services.token_maker.token(account.identity.subject, services.login_seconds, {**claims, PASSWORD_MARK: mark})


async def _authenticate(request: Request, email: str, password: str) -> Agent:
    account = await request.read(accounts.by_email, email)
    request.target = account.uuid if account else None
    fits = await request.services.passwords.fits(account.password_hash if account else None, password)
    if account is None or not fits:
        raise WrongCredentials
    return await _kept_up_to_date(request, account, password)


async def _kept_up_to_date(request: Request, account: Agent, password: str) -> Agent:
    """Return the account, its password hashed anew where that was done with older figures (OWASP)."""
    passwords = request.services.passwords
    if not passwords.is_outdated(account.password_hash or ""):
        return account
    return await request.services.desk.write(accounts.rehash, account, await passwords.hash_aside(password))
