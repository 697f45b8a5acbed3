"""What no route of the native API takes: every field of every body that stands around the tickets, told by name."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import msgspec
import pytest
from msgspec import inspect as shapes
from tests.contracts.bad_input import OTHER_TYPES, UNREADABLE
from tests.contracts.calls import prepared
from tests.contracts.doors import AT_THE_DESK

from ventanilla.contracts.desk import CONTRACT
from ventanilla.contracts.desk.wire import PREFIX, Problem
from ventanilla.wirekit.contract import Route
from ventanilla.wirekit.values import plain
from ventanilla.wirekit.versions import IfMatch

SUBJECTS = ("views", "macros", "tags", "fields", "notifications", "draft", "presence")
STRANGE: tuple[Any, ...] = ({"$ne": ""}, [[1]], "text with \x00 in it", "text with \ud800 in it")
"""What is of no field's kind: an object, lists in a list, and texts that cannot be kept."""

JSON = {"Content-Type": "application/json"}
ROUTES = [
    route for route in CONTRACT.routes if route.body and set(route.path.removeprefix(PREFIX).split("/")) & {*SUBJECTS}
]
every_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
every_change = pytest.mark.parametrize(
    "route",
    [route for route in CONTRACT.routes if route.headers is IfMatch and route.method != "POST"],
    ids=lambda route: f"{route.method} {route.path}",
)


class Scene:
    """An admin who calls one route, where everything is ready for the call."""

    def __init__(self, route: Route, admin: httpx.Client, ana: httpx.Client) -> None:
        self._method, self._admin = route.method, admin
        self.path, self.body = prepared(admin, route, AT_THE_DESK.open(ana))

    def send(self, body: Any, headers: dict[str, str] | None = None) -> httpx.Response:
        content = body if isinstance(body, bytes) else _encoded(body)
        told = {"If-Match": "*", **JSON} if headers is None else {"If-Match": "*", **headers}
        return self._admin.request(self._method, self.path, content=content, headers=told)

    def with_(self, **changes: Any) -> httpx.Response:
        return self.send({**self.body, **changes})


def _encoded(body: Any) -> bytes:
    return json.dumps(body).encode()


@pytest.fixture
def scene(route: Route, alicia: httpx.Client, ana: httpx.Client) -> Scene:
    return Scene(route, alicia, ana)


def fields(route: Route) -> Iterator[shapes.Field]:
    assert route.body
    shape = shapes.type_info(route.body)
    assert isinstance(shape, shapes.StructType)
    yield from shape.fields


def faults(answer: httpx.Response, status: int = 422) -> list[tuple[str, str]]:
    """The places and codes of a refusal in the contract's own shape."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = msgspec.json.decode(answer.content, type=Problem, strict=True)
    return [(fault.pointer, fault.code) for fault in told.errors or ()]


@every_route
def test_what_cannot_be_read_is_refused(scene: Scene) -> None:
    for kind, (body, status) in UNREADABLE.items():
        assert faults(scene.send(body), status) == [], kind
    for headers in OTHER_TYPES:
        assert faults(scene.send(scene.body, dict(headers)), 415) == []


@every_route
def test_a_value_of_another_kind_is_refused_in_every_field(route: Route, scene: Scene) -> None:
    for field in fields(route):
        for value in STRANGE:
            (fault, *_) = faults(scene.with_(**{field.encode_name: value}))
            assert fault[0].startswith(f"/{field.encode_name}"), value


@every_route
def test_a_field_that_is_not_known_is_refused_by_name(scene: Scene) -> None:
    assert faults(scene.with_(strange=1)) == [("/strange", "unknown_field")]


@every_route
def test_a_field_that_is_needed_cannot_be_left_out(route: Route, scene: Scene) -> None:
    for field in fields(route):
        if field.required:
            body = {name: value for name, value in scene.body.items() if name != field.encode_name}
            assert faults(scene.send(body)) == [(f"/{field.encode_name}", "missing")]


@every_route
def test_a_text_that_is_one_character_too_long_is_refused(route: Route, scene: Scene) -> None:
    for field in fields(route):
        kind, _ = plain(field.type)
        if isinstance(kind, shapes.StrType):
            assert kind.max_length is not None, f"{field.name} has no end"
            refused = scene.with_(**{field.encode_name: "ñ" * (kind.max_length + 1)})
            assert faults(refused) == [(f"/{field.encode_name}", "too_long")]


@every_change
def test_a_change_says_which_version_it_is_meant_for(route: Route, alicia: httpx.Client, ana: httpx.Client) -> None:
    path, body = prepared(alicia, route, AT_THE_DESK.open(ana))
    for header, status in (({}, 428), ({"If-Match": '"999999"'}, 412), ({"If-Match": "seven"}, 400)):
        faults(alicia.request(route.method, path, json=body if route.body else None, headers=header), status)
