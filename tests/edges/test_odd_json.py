"""Bodies that are JSON only in name, over the wire (faults.md, F14): a clear refusal, and nothing is stored."""

import gzip

import httpx
import pytest

from tests.edges.line import CRASH, USER

ODD = {
    "nothing": b"",
    "a list": b"[]",
    "100,000 levels": b"[" * 100_000,
    "100,000 closed levels": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "33 levels": b'{"a":' * 33 + b"1" + b"}" * 33,
    "5,000 digits": b'{"category":' + b"9" * 5_000 + b"}",
    "NaN": b'{"category":NaN}',
    "Infinity": b'{"category":-Infinity}',
    "1e400": b'{"category":1e400}',
    "a key twice": b'{"category":"other","category":"other","subject":"a","message":"b"}',
    "BOM": b"\xef\xbb\xbf{}",
    "UTF-16": "{}".encode("utf-16"),
    "UTF-32": "{}".encode("utf-32"),
    "invalid UTF-8": b'{"category":"other","subject":"\xff","message":"b"}',
    "overlong UTF-8": b'{"category":"other","subject":"\xc0\xaf","message":"b"}',
    "raw NUL": b'{"category":"other","subject":"\x00","message":"b"}',
}
WRONG = {
    "lone surrogate": b'{"category":"other","subject":"a\\ud800","message":"b"}',
    "escaped NUL": b'{"category":"other","subject":"a\\u0000","message":"b"}',
    "escape sequence": b'{"category":"other","subject":"a\\u001b[2J","message":"b"}',
    "a megabyte of marks": b'{"category":"other","subject":"a","message":"' + "\u0301\u0316".encode() * 250_000 + b'"}',
    "4,000 digits": b'{"category":' + b"9" * 4_000 + b',"subject":"a","message":"b"}',
    "too many characters": b'{"category":"other","subject":"a","message":"' + b"x" * 20_001 + b'"}',
}


def sent(client: httpx.Client, body: bytes, content_type: str = "application/json", **headers: str) -> httpx.Response:
    return client.post(USER, content=body, headers={"Content-Type": content_type, **headers})


def holds_nothing(client: httpx.Client) -> bool:
    return bool(client.get(USER).json()["meta"]["total"] == 0)


@pytest.mark.parametrize("body", ODD.values(), ids=ODD.keys())
def test_what_is_no_json_object_is_refused_with_400(ana: httpx.Client, body: bytes) -> None:
    refused = sent(ana, body)
    assert (refused.status_code, refused.json()["error"]) == (400, "Bad Request")
    assert holds_nothing(ana)


@pytest.mark.parametrize("body", WRONG.values(), ids=WRONG.keys())
def test_value_that_cannot_be_kept_is_refused_with_422(ana: httpx.Client, body: bytes) -> None:
    refused = sent(ana, body)
    assert (refused.status_code, refused.json()["statusCode"]) == (422, 422)
    assert len(refused.json()["errors"]) == 1
    assert holds_nothing(ana)


@pytest.mark.parametrize(
    ("content_type", "headers"),
    [
        ("text/plain", {}),
        ("application/json; charset=latin-1", {}),
        ("application/json; charset=utf-16", {}),
        ("application/x-www-form-urlencoded", {}),
        ("", {}),
        ("application/json", {"Content-Encoding": "gzip"}),
        ("application/json", {"Content-Encoding": "br"}),
    ],
)
def test_other_types_and_encodings_are_refused_with_415(
    ana: httpx.Client, content_type: str, headers: dict[str, str]
) -> None:
    body = gzip.compress(b"{}") if headers else b"{}"
    refused = sent(ana, body, content_type, **headers)
    assert (refused.status_code, refused.json()["error"]) == (415, "Unsupported Media Type")
    assert holds_nothing(ana)


def test_what_only_the_server_may_set_and_what_nobody_knows_is_ignored(ana: httpx.Client) -> None:
    extra = {"id": 1, "status": "closed", "createdAt": "1999-01-01", "is_admin": True, "huge": 10**4_000, "": None}
    opened = ana.post(USER, json=CRASH | extra).json()["data"]
    assert opened["status"] == "open"
    assert not opened["createdAt"].startswith("1999")


def test_text_comes_back_composed_and_trimmed(ana: httpx.Client) -> None:
    opened = ana.post(USER, json=CRASH | {"subject": "  Cafe\u0301 🐎 \u202eabc\n"}).json()["data"]
    assert opened["subject"] == "Café 🐎 \u202eabc"
