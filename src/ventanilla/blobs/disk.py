"""Attachment bytes in a folder: `ab/cd/<uuid>`, never under a name that a caller chose."""

import asyncio
import contextlib
import errno
import os
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from ventanilla.core.errors import DeskError, StoreFull, StoreUnavailable
from ventanilla.core.thread import Attachment

CHUNK = 256 * 1024
ABANDONED_AFTER = 24 * 60 * 60
"""Seconds after which a file that is still on its way in counts as left behind by a crash."""


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
        with _store_errors():
            file = await asyncio.to_thread(self.path(attachment.blob_key).open, "rb")
        with file:
            while chunk := await asyncio.to_thread(file.read, CHUNK):
                yield chunk

    async def remove(self, key: str) -> None:
        await asyncio.to_thread(self.path(key).unlink, missing_ok=True)

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
    """A file on its way in."""

    def __init__(self, key: str, incoming: Path, final: Path) -> None:
        self.key = key
        self._incoming = incoming
        self._final = final
        self._file: BinaryIO = incoming.open("xb")

    async def write(self, chunk: bytes) -> None:
        with _store_errors():
            self._file.write(chunk)

    async def keep(self) -> None:
        """Make the file durable under its final name. A row that names it may be written only after this."""
        with _store_errors():
            await asyncio.to_thread(self._keep)

    async def discard(self) -> None:
        """Leave nothing behind, kept or not."""
        self._file.close()
        for path in (self._incoming, self._final):
            await asyncio.to_thread(path.unlink, missing_ok=True)

    def _keep(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._final.parent.mkdir(parents=True, exist_ok=True)
        self._incoming.rename(self._final)
        for folder in (self._final.parent, self._final.parent.parent, self._final.parent.parent.parent):
            _sync_folder(folder)


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
