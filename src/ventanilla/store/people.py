"""Requesters and agents in and out of the database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from ventanilla.core.people import Agent, AgentRef, Identity, Profile, Requester, Role
from ventanilla.store.columns import micros, placeholders
from ventanilla.store.connection import Connection, Row

_PROFILE = "name, email, first_name, last_name, username, picture"
_REQUESTER = f"SELECT id, {_PROFILE} FROM requesters WHERE issuer = $1 AND subject = $2"
_ADD_REQUESTER = (
    f"INSERT INTO requesters (issuer, subject, {_PROFILE}, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    " ON CONFLICT (issuer, subject) DO UPDATE SET name = excluded.name RETURNING id"
)
_UPDATE_REQUESTER = (
    "UPDATE requesters SET name = $1, email = $2, first_name = $3, last_name = $4, username = $5, picture = $6"
    " WHERE id = $7"
)

_AGENT_COLUMNS = "id, uuid, issuer, subject, email, name, role, area, phone, picture, is_active, password_hash"
_AGENTS = f"SELECT {_AGENT_COLUMNS} FROM agents"
_AGENT = f"{_AGENTS} WHERE issuer = $1 AND subject = $2"
_AGENT_BY_UUID = f"{_AGENTS} WHERE uuid = $1"
_ACTIVE_AGENTS = "SELECT id, subject, name, uuid FROM agents WHERE is_active = 1 ORDER BY name, id"
_AGENTS_BY_SUBJECT = f"{_AGENTS} WHERE subject = $1 AND is_active = 1"
_ACCOUNT = f"{_AGENTS} WHERE email = $1 AND password_hash IS NOT NULL"
_ACCOUNTS = f"{_AGENTS} WHERE password_hash IS NOT NULL ORDER BY id"
_ADD_AGENT = (
    "INSERT INTO agents (uuid, issuer, subject, email, name, role, area, phone, picture, is_active, password_hash,"
    " created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    " ON CONFLICT (issuer, subject) DO UPDATE SET name = excluded.name RETURNING id"
)
_UPDATE_AGENT = (
    "UPDATE agents SET email = $1, name = $2, role = $3, area = $4, phone = $5, picture = $6, is_active = $7,"
    " password_hash = $8 WHERE id = $9"
)


class PeopleRepository:
    """`actions.ports.People` in SQL. `now` tells the moment of the running transaction."""

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self._db = connection
        self._now = now

    async def requester(self, identity: Identity, profile: Profile) -> Requester:
        row = await self._db.row(_REQUESTER, identity.issuer, identity.subject)
        if row is None:
            added = await self._db.row(_ADD_REQUESTER, identity.issuer, identity.subject, *profile, micros(self._now()))
            assert added is not None
            return Requester(added[0], identity, profile)
        known = Profile(*row[1:])
        merged = _merge(known, profile)
        if merged != known:
            await self._db.run(_UPDATE_REQUESTER, *merged, row[0])
        return Requester(row[0], identity, merged)

    async def agent_for(self, agent: Agent) -> AgentRef:
        known = await self.agent(agent.identity)
        if known is None:
            return (await self.add_account(agent)).ref
        if known.password_hash is None:
            fresh = _refreshed(known, agent)
            if fresh != known:
                await self.save_account(fresh)
            return fresh.ref
        return known.ref

    async def agent(self, identity: Identity) -> Agent | None:
        row = await self._db.row(_AGENT, identity.issuer, identity.subject)
        return _agent_from(row) if row else None

    async def agent_by_uuid(self, uuid: UUID) -> Agent | None:
        row = await self._db.row(_AGENT_BY_UUID, uuid.bytes)
        return _agent_from(row) if row else None

    async def agents_called(self, subjects: Sequence[str]) -> Mapping[str, AgentRef]:
        if not subjects:
            return {}
        sql = f"SELECT id, subject, name, uuid FROM agents WHERE subject IN ({placeholders(len(subjects))})"
        found: dict[str, list[AgentRef]] = {}
        for row in await self._db.rows(sql, *subjects):
            found.setdefault(row[1], []).append(AgentRef(row[0], row[1], row[2], UUID(bytes=bytes(row[3]))))
        return {subject: refs[0] for subject, refs in found.items() if len(refs) == 1}

    async def active_agents(self) -> Sequence[AgentRef]:
        return [AgentRef(row[0], row[1], row[2], UUID(bytes=row[3])) for row in await self._db.rows(_ACTIVE_AGENTS)]

    async def agents_by_subject(self, subject: str) -> Sequence[Agent]:
        return [_agent_from(row) for row in await self._db.rows(_AGENTS_BY_SUBJECT, subject)]

    async def account(self, email: str) -> Agent | None:
        row = await self._db.row(_ACCOUNT, email)
        return _agent_from(row) if row else None

    async def accounts(self) -> Sequence[Agent]:
        return [_agent_from(row) for row in await self._db.rows(_ACCOUNTS)]

    async def add_account(self, agent: Agent) -> Agent:
        row = await self._db.row(
            _ADD_AGENT,
            agent.uuid.bytes,
            agent.identity.issuer,
            agent.identity.subject,
            agent.email,
            agent.name,
            agent.role.value,
            agent.area,
            agent.phone,
            agent.picture,
            int(agent.is_active),
            agent.password_hash,
            micros(self._now()),
        )
        assert row is not None
        return replace(agent, id=row[0])

    async def save_account(self, agent: Agent) -> None:
        await self._db.run(
            _UPDATE_AGENT,
            agent.email,
            agent.name,
            agent.role.value,
            agent.area,
            agent.phone,
            agent.picture,
            int(agent.is_active),
            agent.password_hash,
            agent.id,
        )


def _merge(known: Profile, told: Profile) -> Profile:
    """Keep what is known where the newer profile says nothing."""
    if told == known:
        return known
    return Profile(*(new or old for new, old in zip(told, known, strict=True)))


def _refreshed(known: Agent, told: Agent) -> Agent:
    """Bring somebody known by their token up to date; what the token says nothing about stays."""
    return replace(
        known,
        role=told.role,
        area=told.area,
        name=told.name or known.name,
        email=told.email or known.email,
        picture=told.picture or known.picture,
    )


def _agent_from(row: Row) -> Agent:
    return Agent(
        id=row[0],
        uuid=UUID(bytes=row[1]),
        identity=Identity(row[2], row[3]),
        email=row[4],
        name=row[5],
        role=Role(row[6]),
        area=row[7],
        phone=row[8],
        picture=row[9],
        is_active=bool(row[10]),
        password_hash=row[11],
    )
