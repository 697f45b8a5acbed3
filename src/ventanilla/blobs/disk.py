"""Attachment bytes in a folder: `ab/cd/<key>`, never under a name that a caller chose."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

from ventanilla.blobs import spool
from ventanilla.blobs.ports import KeptFile
from ventanilla.blobs.spool import CHUNK, Spool, SpooledFile, store_errors
from ventanilla.core.errors import FileLost
from ventanilla.core.thread import Attachment

logger = logging.getLogger("ventanilla.blobs")


class DiskBlobs:
    """`blobs.ports.BlobStore` in a folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._spool = Spool(folder / "incoming")

    async def begin(self, key: str | None = None) -> "DiskUpload":
        file = self._spool.begin(key)
        return DiskUpload(file, self.path(file.path.name))

    async def read(self, attachment: Attachment) -> AsyncIterator[bytes]:
        path = self.path(attachment.blob_key)
        found = await asyncio.to_thread(_size, path)
        if found != attachment.size:
            logger.error("attachment %s: %s holds %s bytes, not %s", attachment.id, path, found, attachment.size)
            raise FileLost
        return _chunks(path)

    async def link(self, attachment: Attachment, method: str) -> None:
        return None

    async def remove(self, key: str) -> None:
        await asyncio.to_thread(spool.remove, self.path(key))

    async def kept(self) -> AsyncIterator[KeptFile]:
        for path in self._folder.glob("??/??/*"):
            found = path.stat()
            yield KeptFile(path.name, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))

    def address(self, key: str) -> str:
        return str(self.path(key))

    def path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:4] / key

    def sweep(self) -> int:
        return self._spool.sweep()


class DiskUpload:
    """A file on its way in, written to the disk in large pieces and away from the event loop."""

    def __init__(self, file: SpooledFile, final: Path) -> None:
        self.key = final.name
        self._file = file
        self._final = final
        self._is_kept = False

    async def write(self, chunk: bytes) -> None:
        await asyncio.to_thread(self._file.write, chunk)

    async def keep(self, file_name: str, media_type: str) -> None:
        self._is_kept = True
        with store_errors():
            await asyncio.to_thread(self._keep)

    async def discard(self) -> None:
        await asyncio.to_thread(self._discard)

    def _keep(self) -> None:
        self._file.finish(durable=True)
        self._final.parent.mkdir(parents=True, exist_ok=True)
        self._file.path.rename(self._final)
        for folder in (self._final.parent, self._final.parent.parent, self._final.parent.parent.parent):
            _sync_folder(folder)

    def _discard(self) -> None:
        self._file.remove()
        if self._is_kept:
            spool.remove(self._final)


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
        raise spool.translated(error) from error


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
