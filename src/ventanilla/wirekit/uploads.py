"""Files that come with a form: straight to where they are kept, and gone again unless a row comes to name them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import aclosing, asynccontextmanager
from typing import Concatenate, ParamSpec, TypeVar

import msgspec

from ventanilla.actions import attachments
from ventanilla.actions.ports import Transaction
from ventanilla.core import files
from ventanilla.core.errors import DeskError, Fault, InvalidInput, Rule, StoreFull, StoreUnavailable
from ventanilla.core.thread import Attachment
from ventanilla.wirekit import idempotency, multipart
from ventanilla.wirekit.answers import Answer
from ventanilla.wirekit.bodies import LARGEST_JSON
from ventanilla.wirekit.errors import BodyTooLarge
from ventanilla.wirekit.parts import IncomingFile, NoFile, TextField
from ventanilla.wirekit.request import Request
from ventanilla.wirekit.services import Upload

P = ParamSpec("P")
T = TypeVar("T")

LARGEST_TEXT = LARGEST_JSON
"""Bytes of all text fields together."""
BESIDES_FILES = 1024 * 1024
"""Bytes that a body may hold besides the files: text, headers of parts, boundaries."""


class ReceivedForm:
    """A multipart body: its text fields by name (of one that stands twice, the last), and its files."""

    def __init__(self, request: Request, file_field: str) -> None:
        self.fields: dict[str, str] = {}
        self.attachments: list[Attachment] = []
        self._request = request
        self._blobs = request.services.blobs
        self._rules = request.services.uploads
        self._file_field = file_field
        self._uploads: list[Upload] = []
        self._part: IncomingFile | NoFile | TextField | None = None
        self._text_bytes = 0

    async def read(self) -> None:
        """Read the whole body. Raises InvalidInput, and what `multipart.pieces` raises."""
        limit = self._rules.max_bytes * self._rules.max_files + BESIDES_FILES
        async with aclosing(multipart.pieces(self._request.receive, self._request.headers, limit)) as pieces:
            async for piece in pieces:
                await self._take(piece)
        self._request.fingerprint = self._fingerprint()

    async def write(
        self,
        answer: Callable[[T], Answer],
        action: Callable[Concatenate[Transaction, P], Awaitable[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Answer:
        """As `Request.write`, for an action that is given `attachments`: their bytes are safe before it begins.

        They are removed again when the action fails, and when the answer is one that was given before.
        """
        await self._keep()
        # From here on rows may name them, so that leaving this form must not remove them.
        kept, self._uploads = self._uploads, []
        try:
            made = await self._request.write(answer, action, *args, **kwargs)
        except Exception as error:
            await self._discard_unnamed(kept, error)
            raise
        if idempotency.is_replay(made):
            await _discard(kept)
        return made

    async def discard(self) -> None:
        """Remove what came in and was not written."""
        await _discard(self._uploads)

    async def _take(self, piece: multipart.Piece) -> None:
        match piece:
            case multipart.PartBegins(name, None):
                self._part = TextField(name)
            case multipart.PartBegins(name, str(file_name)):
                self._part = await self._begin_file(name, file_name)
            case bytes():
                await self._add(piece)
            case multipart.PartEnds():
                self._end()

    async def _begin_file(self, field: str, sent_name: str) -> IncomingFile | NoFile:
        if not sent_name:
            return NoFile(field)
        if field != self._file_field:
            raise InvalidInput(Fault(field, Rule.NOT_ALLOWED, allowed=(self._file_field,)))
        if len(self._uploads) == self._rules.max_files:
            raise InvalidInput(Fault(field, Rule.TOO_MANY, self._rules.max_files))
        name = files.clean_name(sent_name, field)
        if self._rules.refuses_programs and files.extension_of(name) in self._rules.blocked:
            raise InvalidInput(Fault(field, Rule.PROGRAM))
        upload = await self._blobs.begin()
        self._uploads.append(upload)
        return IncomingFile(name, field, upload, self._rules)

    async def _add(self, chunk: bytes) -> None:
        assert self._part is not None
        if isinstance(self._part, TextField):
            self._text_bytes += len(chunk)
            if self._text_bytes > LARGEST_TEXT:
                raise BodyTooLarge(LARGEST_TEXT)
        await self._part.write(chunk)

    def _end(self) -> None:
        match self._part:
            case TextField() as text:
                self.fields[text.name] = text.finished()
            case IncomingFile() as file:
                self.attachments.append(file.finished())
        self._part = None

    def _fingerprint(self) -> str:
        """Tell two bodies apart by what they say: the boundary of a retry is another one."""
        told = [self.fields, [(file.file_name, file.sha256) for file in self.attachments]]
        request = self._request
        return idempotency.fingerprint_of(
            request.method, request.path, request.scope["query_string"], msgspec.json.encode(told, order="sorted")
        )

    async def _keep(self) -> None:
        """Keep every file, all at once. When one cannot be kept, the others have come to their end as well."""
        whole = zip(self._uploads, self.attachments, strict=True)
        keeping = [upload.keep(file.file_name, file.media_type) for upload, file in whole]
        for outcome in await asyncio.gather(*keeping, return_exceptions=True):
            if outcome is not None:
                raise outcome

    async def _discard_unnamed(self, uploads: list[Upload], error: Exception) -> None:
        named: set[str] = set()
        if not isinstance(error, DeskError) or _may_be_stored(error):
            try:
                named = await self._request.read(attachments.named_keys, [upload.key for upload in uploads])
            except DeskError:
                return  # one file too many is what `ventanilla doctor` finds; one too few would be lost
        await _discard(upload for upload in uploads if upload.key not in named)


@asynccontextmanager
async def received(request: Request, file_field: str) -> AsyncIterator[ReceivedForm]:
    """Read a multipart body whose files come in `file_field`; what is not written is removed at the end."""
    form = ReceivedForm(request, file_field)
    try:
        await form.read()
        yield form
    finally:
        await form.discard()


async def forget(request: Request, removed: Attachment) -> None:
    """Remove the bytes of a file that was taken off a ticket, unless another ticket has them as well."""
    if not await request.read(attachments.named_keys, [removed.blob_key]):
        await request.services.blobs.remove(removed.blob_key)


async def _discard(uploads: Iterable[Upload]) -> None:
    await asyncio.gather(*(upload.discard() for upload in uploads))


def _may_be_stored(error: DeskError) -> bool:
    """Tell whether a commit may have come through all the same: the answer of the store to it was lost."""
    return isinstance(error, StoreUnavailable) and not isinstance(error, StoreFull)
