"""Making, listing and ending API keys."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from ventanilla.actions import api_keys
from ventanilla.actions.api_keys import KeyDraft
from ventanilla.actions.ports import Transaction
from ventanilla.cli.accounts import ROLE_WORDS, ROLES
from ventanilla.cli.acting import act_on_desk, on_desk
from ventanilla.cli.refusal import Refused
from ventanilla.core.credentials import ApiKey
from ventanilla.core.people import Actor, Scope
from ventanilla.wirekit import opaque
from ventanilla.wirekit.acts import Act

LONGEST_NAME = 150
_AT_ONCE = 500


def create(name: str, role: str, areas: Sequence[str], scope: str, days: int | None) -> None:
    """Make a key and print it: what is kept of it cannot be turned back into it. Raises Refused."""
    if not 1 <= len(name.strip()) <= LONGEST_NAME:
        raise Refused(f"the name must have 1 to {LONGEST_NAME} characters")
    secret = opaque.make(opaque.API_KEY)
    draft = KeyDraft(
        name=name.strip(),
        prefix=secret[: opaque.SHOWN],
        secret_hash=opaque.digest(secret),
        role=ROLES[role],
        scopes=(Scope(scope),),
        areas=tuple(areas),
    )
    key = act_on_desk(Act.KEY_ADDED, _id, _add, draft, timedelta(days=days) if days else None)
    until = f" until {key.expires_at:%Y-%m-%d %H:%M} UTC" if key.expires_at else ""
    print(f"{key.name} may {scope} as {_described(key)}{until}. The id is {key.uuid}")
    print(f"The key, shown this once: {secret}")


def show_all() -> None:
    """Print every key on a line of its own: how it begins, name, role, scopes, end, last use, id."""
    for key in on_desk(_everything):
        scopes = ", ".join(key.scopes)
        times = (_day(key.expires_at), _day(key.last_used_at))
        print("\t".join((key.prefix, key.name, _described(key), scopes, *times, str(key.uuid))))


def revoke(named: str) -> None:
    """End the key of this id, or the one that begins so. Raises Refused."""
    key = act_on_desk(Act.KEY_ENDED, _id, _revoke, named)
    print(f"{key.name} ({key.prefix}…) has ended.")


async def _add(tx: Transaction, actor: Actor, draft: KeyDraft, good_for: timedelta | None) -> ApiKey:
    return await api_keys.add(tx, actor, replace(draft, expires_at=tx.now + good_for if good_for else None))


async def _everything(tx: Transaction, actor: Actor) -> Sequence[ApiKey]:
    found: list[ApiKey] = []
    while page := await api_keys.rows(tx, actor, found[-1].id if found else 0, _AT_ONCE):
        found += page
    return found


async def _revoke(tx: Transaction, actor: Actor, named: str) -> ApiKey:
    meant = [key for key in await _everything(tx, actor) if named in (str(key.uuid), key.prefix)]
    if len(meant) != 1:
        raise Refused(f"{named}: no key has this id or begins so; `ventanilla keys list` shows them")
    await api_keys.remove(tx, actor, meant[0].uuid)
    return meant[0]


def _id(key: ApiKey) -> UUID:
    return key.uuid


def _described(key: ApiKey) -> str:
    return f"{ROLE_WORDS[key.role]} of {', '.join(key.areas)}" if key.areas else ROLE_WORDS[key.role]


def _day(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d}" if at else "-"
