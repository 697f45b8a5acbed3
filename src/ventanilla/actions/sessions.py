"""Sessions: somebody who has signed in is known by a secret that their browser shows with each request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from ventanilla.actions import accounts
from ventanilla.actions.ports import Transaction
from ventanilla.core.credentials import Session
from ventanilla.core.errors import NotFound, Unauthenticated, WrongCredentials
from ventanilla.core.people import Actor, Agent

SEEN_EVERY = timedelta(minutes=1)
"""How often it is written down that a session or a key was used."""


@dataclass(frozen=True, slots=True)
class NewSession:
    """Where a sign-in comes from, and the hash of the secret that it is given."""

    secret_hash: bytes
    address: str
    browser: str


@dataclass(frozen=True, slots=True)
class Entered:
    """A caller who has a session. `is_news` tells that it should be written down that they were seen."""

    actor: Actor
    session: Session
    is_news: bool


async def sign_in(tx: Transaction, account: Agent, new: NewSession, replaced: bytes | None = None) -> Agent:
    """Open a session for an account whose password was just found right; the session that the browser had, ends.

    Raises WrongCredentials when the account was changed since.
    """
    now = await tx.people.agent(account.identity)
    if now is None or not now.is_active or now.password_hash != account.password_hash:
        raise WrongCredentials
    former = await tx.sessions.find(replaced) if replaced else None
    if former:
        await tx.sessions.end(former[0])
    await open_for(tx, now, new)
    return now


async def open_for(tx: Transaction, account: Agent, new: NewSession) -> Session:
    session = Session(tx.new_uuid(), account.id, tx.now, tx.now, new.address, new.browser)
    await tx.sessions.add(session, new.secret_hash)
    return session


async def enter(tx: Transaction, secret_hash: bytes) -> Entered:
    """Return whose session this is. Raises Unauthenticated when it has ended, or its account was shut."""
    found = await tx.sessions.find(secret_hash)
    if found is None:
        raise Unauthenticated
    session, account = found
    if session.has_ended(tx.policy.sessions, tx.now) or not account.is_active:
        raise Unauthenticated
    return Entered(accounts.actor_of(account), session, tx.now - session.seen_at >= SEEN_EVERY)


async def see(tx: Transaction, session: Session) -> None:
    await tx.sessions.see(session)


async def sign_out(tx: Transaction, session: Session) -> None:
    await tx.sessions.end(session)


async def own(tx: Transaction, actor: Actor) -> Sequence[Session]:
    """Return the caller's sessions that have not ended, the oldest first."""
    agent = await tx.people.agent(actor.identity) if actor.identity else None
    found = await tx.sessions.of(agent.id) if agent else []
    return [session for session in found if not session.has_ended(tx.policy.sessions, tx.now)]


async def end_own(tx: Transaction, actor: Actor, uuid: UUID | None) -> None:
    """End one of the caller's sessions. Raises NotFound."""
    for session in await own(tx, actor):
        if session.uuid == uuid:
            await tx.sessions.end(session)
            return
    raise NotFound
