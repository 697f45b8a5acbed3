"""What the desk takes for a JSON body, and what it refuses before anybody looks at its meaning."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive

from ventanilla.wirekit import bodies
from ventanilla.wirekit.errors import BadRequest, BodyTooLarge, NotAnObject, NotJson, TooDeep, WrongContentType

MEBIBYTE = 1024 * 1024


def arriving(*pieces: bytes, hangs_up: bool = False) -> Receive:
    """The pieces of a body in the order in which a server hands them over."""
    messages: Iterator[Message] = iter(
        [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
        + [{"type": "http.disconnect"} if hangs_up else {"type": "http.request", "body": b"", "more_body": False}]
    )

    async def receive() -> Message:
        return next(messages)

    return receive


def nested(levels: int) -> bytes:
    return b'{"a":' * (levels - 1) + b"{}" + b"}" * (levels - 1)


async def test_body_in_many_pieces_is_put_together() -> None:
    assert await bodies.read_bytes(arriving(b"{", b"", b"}"), {}) == b"{}"


async def test_body_of_exactly_the_limit_is_taken() -> None:
    body = b"x" * MEBIBYTE
    assert await bodies.read_bytes(arriving(body), {b"content-length": b"%d" % MEBIBYTE}) == body


async def test_one_byte_more_than_the_limit_is_refused() -> None:
    with pytest.raises(BodyTooLarge) as refused:
        await bodies.read_bytes(arriving(b"x" * MEBIBYTE, b"x"), {})
    assert refused.value.limit == MEBIBYTE


async def test_announced_size_over_the_limit_is_refused_before_anything_is_read() -> None:
    async def never() -> Message:
        raise AssertionError("the body was asked for")

    for announced in (MEBIBYTE + 1, 2**63, 10**400):
        with pytest.raises(BodyTooLarge):
            await bodies.read_bytes(never, {b"content-length": b"%d" % announced})


@pytest.mark.parametrize("announced", [b"", b"-1", b"abc", b"1.5", b"0x10", b"\xb2", b"0"])
async def test_announced_size_that_says_nothing_is_left_to_what_arrives(announced: bytes) -> None:
    assert await bodies.read_bytes(arriving(b"{}"), {b"content-length": announced}) == b"{}"
    with pytest.raises(BodyTooLarge):
        await bodies.read_bytes(arriving(b"x" * (MEBIBYTE + 1)), {b"content-length": announced})


async def test_client_that_hangs_up_is_told_apart_from_a_short_body() -> None:
    with pytest.raises(bodies.ClientGone):
        await bodies.read_bytes(arriving(b'{"a":', hangs_up=True), {})


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        'application/json;charset="UTF-8"',
        "application/json; charset=utf8; profile=x",
        "application/json; profile=x; charset=utf-8",
        "application/json; mycharset=latin-1",
        "application/json;",
    ],
)
def test_json_in_utf8_is_taken_however_it_is_announced(content_type: str) -> None:
    bodies.require_json({b"content-type": content_type.encode()})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {b"content-type": b"text/plain"},
        {b"content-type": b"text/plain; application/json"},
        {b"content-type": b"application/jsonp"},
        {b"content-type": b"application/json; charset=latin-1"},
        {b"content-type": b"application/json; profile=x; charset=utf-16"},
        {b"content-type": b"application/json; charset="},
        {b"content-type": b"application/x-www-form-urlencoded"},
        {b"content-type": b"application/json", b"content-encoding": b"gzip"},
        {b"content-type": b"application/json", b"content-encoding": b"identity, br"},
    ],
)
def test_body_that_is_not_announced_as_plain_json_is_refused(headers: dict[bytes, bytes]) -> None:
    with pytest.raises(WrongContentType):
        bodies.require_json(headers)


def test_32_levels_are_taken_and_33_refused() -> None:
    assert bodies.parse_object(nested(32))
    with pytest.raises(TooDeep):
        bodies.parse_object(nested(33))


def test_lists_count_as_levels_too() -> None:
    assert bodies.parse_object(b'{"a":' + b"[" * 31 + b"]" * 31 + b"}")
    with pytest.raises(TooDeep):
        bodies.parse_object(b'{"a":' + b"[" * 32 + b"]" * 32 + b"}")


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_100000_levels_are_refused_and_do_no_harm(opening: str) -> None:
    with pytest.raises(TooDeep):
        bodies.parse_object((opening * 100_000).encode())


def test_brackets_in_text_are_not_levels() -> None:
    assert bodies.parse_object(json.dumps({"a": "[{" * 1_000}).encode()) == {"a": "[{" * 1_000}


def test_many_brackets_side_by_side_are_not_deep() -> None:
    assert bodies.parse_object(b'{"a":[' + b",".join([b"[]"] * 1_000) + b"]}")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b'{"a":1,}',
        b"{'a':1}",
        b'{"a":1} {}',
        b'{"a":1,"a":1}',
        b'{"a":{"b":1,"b":2}}',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":-Infinity}',
        b'{"a":1e400}',
        b'{"a":[-1e400]}',
        b'{"a":' + b"9" * 5_000 + b"}",
        b"\xef\xbb\xbf{}",
        '{"a":"ñ"}'.encode("latin-1"),
        "{}".encode("utf-16"),
        "{}".encode("utf-16-le"),
        "{}".encode("utf-32"),
        b'{"a":"\xc0\xaf"}',
        b'{"a":"\xed\xa0\x80"}',
        b'{"a":"\xf4\x90\x80\x80"}',
        b'{"a":"\x00"}',
        b'{"a":"\n"}',
    ],
)
def test_what_is_not_json_in_utf8_is_refused(body: bytes) -> None:
    with pytest.raises(NotJson):
        bodies.parse_object(body)


@pytest.mark.parametrize("body", [b"[]", b"null", b'"a"', b"1", b"true", b"[{}]"])
def test_json_that_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(NotAnObject):
        bodies.parse_object(body)


def test_numbers_keep_every_digit() -> None:
    long = 10**4_000
    assert bodies.parse_object(f'{{"a":{long},"b":-1.5e3,"c":1e308}}'.encode()) == {"a": long, "b": -1500.0, "c": 1e308}


_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), _VALUES, max_size=5))
def test_what_json_writes_is_read_back(value: dict[str, Any]) -> None:
    assert bodies.parse_object(json.dumps(value).encode()) == value


@given(st.binary(max_size=200) | st.text(alphabet='{}[]":,\\ud8e0129.-+truefalsnN ', max_size=80).map(str.encode))
def test_any_bytes_are_read_or_refused_and_nothing_else(body: bytes) -> None:
    try:
        found = bodies.parse_object(body)
    except BadRequest:
        return
    assert isinstance(found, dict)
