"""Attachment rows. The bytes are kept by `blobs`."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from ventanilla.core.thread import Attachment
from ventanilla.core.ticket import Ticket
from ventanilla.store.columns import micros, moment, placeholders
from ventanilla.store.connection import Connection, Row

_COLUMNS = "uuid, file_name, media_type, size, sha256, blob_key, uploaded_at"
_INSERT = f"INSERT INTO attachments (ticket_id, {_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id"
_ONE = f"SELECT ticket_id, id, {_COLUMNS} FROM attachments WHERE id = $1 AND ticket_id = $2"
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
        )
        assert row is not None
        return replace(attachment, id=row[0])

    async def of(self, tickets: Sequence[Ticket]) -> dict[int, list[Attachment]]:
        found: dict[int, list[Attachment]] = {}
        if tickets:
            wanted = f"ticket_id IN ({placeholders(len(tickets))})"
            sql = f"SELECT ticket_id, id, {_COLUMNS} FROM attachments WHERE {wanted} ORDER BY id"
            for row in await self._db.rows(sql, *(ticket.id for ticket in tickets)):
                found.setdefault(row[0], []).append(_attachment_from(row))
        return found

    async def get(self, ticket: Ticket, attachment_id: int) -> Attachment | None:
        row = await self._db.row(_ONE, attachment_id, ticket.id)
        return _attachment_from(row) if row else None

    async def named_keys(self, keys: Sequence[str]) -> set[str]:
        if not keys:
            return set()
        sql = f"SELECT blob_key FROM attachments WHERE blob_key IN ({placeholders(len(keys))})"
        return {row[0] for row in await self._db.rows(sql, *keys)}

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
    )
