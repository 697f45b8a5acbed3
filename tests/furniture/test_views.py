"""Saved views over the native API."""

from typing import Any

import httpx
import pytest

VIEWS = "/api/desk/v1/views"
A_VIEW = {"name": "Urgent", "query": "priority:urgent is:open"}


def made(client: httpx.Client, **more: Any) -> dict[str, Any]:
    answer = client.post(VIEWS, json={**A_VIEW, **more})
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def own(client: httpx.Client) -> list[dict[str, Any]]:
    rows = client.get(VIEWS, params={"limit": 200}).json()["data"]
    return [row for row in rows if not row["is_builtin"] and not row["is_shared"]]


def test_a_view_is_saved_with_all_that_it_says(marta: httpx.Client) -> None:
    wanted = {**A_VIEW, "sort": "due", "columns": ["subject", "sla"], "icon": "bolt", "position": 4}
    told = made(marta, **wanted)
    assert told["maker_id"]
    fixed = {"is_shared": False, "is_builtin": False, "version": 1}
    assert told == {**wanted, **fixed, "id": told["id"], "maker_id": told["maker_id"]}
    assert marta.get(f"{VIEWS}/{told['id']}").json() == told
    assert marta.get(f"{VIEWS}/{told['id'].upper()}").json() == told
    assert own(marta) == [told]


def test_what_a_new_view_leaves_out_is_as_usual(marta: httpx.Client) -> None:
    told = made(marta)
    assert (told["sort"], told["icon"], told["position"], told["is_shared"]) == ("-updated", "", 0, False)
    assert told["columns"][:2] == ["number", "subject"]


def test_built_in_views_have_a_name_in_each_language(marta: httpx.Client) -> None:
    english, spanish = (
        marta.get(f"{VIEWS}/mine", headers={"Accept-Language": language}).json() for language in ("en", "es")
    )
    assert (english["name"], spanish["name"]) == ("Mine", "Mis tickets")
    assert english["query"] == spanish["query"] == "assignee:me is:open"
    assert (english["is_builtin"], english["is_shared"]) == (True, True)
    assert all(row["name"] for row in marta.get(VIEWS, headers={"Accept-Language": "es"}).json()["data"])


def test_the_list_is_walked_page_by_page(marta: httpx.Client) -> None:
    made(marta)
    whole = marta.get(VIEWS, params={"limit": 200}).json()
    assert whole["next"] is None
    rows, url = [], f"{VIEWS}?limit=3"
    while url:
        page = marta.get(url)
        rows += page.json()["data"]
        assert len(page.json()["data"]) <= 3
        assert (page.json()["next"] is None) is ("next" not in page.links)
        url = page.links.get("next", {}).get("url", "")
    assert rows == whole["data"]


@pytest.mark.parametrize("after", ["x", "AAAA", "%00", "é" * 300])
def test_a_broken_cursor_is_refused(marta: httpx.Client, after: str) -> None:
    refused = marta.get(VIEWS, params={"after": after})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/after"


def test_a_change_needs_the_version_that_it_is_meant_for(marta: httpx.Client) -> None:
    told = made(marta)
    path, change = f"{VIEWS}/{told['id']}", {"name": "More urgent"}
    assert marta.patch(path, json=change).status_code == 428
    changed = marta.patch(path, json=change, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert changed.json() == {**told, **change, "version": 2}
    assert marta.patch(path, json={"name": "Late"}, headers={"If-Match": '"1"'}).status_code == 412
    assert marta.delete(path).status_code == 428
    assert marta.delete(path, headers={"If-Match": '"1"'}).status_code == 412
    assert marta.get(path).json() == changed.json()
    assert marta.delete(path, headers={"If-Match": '"2"'}).status_code == 204
    assert marta.get(path).status_code == 404


def test_what_one_has_already_is_not_sent_again(marta: httpx.Client) -> None:
    path = f"{VIEWS}/{made(marta)['id']}"
    again = marta.get(path, headers={"If-None-Match": '"1"'})
    assert (again.status_code, again.content) == (304, b"")


def test_somebody_elses_view_looks_like_none(marta: httpx.Client, alicia: httpx.Client) -> None:
    path = f"{VIEWS}/{made(marta)['id']}"
    for answer in (
        alicia.get(path),
        alicia.patch(path, json={"name": "x"}, headers={"If-Match": "*"}),
        alicia.delete(path, headers={"If-Match": "*"}),
        alicia.get(f"{VIEWS}/no-such-view"),
    ):
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


def test_a_shared_view_is_everybodys_and_its_makers_to_change(
    alicia: httpx.Client, marta: httpx.Client, raul: httpx.Client
) -> None:
    shared = made(alicia, is_shared=True)
    path = f"{VIEWS}/{shared['id']}"
    for colleague in (marta, raul):
        assert colleague.get(path).json() == shared
        assert colleague.patch(path, json={"name": "x"}, headers={"If-Match": "*"}).status_code == 403
        assert colleague.post(VIEWS, json={**A_VIEW, "is_shared": True}).status_code == 403
    assert alicia.delete(path, headers={"If-Match": "*"}).status_code == 204


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"name": ""}, "/name", "empty"),
        ({"name": None}, "/name", "wrong_type"),
        ({"name": "n" * 101}, "/name", "too_long"),
        ({"query": "q" * 501}, "/query", "too_long"),
        ({"query": "stat:open"}, "/query", "unknown_condition"),
        ({"sort": "priority"}, "/sort", "not_allowed"),
        ({"columns": []}, "/columns", "empty"),
        ({"columns": ["number", "price"]}, "/columns/1", "not_allowed"),
        ({"columns": ["number"] * 14}, "/columns", "too_many_items"),
        ({"icon": "i" * 51}, "/icon", "too_long"),
        ({"position": -1}, "/position", "too_small"),
        ({"position": 10_001}, "/position", "too_large"),
        ({"position": 1.5}, "/position", "wrong_type"),
        ({"is_shared": "yes"}, "/is_shared", "wrong_type"),
        ({"version": 7}, "/version", "unknown_field"),
    ],
)
def test_what_no_view_has_is_refused_by_name(
    marta: httpx.Client, change: dict[str, Any], pointer: str, code: str
) -> None:
    told = made(marta)
    path = f"{VIEWS}/{told['id']}"
    for refused in (
        marta.post(VIEWS, json={**A_VIEW, **change}),
        marta.patch(path, json=change, headers={"If-Match": "*"}),
    ):
        assert refused.status_code == 422
        assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [(pointer, code)]
    assert own(marta) == [told]
