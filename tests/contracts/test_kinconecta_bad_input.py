"""What contract 4 refuses, in its own words, and that it changes nothing then."""

import json
from typing import Any

import httpx
import pytest
from tests.contracts.bad_input import JSON, OTHER_TYPES, UNREADABLE, WRONG_VALUES
from tests.contracts.kinconecta import TICKETS, VOUCHER, newest_id, opened, path_of, refused


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("roleContext", None, "is required"),
        ("roleContext", "", "must not be empty"),
        ("roleContext", "x" * 51, "must have at most 50 characters"),
        ("fullName", None, "is required"),
        ("fullName", "  ", "must not be empty"),
        ("fullName", "x" * 151, "must have at most 150 characters"),
        ("fullName", 7, "must be text"),
        ("email", None, "is required"),
        ("email", "ana@", "must be a valid e-mail address"),
        ("subject", "x" * 201, "must have at most 200 characters"),
        ("subject", "a\x00b", "must not contain control characters"),
        ("category", "x" * 101, "must have at most 100 characters"),
        ("category", [], "must be text"),
        ("message", "x" * 20_001, "must have at most 20000 characters"),
        ("message", "\ud800", "must not contain control characters"),
        ("status", "abierto", "must be one of: closed, in_progress, open, resolved"),
        ("status", "pending", "must be one of: closed, in_progress, open, resolved"),
        ("createdAt", "yesterday", "must be an ISO 8601 time"),
        ("createdAt", "2026-02-30T00:00:00Z", "must be an ISO 8601 time"),
        ("createdAt", 1_700_000_000, "must be text"),
        ("updatedAt", "0001-01-01T00:00:00+23:59", "must be an ISO 8601 time"),
        ("attachments", [{"fileName": "x"}], "takes no files here; send them as multipart/form-data"),
        ("attachments", "x.png", "takes no files here; send them as multipart/form-data"),
        ("attachments", {}, "takes no files here; send them as multipart/form-data"),
    ],
)
def test_value_that_breaks_its_rule_is_refused(
    anyone: httpx.Client, alicia: httpx.Client, field: str, value: Any, why: str
) -> None:
    before = newest_id(alicia)
    error = refused(anyone.post(TICKETS, content=json.dumps(VOUCHER | {field: value}), headers=JSON), 400)
    assert (error["errors"], error["message"]) == ({field: why}, f"{field} {why}")
    assert newest_id(alicia) == before


def test_every_fault_is_told_at_once(anyone: httpx.Client) -> None:
    assert set(refused(anyone.post(TICKETS, json={}), 400)["errors"]) == set(VOUCHER)
    wrong = VOUCHER | {"status": "lost", "createdAt": "x", "updatedAt": "y"}
    assert set(refused(anyone.post(TICKETS, json=wrong), 400)["errors"]) == {"status", "createdAt", "updatedAt"}


@pytest.mark.parametrize("nothing", [None, []])
def test_no_files_and_times_that_parse_are_accepted(anyone: httpx.Client, nothing: object) -> None:
    opened(
        anyone, attachments=nothing, createdAt="2026-03-10", updatedAt="2026-03-10T11:00:00.123+02:00", more={"a": 1}
    )


@pytest.mark.parametrize("kind", WRONG_VALUES)
def test_wrong_value_is_refused_in_every_text_field(anyone: httpx.Client, alicia: httpx.Client, kind: str) -> None:
    before = newest_id(alicia)
    for field in VOUCHER:
        body = json.dumps(VOUCHER | {field: WRONG_VALUES[kind]})
        assert list(refused(anyone.post(TICKETS, content=body, headers=JSON), 400)["errors"]) == [field]
    assert newest_id(alicia) == before


@pytest.mark.parametrize(("body", "status"), UNREADABLE.values(), ids=UNREADABLE)
def test_body_that_is_no_object_is_refused(
    anyone: httpx.Client, alicia: httpx.Client, body: bytes, status: int
) -> None:
    before = newest_id(alicia)
    refused(anyone.post(TICKETS, content=body, headers=JSON), status)
    assert newest_id(alicia) == before


@pytest.mark.parametrize(
    "headers",
    [
        *OTHER_TYPES,
        {"Content-Type": "multipart/mixed; boundary=x"},
        {"Content-Type": "multipart/form-data; boundary=x", "Content-Encoding": "gzip"},
    ],
)
def test_other_types_of_bodies_are_refused(anyone: httpx.Client, headers: dict[str, str]) -> None:
    refused(anyone.post(TICKETS, content=b"{}", headers=headers), 415)


@pytest.mark.parametrize("number", ["0", "-1", "1.0", "x", "9" * 30, "01", "%20", "٣"])
@pytest.mark.parametrize("rest", ["", "/attachments", "/attachments/1"])
def test_id_that_is_no_positive_integer_is_refused(alicia: httpx.Client, number: str, rest: str) -> None:
    refused(alicia.get(f"{TICKETS}/{number}{rest}"), 400)


def test_id_of_a_file_that_is_no_positive_integer_is_refused(alicia: httpx.Client) -> None:
    ticket = opened(alicia)
    refused(alicia.get(f"{path_of(ticket)}/attachments/x"), 400)
    refused(alicia.delete(f"{path_of(ticket)}/attachments/0"), 400)
    refused(alicia.get(f"{path_of(ticket)}/attachments/999999999"), 404)


@pytest.mark.parametrize("query", ["page=0", "page=x", "size=0", "size=201", "page=1000001", "size=٣"])
def test_page_that_is_none_is_refused(alicia: httpx.Client, query: str) -> None:
    assert list(refused(alicia.get(f"{TICKETS}?{query}"), 400)["errors"]) == [query.partition("=")[0]]


def test_what_is_not_there_is_told_in_the_same_shape(anyone: httpx.Client) -> None:
    refused(anyone.get(f"{TICKETS}/1/messages"), 404)
    answer = anyone.put(TICKETS, json=VOUCHER)
    assert refused(answer, 405)["error"] == "Method Not Allowed"
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "POST"}
