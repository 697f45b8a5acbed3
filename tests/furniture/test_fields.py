"""Custom fields over the native API, and their values on tickets."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.contracts.doors import AT_THE_DESK

FIELDS = "/api/desk/v1/fields"


def a_key() -> str:
    return f"f{uuid4().hex[:12]}"


@pytest.fixture
def made(alicia: httpx.Client) -> Any:
    """Make fields; in the end all of them are switched off, for other tests share the desk."""
    paths: list[str] = []

    def make(**more: Any) -> dict[str, Any]:
        answer = alicia.post(FIELDS, json={"name": "Contract", "kind": "text", "key": a_key(), **more})
        assert answer.status_code == 201, answer.text
        told: dict[str, Any] = answer.json()
        paths.append(f"{FIELDS}/{told['id']}")
        return told

    yield make
    for path in paths:
        alicia.patch(path, json={"is_active": False, "is_required": False}, headers={"If-Match": "*"})


@pytest.fixture
def ticket(ana: httpx.Client) -> str:
    return f"/api/desk/v1/tickets/{AT_THE_DESK.open(ana)}"


def test_a_field_is_kept_with_all_that_it_says(marta: httpx.Client, made: Any) -> None:
    wanted = {"key": a_key(), "name": "Type", "kind": "choice", "choices": ["A", "B"], "position": 3}
    told = made(**wanted)
    assert told == {**wanted, "id": told["id"], "is_required": False, "is_active": True, "version": 1}
    assert marta.get(f"{FIELDS}/{told['id']}").json() == told
    assert told in marta.get(FIELDS, params={"limit": 200}).json()["data"]
    assert marta.get(f"{FIELDS}/{told['id']}", headers={"If-None-Match": '"1"'}).status_code == 304


def test_the_name_suggests_a_key(alicia: httpx.Client) -> None:
    name = f"Línea {uuid4().hex[:8]}"
    told = alicia.post(FIELDS, json={"name": name, "kind": "number"}).json()
    assert told["key"] == name.lower().replace("í", "i").replace(" ", "_")
    assert alicia.delete(f"{FIELDS}/{told['id']}", headers={"If-Match": "*"}).status_code == 204


def test_a_ticket_shows_values_as_their_kind_has_them(marta: httpx.Client, made: Any, ticket: str) -> None:
    answers = {"text": "Fibre", "number": 2.5, "choice": "A", "date": "2026-03-15", "checkbox": True}
    keys = {kind: made(kind=kind, choices=["A"] if kind == "choice" else [])["key"] for kind in answers}
    told = {keys[kind]: answer for kind, answer in answers.items()}
    changed = marta.patch(ticket, json={"fields": told}, headers={"If-Match": '"1"'})
    assert changed.status_code == 200, changed.text
    assert changed.json()["fields"] == marta.get(ticket).json()["fields"] == told
    emptied = marta.patch(ticket, json={"fields": {keys["text"]: None, keys["number"]: 7}}, headers={"If-Match": "*"})
    assert emptied.json()["fields"] == {**{key: told[key] for key in told if key != keys["text"]}, keys["number"]: 7}
    entries = marta.get(f"{ticket}/timeline").json()["data"]
    assert entries[-1]["event"]["changes"][f"field.{keys['text']}"] == ["Fibre", None]


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("text", 7, "wrong_type"),
        ("text", ["a"], "wrong_type"),
        ("text", {"$ne": ""}, "wrong_type"),
        ("text", "a\x00", "control_character"),
        ("text", "t" * 2_001, "too_long"),
        ("number", "7", "wrong_type"),
        ("number", 10**16, "too_large"),
        ("choice", "C", "not_allowed"),
        ("date", "15/03/2026", "not_a_date"),
        ("checkbox", "yes", "wrong_type"),
    ],
    ids=lambda value: str(value)[:12].replace("\x00", "NUL"),
)
def test_a_value_of_another_kind_is_refused_by_name(
    marta: httpx.Client, made: Any, ticket: str, kind: str, value: Any, code: str
) -> None:
    key = made(kind=kind, choices=["A", "B"] if kind == "choice" else [])["key"]
    refused = marta.patch(ticket, json={"fields": {key: value}, "priority": "high"}, headers={"If-Match": "*"})
    assert refused.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [(f"/fields/{key}", code)]
    assert (marta.get(ticket).json()["fields"], marta.get(ticket).json()["version"]) == ({}, 1)


def test_a_key_of_no_field_is_refused_by_name(marta: httpx.Client, ticket: str) -> None:
    refused = marta.patch(ticket, json={"fields": {"no/such~field": 1}}, headers={"If-Match": "*"})
    assert [fault["pointer"] for fault in refused.json()["errors"]] == ["/fields/no~1such~0field"]


def test_a_field_in_use_is_switched_off_and_not_removed(
    alicia: httpx.Client, marta: httpx.Client, made: Any, ticket: str
) -> None:
    field = made()
    path, values = f"{FIELDS}/{field['id']}", {"fields": {field["key"]: "A-7"}}
    assert marta.patch(ticket, json=values, headers={"If-Match": "*"}).status_code == 200
    refused = alicia.delete(path, headers={"If-Match": "*"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/conflict")
    off = alicia.patch(path, json={"is_active": False}, headers={"If-Match": '"1"'})
    assert (off.status_code, off.headers["etag"], off.json()["is_active"]) == (200, '"2"', False)
    assert marta.get(ticket).json()["fields"] == values["fields"]
    assert marta.patch(ticket, json=values, headers={"If-Match": "*"}).status_code == 422
    assert alicia.patch(path, json={"name": "x"}, headers={"If-Match": '"1"'}).status_code == 412


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"name": ""}, "/name", "empty"),
        ({"choices": ["a"]}, "/choices", "not_supported"),
        ({"choices": [""]}, "/choices/0", "empty"),
        ({"choices": ["a"] * 101}, "/choices", "too_many_items"),
        ({"is_required": None}, "/is_required", "wrong_type"),
        ({"is_active": 1}, "/is_active", "wrong_type"),
        ({"position": -1}, "/position", "too_small"),
        ({"uses": 3}, "/uses", "unknown_field"),
    ],
)
def test_what_no_field_has_is_refused_by_name(
    alicia: httpx.Client, made: Any, change: dict[str, Any], pointer: str, code: str
) -> None:
    told = made()
    for refused in (
        alicia.post(FIELDS, json={"name": "Contract", "kind": "text", "key": a_key(), **change}),
        alicia.patch(f"{FIELDS}/{told['id']}", json=change, headers={"If-Match": "*"}),
    ):
        assert refused.status_code == 422
        assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [(pointer, code)]
    assert alicia.get(f"{FIELDS}/{told['id']}").json() == told


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"key": "Not a key"}, "/key", "not_a_key"),
        ({"key": "k" * 41}, "/key", "too_long"),
        ({"kind": "colour"}, "/kind", "not_allowed"),
        ({"kind": "choice"}, "/choices", "missing"),
    ],
)
def test_what_no_new_field_has_is_refused_by_name(
    alicia: httpx.Client, change: dict[str, Any], pointer: str, code: str
) -> None:
    refused = alicia.post(FIELDS, json={"name": "Contract", "kind": "text", "key": a_key(), **change})
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [(pointer, code)]


def test_a_key_that_is_taken_and_one_that_never_changes(alicia: httpx.Client, made: Any) -> None:
    told = made()
    taken = alicia.post(FIELDS, json={"name": "Contract", "kind": "text", "key": told["key"]})
    assert [(fault["pointer"], fault["code"]) for fault in taken.json()["errors"]] == [("/key", "taken")]
    for change in ({"key": a_key()}, {"kind": "number"}):
        fixed = alicia.patch(f"{FIELDS}/{told['id']}", json=change, headers={"If-Match": "*"})
        assert [fault["code"] for fault in fixed.json()["errors"]] == ["unknown_field"]
