"""The files of attachments: that each row has its own, and each file its row. Only `sweep` changes anything."""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta

from ventanilla.blobs.ports import BlobStore, KeptFile
from ventanilla.blobs.spool import ABANDONED_AFTER
from ventanilla.cli.checkup.findings import SHOWN, Finding, ok, warning, wrong
from ventanilla.core.errors import StoreUnavailable
from ventanilla.store import checks
from ventanilla.store.connection import Connection

_ON_ITS_WAY = timedelta(seconds=ABANDONED_AFTER)
"""For so long a file may be there before its row is."""

_COPY_BACK = "copy these files back from a backup"
_SEE_TO_THE_PLACE = "check the server of the bucket and the settings `attachments.store` and `attachments.s3`"
_SWEEP = "if this is the only desk that keeps files there: ventanilla doctor --sweep"


async def examine(db: Connection, blobs: BlobStore, now: datetime, *, sweep: bool) -> AsyncIterator[Finding]:
    try:
        unclaimed = {file.key: file async for file in blobs.kept()}
        missing = await _missing(db, blobs, unclaimed)
        yield _claimed(missing)
        left = _left_behind(unclaimed.values(), now)
        if sweep and not missing:
            yield await _swept(blobs, left)
        elif left:
            yield _unclaimed(blobs, left)
    except StoreUnavailable as error:
        yield wrong("attachments", f"where they are kept cannot be read: {error}", _SEE_TO_THE_PLACE)


async def _missing(db: Connection, blobs: BlobStore, unclaimed: dict[str, KeptFile]) -> list[str]:
    """Return the attachments without a whole file, and take from `unclaimed` what a row names."""
    missing = []
    async for file in checks.attached_files(db):
        kept = unclaimed.pop(file.blob_key, None)
        if kept is None or kept.size != file.size:
            missing.append(f"attachment {file.id} of ticket {file.ticket_id} ({blobs.address(file.blob_key)})")
    return missing


def _claimed(missing: list[str]) -> Finding:
    if missing:
        return wrong("attachments", f"{len(missing)} have no whole file: {', '.join(missing[:SHOWN])}", _COPY_BACK)
    return ok("attachments", "every attachment has its file")


def _left_behind(files: Iterable[KeptFile], now: datetime) -> list[str]:
    return sorted(file.key for file in files if file.kept_at < now - _ON_ITS_WAY)


async def _swept(blobs: BlobStore, left: list[str]) -> Finding:
    for key in left:
        await blobs.remove(key)
    there = {file.key async for file in blobs.kept()}.intersection(left) if left else set()
    if there:
        return _unclaimed(blobs, sorted(there))
    return ok("sweep", f"{len(left)} files that belonged to no attachment were deleted")


def _unclaimed(blobs: BlobStore, left: list[str]) -> Finding:
    listed = ", ".join(blobs.address(key) for key in left[:SHOWN])
    return warning("files", f"{len(left)} belong to no attachment: {listed}", _SWEEP)
