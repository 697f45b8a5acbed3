"""msgspec structs as JSON Schema 2020-12."""

from typing import Any, NamedTuple

import msgspec

Json = dict[str, Any]


class Field(NamedTuple):
    """One field of a struct as a parameter: null is not among its values, for no query can say it."""

    name: str
    schema: Json
    required: bool


class Schemas:
    """The structs of one contract. Their names in the document start with the contract's."""

    def __init__(self, contract: str) -> None:
        self.components: Json = {}
        self._prefix = f"{contract}."

    def of(self, kind: Any) -> Json:
        """Return the schema of a struct, or of a list of them; the structs themselves become components."""
        schema, found = self._described(kind)
        for name, component in found.items():
            self._add(self._prefix + name, component)
        return schema

    def fields(self, form: type[msgspec.Struct]) -> list[Field]:
        """Return the fields of `form` one by one; `form` itself becomes no component."""
        _, found = self._described(form)
        shape = found[form.__name__]
        return [
            Field(name, _without_null(kind), name in shape["required"]) for name, kind in shape["properties"].items()
        ]

    def _described(self, kind: Any) -> tuple[Json, Json]:
        (schema,), found = msgspec.json.schema_components(
            (kind,), ref_template=f"#/components/schemas/{self._prefix}{{name}}"
        )
        return schema, found

    def _add(self, name: str, component: Json) -> None:
        # The title says only what the name says already, and tools would show it instead.
        described = {key: part for key, part in component.items() if key != "title"}
        if "properties" in described:
            properties = described["properties"].items()
            described["properties"] = {field: _without_null_default(part) for field, part in properties}
        if self.components.setdefault(name, described) != described:
            raise ValueError(f"two structs are called {name}")


def _without_null(schema: Json) -> Json:
    plain = _without_null_default(schema)
    options = [option for option in plain.pop("anyOf", ()) if option != {"type": "null"}]
    return plain | (options[0] if len(options) == 1 else {"anyOf": options} if options else {})


def _without_null_default(schema: Json) -> Json:
    """A default of null says no more than that the field may be absent, and not every field may be null."""
    return {key: part for key, part in schema.items() if (key, part) != ("default", None)}
