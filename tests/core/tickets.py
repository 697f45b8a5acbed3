"""Tickets and messages to tell the core's sentences with."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.conftest import MORNING
from tests.people import ANA, REDES
from ventanilla.core.ids import Label
from ventanilla.core.people import Actor, AgentRef, Contact, Requester
from ventanilla.core.sla import SlaPolicy
from ventanilla.core.thread import Author, AuthorKind, Message, Visibility
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Channel, Priority

POLICY = SlaPolicy()


def a_requester(actor: Actor) -> Requester:
    assert actor.identity is not None
    return Requester(1, actor.identity, actor.profile)


def a_ticket(**changes: Any) -> Ticket:
    """Ana's ticket in the area Redes, opened in the morning, unless `changes` say otherwise."""
    created_at = changes.get("created_at", MORNING)
    priority = changes.get("priority", Priority.NORMAL)
    values: dict[str, Any] = {
        "id": 17,
        "uuid": uuid4(),
        "label": Label(2026, 142),
        "channel": Channel.SUPPORT,
        "requester": a_requester(ANA),
        "contact": Contact("Ana", "ana@example.org"),
        "subject": "Sin conexión",
        "description": "No tengo internet desde ayer",
        "category": "technical",
        "area": REDES,
        "priority": priority,
        "sla": POLICY.clock(priority, created_at),
        "created_at": created_at,
        "updated_at": created_at,
    }
    return Ticket(**(values | changes))


def an_agent(number: int, name: str) -> AgentRef:
    return AgentRef(number, name.lower(), name, a_uuid(number))


def a_message(at: datetime, *, kind: AuthorKind = AuthorKind.REQUESTER, body: str = "Hola") -> Message:
    return Message(uuid=uuid4(), author=Author(kind, "Somebody", None, None), body=body, created_at=at)


def a_note(at: datetime) -> Message:
    return replace(a_message(at, kind=AuthorKind.STAFF, body="entre nosotros"), visibility=Visibility.INTERNAL)


def later(*, hours: float = 0, minutes: float = 0) -> datetime:
    return MORNING + timedelta(hours=hours, minutes=minutes)


def a_uuid(integer: int) -> UUID:
    return UUID(int=integer)
