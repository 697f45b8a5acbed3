"""An example of an answer, made from its schema and a contract's samples of what its fields hold."""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

Samples = Mapping[str, Any]
"""By field (`"email"`), by struct and field (`"Agent.email"`) where one has another, whole answers by their path."""


def example(schema: Json, components: Mapping[str, Json], samples: Samples, owner: str = "", field: str = "") -> Any:
    """Return a value that `schema` allows. Raises LookupError for a text or a map of which there is no sample."""
    for name in (f"{owner}.{field}", field):
        if name in samples:
            return samples[name]
    options = schema.get("anyOf") or schema.get("oneOf")
    if options:
        told = next(option for option in options if option != {"type": "null"})
        return example(told, components, samples, owner, field)
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return example(components[name], components, samples, name.partition(".")[2])
    if "enum" in schema:
        return schema["enum"][0]
    return _by_type(schema, components, samples, owner, field)


def _by_type(schema: Json, components: Mapping[str, Json], samples: Samples, owner: str, field: str) -> Any:
    match schema["type"]:
        case "object" if "properties" in schema:
            return {
                name: example(part, components, samples, owner, name) for name, part in schema["properties"].items()
            }
        case "array":
            return [example(schema["items"], components, samples, owner, field)]
        case "boolean":
            return True
        case "integer" | "number":
            return 1
        case _:
            raise LookupError(f"there is no sample of {owner}.{field}")
