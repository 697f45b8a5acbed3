"""What clients do in the wild and is no fault: a slash at the end, no body where none is asked for, a retry."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.contracts.calls import REPEATED_BY_PARTS, SECRET_NEEDED, SETTINGS, SHOWN_ONCE, call
from tests.contracts.doors import DOORS, door

from ventanilla.contracts import REGISTRY
from ventanilla.wirekit.contract import Caller, Contract, Route

TARGETS = [
    (contract, route)
    for contract in REGISTRY
    for route in contract.routes
    if f"{route.method} {route.path}" not in {*SETTINGS, *SECRET_NEEDED}
]
"""The routes that need nothing but a ticket to make sense."""


REPEATED = [
    (contract, route)
    for contract, route in TARGETS
    if route.method == "POST" and f"{route.method} {route.path}" not in {*SHOWN_ONCE, *REPEATED_BY_PARTS}
]


def name(value: Contract | Route) -> str:
    return f"{value.method} {value.path}" if isinstance(value, Route) else value.name


@pytest.mark.parametrize(("contract", "route"), TARGETS, ids=name)
def test_slash_at_the_end_makes_no_difference(
    contract: Contract, route: Route, ana: httpx.Client, alicia: httpx.Client
) -> None:
    caller, ticket = alicia if route.caller is Caller.STAFF else ana, door(contract.name).open(ana)
    answer = call(caller, alicia, replace(route, path=f"{route.path}/"), ticket)
    assert answer.status_code in route.answers, answer.text


@pytest.mark.parametrize(("contract", "route"), REPEATED, ids=name)
def test_a_post_with_the_same_key_is_done_once(
    contract: Contract, route: Route, ana: httpx.Client, alicia: httpx.Client
) -> None:
    caller, ticket = alicia if route.caller is Caller.STAFF else ana, door(contract.name).open(ana)
    caller.headers["Idempotency-Key"] = uuid4().hex
    first, again = (call(caller, alicia, route, ticket) for _ in range(2))
    assert first.status_code in route.answers, first.text
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert ("idempotency-replayed" in first.headers, again.headers["idempotency-replayed"]) == (False, "true")


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"headers": {"Content-Type": "application/json"}},
        {"json": {}},
        {"json": {"reason": "It works now"}},
        {"content": b"whatever", "headers": {"Content-Type": "text/plain"}},
    ],
    ids=["no body", "no body, but a type", "an empty object", "an object", "a text"],
)
def test_closing_asks_for_no_body_and_takes_any(ana: httpx.Client, sent: dict[str, Any]) -> None:
    ticket = DOORS["support"].open(ana)
    closed = ana.post(f"/v1/support/tickets/{ticket}/close", **sent)
    assert (closed.status_code, closed.json()["id"], closed.json()["status"]) == (200, ticket, "closed")
    assert ana.get(f"/v1/support/tickets/{ticket}").json()["status"] == "closed"
