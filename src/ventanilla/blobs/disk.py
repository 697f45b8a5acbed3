"""Attachment bytes in a folder: `ab/cd/<key>`, never under a name that a caller chose."""

import asyncio
import contextlib
import errno
import logging
import os
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from ventanilla.core.errors import DeskError, FileLost, StoreFull, StoreUnavailable
from ventanilla.core.thread import Attachment

CHUNK = 256 * 1024
ABANDONED_AFTER = 24 * 60 * 60
"""Seconds after which a file that is still on its way in counts as left behind by a crash."""

logger = logging.getLogger("ventanilla.blobs")


class DiskBlobs:
    """`wirekit.services.Blobs` in a folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"
        self._incoming.mkdir(parents=True, exist_ok=True)

    async def begin(self, key: str | None = None) -> "DiskUpload":
        """Begin a new file; only an import, whose rows name their files already, gives the key."""
        if key is None:
            key = uuid4().hex
        else:
            (self._incoming / key).unlink(missing_ok=True)
        with _store_errors():
            return DiskUpload(key, self._incoming / key, self.path(key))

    async def read(self, attachment: Attachment) -> AsyncIterator[bytes]:
        """Return the bytes of a file in pieces. Raises FileLost when they are not all there."""
        path = self.path(attachment.blob_key)
        found = await asyncio.to_thread(_size, path)
        if found != attachment.size:
            logger.error("attachment %s: %s holds %s bytes, not %s", attachment.id, path, found, attachment.size)
            raise FileLost
        return _chunks(path)

    async def remove(self, key: str) -> None:
        """Remove a file; one that cannot be removed is left behind, and logged."""
        try:
            await asyncio.to_thread(self.path(key).unlink, missing_ok=True)
        except OSError:
            logger.exception("the file %s cannot be removed", key)

    def path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:4] / key

    def keys(self) -> set[str]:
        """Return the key of every file that is kept."""
        return {path.name for path in self._folder.glob("??/??/*")}

    def sweep(self) -> int:
        """Remove what crashes left on its way in; returns how many files."""
        oldest = time.time() - ABANDONED_AFTER
        left = [path for path in self._incoming.iterdir() if path.stat().st_mtime < oldest]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)


class DiskUpload:
    """A file on its way in, written to the disk in large pieces and away from the event loop."""

    def __init__(self, key: str, incoming: Path, final: Path) -> None:
        self.key = key
        self._incoming = incoming
        self._final = final
        self._file: BinaryIO = incoming.open("xb", buffering=CHUNK)
        self._left = [incoming]

    async def write(self, chunk: bytes) -> None:
        with _store_errors():
            await asyncio.to_thread(self._file.write, chunk)

    async def keep(self) -> None:
        """Make the file durable under its final name. A row that names it may be written only after this."""
        self._left.append(self._final)
        with _store_errors():
            await asyncio.to_thread(self._keep)

    async def discard(self) -> None:
        """Leave nothing behind, kept or not."""
        await asyncio.to_thread(self._discard)

    def _keep(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._final.parent.mkdir(parents=True, exist_ok=True)
        self._incoming.rename(self._final)
        for folder in (self._final.parent, self._final.parent.parent, self._final.parent.parent.parent):
            _sync_folder(folder)

    def _discard(self) -> None:
        with contextlib.suppress(OSError):
            self._file.close()  # writes what is buffered, for which there may be no room
        for path in self._left:
            try:
                path.unlink(missing_ok=True)
            except OSError:
                logger.exception("the file %s cannot be removed", self.key)


async def _chunks(path: Path) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(path.open, "rb") as file:
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            yield chunk


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _translated(error) from error


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _store_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _translated(error) from error


def _translated(error: OSError) -> DeskError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return StoreFull(detail=str(error)) if full else StoreUnavailable(detail=str(error))
