"""What routes are given to work with."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from ventanilla.actions.ports import Desk
from ventanilla.actions.reading import OpenToRequester
from ventanilla.core.credentials import DEFAULT_SESSIONS
from ventanilla.core.thread import Attachment
from ventanilla.wirekit.bell import Bell
from ventanilla.wirekit.limits import GuessLimits, Limits
from ventanilla.wirekit.links import LinkSigner
from ventanilla.wirekit.passwords import Passwords
from ventanilla.wirekit.tokens import TokenMaker, TokenReader
from ventanilla.wirekit.turns import Turns


class Upload(Protocol):
    """A file on its way in. Nothing of it shows until `keep`; `discard` leaves nothing, kept or not."""

    async def write(self, chunk: bytes) -> None: ...
    async def keep(self, file_name: str, media_type: str) -> None:
        """Make the file durable, to be handed out as this. A row that names it may be written only after this."""

    async def discard(self) -> None: ...
    @property
    def key(self) -> str: ...


class Blobs(Protocol):
    """Where the bytes of attachments are kept."""

    async def begin(self) -> Upload: ...
    async def read(self, attachment: Attachment) -> AsyncIterator[bytes]:
        """Return the bytes in pieces. Raises FileLost before the first when they are not all there."""

    async def link(self, attachment: Attachment, method: str) -> str | None:
        """Return an address that answers this method with the file for the next minute; None: `read` hands it out."""

    async def remove(self, key: str) -> None:
        """Remove a file that no row names any more. What cannot be removed is left behind, and logged."""


@dataclass(frozen=True, slots=True)
class UploadRules:
    """The operator's limits on files. `blocked` holds extensions with their dot, in lower case."""

    max_bytes: int = 25 * 1024 * 1024
    max_files: int = 10
    blocked: frozenset[str] = frozenset()
    refuses_programs: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    desk: Desk
    tokens: TokenReader
    token_maker: TokenMaker
    passwords: Passwords
    blobs: Blobs
    links: LinkSigner
    limits: Limits = field(default_factory=Limits)
    guesses: GuessLimits | None = None
    turns: Turns = field(default_factory=Turns)
    uploads: UploadRules = field(default_factory=UploadRules)
    login_seconds: int = 8 * 3600
    session_life: timedelta = DEFAULT_SESSIONS.life
    desk_name: str = "Ventanilla"
    time_zone: str = "UTC"
    base_url: str = ""
    """The address that the operator says clients use; blank where they say nothing."""

    public_read: bool = False
    wires: Mapping[str, Callable[[OpenToRequester, Callable[[str], str]], Any]] = field(default_factory=dict)
    """How each of the other contracts shows a ticket to staff, by its name."""
    bell: Bell = field(default_factory=Bell)
    observers: tuple[Callable[[Any, str, str, int, float], None], ...] = ()
    """Told of every answer of a route: request, contract, route's pattern, status, `perf_counter` at its start."""

    @property
    def is_https(self) -> bool:
        """Tell whether clients come over https alone, which browsers are then told to keep to."""
        return self.base_url.startswith("https://")
