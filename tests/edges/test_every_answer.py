"""What every answer carries, whatever it says and whoever gives it: the handler, the fallback or the protocol."""

import httpx
import pytest

from tests.edges.conftest import Dial
from tests.edges.line import CRASH, USER, request

SECURITY = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", USER, 200),
        ("POST", USER, 415),
        ("GET", USER + "/x", 400),
        ("GET", USER + "/999999", 404),
        ("GET", USER + "?page=0", 422),
        ("DELETE", USER, 405),
        ("GET", USER + "/1/2/3", 404),
        ("GET", "/api/admin/support-requests", 403),
        ("GET", "/nothing/here", 404),
        ("GET", "/readyz", 200),
    ],
)
def test_it_has_a_request_id_and_the_security_headers(ana: httpx.Client, method: str, path: str, status: int) -> None:
    answer = ana.request(method, path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in SECURITY} == SECURITY
    assert len(answer.headers["x-request-id"]) == 24
    assert "server" not in answer.headers


def test_even_what_is_no_http_gets_them(dial: Dial) -> None:
    line = dial()
    line.send(b"HELLO\r\n\r\n")
    answer = line.hear()
    assert (answer.status, answer.json["status"]) == (400, 400)
    assert {name: answer.headers.get(name) for name in SECURITY} == SECURITY
    assert len(answer.headers["x-request-id"]) == 24
    assert line.is_closed()


@pytest.mark.parametrize("sane", ["8e03978e-40d5-43dd-bc93-6894a57f9324", "abc_DEF-", "x" * 64])
def test_sane_request_id_is_taken_over(anyone: httpx.Client, sane: str) -> None:
    assert anyone.get("/healthz", headers={"X-Request-Id": sane}).headers["x-request-id"] == sane


@pytest.mark.parametrize(
    "odd", ["short", "x" * 65, "with blank 1", "<script>alert(1)</script>", "ñandú-ñandú", "1;2;3;4;5"]
)
def test_odd_request_id_is_replaced(anyone: httpx.Client, odd: str) -> None:
    given = anyone.get("/healthz", headers={b"X-Request-Id": odd.encode()}).headers["x-request-id"]
    assert len(given) == 24
    assert given != odd


def test_two_requests_have_two_ids(anyone: httpx.Client) -> None:
    assert len({anyone.get("/healthz").headers["x-request-id"] for _ in range(20)}) == 20


def test_missing_or_wrong_token_is_challenged(anyone: httpx.Client) -> None:
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic YTpi"}, {"Authorization": "Bearer"}):
        refused = anyone.get(USER, headers=headers)
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"] == "Bearer"
        assert refused.json()["statusCode"] == 401


def test_wrong_method_is_told_which_are_right(ana: httpx.Client) -> None:
    for path, allowed in ((USER, {"GET", "POST"}), (USER + "/1", {"GET"}), (USER + "/1/messages", {"POST"})):
        for method in ("DELETE", "PUT", "OPTIONS", "TRACE", "PROPFIND"):
            refused = ana.request(method, path)
            assert refused.status_code == 405
            assert refused.json()["error"] == "Method Not Allowed"
            assert set(refused.headers["allow"].replace(" ", "").split(",")) == allowed


def test_method_cannot_be_overridden(ana: httpx.Client) -> None:
    number = ana.post(USER, json=CRASH).json()["data"]["id"]
    disguised = {"X-HTTP-Method-Override": "GET", "X-HTTP-Method": "GET", "X-Method-Override": "GET"}
    assert ana.post(f"{USER}/{number}?_method=GET", headers=disguised).status_code == 405


def test_unknown_path_below_a_contract_is_answered_in_its_words(ana: httpx.Client) -> None:
    refused = ana.get(USER + "/1/unknown")
    assert refused.status_code == 404
    assert refused.json() == {"statusCode": 404, "message": "Support request not found", "error": "Not Found"}


def test_unknown_path_that_only_begins_like_a_contract_is_nobodys(ana: httpx.Client) -> None:
    refused = ana.get(USER + "-old")
    assert (refused.status_code, refused.headers["content-type"]) == (404, "application/problem+json")


def test_slash_at_the_end_makes_no_difference(ana: httpx.Client) -> None:
    number = ana.post(USER + "/", json=CRASH).json()["data"]["id"]
    assert ana.get(f"{USER}/{number}/").json() == ana.get(f"{USER}/{number}").json()


def test_newline_at_the_end_of_a_path_does(ana: httpx.Client) -> None:
    number = ana.post(USER, json=CRASH).json()["data"]["id"]
    assert ana.post(f"{USER}/{number}/messages%0A", json={"body": "Hello"}).status_code == 404


def test_head_is_get_without_the_body(ana: httpx.Client) -> None:
    for path in (USER, USER + "/999999", "/readyz", "/nothing"):
        got, head = ana.get(path), ana.head(path)
        assert (head.status_code, head.content) == (got.status_code, b"")
        assert head.headers["content-length"] == str(len(got.content))
        assert head.headers["content-type"] == got.headers["content-type"]


def test_after_head_the_connection_is_still_in_step(dial: Dial, ana_token: str) -> None:
    line = dial()
    line.send(request("HEAD", USER, ana_token, "Connection: keep-alive") + request("GET", "/readyz"))
    said = b""
    while b'"ready"' not in said:
        said += line.take()
    assert said.count(b"HTTP/1.1 200 OK") == 2
    assert b"support" not in said.lower()
