"""The OpenAPI document says all that the contracts say, and nothing else."""

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from ventanilla.contracts import REGISTRY
from ventanilla.contracts.desk.samples import SAMPLES
from ventanilla.core.access import Permission
from ventanilla.wirekit import openapi
from ventanilla.wirekit.answers import Answer, no_content
from ventanilla.wirekit.contract import Caller, Contract, Route
from ventanilla.wirekit.request import Request

DOCUMENT = openapi.document(REGISTRY, "https://desk.example.com")


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


OPERATIONS = list(operations())
IDS = [f"{method} {path}" for path, method, _ in OPERATIONS]


def test_document_is_valid_openapi_3_1() -> None:
    assert DOCUMENT["openapi"].startswith("3.1.")
    assert [error.message for error in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()] == []


def test_every_route_of_every_contract_is_in_it_and_no_other() -> None:
    routes = {(route.path, route.method) for contract in REGISTRY for route in contract.routes}
    assert {(path, method) for path, method, _ in OPERATIONS} == routes


def test_operation_ids_are_unique() -> None:
    found = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert sorted(set(found)) == sorted(found)


def test_operations_stand_under_their_contract() -> None:
    names = [tag["name"] for tag in DOCUMENT["tags"]]
    assert names == [contract.name for contract in REGISTRY]
    assert all(operation["tags"][0] in names for _, _, operation in OPERATIONS)


def test_only_the_contracts_that_are_enabled_are_in_it() -> None:
    one = openapi.document(REGISTRY[:1])
    assert set(one["paths"]) == {route.path for route in REGISTRY[0].routes}
    assert all(name.startswith(f"{REGISTRY[0].name}.") for name in one["components"]["schemas"])


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=IDS)
def test_examples_are_as_their_schema_says(path: str, method: str, operation: dict[str, Any]) -> None:
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return
    schema = content["application/json"]["schema"] | {"components": DOCUMENT["components"]}
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(content["application/json"]["example"])] == []


NATIVE = [(path, method, operation) for path, method, operation in OPERATIONS if operation["tags"] == ["desk"]]


@pytest.mark.parametrize(
    ("path", "method", "operation"), NATIVE, ids=[f"{method} {path}" for path, method, _ in NATIVE]
)
def test_every_answer_of_the_native_api_has_an_example(path: str, method: str, operation: dict[str, Any]) -> None:
    for status, answer in operation["responses"].items():
        content = answer.get("content", {}).get("application/json")
        if status < "400" and content:
            schema = content["schema"] | {"components": DOCUMENT["components"]}
            validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
            assert [error.message for error in validator.iter_errors(content["example"])] == []


def test_no_sample_is_left_unused() -> None:
    fields = {
        f"{name.partition('.')[2]}.{field}"
        for name, schema in DOCUMENT["components"]["schemas"].items()
        for field in schema.get("properties", {})
    }
    assert set(SAMPLES) - fields - {field.partition(".")[2] for field in fields} - set(DOCUMENT["paths"]) == set()


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=IDS)
def test_parts_of_a_path_are_described(path: str, method: str, operation: dict[str, Any]) -> None:
    parts = [parameter for parameter in operation["parameters"] if parameter.get("in") == "path"]
    assert {part["name"] for part in parts} == set(openapi.parameters.path_names(path))
    assert all(part["required"] and part["description"] for part in parts)


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=IDS)
def test_every_operation_declares_what_it_may_answer(path: str, method: str, operation: dict[str, Any]) -> None:
    declared = operation["responses"]
    assert [status for status in declared if status < "400"]
    assert {"400", "429", "500", "503", "507"} <= set(declared)
    assert operation["security"] == [] or "401" in declared
    assert "requestBody" not in operation or {"413", "415"} <= set(declared)


@pytest.mark.parametrize("name", sorted(DOCUMENT["components"]["schemas"]))
def test_no_schema_is_left_unused(name: str) -> None:
    assert f'"#/components/schemas/{name}"' in msgspec.json.encode(DOCUMENT).decode()


class Colour(msgspec.Struct, frozen=True, rename="camel"):
    full_name: Annotated[str, msgspec.Meta(min_length=1, max_length=7)]
    shade: str | None = None
    note: str | None | msgspec.UnsetType = msgspec.UNSET


class Wanted(msgspec.Struct, frozen=True):
    page: Annotated[int, msgspec.Meta(ge=1, le=9)] = 1
    shade: Annotated[str, msgspec.Meta(max_length=5)] | None = None


class Fault(msgspec.Struct, frozen=True):
    message: str


class KeyHeader(msgspec.Struct, frozen=True, rename={"key": "X-Key"}):
    key: Annotated[str, msgspec.Meta(description="Opens the door.")] | None = None


async def paint(request: Request) -> Answer:
    return no_content()


def described(**changes: Any) -> dict[str, Any]:
    """Return the document of a contract with one route, `paint`."""
    told: dict[str, Any] = {
        "method": "POST",
        "path": "/colours",
        "caller": Caller.ANYONE,
        "answers": {204: None},
    } | changes
    contract = Contract(
        name="paints",
        title="Paints",
        language="en",
        prefixes=("/colours",),
        routes=(Route(handler=paint, summary="Paint", **told),),
        answer_error=lambda error, request: no_content(),
        error_shape=Fault,
        error_headers={429: {"X-Left": "How many are left."}},
    )
    return openapi.document([contract])


def only_operation(document: dict[str, Any]) -> dict[str, Any]:
    ((operation,),) = (methods.values() for methods in document["paths"].values())
    found: dict[str, Any] = operation
    return found


def test_fields_without_default_are_required_and_null_is_a_type_of_its_own() -> None:
    document = described(body=Colour, answers={201: Colour})
    schema = document["components"]["schemas"]["paints.Colour"]
    assert schema["required"] == ["fullName"]
    assert schema["properties"]["fullName"] == {"type": "string", "minLength": 1, "maxLength": 7}
    assert schema["properties"]["shade"] == {"anyOf": [{"type": "string"}, {"type": "null"}]}
    assert "default" not in schema["properties"]["note"]


def test_query_fields_are_parameters_with_their_limits_and_default() -> None:
    page, shade = only_operation(described(method="GET", query=Wanted))["parameters"]
    assert page == {
        "name": "page",
        "in": "query",
        "required": False,
        "schema": {"type": "integer", "minimum": 1, "maximum": 9, "default": 1},
    }
    assert shade["schema"] == {"type": "string", "maxLength": 5}


def test_headers_that_a_route_reads_are_parameters() -> None:
    (key,) = only_operation(described(method="GET", headers=KeyHeader))["parameters"]
    assert key == {
        "name": "X-Key",
        "in": "header",
        "required": False,
        "description": "Opens the door.",
        "schema": {"type": "string"},
    }


def test_files_come_with_the_fields_of_the_form() -> None:
    content = only_operation(described(body=Colour, files="pictures"))["requestBody"]["content"]
    assert list(content) == ["application/json", "multipart/form-data"]
    schema = content["multipart/form-data"]["schema"]
    assert list(schema["properties"]) == ["fullName", "shade", "note", "pictures"]
    assert schema["required"] == ["fullName"]


def test_files_alone_are_required() -> None:
    content = only_operation(described(files="file"))["requestBody"]["content"]
    assert content["multipart/form-data"]["schema"]["required"] == ["file"]


def test_headers_of_good_answers_are_described() -> None:
    found = only_operation(described(answer_headers={"Location": "Where it is."}))["responses"]
    assert found["204"]["headers"]["Location"] == {"description": "Where it is.", "schema": {"type": "string"}}
    assert "Idempotency-Replayed" in found["204"]["headers"]


def test_lists_files_and_nothing_are_answers_too() -> None:
    found = only_operation(described(answers={200: list[Colour], 206: bytes, 204: None}))["responses"]
    assert found["200"]["content"]["application/json"]["schema"] == {
        "type": "array",
        "items": {"$ref": "#/components/schemas/paints.Colour"},
    }
    assert list(found["206"]["content"]) == ["*/*"]
    assert "content" not in found["204"]


def test_errors_have_the_contracts_shape_and_their_headers() -> None:
    found = only_operation(described(method="GET", caller=Caller.PERSON, errors=(409,)))["responses"]
    assert found["409"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/paints.Fault"}
    assert "WWW-Authenticate" in found["401"]["headers"]
    assert set(found["429"]["headers"]) == {"X-Request-Id", "Retry-After", "X-Left"}


@pytest.mark.parametrize(
    ("caller", "permission", "security", "statuses"),
    [
        (Caller.ANYONE, None, [], set()),
        (Caller.MAYBE, None, [{}, {"token": []}], {"401"}),
        (Caller.PERSON, None, [{"token": []}], {"401"}),
        (Caller.STAFF, Permission.USE_STAFF_API, [{"token": []}], {"401", "403"}),
    ],
)
def test_who_may_call_decides_on_401_and_403(
    caller: Caller, permission: Permission | None, security: list[Any], statuses: set[str]
) -> None:
    operation = only_operation(described(caller=caller, permission=permission))
    assert operation["security"] == security
    assert set(operation["responses"]) & {"401", "403"} == statuses


def test_two_structs_of_one_name_are_refused() -> None:
    other = msgspec.defstruct("Colour", [("name", str)])
    with pytest.raises(ValueError, match=r"paints\.Colour"):
        described(body=Colour, answers={201: other})
