"""Putting views, macros and fields into another order: one request, all or nothing."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

DESK = "/api/desk/v1"
BODIES: dict[str, dict[str, Any]] = {
    "views": {"query": "is:open"},
    "macros": {"body": "Hello."},
    "fields": {"kind": "text"},
}
every_list = pytest.mark.parametrize("what", BODIES)


def made(client: httpx.Client, what: str, name: str, **more: Any) -> str:
    """The id of something new; fields stay for good, so that each has a name of its own."""
    answer = client.post(f"{DESK}/{what}", json={**BODIES[what], "name": f"{name} {uuid4().hex[:6]}", **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def order(client: httpx.Client, what: str, ids: list[str]) -> httpx.Response:
    return client.put(f"{DESK}/{what}/order", json={"ids": ids})


def listed(client: httpx.Client, what: str, known: list[str]) -> list[str]:
    """Those of `known` in the order of the list."""
    return [row["id"] for row in client.get(f"{DESK}/{what}?limit=200").json()["data"] if row["id"] in known]


@every_list
def test_a_list_stands_in_the_order_that_it_was_put_in(alicia: httpx.Client, what: str) -> None:
    one, two, three, four = (made(alicia, what, name) for name in ("One", "Two", "Three", "Four"))
    assert order(alicia, what, [three, one, four, two]).status_code == 204
    assert listed(alicia, what, [one, two, three, four]) == [three, one, four, two]
    assert order(alicia, what, [two, str(uuid4()), "mine", three.upper()]).status_code == 204
    assert listed(alicia, what, [one, two, three, four]) == [two, three, one, four]


@every_list
def test_only_what_stands_elsewhere_now_has_a_new_version(alicia: httpx.Client, what: str) -> None:
    one, two = made(alicia, what, "One"), made(alicia, what, "Two")
    order(alicia, what, [one, two])
    before = alicia.get(f"{DESK}/{what}/{one}").json()
    assert order(alicia, what, [one, two]).status_code == 204
    assert alicia.get(f"{DESK}/{what}/{one}").json() == before


@pytest.mark.parametrize("what", ["views", "macros"])
def test_who_may_not_arrange_one_of_them_arranges_none(marta: httpx.Client, alicia: httpx.Client, what: str) -> None:
    shared = made(alicia, what, "Shared", is_shared=True)
    one, two = made(marta, what, "One"), made(marta, what, "Two")
    refused = order(marta, what, [two, shared, one])
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")
    assert listed(marta, what, [one, two]) == [one, two]


@pytest.mark.parametrize("what", ["views", "macros"])
def test_what_is_somebody_elses_stays_where_it_is(marta: httpx.Client, alicia: httpx.Client, what: str) -> None:
    foreign = made(alicia, what, "Hers", position=7)
    one, two = made(marta, what, "One"), made(marta, what, "Two")
    assert order(marta, what, [foreign, two, one]).status_code == 204
    assert alicia.get(f"{DESK}/{what}/{foreign}").json()["position"] == 7
    assert listed(marta, what, [one, two]) == [two, one]


def test_fields_are_put_into_order_by_admins_alone(marta: httpx.Client, alicia: httpx.Client) -> None:
    assert order(marta, "fields", [made(alicia, "fields", "One")]).status_code == 403


@every_list
@pytest.mark.parametrize(("ids", "code"), [([], "empty"), (["x"] * 501, "too_many_items"), ("x", "wrong_type")])
def test_what_is_no_order_is_refused(alicia: httpx.Client, what: str, ids: Any, code: str) -> None:
    refused = order(alicia, what, ids)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, code)
