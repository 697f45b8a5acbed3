"""What actions need from the store to know who may come in. Secrets come and go as their SHA-256 alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from ventanilla.core.credentials import ApiKey, Link, LinkKind, Session, SessionPolicy
from ventanilla.core.people import Agent


class Sessions(Protocol):
    async def add(self, session: Session, secret_hash: bytes) -> None: ...

    async def find(self, secret_hash: bytes) -> tuple[Session, Agent] | None:
        """Return the session and whose it is, whether or not it has ended."""

    async def of(self, agent_id: int) -> Sequence[Session]:
        """Return somebody's sessions, the oldest first, whether or not they have ended."""

    async def see(self, session: Session) -> None:
        """Remember that the session, and so its agent, was seen now."""

    async def end(self, session: Session) -> None: ...

    async def end_all(self, agent_id: int, but: UUID | None = None) -> None: ...

    async def forget_old(self, policy: SessionPolicy) -> None: ...


class Links(Protocol):
    async def add(self, link: Link, secret_hash: bytes) -> None: ...

    async def find(self, secret_hash: bytes) -> Link | None: ...

    async def take(self, secret_hash: bytes) -> Link | None:
        """As `find`, and the link is gone: of two who take it at once, one gets it."""

    async def end_all(self, kind: LinkKind, agent: Agent | None) -> None:
        """End every link of this kind for this agent (None: for nobody in particular)."""

    async def forget_old(self) -> None: ...


class ApiKeys(Protocol):
    async def add(self, key: ApiKey, secret_hash: bytes) -> ApiKey: ...

    async def find(self, secret_hash: bytes) -> ApiKey | None: ...

    async def rows(self, after: int, size: int) -> Sequence[ApiKey]:
        """Return keys by id, from behind the id `after`, at most `size`."""

    async def see(self, key: ApiKey, at: datetime) -> None: ...

    async def remove(self, uuid: UUID) -> bool:
        """Tell whether there was such a key."""
