"""What lets members of staff in besides a token of theirs: sessions, one-time links and API keys.

Each is a secret that its bearer shows; the desk keeps its SHA-256 alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from ventanilla.core.people import Agent, Role, Scope


class SessionPolicy(NamedTuple):
    """A session ends when nobody used it for `idle`, and in any case after `life` (ASVS 5.0, 7.3.1 and 7.3.2)."""

    idle: timedelta = timedelta(hours=12)
    life: timedelta = timedelta(days=14)


DEFAULT_SESSIONS = SessionPolicy()


class Session(NamedTuple):
    """One browser in which somebody has signed in. `address` and `browser` are what the sign-in came with."""

    uuid: UUID
    agent_id: int
    created_at: datetime
    seen_at: datetime
    address: str
    browser: str

    def has_ended(self, policy: SessionPolicy, now: datetime) -> bool:
        return now >= min(self.seen_at + policy.idle, self.created_at + policy.life)


class LinkKind(StrEnum):
    SETUP = "setup"
    INVITATION = "invitation"
    RESET = "reset"


LINK_LIFE = {
    LinkKind.SETUP: timedelta(hours=24),
    LinkKind.INVITATION: timedelta(days=7),
    LinkKind.RESET: timedelta(minutes=60),
}


class Link(NamedTuple):
    """A link that is good once. `agent` is None where it is to make the first account."""

    kind: LinkKind
    agent: Agent | None
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A program that works on the desk. `prefix` is how its key begins, to tell keys apart by."""

    id: int
    uuid: UUID
    name: str
    prefix: str
    role: Role
    areas: tuple[str, ...]
    scopes: tuple[Scope, ...]
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None

    def has_ended(self, now: datetime) -> bool:
        return self.expires_at is not None and now >= self.expires_at
