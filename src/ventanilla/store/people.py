"""Requesters and agents in and out of the database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from ventanilla.core.errors import EditedMeanwhile
from ventanilla.core.people import KEY_ISSUER, Agent, AgentRef, Identity, Profile, Requester, RequesterFile
from ventanilla.store import agent_rows
from ventanilla.store.agent_rows import agent_from, changing_values
from ventanilla.store.columns import micros, moment, placeholders
from ventanilla.store.connection import Connection, Row

_PROFILE = "name, email, first_name, last_name, username, picture"
_REQUESTER = f"SELECT id, is_edited, {_PROFILE} FROM requesters WHERE issuer = $1 AND subject = $2"
_ADD_REQUESTER = (
    f"INSERT INTO requesters (issuer, subject, {_PROFILE}, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    " ON CONFLICT (issuer, subject) DO UPDATE SET name = excluded.name RETURNING id"
)
_UPDATE_REQUESTER = (
    "UPDATE requesters SET name = $1, email = $2, first_name = $3, last_name = $4, username = $5, picture = $6"
    " WHERE id = $7"
)

_REQUESTER_FILE = f"SELECT id, issuer, subject, {_PROFILE}, notes, created_at, version FROM requesters WHERE id = $1"
_SAVE_REQUESTER_FILE = (
    "UPDATE requesters SET name = $1, email = $2, notes = $3, version = version + 1,"
    " is_edited = CASE WHEN name <> $1 OR email <> $2 THEN 1 ELSE is_edited END WHERE id = $4 AND version = $5"
    " RETURNING id"
)

_AGENTS = f"SELECT {agent_rows.columns()} FROM agents"
_AGENT = f"{_AGENTS} WHERE issuer = $1 AND subject = $2"
_AGENT_BY_UUID = f"{_AGENTS} WHERE uuid = $1"
_ACTIVE_AGENTS = "SELECT id, subject, name, uuid FROM agents WHERE is_active = 1 AND issuer <> $1 ORDER BY name, id"
_AGENTS_BY_SUBJECT = f"{_AGENTS} WHERE subject = $1 AND is_active = 1"
_AGENTS_AFTER = f"{_AGENTS} WHERE id > $1 AND issuer <> $2 AND is_active >= $3 ORDER BY id LIMIT $4"
_ACCOUNT = f"{_AGENTS} WHERE email = $1 AND password_hash IS NOT NULL"
_ACCOUNTS = f"{_AGENTS} WHERE password_hash IS NOT NULL ORDER BY id"
_ADD_AGENT = (
    f"INSERT INTO agents (uuid, issuer, subject, created_at, {', '.join(agent_rows.CHANGING)})"
    f" VALUES ({placeholders(4 + len(agent_rows.CHANGING))})"
    " ON CONFLICT (issuer, subject) DO UPDATE SET name = excluded.name RETURNING id"
)
_UPDATE_AGENT = (
    f"UPDATE agents SET {', '.join(f'{name} = ${place}' for place, name in enumerate(agent_rows.CHANGING, 3))},"
    " version = version + 1 WHERE id = $1 AND version = $2 RETURNING id"
)
# Writing them, with nothing changed, makes whoever wants the same wait until this transaction ends.
_HOLD_ADMINS = "UPDATE agents SET role = role WHERE role = 'admin' AND password_hash IS NOT NULL"


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
        known = Profile(*row[2:])
        merged = _merge(known, profile._replace(name="", email="") if row[1] else profile)
        if merged != known:
            await self._db.run(_UPDATE_REQUESTER, *merged, row[0])
        return Requester(row[0], identity, merged)

    async def requester_file(self, requester_id: int) -> RequesterFile | None:
        row = await self._db.row(_REQUESTER_FILE, requester_id)
        if row is None:
            return None
        return RequesterFile(
            id=row[0],
            identity=Identity(row[1], row[2]),
            profile=Profile(*row[3:9]),
            notes=row[9],
            created_at=moment(row[10]),
            version=row[11],
        )

    async def save_requester_file(self, file: RequesterFile) -> None:
        values = (file.profile.name, file.profile.email, file.notes, file.id, file.version)
        if await self._db.row(_SAVE_REQUESTER_FILE, *values) is None:
            raise EditedMeanwhile

    async def agent_for(self, agent: Agent) -> AgentRef:
        known = await self.agent(agent.identity)
        if known is None:
            return (await self.add_account(agent)).ref
        if known.password_hash is None:
            fresh = _refreshed(known, agent)
            return (known if fresh == known else await self.save_account(fresh)).ref
        return known.ref

    async def agent(self, identity: Identity) -> Agent | None:
        return _maybe_agent(await self._db.row(_AGENT, identity.issuer, identity.subject))

    async def agent_by_uuid(self, uuid: UUID) -> Agent | None:
        return _maybe_agent(await self._db.row(_AGENT_BY_UUID, uuid.bytes))

    async def agents_called(self, subjects: Sequence[str]) -> Mapping[str, AgentRef]:
        if not subjects:
            return {}
        sql = f"SELECT id, subject, name, uuid FROM agents WHERE subject IN ({placeholders(len(subjects))})"
        found: dict[str, list[AgentRef]] = {}
        for row in await self._db.rows(sql, *subjects):
            found.setdefault(row[1], []).append(AgentRef(row[0], row[1], row[2], UUID(bytes=bytes(row[3]))))
        return {subject: refs[0] for subject, refs in found.items() if len(refs) == 1}

    async def active_agents(self) -> Sequence[AgentRef]:
        rows = await self._db.rows(_ACTIVE_AGENTS, KEY_ISSUER)
        return [AgentRef(row[0], row[1], row[2], UUID(bytes=row[3])) for row in rows]

    async def agents_by_subject(self, subject: str) -> Sequence[Agent]:
        return [agent_from(row) for row in await self._db.rows(_AGENTS_BY_SUBJECT, subject)]

    async def agents(self, after: int, size: int, *, inactive: bool) -> Sequence[Agent]:
        rows = await self._db.rows(_AGENTS_AFTER, after, KEY_ISSUER, int(not inactive), size)
        return [agent_from(row) for row in rows]

    async def account(self, email: str) -> Agent | None:
        return _maybe_agent(await self._db.row(_ACCOUNT, email))

    async def accounts(self) -> Sequence[Agent]:
        return [agent_from(row) for row in await self._db.rows(_ACCOUNTS)]

    async def hold_admins(self) -> None:
        await self._db.run(_HOLD_ADMINS)

    async def add_account(self, agent: Agent) -> Agent:
        identity, now = agent.identity, micros(self._now())
        values = (agent.uuid.bytes, identity.issuer, identity.subject, now, *changing_values(agent))
        row = await self._db.row(_ADD_AGENT, *values)
        assert row is not None
        return replace(agent, id=row[0])

    async def save_account(self, agent: Agent) -> Agent:
        if await self._db.row(_UPDATE_AGENT, agent.id, agent.version, *changing_values(agent)) is None:
            raise EditedMeanwhile
        return replace(agent, version=agent.version + 1)


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
        areas=told.areas,
        name=told.name or known.name,
        email=told.email or known.email,
        picture=told.picture or known.picture,
    )


def _maybe_agent(row: Row | None) -> Agent | None:
    return agent_from(row) if row else None
