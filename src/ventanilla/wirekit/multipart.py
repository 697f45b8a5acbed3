"""Reading multipart/form-data as it arrives, piece by piece (RFC 7578)."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message

from starlette.types import Receive

from ventanilla.wirekit.bodies import ClientGone, RawHeaders, refuse_announced_size, refuse_compression
from ventanilla.wirekit.errors import BodyTooLarge, NotMultipart, WrongContentType

MULTIPART = "multipart/form-data"
MOST_PARTS = 100
LARGEST_PART_HEAD = 8 * 1024
"""Bytes of all headers of one part."""


@dataclass(frozen=True, slots=True)
class PartBegins:
    """A part of this name. `file_name` is None for a text field, and as the client sent it for a file."""

    name: str
    file_name: str | None


@dataclass(frozen=True, slots=True)
class PartEnds:
    """The part that began last is whole."""


Piece = PartBegins | bytes | PartEnds


def is_multipart(headers: RawHeaders) -> bool:
    return _content_type(headers).get_content_type() == MULTIPART


async def pieces(receive: Receive, headers: RawHeaders, limit: int) -> AsyncGenerator[Piece, None]:
    """Yield the parts of a body as they come: where each begins, its bytes, where it ends.

    Raises WrongContentType, BodyTooLarge as soon as the body is known to pass `limit` bytes, NotMultipart when it is
    broken or ends too early, and ClientGone.
    """
    splitter = _Splitter(_boundary(headers))
    refuse_announced_size(headers, limit)
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunk: bytes = message.get("body", b"")
        more = message.get("more_body", False)
        size += len(chunk)
        if size > limit:
            raise BodyTooLarge(limit)
        for piece in splitter.feed(chunk):
            yield piece
    if not splitter.is_complete:
        raise NotMultipart


class _Splitter:
    """Collects what python_multipart calls back with while it is fed one chunk."""

    def __init__(self, boundary: bytes) -> None:
        # Loaded by the first upload and not at the start, which ought to be quick.
        from python_multipart.exceptions import FormParserError
        from python_multipart.multipart import MultipartParser

        self._refusal = FormParserError
        self.is_complete = False
        self._pieces: list[Piece] = []
        self._parts = 0
        self._head: list[tuple[bytearray, bytearray]] = []
        self._head_bytes = 0
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin_head,
                    "on_header_begin": self._begin_header,
                    "on_header_field": self._add_field,
                    "on_header_value": self._add_value,
                    "on_headers_finished": self._end_head,
                    "on_part_data": self._add_data,
                    "on_part_end": self._end_part,
                    "on_end": self._end,
                },
                max_header_size=LARGEST_PART_HEAD,
            )
        except FormParserError:
            raise NotMultipart from None

    def feed(self, chunk: bytes) -> list[Piece]:
        try:
            self._parser.write(chunk)
        except self._refusal:
            raise NotMultipart from None
        found, self._pieces = self._pieces, []
        return found

    def _begin_head(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise NotMultipart
        self._head, self._head_bytes = [], 0

    def _begin_header(self) -> None:
        self._head.append((bytearray(), bytearray()))

    def _add_field(self, data: bytes, start: int, end: int) -> None:
        self._count(end - start)
        self._head[-1][0].extend(data[start:end])

    def _add_value(self, data: bytes, start: int, end: int) -> None:
        self._count(end - start)
        self._head[-1][1].extend(data[start:end])

    def _count(self, size: int) -> None:
        self._head_bytes += size
        if self._head_bytes > LARGEST_PART_HEAD:
            raise NotMultipart

    def _end_head(self) -> None:
        told = [value for field, value in self._head if field.lower() == b"content-disposition"]
        if len(told) != 1:
            raise NotMultipart
        self._pieces.append(_part_of(told[0].decode("utf-8", "replace")))

    def _add_data(self, data: bytes, start: int, end: int) -> None:
        self._pieces.append(data[start:end])

    def _end_part(self) -> None:
        self._pieces.append(PartEnds())

    def _end(self) -> None:
        self.is_complete = True


def _boundary(headers: RawHeaders) -> bytes:
    message = _content_type(headers)
    if message.get_content_type() != MULTIPART:
        raise WrongContentType(MULTIPART)
    refuse_compression(headers, MULTIPART)
    with _unreadable():
        boundary = message.get_boundary() or ""
    if not boundary.isascii() or not boundary:
        raise NotMultipart
    return boundary.encode()


def _content_type(headers: RawHeaders) -> Message:
    message = Message()
    message["Content-Type"] = headers.get(b"content-type", b"").decode("latin-1")
    return message


def _part_of(disposition: str) -> PartBegins:
    message = Message()
    message["Content-Disposition"] = disposition
    with _unreadable():
        name = message.get_param("name", header="content-disposition")
        file_name = message.get_filename()
        kind = message.get_content_disposition()
    if kind != "form-data" or not isinstance(name, str):
        raise NotMultipart
    # Browsers write a quotation mark in a name as %22 (HTML, "multipart/form-data encoding algorithm").
    return PartBegins(name, None if file_name is None else file_name.replace("%22", '"'))


@contextmanager
def _unreadable() -> Iterator[None]:
    """The email package stumbles over some parameters (RFC 2231) that are nonsense."""
    try:
        yield
    except (ValueError, TypeError):
        raise NotMultipart from None
