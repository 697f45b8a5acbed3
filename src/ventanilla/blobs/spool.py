"""Files on their way in, in a folder of this machine, whatever place they are kept in afterwards."""

import contextlib
import errno
import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from ventanilla.core.errors import DeskError, StoreFull, StoreUnavailable

CHUNK = 256 * 1024
ABANDONED_AFTER = 24 * 60 * 60
"""Seconds after which a file that is still on its way in counts as left behind by a crash."""

logger = logging.getLogger("ventanilla.blobs")


class Spool:
    """Where files are until they are whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folder.mkdir(parents=True, exist_ok=True)

    def begin(self, key: str | None = None) -> "SpooledFile":
        """Begin a file under `key`, or under a new one. Raises StoreUnavailable and StoreFull."""
        path = self._folder / (key or uuid4().hex)
        with store_errors():
            if key is not None:
                path.unlink(missing_ok=True)
            return SpooledFile(path)

    def sweep(self) -> int:
        """Remove what crashes left behind; returns how many files."""
        oldest = time.time() - ABANDONED_AFTER
        left = [path for path in self._folder.iterdir() if path.stat().st_mtime < oldest]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)


class SpooledFile:
    """One file on its way in. Everything here waits for the disk, so call it away from the event loop."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: BinaryIO = path.open("xb", buffering=CHUNK)

    def write(self, chunk: bytes) -> None:
        with store_errors():
            self._file.write(chunk)

    def finish(self, *, durable: bool) -> int:
        """Write out what is buffered; returns the size in bytes. `durable`: it has to outlive a power cut."""
        self._file.flush()
        if durable:
            os.fsync(self._file.fileno())
        size = self._file.tell()
        self._file.close()
        return size

    def remove(self) -> None:
        with contextlib.suppress(OSError):
            self._file.close()  # writes what is buffered, for which there may be no room
        remove(self.path)


def remove(path: Path) -> None:
    """Remove a file; one that cannot be removed is left behind, and logged."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        logger.exception("the file %s cannot be removed", path.name)


@contextlib.contextmanager
def store_errors() -> Iterator[None]:
    """Raise StoreFull or StoreUnavailable for what the disk says."""
    try:
        yield
    except OSError as error:
        raise translated(error) from error


def translated(error: OSError) -> DeskError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return StoreFull(detail=str(error)) if full else StoreUnavailable(detail=str(error))
