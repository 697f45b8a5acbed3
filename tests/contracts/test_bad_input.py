"""Whatever is sent to a route that takes a JSON body, it is refused in the contract's own shape and changes nothing.

The routes and their valid bodies are the contracts' own; a contract takes part with a line in HABITS.
"""

import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import msgspec
import pytest
from tests.contracts.bad_input import JSON, OTHER_TYPES, UNREADABLE, WRONG_VALUES
from tests.contracts.doors import DOORS

from ventanilla.contracts import REGISTRY
from ventanilla.wirekit.contract import Caller, Contract, Route


@dataclass(frozen=True)
class Habits:
    """How a contract refuses: the status for a broken value, and how its answer names the field.

    `texts` are the text fields and how many characters they take, None where longer text is cut. `strange_ids` are ids
    that name no ticket, and the status for each.
    """

    broken: int
    names: Callable[[Any, str], bool]
    texts: Mapping[str, int | None]
    strange_ids: Mapping[str, int]


SPANISH = {
    "categoria": "La categoría",
    "asunto": "El asunto",
    "descripcion": "La descripción",
    "estado": "El estado",
    "respuesta_admin": "La respuesta",
}
UUID = "01955c5b-8e40-7a00-8000-000000000001"
ULID = "01JN2XG6H7J8K9M0N1P2Q3R4S5"
OBJECT_ID = "665f6a7b7fffffffffffffff"

HABITS: Mapping[str, Habits] = {
    "debuta": Habits(
        broken=400,
        names=lambda told, field: told["message"].startswith(SPANISH[field]),
        texts={"asunto": None, "descripcion": None, "respuesta_admin": None},
        strange_ids={OBJECT_ID: 404, OBJECT_ID[:-1]: 404, OBJECT_ID + "0": 404, "1": 404, UUID: 404, ULID: 404},
    ),
    "support": Habits(
        broken=400,
        names=lambda told, field: list(told["error"]["details"]) == [field],
        texts={"subject": 200, "body": 20_000},
        strange_ids={ULID: 404, ULID[:-1]: 404, "8" + ULID[1:]: 404, "1": 404, UUID: 404, OBJECT_ID: 404},
    ),
    "mobile": Habits(
        broken=422,
        names=lambda told, field: [fault["field"] for fault in told["errors"]] == [field],
        texts={"subject": 200, "message": 20_000, "body": 20_000, "resolutionNote": 5_000},
        strange_ids={"999999999999": 404, "0": 400, "-1": 400, "1.0": 400, "9" * 30: 400, UUID: 400, OBJECT_ID: 400},
    ),
}


@dataclass(frozen=True)
class Target:
    """One route that takes a JSON body."""

    contract: Contract
    route: Route

    def __str__(self) -> str:
        return f"{self.route.method} {self.route.path}"

    @property
    def habits(self) -> Habits:
        return HABITS[self.contract.name]

    @property
    def required(self) -> set[str]:
        assert self.route.body
        return {field.encode_name for field in msgspec.structs.fields(self.route.body) if field.required}

    @property
    def texts(self) -> dict[str, int | None]:
        """The text fields of this route."""
        assert self.route.body
        fields = [field.encode_name for field in msgspec.structs.fields(self.route.body)]
        return {field: longest for field, longest in self.habits.texts.items() if field in fields}


TARGETS = [
    Target(contract, route)
    for contract in REGISTRY
    if contract.name in HABITS
    for route in contract.routes
    if route.body
]
every_target = pytest.mark.parametrize("target", TARGETS, ids=str)
every_path_with_an_id = pytest.mark.parametrize("target", [one for one in TARGETS if "{" in one.route.path], ids=str)


class Scene:
    """Ana's one ticket in the contract of a route, and whoever may call the route."""

    def __init__(self, target: Target, ana: httpx.Client, alicia: httpx.Client) -> None:
        self.ticket = DOORS[target.contract.name].open(ana)
        self._target = target
        self._ana = ana
        self._caller = alicia if target.route.caller is Caller.STAFF else ana

    def send(self, content: bytes, headers: Mapping[str, str] = JSON, **how: Any) -> httpx.Response:
        return self.send_as(self._caller, content, headers, **how)

    def send_as(
        self, caller: httpx.Client, content: bytes, headers: Mapping[str, str] = JSON, ticket: str = ""
    ) -> httpx.Response:
        path = self._target.route.path.format(id=ticket or self.ticket)
        return caller.request(self._target.route.method, path, content=content, headers=headers)

    def example(self, **changes: Any) -> bytes:
        return json.dumps({**self._target.route.example, **changes}).encode()

    def example_without(self, field: str) -> bytes:
        return json.dumps({name: value for name, value in self._target.route.example.items() if name != field}).encode()

    def everything(self) -> list[str]:
        """All that a refused request might have changed, as three contracts show it."""
        return [self._ana.get(path).text for path in ("/api/soporte/mis-tickets", "/v1/support/tickets", *self._own())]

    def _own(self) -> Iterator[str]:
        path = "/api/mobile/support-requests"
        yield from (f"{path}/{row['id']}" for row in self._ana.get(path).json()["data"])


@pytest.fixture
def scene(target: Target, ana: httpx.Client, alicia: httpx.Client) -> Iterator[Scene]:
    """Where something is refused: in the end all is as it was."""
    made = Scene(target, ana, alicia)
    before = made.everything()
    yield made
    assert made.everything() == before


def is_refused(target: Target, answer: httpx.Response, status: int) -> bool:
    """Tell whether the answer has this status, and the contract's own shape to the byte."""
    shape = msgspec.json.decode(answer.content, type=target.contract.error_shape)
    assert answer.headers["content-type"] == "application/json"
    assert msgspec.json.encode(shape) == answer.content
    assert answer.status_code == status, answer.text
    return True


@every_target
def test_what_cannot_be_read_is_refused(target: Target, scene: Scene) -> None:
    for kind, (body, status) in UNREADABLE.items():
        assert is_refused(target, scene.send(body), status), kind


@every_target
def test_a_body_of_another_type_is_refused(target: Target, scene: Scene) -> None:
    for headers in OTHER_TYPES:
        assert is_refused(target, scene.send(scene.example(), headers), 415), headers


@every_target
@pytest.mark.parametrize("kind", WRONG_VALUES)
def test_a_wrong_value_is_refused_in_every_field(target: Target, scene: Scene, kind: str) -> None:
    for field in target.route.example:
        refused = scene.send(scene.example(**{field: WRONG_VALUES[kind]}))
        assert is_refused(target, refused, target.habits.broken)
        assert target.habits.names(refused.json(), field)


@every_target
def test_a_word_that_is_on_no_list_is_refused(target: Target, scene: Scene) -> None:
    for field in target.route.example.keys() - target.texts.keys():
        refused = scene.send(scene.example(**{field: "x" * 100_000}))
        assert is_refused(target, refused, target.habits.broken)
        assert target.habits.names(refused.json(), field)


@every_target
def test_a_required_field_cannot_be_left_out(target: Target, scene: Scene) -> None:
    for field in target.required:
        refused = scene.send(scene.example_without(field))
        assert is_refused(target, refused, target.habits.broken)
        assert target.habits.names(refused.json(), field)


@every_target
def test_a_required_text_cannot_be_blank(target: Target, scene: Scene) -> None:
    for field, blank in itertools.product(target.required & target.texts.keys(), ["", " ", "\n\t\u3000"]):
        refused = scene.send(scene.example(**{field: blank}))
        assert is_refused(target, refused, target.habits.broken)
        assert target.habits.names(refused.json(), field)


@every_target
def test_text_that_is_one_character_too_long_is_refused(target: Target, scene: Scene) -> None:
    for field, longest in target.texts.items():
        if longest is not None:
            refused = scene.send(scene.example(**{field: "ñ" * (longest + 1)}))
            assert is_refused(target, refused, target.habits.broken)
            assert target.habits.names(refused.json(), field)


@every_target
def test_the_longest_text_is_taken_with_blanks_around_it(
    target: Target, ana: httpx.Client, alicia: httpx.Client
) -> None:
    scene = Scene(target, ana, alicia)
    for field, longest in target.texts.items():
        taken = scene.send(scene.example(**{field: " " + "🦙" * (longest or 50_000) + "\n"}))
        assert taken.is_success, taken.text


@every_path_with_an_id
def test_an_id_that_names_no_ticket_is_refused(target: Target, scene: Scene) -> None:
    for strange, status in target.habits.strange_ids.items():
        assert is_refused(target, scene.send(scene.example(), ticket=strange), status)


@every_path_with_an_id
def test_somebody_else_gets_nowhere(target: Target, scene: Scene, bruno: httpx.Client) -> None:
    status = 403 if target.route.caller is Caller.STAFF else 404
    assert is_refused(target, scene.send_as(bruno, scene.example()), status)


@every_target
def test_nobody_gets_nowhere(target: Target, scene: Scene, anyone: httpx.Client) -> None:
    assert is_refused(target, scene.send_as(anyone, scene.example()), 401)
