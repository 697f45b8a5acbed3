"""The check that every answer in these tests passes through (conftest.py) tells declared answers from others."""

from typing import Any

import httpx
import pytest
from tests.contracts.declarations import Declarations, Undeclared

HEADERS = {"X-Request-Id": {"$ref": "#/components/headers/RequestId"}}
DOCUMENT: dict[str, Any] = {
    "paths": {
        "/shops/{id}": {
            "get": {
                "responses": {
                    "200": {
                        "headers": HEADERS,
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Shop"}}},
                    },
                    "204": {"headers": HEADERS},
                    "206": {"headers": HEADERS, "content": {"*/*": {}}},
                    "401": {"headers": HEADERS | {"WWW-Authenticate": {}}},
                }
            }
        },
        "/shops/open": {"get": {"responses": {"204": {"headers": HEADERS}}}},
    },
    "components": {"schemas": {"Shop": {"type": "object", "required": ["name"]}}},
}


def answer(path: str, status: int, *, method: str = "GET", **told: Any) -> httpx.Response:
    headers = {"X-Request-Id": "r", **told.pop("headers", {})}
    return httpx.Response(status, request=httpx.Request(method, f"http://desk{path}"), headers=headers, **told)


@pytest.mark.parametrize(
    "declared",
    [
        answer("/shops/1", 200, json={"name": "Ana's", "floor": 2}),
        answer("/shops/1/", 200, json={"name": "Ana's"}),
        answer("/shops/1", 204),
        answer("/shops/1", 206, content=b"\x00", headers={"Content-Type": "image/png"}),
        answer("/shops/1", 405, method="PUT", json={}),
        answer("/shops/open", 204),
        answer("/elsewhere", 418),
        answer("/shops/1", 200, method="HEAD", headers={"Content-Type": "application/json"}),
    ],
)
def test_declared_answers_pass(declared: httpx.Response) -> None:
    Declarations(DOCUMENT).hook(declared)


@pytest.mark.parametrize(
    ("undeclared", "told"),
    [
        (answer("/shops/1", 418), "the status is none of 200, 204, 206, 401"),
        (answer("/shops/open", 200, json={"name": "a shop called open"}), "the status is none of 204"),
        (answer("/shops/1", 200, json={"floor": 2}), "'name' is a required property"),
        (answer("/shops/1", 200, text="Ana's"), "its type is 'text/plain', not application/json"),
        (answer("/shops/1", 204, text="Ana's"), "there is a body"),
        (answer("/shops/1", 401), "the header WWW-Authenticate is missing"),
    ],
)
def test_other_answers_are_told(undeclared: httpx.Response, told: str) -> None:
    with pytest.raises(Undeclared, match=told):
        Declarations(DOCUMENT).hook(undeclared)


def test_clients_of_contract_tests_refuse_undeclared_answers(declarations: Declarations, ana: httpx.Client) -> None:
    assert declarations.hook in ana.event_hooks["response"]
    undeclared = httpx.Response(418, request=ana.build_request("GET", "/api/mobile/support-requests/1"))
    with pytest.raises(Undeclared):
        declarations.check(undeclared)
