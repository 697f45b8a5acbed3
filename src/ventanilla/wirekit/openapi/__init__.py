"""The OpenAPI 3.1 document of the desk, made from the routes of its contracts and their structs, and from nothing else.

https://spec.openapis.org/oas/v3.1.1
"""

from collections.abc import Iterable
from typing import Any

from ventanilla import __version__
from ventanilla.wirekit import cookies, opaque
from ventanilla.wirekit.contract import Contract
from ventanilla.wirekit.openapi import answers, parameters
from ventanilla.wirekit.openapi.operations import operation
from ventanilla.wirekit.openapi.schemas import Schemas

Json = dict[str, Any]


def document(contracts: Iterable[Contract], server_url: str = "/") -> Json:
    """Describe every route of `contracts`, which are found at `server_url`."""
    paths: Json = {}
    schemas: Json = {}
    tags: list[Json] = []
    for contract in contracts:
        known = Schemas(contract.name)
        for route in contract.routes:
            paths.setdefault(route.path, {})[route.method.lower()] = operation(contract, route, known)
        schemas |= known.components
        tags.append(_tag(contract))
    return {
        "openapi": "3.1.1",
        "info": _info(),
        "servers": [{"url": server_url}],
        "tags": tags,
        "paths": paths,
        "components": _components(schemas),
    }


def _info() -> Json:
    return {
        "title": "Ventanilla",
        "summary": "One support desk that speaks five public ticket APIs",
        "description": "A ticket opened through one contract is the same ticket in all the others.",
        "version": __version__,
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }


def _tag(contract: Contract) -> Json:
    described = f"{contract.title}. {contract.description}" if contract.description else contract.title
    return {"name": contract.name, "description": described}


def _components(schemas: Json) -> Json:
    return {
        "schemas": schemas,
        "parameters": parameters.SHARED,
        "headers": answers.HEADERS,
        "securitySchemes": {
            "token": {
                "type": "http",
                "scheme": "bearer",
                "bearerFormat": "JWT",
                "description": "A token of an issuer that this desk trusts.",
            },
            "api_key": {
                "type": "http",
                "scheme": "bearer",
                "description": f"An API key of this desk; it begins with `{opaque.API_KEY}`.",
            },
            "session": {
                "type": "apiKey",
                "in": "cookie",
                "name": cookies.SECURE_NAME,
                "description": f"Of who has signed in; over plain http the cookie is `{cookies.PLAIN_NAME}`.",
            },
        },
    }
