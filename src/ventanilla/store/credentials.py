"""Sessions, one-time links and API keys in and out of the database."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from ventanilla.core.credentials import ApiKey, Link, LinkKind, Session, SessionPolicy
from ventanilla.core.people import Agent, Role, Scope
from ventanilla.store import agent_rows
from ventanilla.store.agent_rows import agent_from
from ventanilla.store.columns import maybe_micros, maybe_moment, micros, moment
from ventanilla.store.connection import Connection, Row

_SESSION = "s.uuid, s.agent_id, s.created_at, s.seen_at, s.address, s.browser"
_ADD_SESSION = (
    "INSERT INTO sessions (secret_hash, uuid, agent_id, created_at, seen_at, address, browser)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)"
)
_FIND_SESSION = (
    f"SELECT {_SESSION}, {agent_rows.columns('a')} FROM sessions s JOIN agents a ON a.id = s.agent_id"
    " WHERE s.secret_hash = $1"
)
_SESSIONS_OF = f"SELECT {_SESSION} FROM sessions s WHERE s.agent_id = $1 ORDER BY s.id"
_SEE_SESSION = "UPDATE sessions SET seen_at = $1 WHERE uuid = $2"
_SEE_AGENT = "UPDATE agents SET last_seen_at = $1 WHERE id = $2"
_END_SESSION = "DELETE FROM sessions WHERE uuid = $1"
_END_SESSIONS = "DELETE FROM sessions WHERE agent_id = $1"
_END_OTHER_SESSIONS = f"{_END_SESSIONS} AND uuid <> $2"
_DROP_SESSIONS = "DELETE FROM sessions WHERE seen_at < $1 OR created_at < $2"

_LINK = f"l.kind, l.expires_at, {agent_rows.columns('a')}"
_ADD_LINK = "INSERT INTO one_time_links (secret_hash, kind, agent_id, expires_at) VALUES ($1, $2, $3, $4)"
_FIND_LINK = f"SELECT {_LINK} FROM one_time_links l LEFT JOIN agents a ON a.id = l.agent_id WHERE l.secret_hash = $1"
_TAKE_LINK = "DELETE FROM one_time_links WHERE secret_hash = $1 RETURNING id"
_END_LINKS = "DELETE FROM one_time_links WHERE kind = $1"
_DROP_LINKS = "DELETE FROM one_time_links WHERE expires_at < $1"

_KEYS = "SELECT id, uuid, name, prefix, role, areas, scopes, created_at, last_used_at, expires_at FROM api_keys"
_ADD_KEY = (
    "INSERT INTO api_keys (secret_hash, uuid, name, prefix, role, areas, scopes, created_at, expires_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id"
)
_FIND_KEY = f"{_KEYS} WHERE secret_hash = $1"
_KEYS_AFTER = f"{_KEYS} WHERE id > $1 ORDER BY id LIMIT $2"
_SEE_KEY = "UPDATE api_keys SET last_used_at = $1 WHERE id = $2"
_REMOVE_KEY = "DELETE FROM api_keys WHERE uuid = $1 RETURNING id"


class SessionRepository:
    """`actions.credential_ports.Sessions` in SQL. `now` tells the moment of the running transaction."""

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self._db = connection
        self._now = now

    async def add(self, session: Session, secret_hash: bytes) -> None:
        times = micros(session.created_at), micros(session.seen_at)
        values = (session.uuid.bytes, session.agent_id, *times, session.address, session.browser)
        await self._db.run(_ADD_SESSION, secret_hash, *values)
        await self._db.run(_SEE_AGENT, micros(session.seen_at), session.agent_id)

    async def find(self, secret_hash: bytes) -> tuple[Session, Agent] | None:
        row = await self._db.row(_FIND_SESSION, secret_hash)
        return (_session_from(row[:6]), agent_from(row[6:])) if row else None

    async def of(self, agent_id: int) -> Sequence[Session]:
        return [_session_from(row) for row in await self._db.rows(_SESSIONS_OF, agent_id)]

    async def see(self, session: Session) -> None:
        now = micros(self._now())
        await self._db.run(_SEE_SESSION, now, session.uuid.bytes)
        await self._db.run(_SEE_AGENT, now, session.agent_id)

    async def end(self, session: Session) -> None:
        await self._db.run(_END_SESSION, session.uuid.bytes)

    async def end_all(self, agent_id: int, but: UUID | None = None) -> None:
        if but is None:
            await self._db.run(_END_SESSIONS, agent_id)
        else:
            await self._db.run(_END_OTHER_SESSIONS, agent_id, but.bytes)

    async def forget_old(self, policy: SessionPolicy) -> None:
        now = self._now()
        await self._db.run(_DROP_SESSIONS, micros(now - policy.idle), micros(now - policy.life))


class LinkRepository:
    """`actions.credential_ports.Links` in SQL."""

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self._db = connection
        self._now = now

    async def add(self, link: Link, secret_hash: bytes) -> None:
        agent_id = link.agent.id if link.agent else None
        await self._db.run(_ADD_LINK, secret_hash, link.kind.value, agent_id, micros(link.expires_at))

    async def find(self, secret_hash: bytes) -> Link | None:
        row = await self._db.row(_FIND_LINK, secret_hash)
        return _link_from(row) if row else None

    async def take(self, secret_hash: bytes) -> Link | None:
        found = await self.find(secret_hash)
        return found if found and await self._db.row(_TAKE_LINK, secret_hash) else None

    async def end_all(self, kind: LinkKind, agent: Agent | None) -> None:
        if agent is None:
            await self._db.run(f"{_END_LINKS} AND agent_id IS NULL", kind.value)
        else:
            await self._db.run(f"{_END_LINKS} AND agent_id = $2", kind.value, agent.id)

    async def forget_old(self) -> None:
        await self._db.run(_DROP_LINKS, micros(self._now()))


class ApiKeyRepository:
    """`actions.credential_ports.ApiKeys` in SQL."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def add(self, key: ApiKey, secret_hash: bytes) -> ApiKey:
        told = (
            key.uuid.bytes,
            key.name,
            key.prefix,
            key.role.value,
            agent_rows.areas_text(key.areas),
            " ".join(key.scopes),
        )
        row = await self._db.row(_ADD_KEY, secret_hash, *told, micros(key.created_at), maybe_micros(key.expires_at))
        assert row is not None
        return replace(key, id=row[0])

    async def find(self, secret_hash: bytes) -> ApiKey | None:
        row = await self._db.row(_FIND_KEY, secret_hash)
        return _key_from(row) if row else None

    async def rows(self, after: int, size: int) -> Sequence[ApiKey]:
        return [_key_from(row) for row in await self._db.rows(_KEYS_AFTER, after, size)]

    async def see(self, key: ApiKey, at: datetime) -> None:
        await self._db.run(_SEE_KEY, micros(at), key.id)

    async def remove(self, uuid: UUID) -> bool:
        return await self._db.row(_REMOVE_KEY, uuid.bytes) is not None


def _session_from(row: Row) -> Session:
    return Session(UUID(bytes=row[0]), row[1], moment(row[2]), moment(row[3]), row[4], row[5])


def _link_from(row: Row) -> Link:
    return Link(LinkKind(row[0]), agent_from(row[2:]) if row[2] is not None else None, moment(row[1]))


def _key_from(row: Row) -> ApiKey:
    return ApiKey(
        id=row[0],
        uuid=UUID(bytes=row[1]),
        name=row[2],
        prefix=row[3],
        role=Role(row[4]),
        areas=agent_rows.areas_from(row[5]),
        scopes=tuple(Scope(scope) for scope in row[6].split()),
        created_at=moment(row[7]),
        last_used_at=maybe_moment(row[8]),
        expires_at=maybe_moment(row[9]),
    )
