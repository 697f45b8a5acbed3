"""Opening a ticket: the rows, the label and the counts that the desk writes too."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bench.baseline.models import Event, LabelCounter, Message, QueueCount, Requester, Ticket
from bench.baseline.schemas import Create

_TOPICS = {"account": "account", "payment": "billing", "technical": "technical", "other": "other"}
_AREA = "MESA"


async def open_ticket(session: AsyncSession, claims: dict[str, Any], form: Create) -> Ticket:
    now = datetime.now(UTC)
    requester = await _requester(session, claims, now)
    number = await _next_label(session, now.year)
    await _count(session)
    message = _message(requester, form, now)
    ticket = Ticket(
        uuid=uuid4(),
        label_year=now.year,
        label_number=number,
        channel="mobile",
        requester=requester,
        contact_name=requester.name,
        contact_email=requester.email,
        subject=form.subject,
        subject_key=form.subject.casefold().replace(" ", "_"),
        category=form.category,
        topic=_TOPICS[form.category],
        request_type="service",
        area=_AREA,
        area_key=_AREA.casefold(),
        priority="normal",
        status="open",
        sla_hours=24,
        created_at=now,
        updated_at=now,
        last_reply_at=now,
        messages=[message],
        events=[_event(requester, message, now)],
    )
    session.add(ticket)
    await session.commit()
    return ticket


async def _requester(session: AsyncSession, claims: dict[str, Any], now: datetime) -> Requester:
    known = await session.scalar(
        select(Requester).where(Requester.issuer == "bench", Requester.subject == claims["sub"])
    )
    if known is not None:
        return known
    return Requester(issuer="bench", subject=claims["sub"], name=claims["name"], email=claims["email"], created_at=now)


async def _next_label(session: AsyncSession, year: int) -> int:
    insert = _insert(session)(LabelCounter).values(year=year, last=1)
    counted = insert.on_conflict_do_update(index_elements=["year"], set_={"last": LabelCounter.last + 1})
    return int((await session.execute(counted.returning(LabelCounter.last))).scalar_one())


async def _count(session: AsyncSession) -> None:
    insert = _insert(session)(QueueCount).values(area_key=_AREA.casefold(), status="open", is_read=0, tickets=1)
    keys = ["area_key", "status", "is_read"]
    await session.execute(insert.on_conflict_do_update(index_elements=keys, set_={"tickets": QueueCount.tickets + 1}))


def _insert(session: AsyncSession) -> Any:
    return postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert


def _message(requester: Requester, form: Create, now: datetime) -> Message:
    return Message(
        uuid=uuid4(),
        author_kind="requester",
        author_name=requester.name,
        author_subject=requester.subject,
        visibility="public",
        body=form.message,
        created_at=now,
    )


def _event(requester: Requester, message: Message, now: datetime) -> Event:
    return Event(
        kind="ticket.opened",
        at=now,
        actor_kind="requester",
        actor_name=requester.name,
        actor_subject=requester.subject,
        changes=json.dumps({"status": [None, "open"], "priority": [None, "normal"], "area": [None, _AREA]}),
        message_uuid=message.uuid,
    )
