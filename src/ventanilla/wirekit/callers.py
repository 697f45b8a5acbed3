"""Who calls: by a bearer token, or, in the desk's own contract alone, by an API key or the cookie of a session."""

import contextlib
from collections.abc import Awaitable, Callable
from typing import Concatenate, ParamSpec

from ventanilla.actions import accounts, api_keys, sessions
from ventanilla.actions.ports import Transaction
from ventanilla.core.errors import StoreUnavailable, Unauthenticated
from ventanilla.core.people import OWN_ISSUER, Actor
from ventanilla.wirekit import cookies, opaque
from ventanilla.wirekit.contract import Caller
from ventanilla.wirekit.request import Request

P = ParamSpec("P")


async def identify(request: Request) -> Actor:
    """Return the caller. Raises Unauthenticated, and what `wirekit.cookies` raises.

    A token that is sent counts, whatever cookie comes with it. An answer that goes on for long asks this again, to end
    when its caller is shut out.
    """
    header, caller = request.headers.get(b"authorization"), request.route.caller if request.route else Caller.ANYONE
    if caller is Caller.ANYONE or (caller is Caller.MAYBE and header is None):
        return request.visitor
    if header is None and request.is_own:
        return await _by_session(request, cookies.session_secret(request))
    token = bearer_token(header)
    if request.is_own and token.startswith(opaque.API_KEY):
        return await _by_key(request, token)
    return await _by_token(request, token)


async def signed_in(request: Request) -> Actor:
    """Return the caller of a route that may do without one: by what they sent, or else by their session.

    Raises as `identify`.
    """
    if request.actor.identity is not None or not request.is_own:
        return request.actor
    return await _by_session(request, cookies.session_secret(request))


def bearer_token(header: bytes | None) -> str:
    """Return the token of an Authorization header (RFC 6750 §2.1). Raises Unauthenticated."""
    if header is None:
        raise Unauthenticated
    scheme, _, token = header.decode("latin-1").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated
    return token.strip()


async def _by_token(request: Request, token: str) -> Actor:
    actor = await request.services.tokens.actor(token)
    # The desk has a word in who is on its staff, whoever issued the token.
    if actor.is_staff or (actor.identity and actor.identity.issuer == OWN_ISSUER):
        return await request.read(accounts.current, actor)
    return actor


async def _by_session(request: Request, secret: str) -> Actor:
    entered = await request.read(sessions.enter, opaque.digest(secret))
    if entered.is_news:
        await _write_down(request, sessions.see, entered.session)
    request.session = entered.session
    return entered.actor


async def _by_key(request: Request, key: str) -> Actor:
    shown = await request.read(api_keys.enter, opaque.digest(key))
    if shown.is_news:
        await _write_down(request, api_keys.see, shown.key)
    return shown.actor


async def _write_down(
    request: Request, action: Callable[Concatenate[Transaction, P], Awaitable[None]], *args: P.args, **kwargs: P.kwargs
) -> None:
    """Write down that somebody was here; that the store cannot do so just now keeps nobody from reading."""
    with contextlib.suppress(StoreUnavailable):
        await request.services.desk.write(action, *args, **kwargs)
