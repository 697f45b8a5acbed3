"""API keys: programs that work on the desk in a name, a role and a scope of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ventanilla.actions.ports import Transaction
from ventanilla.actions.sessions import SEEN_EVERY
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.areas import each_once
from ventanilla.core.credentials import ApiKey
from ventanilla.core.errors import Fault, InvalidInput, NotFound, Rule, Unauthenticated
from ventanilla.core.people import KEY_ISSUER, Actor, ActorKind, Identity, Profile, Role, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDraft:
    """A new key. A key with the role of an area agent needs areas."""

    name: str
    prefix: str
    secret_hash: bytes
    role: Role
    scopes: tuple[Scope, ...]
    areas: tuple[str, ...] = ()
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeyShown:
    """A caller who shows a key. `is_news` tells that it should be written down that the key was used."""

    actor: Actor
    key: ApiKey
    is_news: bool


async def add(tx: Transaction, actor: Actor, draft: KeyDraft) -> ApiKey:
    """Make a key. Raises Unauthenticated, Forbidden and InvalidInput."""
    access.require_desk(actor, Permission.MANAGE_KEYS)
    if draft.role is Role.AREA_AGENT and not draft.areas:
        raise InvalidInput(Fault("areas", Rule.MISSING))
    if draft.expires_at is not None and draft.expires_at <= tx.now:
        raise InvalidInput(Fault("expires_at", Rule.IN_THE_PAST))
    key = ApiKey(
        id=0,
        uuid=tx.new_uuid(),
        name=draft.name,
        prefix=draft.prefix,
        role=draft.role,
        areas=each_once(draft.areas),
        scopes=draft.scopes,
        created_at=tx.now,
        last_used_at=None,
        expires_at=draft.expires_at,
    )
    return await tx.api_keys.add(key, draft.secret_hash)


async def rows(tx: Transaction, actor: Actor, after: int, size: int) -> Sequence[ApiKey]:
    """Return keys, the oldest first, from behind the id `after`. Raises Unauthenticated and Forbidden."""
    access.require_desk(actor, Permission.MANAGE_KEYS)
    return await tx.api_keys.rows(after, size)


async def remove(tx: Transaction, actor: Actor, uuid: UUID | None) -> None:
    """End a key. Raises Unauthenticated, Forbidden and NotFound."""
    access.require_desk(actor, Permission.MANAGE_KEYS)
    if uuid is None or not await tx.api_keys.remove(uuid):
        raise NotFound


async def enter(tx: Transaction, secret_hash: bytes) -> KeyShown:
    """Return who works with this key. Raises Unauthenticated when there is none, or it has ended."""
    key = await tx.api_keys.find(secret_hash)
    if key is None or key.has_ended(tx.now):
        raise Unauthenticated
    return KeyShown(_actor(key), key, key.last_used_at is None or tx.now - key.last_used_at >= SEEN_EVERY)


async def see(tx: Transaction, key: ApiKey) -> None:
    await tx.api_keys.see(key, tx.now)


def _actor(key: ApiKey) -> Actor:
    return Actor(
        kind=ActorKind.AGENT,
        identity=Identity(KEY_ISSUER, str(key.uuid)),
        profile=Profile(name=key.name),
        role=key.role,
        areas=key.areas,
        scope=max(key.scopes, key=list(Scope).index),
    )
