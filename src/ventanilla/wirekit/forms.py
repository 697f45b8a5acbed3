"""Reading a JSON object or a query into a struct, telling every fault at once.

The struct is the one place where a contract states its fields: names, lengths, closed lists and defaults. OpenAPI is
made from the same struct. Text is tidied (`core.text.tidy`) before its length counts. `Meta(extra=…)` may say:
`folded` (a word of a closed list counts in any case and with or without accents: priorities and statuses),
`cut` (shorten to so many characters, do not refuse), `email`, `time`, `verbatim` (leave as sent: passwords). A field
`str | int` is the id of a person and read as text.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta
from msgspec import inspect as shapes

from ventanilla.core.errors import Fault, InvalidInput, Rule
from ventanilla.core.text import ControlCharacter, fold, tidy
from ventanilla.wirekit import times
from ventanilla.wirekit.emails import is_email

F = TypeVar("F", bound=msgspec.Struct)

FOLDED = Meta(extra={"folded": True})
"""For the words of priorities and statuses (contracts/README.md, "Priority")."""

Email = Annotated[str, Meta(max_length=254, extra={"email": True}, extra_json_schema={"format": "email"})]
Time = Annotated[str, Meta(extra={"time": True}, extra_json_schema={"format": "date-time"})]
"""ISO 8601, as it was sent; `wirekit.times.parse` reads it."""

_LARGEST_INTEGER = 2**63 - 1
_INTEGER_DIGITS = 19
_LONGEST_WORD = 100
_TRUE, _FALSE = ("true", "1"), ("false", "0")


class _Refused(Exception):
    def __init__(self, rule: Rule, limit: int | None = None, expected: str | None = None) -> None:
        self.rule, self.limit, self.expected = rule, limit, expected
        self.allowed: tuple[str, ...] = ()


_Reader = Callable[[Any], Any]


def read(form: type[F], values: Mapping[str, Any]) -> F:
    """Return `form` filled from `values`; unknown keys are ignored and null counts as absent.

    Raises InvalidInput with one fault per field, in the order of the fields.
    """
    found: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, key, required, reader in _readers(form):
        value = values.get(key)
        if value is None:
            if key in values and _keeps_null(form, name):
                found[name] = None
            elif required:
                faults.append(Fault(key, Rule.MISSING))
            continue
        try:
            found[name] = reader(value)
        except _Refused as refused:
            faults.append(Fault(key, refused.rule, refused.limit, refused.expected, refused.allowed))
    if faults:
        raise InvalidInput(*faults)
    return form(**found)


def read_query(form: type[F], query: Mapping[str, str]) -> F:
    """As `read`, from the words of a query: numbers and yes/no are read from text, a blank counts as absent."""
    kinds = {key: reader for _, key, _, reader in _readers(form)}
    values: dict[str, Any] = {}
    for key, text in query.items():
        if text.strip() and key in kinds:
            values[key] = _typed(text.strip(), _expected_kind(form, key))
    return read(form, values)


def _typed(text: str, kind: str) -> Any:
    if kind == "integer":
        digits = text.removeprefix("-")
        return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= _INTEGER_DIGITS else text
    if kind == "boolean":
        return True if text in _TRUE else False if text in _FALSE else text
    return text


@lru_cache(maxsize=1024)
def _expected_kind(form: type[msgspec.Struct], key: str) -> str:
    for field in _fields(form):
        if field.encode_name == key:
            kind, _ = _plain(field.type)
            return {shapes.IntType: "integer", shapes.BoolType: "boolean"}.get(type(kind), "string")
    return "string"


@lru_cache(maxsize=1024)
def _keeps_null(form: type[msgspec.Struct], name: str) -> bool:
    """Tell whether null says something else than absence: the field is `… | None` without None as its default."""
    for field in _fields(form):
        if field.name == name and isinstance(field.type, shapes.UnionType):
            return field.type.includes_none and field.default is not None
    return False


@lru_cache(maxsize=256)
def _readers(form: type[msgspec.Struct]) -> tuple[tuple[str, str, bool, _Reader], ...]:
    return tuple((field.name, field.encode_name, field.required, _reader(field.type)) for field in _fields(form))


def _fields(form: type[msgspec.Struct]) -> tuple[shapes.Field, ...]:
    shape = shapes.type_info(form)
    assert isinstance(shape, shapes.StructType)
    return shape.fields


def _plain(kind: shapes.Type) -> tuple[shapes.Type, Mapping[str, Any]]:
    """Look through Metadata and `| None`."""
    extra: dict[str, Any] = {}
    while True:
        match kind:
            case shapes.Metadata(type=inner, extra=told):
                extra |= told or {}
                kind = inner
            case shapes.UnionType(types=options):
                meant = [option for option in options if not isinstance(option, shapes.NoneType)]
                if len(meant) > 1:
                    return kind, extra
                kind = meant[0]
            case _:
                return kind, extra


def _reader(kind: shapes.Type) -> _Reader:
    plain, extra = _plain(kind)
    match plain:
        case shapes.StrType(min_length=shortest, max_length=longest):
            return _text_reader(shortest, longest, extra)
        case shapes.BoolType():
            return _boolean
        case shapes.IntType(ge=least, le=most):
            return _integer_reader(least, most)
        case shapes.LiteralType(values=words):
            return _word_reader(tuple(str(word) for word in words), bool(extra.get("folded")))
        case shapes.UnionType():
            return _identifier
        case shapes.AnyType():
            return lambda value: value
    raise TypeError(f"no rule reads {plain}")


def _text_reader(shortest: int | None, longest: int | None, extra: Mapping[str, Any]) -> Callable[[Any], str]:
    cut: int | None = extra.get("cut")
    email, time = bool(extra.get("email")), bool(extra.get("time"))
    verbatim = bool(extra.get("verbatim"))

    def read_text(value: Any) -> str:
        if not isinstance(value, str):
            raise _Refused(Rule.WRONG_TYPE, expected="string")
        text = _encodable(value) if verbatim else _tidy(value)
        if cut is not None:
            text = text[:cut].rstrip()
        if longest is not None and len(text) > longest:
            raise _Refused(Rule.TOO_LONG, longest)
        if shortest is not None and len(text) < shortest:
            raise _Refused(Rule.TOO_SHORT if text else Rule.EMPTY, shortest)
        if email and not is_email(text):
            raise _Refused(Rule.NOT_AN_EMAIL)
        if time and times.parse(text) is None:
            raise _Refused(Rule.NOT_A_TIME)
        return text

    return read_text


def _tidy(value: str) -> str:
    try:
        return tidy(value)
    except ControlCharacter:
        raise _Refused(Rule.CONTROL_CHARACTER) from None


def _encodable(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _Refused(Rule.CONTROL_CHARACTER) from None
    return value


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Refused(Rule.WRONG_TYPE, expected="boolean")
    return value


def _identifier(value: Any) -> str:
    """Read the id of a person: text, or a number that some issuers use."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return _identifier_text(value)


def _integer_reader(least: int | None, most: int | None) -> _Reader:
    bottom = -_LARGEST_INTEGER if least is None else least
    top = _LARGEST_INTEGER if most is None else most

    def read_integer(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise _Refused(Rule.WRONG_TYPE, expected="integer")
        if value < bottom:
            raise _Refused(Rule.TOO_SMALL, bottom)
        if value > top:
            raise _Refused(Rule.TOO_LARGE, top)
        return value

    return read_integer


def _word_reader(words: tuple[str, ...], folded: bool) -> _Reader:
    spelled = fold if folded else str
    known = {spelled(word): word for word in words}

    def read_word(value: Any) -> str:
        if not isinstance(value, str):
            raise _Refused(Rule.WRONG_TYPE, expected="string")
        # Only what is about as long as a word is folded: that takes long for a long text.
        found = known.get(spelled(value)) if len(value) <= _LONGEST_WORD else None
        if found is None:
            refused = _Refused(Rule.NOT_ALLOWED)
            refused.allowed = words
            raise refused
        return found

    return read_word


_identifier_text = _text_reader(None, 255, {})
