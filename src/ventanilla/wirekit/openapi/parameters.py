"""What a caller sends beside a body: parts of the path, the query, headers."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from ventanilla.wirekit.contract import Contract, Route
from ventanilla.wirekit.openapi.schemas import Schemas

Json = dict[str, Any]

SHARED: Json = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": "Send the same key with a retry, and the effect is had once and the first answer given again.",
        "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,255}$"},
    }
}

_PATH_PART = re.compile(r"\{(\w+)\}")


def parameters(contract: Contract, route: Route, schemas: Schemas) -> list[Json]:
    found = list(_path_parameters(contract, route))
    found += _fields("query", route.query, schemas)
    found += _fields("header", route.headers, schemas)
    if route.method == "POST":
        found.append({"$ref": "#/components/parameters/IdempotencyKey"})
    return found


def path_names(path: str) -> list[str]:
    return _PATH_PART.findall(path)


def _path_parameters(contract: Contract, route: Route) -> Iterator[Json]:
    for name in path_names(route.path):
        schema = msgspec.json.schema(contract.parameters.get(name, str))
        yield _parameter(name, "path", schema, required=True)


def _fields(place: str, form: type[msgspec.Struct] | None, schemas: Schemas) -> Iterator[Json]:
    for field in schemas.fields(form) if form else ():
        yield _parameter(field.name, place, field.schema, field.required)


def _parameter(name: str, place: str, schema: Json, required: bool) -> Json:
    shape = {key: part for key, part in schema.items() if key != "description"}
    described = {"description": schema["description"]} if "description" in schema else {}
    return {"name": name, "in": place, "required": required, **described, "schema": shape}
