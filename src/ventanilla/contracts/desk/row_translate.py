"""Rows of lists, from the core's words to the native API's: the same as of a whole ticket, made by the hundred.

Each row is put together from what the store gave, without the objects of the core in between, which cost twice as much
as the rest of a page. `tests/contracts/test_desk_lists.py` holds rows and whole tickets equal.
"""

from collections.abc import Sequence

from msgspec import UNSET

from ventanilla.actions.queue import QueuePage
from ventanilla.contracts.desk import ticket_wire as wire
from ventanilla.contracts.desk.ticket_translate import (
    CHANNEL_OUT,
    CLOSE_REASON_OUT,
    PRIORITY_OUT,
    STATUS_OUT,
    total_out,
)
from ventanilla.contracts.desk.wire import AgentRef
from ventanilla.core.moments import Micros, micros
from ventanilla.core.ticket_row import TicketRow
from ventanilla.wirekit import cursors
from ventanilla.wirekit.times import maybe_milliseconds, milliseconds

_CHANNELS = {channel.value: word for channel, word in CHANNEL_OUT.items()}
_STATUSES = {status.value: word for status, word in STATUS_OUT.items()}
_PRIORITIES = {priority.value: word for priority, word in PRIORITY_OUT.items()}
_CLOSE_REASONS = {reason and reason.value: word for reason, word in CLOSE_REASON_OUT.items()}
_SECOND = 1_000_000


def list_out(found: QueuePage, sort: wire.Sort) -> wire.TicketList:
    now, tags, excerpts = micros(found.at), found.tags, found.excerpts
    return wire.TicketList(
        data=[row_out(row, tags.get(row.id, ()), now, excerpts.get(row.id)) for row in found.tickets],
        next=cursors.write(sort, found.next) if found.next else None,
        total=total_out(found.total) if found.total else UNSET,
    )


def row_out(row: TicketRow, tags: Sequence[str], now: Micros, snippet: str | None = None) -> wire.Row:
    snoozed_until = row.snoozed_until
    return wire.Row(
        id=row.id,
        uuid=_uuid(row.uuid_bytes),
        label=f"{row.label}",
        channel=_CHANNELS[row.channel_word],
        subject=row.subject or row.title,
        requester=wire.RequesterRef(*row.asked_by),
        area=row.area,
        assignee=AgentRef(_uuid(row.assignee_uuid), row.assignee_name or "") if row.assignee_uuid else None,
        status=_STATUSES[row.status_word],
        close_reason=_CLOSE_REASONS[row.close_reason_word],
        priority=_PRIORITIES[row.priority_word],
        category=row.category,
        tags=list(tags),
        is_read=row.read_flag == 1,
        snoozed_until=milliseconds(snoozed_until) if snoozed_until and snoozed_until > now else None,
        sla=_sla(row, now),
        created_at=milliseconds(row.created_at),
        updated_at=milliseconds(row.updated_at),
        last_reply_at=maybe_milliseconds(row.last_reply_at),
        last_answer_at=maybe_milliseconds(row.last_answer_at),
        version=row.version,
        snippet=snippet or UNSET,
    )


def _sla(row: TicketRow, now: Micros) -> wire.Sla:
    stopped_at, paused_at = row.sla_stopped_at, row.sla_paused_at
    due_at = row.due_by_clock
    remaining = due_at - (stopped_at or paused_at or now)
    return wire.Sla(
        hours=row.sla_hours,
        due_at=milliseconds(due_at),
        state="stopped" if stopped_at else "paused" if paused_at else "running",
        remaining_seconds=remaining // _SECOND,
        is_breached=remaining < 0,
    )


def _uuid(raw: bytes) -> str:
    digits = raw.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
