"""What the command line asks of a place for files, besides what requests do."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ventanilla.wirekit.services import Blobs, Upload


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is kept, whether a row names it or not. `size` is in bytes."""

    key: str
    size: int
    kept_at: datetime


class BlobStore(Blobs, Protocol):
    async def begin(self, key: str | None = None) -> Upload:
        """Begin a new file; only an import, whose rows name their files already, gives the key."""

    def kept(self) -> AsyncIterator[KeptFile]:
        """Yield every file that is kept, in no order. Raises StoreUnavailable."""

    def address(self, key: str) -> str:
        """Return where the file is, for a person to read."""

    def sweep(self) -> int:
        """Remove what crashes left on its way in; returns how many files."""
