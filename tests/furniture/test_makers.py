"""Whose a view or a macro is: who made it, also where somebody else brings it back."""

from typing import Any

import httpx
import pytest

DESK = "/api/desk/v1"
BODIES: dict[str, dict[str, Any]] = {
    "views": {"name": "Urgent", "query": "is:open"},
    "macros": {"name": "Hello", "body": "Hello."},
}
every_list = pytest.mark.parametrize("what", BODIES)


def made(client: httpx.Client, what: str, **more: Any) -> Any:
    answer = client.post(f"{DESK}/{what}", json={**BODIES[what], **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


@every_list
def test_what_is_shared_comes_back_to_whoever_made_it(alicia: httpx.Client, marta: httpx.Client, what: str) -> None:
    maker = made(marta, what)["maker_id"]
    back = made(alicia, what, is_shared=True, maker_id=maker)
    assert back["maker_id"] == maker
    assert alicia.get(f"{DESK}/{what}/{back['id']}").json()["maker_id"] == maker
    path, own = f"{DESK}/{what}/{back['id']}", {"is_shared": False}
    assert alicia.patch(path, json=own, headers={"If-Match": "*"}).status_code == 200
    assert (marta.get(path).status_code, alicia.get(path).status_code) == (200, 404)


@every_list
def test_nobody_makes_something_for_somebody_else(alicia: httpx.Client, marta: httpx.Client, what: str) -> None:
    hers = made(alicia, what)["maker_id"]
    refused = [
        marta.post(f"{DESK}/{what}", json={**BODIES[what], "maker_id": hers}),
        marta.post(f"{DESK}/{what}", json={**BODIES[what], "is_shared": True, "maker_id": hers}),
        alicia.post(f"{DESK}/{what}", json={**BODIES[what], "is_shared": True, "maker_id": "nobody"}),
    ]
    assert [answer.status_code for answer in refused] == [422, 403, 422]
    codes = [answer.json()["errors"][0]["code"] for answer in (refused[0], refused[2])]
    assert codes == ["not_supported", "unknown_person"]
