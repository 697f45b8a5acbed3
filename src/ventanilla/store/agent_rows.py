"""How a member of staff stands in the table `agents`, both ways."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from ventanilla.core.people import Agent, Identity, Language, Role, Theme
from ventanilla.store.columns import maybe_moment
from ventanilla.store.connection import Row, Value

CHANGING = (
    *("email", "name", "role", "areas", "phone", "picture", "is_active", "password_hash"),
    *("language", "theme", "signature"),
)
"""What an agent is saved with. The column `last_seen_at` has a statement of its own: it is no change of theirs."""

_READ = ("id", "uuid", "issuer", "subject", "version", "last_seen_at", *CHANGING)
WIDTH = len(_READ)
NO_AREAS = "[]"
_areas = msgspec.json.Decoder(tuple[str, ...])


def columns(table: str = "agents") -> str:
    """Return the columns that `agent_from` reads, of a table that may go by another name."""
    return ", ".join(f"{table}.{name}" for name in _READ)


def areas_text(areas: Sequence[str]) -> str:
    return msgspec.json.encode(areas).decode()


def areas_from(text: str) -> tuple[str, ...]:
    return _areas.decode(text) if text != NO_AREAS else ()


def changing_values(agent: Agent) -> tuple[Value, ...]:
    return (
        agent.email,
        agent.name,
        agent.role.value,
        areas_text(agent.areas),
        agent.phone,
        agent.picture,
        int(agent.is_active),
        agent.password_hash,
        agent.language.value if agent.language else None,
        agent.theme.value,
        agent.signature,
    )


def agent_from(row: Row) -> Agent:
    return Agent(
        id=row[0],
        uuid=UUID(bytes=row[1]),
        identity=Identity(row[2], row[3]),
        version=row[4],
        last_seen_at=maybe_moment(row[5]),
        email=row[6],
        name=row[7],
        role=Role(row[8]),
        areas=areas_from(row[9]),
        phone=row[10],
        picture=row[11],
        is_active=bool(row[12]),
        password_hash=row[13],
        language=Language(row[14]) if row[14] else None,
        theme=Theme(row[15]),
        signature=row[16],
    )
