"""Multipart bodies, whole and broken, in whatever pieces they come."""

import asyncio
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.wirekit.bodies import ClientGone
from ventanilla.wirekit.errors import BodyTooLarge, NotMultipart, WrongContentType
from ventanilla.wirekit.multipart import PartBegins, PartEnds, Piece, pieces

BOUNDARY = b"frontera"
HEADERS = {b"content-type": b"multipart/form-data; boundary=frontera"}
GONE = {"type": "http.disconnect"}
NONSENSE = ("name", "filename", "*", "*0", "*1*", "=", " ", "'", '"', "\\", ";", "%ff", "utf-8''", "\0", "é", "99")

FORM = (
    b"--frontera\r\n"
    b'Content-Disposition: form-data; name="subject"\r\n\r\n'
    b"Lost\r\n--frontier\r\n"
    b"--frontera\r\n"
    b'Content-Disposition: form-data; name="file"; filename="\xc3\xb1and\xc3\xba %22x%22.bin"\r\n'
    b"Content-Type: image/png\r\n\r\n"
    b"\r\n--front\r\r\n-\x00\xff\r\n"
    b"\r\n--frontera--\r\nepilogue"
)
PARTS = [
    (PartBegins("subject", None), b"Lost\r\n--frontier"),
    (PartBegins("file", 'ñandú "x".bin'), b"\r\n--front\r\r\n-\x00\xff\r\n"),
]


def read(
    chunks: Sequence[bytes], headers: dict[bytes, bytes] | None = None, limit: int = 10_000, *, stays: bool = True
) -> list[Piece]:
    messages: list[dict[str, Any]] = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    messages.append({"type": "http.request", "body": b""} if stays else GONE)

    async def collect() -> list[Piece]:
        return [piece async for piece in pieces(_receiving(messages), HEADERS | (headers or {}), limit)]

    return asyncio.run(collect())


def _receiving(messages: list[dict[str, Any]]) -> Callable[[], Any]:
    coming = iter(messages)

    async def receive() -> dict[str, Any]:
        return next(coming)

    return receive


def parts_of(found: Sequence[Piece]) -> list[tuple[PartBegins, bytes]]:
    parts: list[tuple[PartBegins, bytes]] = []
    for piece in found:
        match piece:
            case PartBegins():
                parts.append((piece, b""))
            case bytes():
                parts[-1] = (parts[-1][0], parts[-1][1] + piece)
            case PartEnds():
                pass
    assert sum(isinstance(piece, PartEnds) for piece in found) == len(parts)
    return parts


def part(disposition: bytes, value: bytes = b"x") -> bytes:
    return b"--frontera\r\nContent-Disposition: " + disposition + b"\r\n\r\n" + value + b"\r\n"


@given(st.lists(st.integers(0, len(FORM)), max_size=12))
def test_form_says_the_same_in_whatever_chunks_it_comes(cuts: list[int]) -> None:
    at = [0, *sorted(cuts), len(FORM)]
    chunks = [FORM[start:end] for start, end in pairwise(at)]
    assert parts_of(read(chunks)) == PARTS


def test_form_says_the_same_byte_by_byte() -> None:
    assert parts_of(read([FORM[at : at + 1] for at in range(len(FORM))])) == PARTS


@given(st.integers(0, FORM.index(b"--frontera--") + len("--frontera-")))
def test_form_that_ends_too_early_is_refused(end: int) -> None:
    with pytest.raises(NotMultipart):
        read([FORM[:end]])


@given(st.integers(0, len(FORM)))
def test_client_who_hangs_up_is_not_taken_for_one_who_has_finished(end: int) -> None:
    with pytest.raises(ClientGone):
        read([FORM[:end]], stays=False)


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_bytes_are_a_form_or_refused(head: bytes, rest: bytes) -> None:
    for body in (head, part(head), b"--frontera\r\n" + head + b"\r\n\r\n" + rest + b"\r\n--frontera--"):
        try:
            parts_of(read([body]))
        except NotMultipart:
            continue


@given(st.lists(st.sampled_from(NONSENSE), max_size=9))
def test_any_disposition_is_read_or_refused(words: list[str]) -> None:
    body = part(b"form-data; name=f; " + "".join(words).encode()) + b"--frontera--"
    try:
        assert len(parts_of(read([body]))) == 1
    except NotMultipart:
        return


@pytest.mark.parametrize(
    ("disposition", "begins"),
    [
        (b'form-data; name="file"; filename=""', PartBegins("file", "")),
        (b"form-data; name=file; filename=a.txt", PartBegins("file", "a.txt")),
        (b'form-data; name="file"; filename="a;b=c.txt"', PartBegins("file", "a;b=c.txt")),
        (b'form-data; name="file"; filename="say \\"hi\\".txt"', PartBegins("file", 'say "hi".txt')),
        (b"form-data; name=\"file\"; filename*=UTF-8''%e2%82%ac.txt", PartBegins("file", "€.txt")),
        (b'form-data; name="file"; filename="\xff.txt"', PartBegins("file", "\ufffd.txt")),
    ],
)
def test_names_are_read_as_clients_write_them(disposition: bytes, begins: PartBegins) -> None:
    assert parts_of(read([part(disposition) + b"--frontera--"])) == [(begins, b"x")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"subject=Lost",
        part(b"attachment; name=file") + b"--frontera--",
        part(b"form-data") + b"--frontera--",
        b"--frontera\r\nContent-Type: text/plain\r\n\r\nx\r\n--frontera--",
        part(b"form-data; name=a\r\nContent-Disposition: form-data; name=b") + b"--frontera--",
        part(b"form-data; name=" + b"a" * 8_192) + b"--frontera--",
        part(b"form-data; name=a\r\n" + b"\r\n".join(b"X-%d: %s" % (at, b"x" * 2_000) for at in range(5)))
        + b"--frontera--",
        part(b"form-data; name=a") * 101 + b"--frontera--",
    ],
)
def test_broken_form_is_refused(body: bytes) -> None:
    with pytest.raises(NotMultipart):
        read([body], limit=20_000)


def test_form_without_parts_is_read() -> None:
    assert read([b"--frontera--\r\n"]) == []


def test_hundred_parts_are_read() -> None:
    assert len(parts_of(read([part(b"form-data; name=a") * 100 + b"--frontera--"]))) == 100


@pytest.mark.parametrize(
    ("header", "error"),
    [
        ({b"content-type": b"application/json"}, WrongContentType),
        ({b"content-type": b"multipart/mixed; boundary=frontera"}, WrongContentType),
        ({b"content-type": b""}, WrongContentType),
        ({b"content-encoding": b"gzip"}, WrongContentType),
        ({b"content-type": b"multipart/form-data"}, NotMultipart),
        ({b"content-type": b"multipart/form-data; boundary="}, NotMultipart),
        ({b"content-type": b"multipart/form-data; boundary=" + b"x" * 257}, NotMultipart),
        ({b"content-type": b"multipart/form-data; boundary=\xe9"}, NotMultipart),
        ({b"content-type": b"multipart/form-data; boundary=otra"}, NotMultipart),
        ({b"content-length": b"10001"}, BodyTooLarge),
    ],
)
def test_header_that_announces_something_else_is_refused(header: dict[bytes, bytes], error: type[Exception]) -> None:
    with pytest.raises(error):
        read([FORM], header)


def test_body_that_passes_its_limit_is_refused_as_soon_as_it_does() -> None:
    with pytest.raises(BodyTooLarge):
        read([FORM, b"x" * 500], limit=len(FORM) + 499)
    assert parts_of(read([FORM, b"x" * 500], limit=len(FORM) + 500)) == PARTS
