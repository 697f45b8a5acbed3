"""The parts of a form on their way in: files, text fields, and file inputs that nobody filled in."""

import os
from datetime import UTC, datetime
from hashlib import sha256

from ventanilla.core import files, ids
from ventanilla.core.errors import Fault, InvalidInput, Rule
from ventanilla.core.thread import Attachment
from ventanilla.wirekit.errors import FileTooLarge, NotMultipart
from ventanilla.wirekit.files import HEAD, media_type
from ventanilla.wirekit.services import Upload, UploadRules


class IncomingFile:
    """A file on its way in: counted and hashed as it comes, its beginning kept to tell what it is."""

    def __init__(self, name: str, field: str, upload: Upload, rules: UploadRules) -> None:
        self.upload = upload
        self._name = name
        self._field = field
        self._rules = rules
        self._size = 0
        self._digest = sha256()
        self._head = b""

    async def write(self, chunk: bytes) -> None:
        """Raises FileTooLarge as soon as the file passes its limit."""
        self._size += len(chunk)
        if self._size > self._rules.max_bytes:
            raise FileTooLarge(self._rules.max_bytes)
        if len(self._head) < HEAD:
            self._head += chunk[: HEAD - len(self._head)]
        self._digest.update(chunk)
        await self.upload.write(chunk)

    def finished(self) -> Attachment:
        """Return the whole file as the store will know it. Raises InvalidInput for an empty file and for a program."""
        if not self._size:
            raise InvalidInput(Fault(self._field, Rule.EMPTY))
        if self._rules.refuses_programs and files.is_program(self._head):
            raise InvalidInput(Fault(self._field, Rule.PROGRAM))
        now = datetime.now(UTC)
        return Attachment(
            uuid=ids.new_uuid(now, os.urandom(10)),
            file_name=self._name,
            media_type=media_type(self._head),
            size=self._size,
            sha256=self._digest.hexdigest(),
            blob_key=self.upload.key,
            uploaded_at=now,
        )


class NoFile:
    """What a browser sends for a file input that nobody filled in: a part without a name and without bytes."""

    def __init__(self, field: str) -> None:
        self._field = field

    async def write(self, chunk: bytes) -> None:
        raise InvalidInput(Fault(self._field, Rule.FILE_NAME, files.LONGEST_NAME))


class TextField:
    """A text field on its way in."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._value = bytearray()

    async def write(self, chunk: bytes) -> None:
        self._value += chunk

    def finished(self) -> str:
        try:
            return self._value.decode("utf-8")
        except UnicodeDecodeError:
            raise NotMultipart from None
