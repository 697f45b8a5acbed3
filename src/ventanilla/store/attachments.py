"""Attachment rows. The bytes are kept by `blobs`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from ventanilla.core.thread import Attachment, Message, Visibility
from ventanilla.core.ticket import Ticket
from ventanilla.store.columns import micros, moment, placeholders
from ventanilla.store.connection import Connection, Row

_COLUMNS = "uuid, file_name, media_type, size, sha256, blob_key, uploaded_at, message_uuid, visibility, uploader_id"
_INSERT = f"INSERT INTO attachments (ticket_id, {_COLUMNS}) VALUES ({placeholders(11)}) RETURNING id"
_SEND = "UPDATE attachments SET message_uuid = $1, visibility = $2 WHERE id = $3 AND ticket_id = $4"
_ONE = f"SELECT ticket_id, id, {_COLUMNS} FROM attachments WHERE id = $1 AND ticket_id = $2"
_WAITING = (
    f"SELECT ticket_id, id, {_COLUMNS} FROM attachments"
    " WHERE message_uuid IS NULL AND uploader_id IS NOT NULL AND uploaded_at < $1 ORDER BY uploaded_at LIMIT 100"
)
_DELETE = "DELETE FROM attachments WHERE id = $1"


class AttachmentRepository:
    """`actions.ports.Attachments` in SQL."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def add(self, ticket: Ticket, attachment: Attachment) -> Attachment:
        row = await self._db.row(
            _INSERT,
            ticket.id,
            attachment.uuid.bytes,
            attachment.file_name,
            attachment.media_type,
            attachment.size,
            attachment.sha256,
            attachment.blob_key,
            micros(attachment.uploaded_at),
            attachment.message.bytes if attachment.message else None,
            attachment.visibility.value,
            attachment.uploader_id,
        )
        assert row is not None
        return replace(attachment, id=row[0])

    async def of(self, tickets: Sequence[int], *, internal: bool = False) -> dict[int, list[Attachment]]:
        found: dict[int, list[Attachment]] = {}
        if tickets:
            wanted = f"ticket_id IN ({placeholders(len(tickets))})"
            shown = "" if internal else " AND visibility = 'public'"
            sql = f"SELECT ticket_id, id, {_COLUMNS} FROM attachments WHERE {wanted}{shown} ORDER BY id"
            for row in await self._db.rows(sql, *tickets):
                found.setdefault(row[0], []).append(_attachment_from(row))
        return found

    async def get(self, ticket: Ticket, attachment_id: int) -> Attachment | None:
        row = await self._db.row(_ONE, attachment_id, ticket.id)
        return _attachment_from(row) if row else None

    async def send(self, ticket: Ticket, ids: Sequence[int], message: Message) -> None:
        for attachment_id in ids:
            await self._db.run(_SEND, message.uuid.bytes, message.visibility.value, attachment_id, ticket.id)

    async def named_keys(self, keys: Sequence[str]) -> set[str]:
        if not keys:
            return set()
        sql = f"SELECT blob_key FROM attachments WHERE blob_key IN ({placeholders(len(keys))})"
        return {row[0] for row in await self._db.rows(sql, *keys)}

    async def waiting_since(self, before: datetime) -> Sequence[Attachment]:
        return [_attachment_from(row) for row in await self._db.rows(_WAITING, micros(before))]

    async def remove(self, attachment: Attachment) -> None:
        await self._db.run(_DELETE, attachment.id)


def _attachment_from(row: Row) -> Attachment:
    return Attachment(
        id=row[1],
        uuid=UUID(bytes=row[2]),
        file_name=row[3],
        media_type=row[4],
        size=row[5],
        sha256=row[6],
        blob_key=row[7],
        uploaded_at=moment(row[8]),
        message=UUID(bytes=bytes(row[9])) if row[9] else None,
        visibility=Visibility(row[10]),
        uploader_id=row[11],
    )
