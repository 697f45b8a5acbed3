"""Bodies that are too large, or said to be (faults.md, F13): refused before they are read, in little memory."""

import httpx

from tests.edges.conftest import Dial
from tests.edges.line import USER, Line, memory_of, request
from tests.serving import RunningDesk

MEBIBYTE = 1024 * 1024
GIGABYTE = 1_000_000_000
JSON = "Content-Type: application/json"
CHUNK = b"%x\r\n" % 65_536 + b"x" * 65_536 + b"\r\n"


def pour(line: Line, piece: bytes, most: int = GIGABYTE) -> int:
    """Send the same piece until nobody takes it any more; returns how many bytes were taken."""
    sent = 0
    while sent < most and line.send(piece):
        sent += len(piece)
    return sent


def test_announced_gigabyte_is_refused_before_it_comes(dial: Dial, server: RunningDesk, ana_token: str) -> None:
    before = memory_of(server.pid)
    line = dial()
    line.send(request("POST", USER, ana_token, JSON, f"Content-Length: {GIGABYTE}"))
    refused = line.hear()
    assert (refused.status, refused.json["statusCode"]) == (413, 413)
    assert memory_of(server.pid) - before < 50 * MEBIBYTE


def test_who_sends_a_gigabyte_all_the_same_is_cut_off(dial: Dial, server: RunningDesk, ana_token: str) -> None:
    before = memory_of(server.pid)
    line = dial()
    line.send(request("POST", USER, ana_token, JSON, f"Content-Length: {GIGABYTE}"))
    # What the two sockets hold is taken by the kernel, whether the desk reads it or not.
    assert pour(line, b"x" * 65_536) < 16 * MEBIBYTE
    assert line.hear().status == 413
    assert memory_of(server.pid) - before < 50 * MEBIBYTE


def test_gigabyte_in_chunks_is_cut_off(dial: Dial, server: RunningDesk, ana_token: str) -> None:
    before = memory_of(server.pid)
    line = dial()
    line.send(request("POST", USER, ana_token, JSON, "Transfer-Encoding: chunked"))
    assert pour(line, CHUNK) < 16 * MEBIBYTE
    assert line.hear().status == 413
    assert memory_of(server.pid) - before < 50 * MEBIBYTE


def test_gigabyte_without_a_token_is_cut_off_as_well(dial: Dial, server: RunningDesk) -> None:
    line = dial()
    line.send(request("POST", USER, None, JSON, "Transfer-Encoding: chunked"))
    assert pour(line, CHUNK) < 16 * MEBIBYTE
    assert line.hear().status == 401


def test_who_waits_to_be_told_to_go_on_is_refused_and_let_go(dial: Dial, ana_token: str) -> None:
    line = dial()
    line.send(request("POST", USER, ana_token, JSON, "Expect: 100-continue", f"Content-Length: {GIGABYTE}"))
    assert line.hear().status == 413
    assert line.is_closed()


def test_small_rest_of_a_refused_body_does_not_cost_the_connection(dial: Dial, ana_token: str) -> None:
    line = dial()
    line.send(request("POST", USER, None, JSON, f"Content-Length: {MEBIBYTE // 2}"))
    assert line.hear().status == 401
    assert line.send(b"x" * (MEBIBYTE // 2))
    line.send(request("GET", USER, ana_token))
    assert line.hear().status == 200


def test_who_sends_somewhat_too_much_is_told_so_and_keeps_the_connection(dial: Dial, ana_token: str) -> None:
    line = dial()
    line.send(request("POST", USER, ana_token, JSON, f"Content-Length: {MEBIBYTE * 3 // 2}"))
    assert line.hear().status == 413
    assert line.send(b"x" * (MEBIBYTE * 3 // 2))
    line.send(request("GET", USER, ana_token))
    assert line.hear().status == 200


def test_body_of_exactly_one_mebibyte_is_read_and_one_byte_more_is_not(ana: httpx.Client) -> None:
    frame = b'{"category":"other","subject":"Log","message":"See below","log":"%s"}'
    body = frame % (b"x" * (MEBIBYTE - len(frame) + 2))
    assert len(body) == MEBIBYTE
    assert ana.post(USER, content=body, headers={"Content-Type": "application/json"}).status_code == 201
    refused = ana.post(USER, content=body + b" ", headers={"Content-Type": "application/json"})
    assert (refused.status_code, refused.json()["error"]) == (413, "Request Entity Too Large")


def test_less_than_announced_is_waited_for_and_more_is_another_request(dial: Dial, ana_token: str) -> None:
    body = b'{"category":"other","subject":"Short","message":"It is short"}'
    line = dial()
    line.send(request("POST", USER, ana_token, body=body) + b"GET /readyz HTTP/1.1\r\n\r\n")
    assert [line.hear().status, line.hear().status] == [201, 200]
    short = dial()
    short.send(request("POST", USER, ana_token, body=body)[:-1])
    short.send(b"}")
    assert short.hear().status == 201
