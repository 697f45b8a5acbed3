"""The bytes of attachments on their way between a desk and a folder, where each file's name is its SHA-256."""

import os
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from ventanilla.blobs.ports import BlobStore
from ventanilla.blobs.spool import CHUNK
from ventanilla.cli import archive
from ventanilla.cli.progress import progress
from ventanilla.cli.refusal import Refused
from ventanilla.core.errors import FileLost
from ventanilla.core.thread import Attachment
from ventanilla.store import archive as rows
from ventanilla.store.workbench import Workbench

_BLOB_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_UNFINISHED = "unfinished"


async def fetch_ahead(bench: Workbench, blobs: BlobStore, folder: Path) -> None:
    """Copy what is there now, before the rows are read: a file that is removed meanwhile is then here already."""
    total = (await rows.counts(bench))["attachments"]
    with progress("Attachments", total) as advance:
        async for record in rows.records(bench, "attachments"):
            try:
                await _fetch(blobs, folder, rows.attachment(record))
            except FileLost:
                continue  # whether it should be there is seen from the rows
            advance()


async def fetch_all(
    bench: Workbench, blobs: BlobStore, folder: Path, attachments: Iterable[Mapping[str, Any]], total: int
) -> None:
    """Copy what is not here yet. Raises Refused, naming the attachment whose bytes are not what its row says."""
    with progress("Attachments", total) as advance:
        for record in attachments:
            try:
                await _fetch(blobs, folder, rows.attachment(record))
            except FileLost as error:
                raise await _lost(bench, record["id"]) from error
            advance()
    archive.sync_folder(folder)


async def check_all(bench: Workbench, blobs: BlobStore, total: int) -> None:
    """Compare the bytes of every attachment with its row. Raises Refused, naming the first that differs."""
    with progress("Checking files", total) as advance:
        async for record in rows.records(bench, "attachments"):
            try:
                found = sha256()
                async for chunk in await blobs.read(rows.attachment(record)):
                    found.update(chunk)
            except FileLost as error:
                raise await _lost(bench, record["id"]) from error
            _compare(record["id"], found.hexdigest(), record["sha256"])
            advance()


async def put(blobs: BlobStore, folder: Path, where: str, record: Mapping[str, Any]) -> None:
    """Give a desk the bytes of an attachment under the key that its row names. Raises Refused, which names `where`."""
    key, digest = str(record.get("blob_key")), str(record.get("sha256"))
    if not _BLOB_KEY.fullmatch(key) or not _SHA256.fullmatch(digest):
        raise Refused(f"{where}: attachments: blob_key or sha256 is not hexadecimal")
    upload, found = await blobs.begin(key), sha256()
    try:
        with (folder / digest).open("rb") as file:
            while chunk := file.read(CHUNK):
                found.update(chunk)
                await upload.write(chunk)
    except OSError as error:
        await upload.discard()
        raise Refused(f"{where}: the bytes of an attachment cannot be read: {error}") from error
    if found.hexdigest() != digest:
        await upload.discard()
        raise Refused(f"{where}: {folder / digest} was changed: its SHA-256 is not its name")
    await upload.keep(str(record.get("file_name")), str(record.get("media_type")))


async def _fetch(blobs: BlobStore, folder: Path, attachment: Attachment) -> None:
    target, unfinished = folder / attachment.sha256, folder / _UNFINISHED
    if target.exists():
        return
    chunks, found = await blobs.read(attachment), sha256()
    unfinished.unlink(missing_ok=True)
    with archive.open_private(unfinished) as file:
        async for chunk in chunks:
            found.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    _compare(attachment.id, found.hexdigest(), attachment.sha256)
    unfinished.rename(target)


def _compare(number: int, found: str, expected: str) -> None:
    if found != expected:
        raise Refused(f"attachment {number}: its file was changed; restore it from a backup")


async def _lost(bench: Workbench, number: int) -> Refused:
    if await rows.has_attachment(bench, number):
        return Refused(f"attachment {number}: its file is not there or not whole; `ventanilla doctor` tells more")
    return Refused(f"attachment {number} was removed meanwhile; run this again")
