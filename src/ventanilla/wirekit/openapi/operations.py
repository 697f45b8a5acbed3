"""One route as an Operation Object."""

from typing import Any

from ventanilla.wirekit.answers import JSON
from ventanilla.wirekit.contract import Caller, Contract, Route
from ventanilla.wirekit.openapi.answers import answers
from ventanilla.wirekit.openapi.parameters import parameters
from ventanilla.wirekit.openapi.schemas import Schemas

Json = dict[str, Any]

MULTIPART = "multipart/form-data"

_SECURITY: dict[Caller, list[Json]] = {
    Caller.ANYONE: [],
    Caller.MAYBE: [{}, {"token": []}],
    Caller.PERSON: [{"token": []}],
    Caller.STAFF: [{"token": []}],
}


def operation(contract: Contract, route: Route, schemas: Schemas) -> Json:
    found: Json = {
        "operationId": f"{contract.name}_{route.handler.__name__}",
        "tags": [contract.name],
        "summary": route.summary,
        "security": _security(contract, route),
        "parameters": parameters(contract, route, schemas),
        "responses": answers(contract, route, schemas),
    }
    described = _description(route)
    if described:
        found["description"] = described
    content = _request_content(route, schemas)
    if content:
        found["requestBody"] = {"required": True, "content": content}
    return found


def _security(contract: Contract, route: Route) -> list[Json]:
    """Return the ways to say who one is; the desk's own contract has two more."""
    ways = _SECURITY[route.caller]
    return [*ways, {"api_key": []}, {"session": []}] if contract.is_own and ways else ways


def _description(route: Route) -> str:
    needed = f"The caller needs the permission to {route.permission}." if route.permission else ""
    return "\n\n".join(part for part in (route.description, needed) if part)


def _request_content(route: Route, schemas: Schemas) -> Json:
    content: Json = {}
    if route.body:
        content[JSON] = {"schema": schemas.of(route.body)}
        if route.example is not None:
            content[JSON]["example"] = route.example
    if route.files:
        content[MULTIPART] = {"schema": _multipart(route, route.files, schemas)}
    return content


def _multipart(route: Route, files: str, schemas: Schemas) -> Json:
    """Text fields as `form` has them, or as `body` has when the route takes either; the files repeat one field."""
    form = route.form or route.body
    fields = schemas.fields(form) if form else []
    properties = {field.name: field.schema for field in fields}
    properties[files] = {"type": "array", "items": {"type": "string", "format": "binary"}}
    required = [field.name for field in fields if field.required] or [files]
    return {"type": "object", "properties": properties, "required": required}
