"""Requests that no honest client sends: two framings, odd verbs, endless heads and trailers (security.md, V28)."""

import httpx
import pytest

from tests.edges.conftest import Dial
from tests.edges.line import USER, request

JSON = "Content-Type: application/json"
CHUNKED = "Transfer-Encoding: chunked"
NOBODY_KNOWS = "X-Padding: "


@pytest.mark.parametrize(
    "framing",
    [
        ("Content-Length: 5", CHUNKED),
        (CHUNKED, "Content-Length: 5"),
        ("Content-Length: 5", "Content-Length: 5"),
        ("Content-Length: 5", "Content-Length: 6"),
        ("Content-Length: 5, 5",),
        ("Content-Length: -5",),
        ("Content-Length: +5",),
        ("Content-Length: 0x5",),
        ("Content-Length: 99999999999999999999999999",),
        ("Transfer-Encoding: chunked, identity",),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding : chunked",),
        ("X-Ok: 1\r\n folded",),
        ("Content-Length: 5\nTransfer-Encoding: chunked",),
    ],
)
def test_framing_that_can_be_read_two_ways_is_refused(dial: Dial, ana_token: str, framing: tuple[str, ...]) -> None:
    line = dial()
    line.send(request("POST", USER, ana_token, JSON, *framing) + b"0\r\n\r\nGET /readyz HTTP/1.1\r\n\r\n")
    assert line.hear().status == 400
    assert line.is_closed()


@pytest.mark.parametrize("verb", ["FOO", "get", "G\xcbT", "GET" * 2_000, ""])
def test_verb_that_http_does_not_know_is_refused(dial: Dial, verb: str) -> None:
    line = dial()
    line.send(request(verb, USER))
    assert line.hear().status == 400
    assert line.is_closed()


def test_trace_does_not_echo(dial: Dial, ana_token: str) -> None:
    line = dial()
    line.send(request("TRACE", USER, ana_token, "X-Secret: 1234567890"))
    answer = line.hear()
    assert answer.status == 405
    assert b"1234567890" not in answer.body


@pytest.mark.parametrize(
    "head",
    [
        request("GET", USER, None, NOBODY_KNOWS + "a" * 100_000),
        request("GET", USER, None, *([NOBODY_KNOWS + "a"] * 100_000)),
        request("GET", USER + "?a=" + "b" * 100_000),
        request("GET", USER, None, NOBODY_KNOWS + "a" * 100_000).removesuffix(b"\r\n\r\n"),
    ],
    ids=["one long header", "100,000 headers", "long query", "header without an end"],
)
def test_head_of_100_kilobytes_is_refused_and_the_connection_closed(dial: Dial, head: bytes) -> None:
    line = dial()
    line.send(head)
    assert line.hear().status == 400
    assert line.is_closed()


def test_head_of_60_kilobytes_is_taken(dial: Dial, ana_token: str) -> None:
    line = dial()
    line.send(request("GET", USER, ana_token, NOBODY_KNOWS + "a" * 60_000))
    assert line.hear().status == 200


def test_trailer_does_not_pass_for_a_header(dial: Dial, ana_token: str) -> None:
    line = dial()
    chunks = f"2\r\n{{}}\r\n0\r\nAuthorization: Bearer {ana_token}\r\n\r\n".encode()
    line.send(request("POST", USER, None, JSON, CHUNKED) + chunks)
    assert line.hear().status == 401


def test_endless_trailer_is_cut_off(dial: Dial, ana_token: str) -> None:
    line = dial()
    line.send(request("POST", USER, ana_token, JSON, CHUNKED) + b"2\r\n{}\r\n0\r\nX-Trailer: ")
    sent = 0
    while line.send(b"a" * 65_536):
        sent += 65_536
        assert sent < 32 * 1024 * 1024
    assert line.hear().status == 400


def test_endless_chunk_extension_is_cut_off(dial: Dial, ana_token: str) -> None:
    line = dial()
    line.send(request("POST", USER, ana_token, JSON, CHUNKED) + b"2;")
    sent = 0
    while line.send(b"a" * 65_536):
        sent += 65_536
        assert sent < 32 * 1024 * 1024


def test_body_in_chunks_of_one_byte_is_taken(dial: Dial, ana_token: str) -> None:
    body = b'{"category":"other","subject":"Small","message":"' + b"x" * 19_000 + b'"}'
    chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in body)
    line = dial()
    line.send(request("POST", USER, ana_token, JSON, CHUNKED) + chunks + b"0\r\n\r\n")
    assert line.hear().status == 201


@pytest.mark.parametrize(
    "path", [USER + "/%00", USER + "/%ff", USER + "/%ED%A0%80", USER + "/1%2f2", USER + "/-1", USER + "/1e9"]
)
def test_odd_bytes_in_a_path_find_nothing(ana: httpx.Client, path: str) -> None:
    answer = ana.get(path)
    assert answer.status_code in (400, 404)
    assert answer.json()["statusCode"] == answer.status_code


@pytest.mark.parametrize("query", ["page=%ff", "page=%ED%A0%80", "&".join(f"a{n}=1" for n in range(60))])
def test_query_that_cannot_be_read_is_refused(ana: httpx.Client, query: str) -> None:
    answer = ana.get(f"{USER}?{query}")
    assert (answer.status_code, answer.json()["statusCode"]) == (400, 400)


def test_pipelined_requests_are_answered_in_order(dial: Dial, ana_token: str) -> None:
    line = dial()
    paths = [USER, "/readyz", USER + "/x", "/nothing"] * 3
    line.send(b"".join(request("GET", path, ana_token) for path in paths))
    assert [line.hear().status for _ in paths] == [200, 200, 400, 404] * 3


def test_upgrade_is_not_followed(dial: Dial, ana_token: str) -> None:
    for wanted in ("websocket", "h2c"):
        line = dial()
        line.send(request("GET", USER, ana_token, "Connection: Upgrade", f"Upgrade: {wanted}"))
        assert line.hear().status == 200
