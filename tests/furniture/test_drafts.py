"""Drafts and presence over the native API."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.contracts.conftest import Join
from tests.contracts.doors import AT_THE_DESK

TICKETS = "/api/desk/v1/tickets"
EMPTY: dict[str, Any] = {"body": "", "kind": "answer", "updated_at": None, "attachments": []}


@pytest.fixture
def path(ana: httpx.Client) -> str:
    return f"{TICKETS}/{AT_THE_DESK.open(ana)}"


def test_a_draft_is_kept_until_it_is_sent(marta: httpx.Client, alicia: httpx.Client, path: str) -> None:
    assert marta.get(f"{path}/draft").json() == EMPTY
    kept = marta.put(f"{path}/draft", json={"body": "Only among us: **x**", "kind": "note"})
    assert kept.status_code == 200
    assert {**kept.json(), "updated_at": None} == EMPTY | {"body": "Only among us: **x**", "kind": "note"}
    assert marta.get(f"{path}/draft").json() == kept.json()
    assert alicia.get(f"{path}/draft").json() == EMPTY
    assert marta.post(f"{path}/messages", json={"kind": "note", "body": "Only among us"}).status_code == 201
    assert marta.get(f"{path}/draft").json() == EMPTY


@pytest.mark.parametrize(("method", "body"), [("DELETE", None), ("PUT", {"body": " \n"})])
def test_a_draft_is_thrown_away(marta: httpx.Client, path: str, method: str, body: Any) -> None:
    marta.put(f"{path}/draft", json={"body": "Hello"})
    for _ in range(2):
        assert marta.request(method, f"{path}/draft", json=body).is_success
        assert marta.get(f"{path}/draft").json() == EMPTY


def test_a_draft_is_no_change_of_the_ticket(marta: httpx.Client, path: str) -> None:
    before = marta.get(path).headers["etag"]
    marta.put(f"{path}/draft", json={"body": "Hello"})
    assert marta.get(path).headers["etag"] == before


def test_the_others_see_who_is_there(join: Join, marta: httpx.Client, path: str) -> None:
    name = f"Nora {uuid4().hex[:8]}"
    nora = join("nora", rol="MESA", name=name)
    assert marta.get(f"{path}/presence").json() == {"data": []}
    for state in ("viewing", "typing", "typing"):
        assert nora.put(f"{path}/presence", json={"state": state}).status_code == 204
        (one,) = marta.get(f"{path}/presence").json()["data"]
        assert (one["agent"]["name"], one["state"]) == (name, state)
    assert nora.get(f"{path}/presence").json() == {"data": []}
    assert nora.put(f"{path}/presence", json={"state": "gone"}).status_code == 204
    assert marta.get(f"{path}/presence").json() == {"data": []}


def test_a_ticket_of_another_area_looks_like_none(raul: httpx.Client, path: str) -> None:
    for ticket in (path, f"{TICKETS}/999999999", f"{TICKETS}/nothing"):
        for answer in (
            raul.get(f"{ticket}/draft"),
            raul.put(f"{ticket}/draft", json={"body": "Hello"}),
            raul.delete(f"{ticket}/draft"),
            raul.get(f"{ticket}/presence"),
            raul.put(f"{ticket}/presence", json={"state": "viewing"}),
            raul.put(f"{ticket}/presence", json={"state": "gone"}),
        ):
            assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


@pytest.mark.parametrize(
    ("what", "body", "pointer", "code"),
    [
        ("draft", {}, "/body", "missing"),
        ("draft", {"body": "b" * 50_001}, "/body", "too_long"),
        ("draft", {"body": "x", "kind": "reply"}, "/kind", "not_allowed"),
        ("draft", {"body": None}, "/body", "wrong_type"),
        ("presence", {}, "/state", "missing"),
        ("presence", {"state": "asleep"}, "/state", "not_allowed"),
        ("presence", {"state": "viewing", "agent": "leo"}, "/agent", "unknown_field"),
    ],
    ids=str,
)
def test_what_says_nothing_known_is_refused(
    marta: httpx.Client, path: str, what: str, body: dict[str, Any], pointer: str, code: str
) -> None:
    refused = marta.put(f"{path}/{what}", json=body)
    assert refused.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [(pointer, code)]
