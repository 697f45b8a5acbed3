"""Attachment bytes as objects of an S3 bucket, `<prefix>/<key>`, through anything that speaks S3.

A file is spooled to this machine while it comes in, and put to the bucket as a whole by `keep`.
"""

import asyncio
import contextlib
import logging
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError

from ventanilla.blobs import bucket
from ventanilla.blobs.bucket import Bucket
from ventanilla.blobs.credentials import Credentials, NoCredentials
from ventanilla.blobs.links import Links
from ventanilla.blobs.ports import KeptFile
from ventanilla.blobs.spool import CHUNK, Spool, SpooledFile, store_errors
from ventanilla.core.errors import FileLost, StoreUnavailable
from ventanilla.core.thread import Attachment
from ventanilla.wirekit import files

if TYPE_CHECKING:
    from obstore import Attributes

PART = 5 * 1024 * 1024
"""Bytes of a part of a larger object: the least that S3 takes."""
READ = 1024 * 1024
"""Bytes that are read at once for a download through the desk."""
STALLED_AFTER = 6.0
"""Seconds without progress after which putting a file is given up."""
REMOVED_WITHIN = 1.5
"""Seconds. A client whose upload failed waits for the removal too, for less than 10 seconds in all."""
_MOST_AT_ONCE = 8
_PARTS_AT_ONCE = 2
_LONGEST_REASON = 500

_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)

logger = logging.getLogger("ventanilla.blobs")


class S3Blobs:
    """`blobs.ports.BlobStore` in a bucket that is `completed`.

    With `redirects`, clients fetch files from there and not from the desk.
    """

    def __init__(self, place: Bucket, spool: Path, *, redirects: bool) -> None:
        credentials = Credentials(place)
        self._bucket = place
        self._store = bucket.connect(place, credentials, STALLED_AFTER)
        self._links = Links(place, credentials) if redirects else None
        self._spool = Spool(spool)
        self._turns = asyncio.Semaphore(_MOST_AT_ONCE)

    async def begin(self, key: str | None = None) -> "S3Upload":
        return S3Upload(self, self._spool.begin(key))

    async def read(self, attachment: Attachment) -> AsyncIterator[bytes]:
        key = attachment.blob_key
        found = await self._size(key)
        if found != attachment.size:
            logger.error(
                "attachment %s: %s holds %s bytes, not %s", attachment.id, self.address(key), found, attachment.size
            )
            raise FileLost
        return self._chunks(key, attachment.size)

    async def link(self, attachment: Attachment, method: str) -> str | None:
        if self._links is None:
            return None
        async with _limited("signing", attachment.blob_key):
            return await self._links.sign(attachment, "HEAD" if method == "HEAD" else "GET")

    async def remove(self, key: str) -> None:
        with contextlib.suppress(StoreUnavailable):
            async with _limited("removing", key, REMOVED_WITHIN):
                await obstore.delete_async(self._store, key)

    async def put(self, file: SpooledFile, size: int, attributes: "Attributes") -> None:
        """Put a whole file under its key. Raises StoreUnavailable."""
        key = file.path.name
        async with _limited("keeping", key) as limit, self._turns:
            if size <= PART:
                data = await asyncio.to_thread(file.path.read_bytes)
                await obstore.put_async(self._store, key, data, attributes=attributes, use_multipart=False)
            else:
                await obstore.put_async(
                    self._store,
                    key,
                    _watched(file.path, limit),
                    attributes=attributes,
                    chunk_size=PART,
                    max_concurrency=_PARTS_AT_ONCE,
                )

    async def kept(self) -> AsyncIterator[KeptFile]:
        with _s3_errors("listing", self._bucket.address):
            async for batch in obstore.list(self._store, chunk_size=1_000):
                for found in batch:
                    if _KEY.fullmatch(found["path"]):
                        yield KeptFile(found["path"], found["size"], found["last_modified"])

    def address(self, key: str) -> str:
        return f"{self._bucket.address}/{key}"

    def sweep(self) -> int:
        return self._spool.sweep()

    async def _size(self, key: str) -> int | None:
        async with _limited("reading", key):
            try:
                return (await obstore.head_async(self._store, key))["size"]
            except FileNotFoundError:
                return None

    async def _chunks(self, key: str, size: int) -> AsyncIterator[bytes]:
        for start in range(0, size, READ):
            async with _limited("reading", key):
                piece = await obstore.get_range_async(self._store, key, start=start, end=min(start + READ, size))
            yield bytes(piece)


class S3Upload:
    """A file on its way in: to the spool as it comes, to the bucket when it is whole."""

    def __init__(self, blobs: S3Blobs, file: SpooledFile) -> None:
        self.key = file.path.name
        self._blobs = blobs
        self._file = file
        self._may_be_there = False

    async def write(self, chunk: bytes) -> None:
        await asyncio.to_thread(self._file.write, chunk)

    async def keep(self, file_name: str, media_type: str) -> None:
        with store_errors():
            size = await asyncio.to_thread(self._file.finish, durable=False)
        self._may_be_there = True
        await self._blobs.put(
            self._file,
            size,
            {
                "Content-Type": files.served_type(media_type),
                "Content-Disposition": files.disposition(file_name),
            },
        )
        await asyncio.to_thread(self._file.remove)

    async def discard(self) -> None:
        await asyncio.to_thread(self._file.remove)
        if self._may_be_there:
            await self._blobs.remove(self.key)


async def _watched(path: Path, limit: asyncio.Timeout) -> AsyncIterator[bytes]:
    """Yield a file in pieces; each one that is asked for is progress, from which the time limit begins anew."""
    loop = asyncio.get_running_loop()
    with await asyncio.to_thread(path.open, "rb") as file:
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            limit.reschedule(loop.time() + STALLED_AFTER)
            yield chunk


@contextlib.asynccontextmanager
async def _limited(doing: str, what: str, seconds: float = STALLED_AFTER) -> AsyncIterator[asyncio.Timeout]:
    """As `_s3_errors`, for what has to be done within so many seconds."""
    with _s3_errors(doing, what):
        async with asyncio.timeout(seconds) as limit:
            yield limit


@contextlib.contextmanager
def _s3_errors(doing: str, what: str) -> Iterator[None]:
    """Raise StoreUnavailable for whatever the bucket says, and log it."""
    try:
        yield
    except (BaseError, NoCredentials, OSError) as error:
        told = str(error).partition("\n\nDebug source")[0] or type(error).__name__
        reason = " ".join(told.split())[:_LONGEST_REASON]
        logger.error("S3: %s %s failed: %s", doing, what, reason)
        raise StoreUnavailable(detail=reason) from error
