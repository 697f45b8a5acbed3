"""Reading a JSON object or a query into a struct, telling every fault at once.

The struct is the one place where a contract states its fields: names, lengths, closed lists and defaults. OpenAPI is
made from the same struct. Text is tidied (`core.text.tidy`) before its length counts. `Meta(extra=…)` may say:
`folded` (a word of a closed list counts in any case and with or without accents: priorities and statuses),
`cut` (shorten to so many characters, do not refuse), `email`, `time`, `verbatim` (leave as sent: passwords). A field
`str | int` is the id of a person and read as text.

Unknown keys are ignored and null counts as absent, unless the struct is made with `forbid_unknown_fields=True`: then
an unknown key is a fault, and so is null where the field is not `… | None`.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, TypeVar

import msgspec
from msgspec import Meta
from msgspec import inspect as shapes

from ventanilla.core.errors import Fault, InvalidInput, Rule
from ventanilla.wirekit.values import Reader, Refused, escaped, plain, reader_of

F = TypeVar("F", bound=msgspec.Struct)

FOLDED = Meta(extra={"folded": True})
"""For the words of priorities and statuses (contracts/README.md, "Priority")."""

Email = Annotated[str, Meta(max_length=254, extra={"email": True}, extra_json_schema={"format": "email"})]
Time = Annotated[str, Meta(extra={"time": True}, extra_json_schema={"format": "date-time"})]
"""ISO 8601, as it was sent; `wirekit.times.parse` reads it."""

_INTEGER_DIGITS = 19
_LONGEST_NAME_TOLD = 100
_TRUE, _FALSE = ("true", "1"), ("false", "0")
_JSON_TYPES: Mapping[type[shapes.Type], str] = {
    shapes.IntType: "integer",
    shapes.BoolType: "boolean",
    shapes.FloatType: "number",
    shapes.ListType: "array",
    shapes.DictType: "object",
    shapes.StructType: "object",
}


def read(form: type[F], values: Mapping[str, Any]) -> F:
    """Return `form` filled from `values`.

    Raises InvalidInput with one fault per value, in the order of the fields.
    """
    try:
        return _read(form, values)
    except Refused as refused:
        raise InvalidInput(*refused.faults) from None


def read_query(form: type[F], query: Mapping[str, str]) -> F:
    """As `read`, from the words of a query: numbers and yes/no are read from text, a blank counts as absent."""
    kinds = {field.key: field.kind for field in _shape(form).fields}
    values: dict[str, Any] = {}
    for key, text in query.items():
        if text.strip():
            values[key] = _typed(text.strip(), kinds.get(key, "string"))
    return read(form, values)


class _Field(NamedTuple):
    """`keeps_null` tells whether null says something else than absence: the field is `… | None` without None as its
    default. `takes_null` tells whether it may be sent at all where the form is strict.
    """

    name: str
    key: str
    required: bool
    keeps_null: bool
    takes_null: bool
    kind: str
    read: Reader


class _Shape(NamedTuple):
    fields: tuple[_Field, ...]
    keys: frozenset[str]
    is_strict: bool


def _read(form: type[F], values: Mapping[str, Any]) -> F:
    shape = _shape(form)
    found: dict[str, Any] = {}
    faults: list[Fault] = []
    for field in shape.fields:
        value = values.get(field.key)
        if value is None:
            if field.key in values and field.keeps_null:
                found[field.name] = None
            elif field.key in values and shape.is_strict and not field.takes_null:
                faults.append(Fault(field.key, Rule.WRONG_TYPE, expected=field.kind))
            elif field.required:
                faults.append(Fault(field.key, Rule.MISSING))
            continue
        try:
            found[field.name] = field.read(value)
        except Refused as refused:
            faults += refused.at(field.key)
    if shape.is_strict and not values.keys() <= shape.keys:
        strange = [key for key in values if key not in shape.keys]
        known = tuple(sorted(shape.keys))
        faults += [Fault(escaped(key[:_LONGEST_NAME_TOLD]), Rule.UNKNOWN_FIELD, allowed=known) for key in strange]
    if faults:
        raise Refused(*faults)
    return form(**found)


@lru_cache(maxsize=512)
def _shape(form: type[msgspec.Struct]) -> _Shape:
    found = shapes.type_info(form)
    assert isinstance(found, shapes.StructType)
    fields = tuple(_field(field) for field in found.fields)
    return _Shape(fields, frozenset(field.key for field in fields), found.forbid_unknown_fields)


def _field(field: shapes.Field) -> _Field:
    takes_null = isinstance(field.type, shapes.UnionType) and field.type.includes_none
    return _Field(
        name=field.name,
        key=field.encode_name,
        required=field.required,
        keeps_null=takes_null and field.default is not None,
        takes_null=takes_null,
        kind=_JSON_TYPES.get(type(plain(field.type)[0]), "string"),
        read=reader_of(field.type, _read),
    )


def _typed(text: str, kind: str) -> Any:
    if kind == "integer":
        digits = text.removeprefix("-")
        return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= _INTEGER_DIGITS else text
    if kind == "boolean":
        return True if text in _TRUE else False if text in _FALSE else text
    return text
