"""Tags over the native API."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

TAGS = "/api/desk/v1/tags"


def made(client: httpx.Client, **more: Any) -> dict[str, Any]:
    answer = client.post(TAGS, json={"name": uuid4().hex, **more})
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_a_tag_is_kept_with_all_that_it_says(marta: httpx.Client) -> None:
    told = made(marta, color="teal")
    assert told == {"id": told["id"], "name": told["name"], "color": "teal", "uses": 0, "version": 1}
    assert marta.get(f"{TAGS}/{told['id']}").json() == told
    assert marta.get(TAGS, params={"prefix": told["name"].upper()}).json() == {"data": [told], "next": None}


def test_a_tag_is_gray_unless_somebody_says_otherwise(marta: httpx.Client) -> None:
    assert made(marta)["color"] == "gray"


def test_the_list_is_walked_page_by_page(marta: httpx.Client) -> None:
    start = uuid4().hex[:12]
    for letter in "cab":
        made(marta, name=f"{start} {letter}")
    rows, url = [], f"{TAGS}?prefix={start}&limit=2"
    while url:
        page = marta.get(url)
        rows += [row["name"] for row in page.json()["data"]]
        url = page.links.get("next", {}).get("url", "")
    assert rows == [f"{start} {letter}" for letter in "abc"]


def test_the_list_comes_without_its_counts_where_nobody_wants_them(marta: httpx.Client) -> None:
    told = made(marta)
    for wanted, uses in (("0", None), ("1", 0)):
        page = marta.get(TAGS, params={"prefix": told["name"], "uses": wanted})
        assert page.json()["data"] == [told | {"uses": uses}]


@pytest.mark.parametrize("after", ["x", "AAAA"])
def test_a_broken_cursor_is_refused(marta: httpx.Client, after: str) -> None:
    refused = marta.get(TAGS, params={"after": after})
    assert [fault["pointer"] for fault in refused.json()["errors"]] == ["/after"]


def test_a_tag_of_the_same_name_is_refused(marta: httpx.Client, alicia: httpx.Client) -> None:
    told, other = made(marta), made(marta)
    for refused in (
        marta.post(TAGS, json={"name": told["name"].upper()}),
        alicia.patch(f"{TAGS}/{other['id']}", json={"name": told["name"]}, headers={"If-Match": "*"}),
    ):
        assert refused.status_code == 422
        assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [("/name", "taken")]


def test_a_change_needs_the_version_that_it_is_meant_for(alicia: httpx.Client) -> None:
    told, name = made(alicia), uuid4().hex
    path = f"{TAGS}/{told['id']}"
    changed = alicia.patch(path, json={"name": name, "color": "pink"}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert changed.json() == {**told, "name": name, "color": "pink", "version": 2}
    assert alicia.patch(path, json={"color": "red"}, headers={"If-Match": '"1"'}).status_code == 412
    assert alicia.delete(path, headers={"If-Match": '"2"'}).status_code == 204
    assert alicia.get(path).status_code == 404


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"name": ""}, "/name", "empty"),
        ({"name": "__"}, "/name", "empty"),
        ({"name": None}, "/name", "wrong_type"),
        ({"color": "mauve"}, "/color", "not_allowed"),
        ({"uses": 3}, "/uses", "unknown_field"),
    ],
)
def test_what_no_tag_has_is_refused_by_name(
    alicia: httpx.Client, change: dict[str, Any], pointer: str, code: str
) -> None:
    told = made(alicia)
    for refused in (
        alicia.post(TAGS, json={"name": uuid4().hex, **change}),
        alicia.patch(f"{TAGS}/{told['id']}", json=change, headers={"If-Match": "*"}),
    ):
        assert refused.status_code == 422
        assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [(pointer, code)]
    assert alicia.get(f"{TAGS}/{told['id']}").json() == told
