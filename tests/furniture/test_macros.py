"""Macros over the native API."""

from typing import Any

import httpx
import pytest

from tests.contracts.doors import AT_THE_DESK

MACROS = "/api/desk/v1/macros"
A_MACRO = {"name": "Hello", "body": "Hello {{requester.name}}, about {{ticket.label}}: {{mood}}"}


def made(client: httpx.Client, **more: Any) -> dict[str, Any]:
    answer = client.post(MACROS, json={**A_MACRO, **more})
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def own(client: httpx.Client) -> list[dict[str, Any]]:
    return [row for row in client.get(MACROS, params={"limit": 200}).json()["data"] if not row["is_shared"]]


def test_a_macro_is_kept_with_all_that_it_says(marta: httpx.Client) -> None:
    change = {"status": "resolved", "priority": "low", "area": "Pagos", "assignee_id": "me", "tags_add": ["a", "b"]}
    wanted = {**A_MACRO, "kind": "note", "change": change, "position": 4}
    told = made(marta, **wanted)
    assert told["maker_id"]
    assert told == {**wanted, "id": told["id"], "is_shared": False, "maker_id": told["maker_id"], "version": 1}
    assert marta.get(f"{MACROS}/{told['id']}").json() == told
    assert own(marta) == [told]


def test_a_canned_reply_is_a_macro_that_changes_nothing(marta: httpx.Client) -> None:
    told = made(marta)
    assert (told["kind"], told["change"]) == ("answer", {})


def test_a_macro_is_filled_in_for_a_ticket_by_any_of_its_names(marta: httpx.Client, ana: httpx.Client) -> None:
    macro, number = made(marta, change={"assignee_id": "me"}), int(AT_THE_DESK.open(ana))
    ticket = marta.get(f"/api/desk/v1/tickets/{number}").json()
    for name in (number, str(number), ticket["label"].lower(), ticket["uuid"]):
        filled = marta.post(f"{MACROS}/{macro['id']}/render", json={"ticket": name})
        assert filled.status_code == 200
        told = filled.json()
        assert told["body"] == f"Hello Ana, about {ticket['label']}: {{{{mood}}}}"
        assert (told["kind"], told["unknown"]) == ("answer", ["mood"])
        assert set(told["change"]) == {"assignee_id"}
        assert len(told["change"]["assignee_id"]) == 36
    assert marta.get(f"/api/desk/v1/tickets/{number}").json()["version"] == ticket["version"]


@pytest.mark.parametrize("name", ["0", 0, -1, "TKT-2026-99999", "", "nothing", 99999999])
def test_a_name_of_no_ticket_is_refused(marta: httpx.Client, name: object) -> None:
    refused = marta.post(f"{MACROS}/{made(marta)['id']}/render", json={"ticket": name})
    assert refused.status_code == 422
    assert [fault["pointer"] for fault in refused.json()["errors"]] == ["/ticket"]


def test_a_change_needs_the_version_that_it_is_meant_for(marta: httpx.Client) -> None:
    told = made(marta)
    path = f"{MACROS}/{told['id']}"
    edited = marta.patch(path, json={"name": "Bye", "change": {"area": "Pagos"}}, headers={"If-Match": '"1"'})
    assert (edited.status_code, edited.headers["etag"]) == (200, '"2"')
    assert edited.json() == {**told, "name": "Bye", "change": {"area": "Pagos"}, "version": 2}
    assert marta.patch(path, json={"name": "Late"}, headers={"If-Match": '"1"'}).status_code == 412
    assert marta.get(path, headers={"If-None-Match": '"2"'}).status_code == 304
    assert marta.delete(path, headers={"If-Match": '"2"'}).status_code == 204
    assert marta.get(path).status_code == 404


@pytest.mark.parametrize("name", ["nothing", "01955c5b-8e40-7a00-8000-000000000001"])
def test_a_name_of_no_macro_is_not_found(marta: httpx.Client, name: str) -> None:
    for answer in (
        marta.get(f"{MACROS}/{name}"),
        marta.patch(f"{MACROS}/{name}", json={"name": "x"}, headers={"If-Match": "*"}),
        marta.delete(f"{MACROS}/{name}", headers={"If-Match": "*"}),
        marta.post(f"{MACROS}/{name}/render", json={"ticket": 1}),
    ):
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"name": " "}, "/name", "empty"),
        ({"body": "b" * 20_001}, "/body", "too_long"),
        ({"kind": "reply"}, "/kind", "not_allowed"),
        ({"change": {"status": "done"}}, "/change/status", "not_allowed"),
        ({"change": {"priority": None}}, "/change/priority", "wrong_type"),
        ({"change": {"area": "x"}}, "/change/area", "too_short"),
        ({"change": {"assignee_id": "nobody"}}, "/change/assignee_id", "unknown_person"),
        ({"change": {"tags_add": ["ok", ""]}}, "/change/tags_add/1", "empty"),
        ({"change": {"tags_add": ["t"] * 21}}, "/change/tags_add", "too_many_items"),
        ({"change": {"subject": "x"}}, "/change/subject", "unknown_field"),
        ({"position": "first"}, "/position", "wrong_type"),
    ],
)
def test_what_no_macro_has_is_refused_by_name(
    marta: httpx.Client, change: dict[str, Any], pointer: str, code: str
) -> None:
    told = made(marta)
    for refused in (
        marta.post(MACROS, json={**A_MACRO, **change}),
        marta.patch(f"{MACROS}/{told['id']}", json=change, headers={"If-Match": "*"}),
    ):
        assert refused.status_code == 422
        assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [(pointer, code)]
    assert own(marta) == [told]
