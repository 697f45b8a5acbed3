"""Reading one value of a JSON body as the type of its field says; `wirekit.forms` puts the values together."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from msgspec import inspect as shapes

from ventanilla.core.errors import Fault, Rule
from ventanilla.core.text import ControlCharacter, fold, tidy
from ventanilla.wirekit import times
from ventanilla.wirekit.emails import is_email

_LARGEST_INTEGER = 2**63 - 1
_LONGEST_WORD = 100
_LONGEST_KEY = 100


class Refused(Exception):
    """A value broke its rule, or several inside it did: the places in `faults` begin at the value itself."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__()
        self.faults = faults

    def at(self, place: str) -> Iterable[Fault]:
        """Return the faults with the way to them beginning at `place`."""
        for fault in self.faults:
            where = f"{escaped(place)}/{fault.field}" if fault.field else escaped(place)
            yield replace(fault, field=where)


Reader = Callable[[Any], Any]


def escaped(name: str) -> str:
    """Write a name as part of a way to a value (RFC 6901 §3)."""
    return name.replace("~", "~0").replace("/", "~1") if "~" in name or "/" in name else name


def plain(kind: shapes.Type) -> tuple[shapes.Type, Mapping[str, Any]]:
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


def reader_of(kind: shapes.Type, read_struct: Callable[[Any, Mapping[str, Any]], Any]) -> Reader:
    """Return what reads a value of this type; `read_struct` reads an object into a struct and raises Refused."""
    found, extra = plain(kind)
    match found:
        case shapes.StrType(min_length=shortest, max_length=longest):
            return text_reader(shortest, longest, extra)
        case shapes.BoolType():
            return _boolean
        case shapes.IntType(ge=least, le=most):
            return _integer_reader(least, most)
        case shapes.FloatType():
            return _number
        case shapes.LiteralType(values=words):
            return _word_reader(tuple(str(word) for word in words), bool(extra.get("folded")))
        case shapes.UnionType():
            return _identifier
        case shapes.AnyType():
            return lambda value: value
    return _compound_reader(found, read_struct)


def _compound_reader(kind: shapes.Type, read_struct: Callable[[Any, Mapping[str, Any]], Any]) -> Reader:
    match kind:
        case shapes.ListType(item_type=item, min_length=shortest, max_length=longest):
            return _list_reader(reader_of(item, read_struct), shortest, longest)
        case shapes.DictType(value_type=inner, max_length=longest):
            return _map_reader(reader_of(inner, read_struct), _takes_null(inner), longest)
        case shapes.StructType(cls=form):
            return lambda value: read_struct(form, _object(value))
    raise TypeError(f"no rule reads {kind}")


def text_reader(shortest: int | None, longest: int | None, extra: Mapping[str, Any]) -> Callable[[Any], str]:
    cut: int | None = extra.get("cut")
    email, time = bool(extra.get("email")), bool(extra.get("time"))
    verbatim = bool(extra.get("verbatim"))

    def read_text(value: Any) -> str:
        if not isinstance(value, str):
            raise _refused(Rule.WRONG_TYPE, expected="string")
        text = _encodable(value) if verbatim else _tidy(value)
        if cut is not None:
            text = text[:cut].rstrip()
        if longest is not None and len(text) > longest:
            raise _refused(Rule.TOO_LONG, longest)
        if shortest is not None and len(text) < shortest:
            raise _refused(Rule.TOO_SHORT if text else Rule.EMPTY, shortest)
        if email and not is_email(text):
            raise _refused(Rule.NOT_AN_EMAIL)
        if time and times.parse(text) is None:
            raise _refused(Rule.NOT_A_TIME)
        return text

    return read_text


def _refused(
    rule: Rule, limit: int | None = None, expected: str | None = None, allowed: tuple[str, ...] = ()
) -> Refused:
    return Refused(Fault("", rule, limit, expected, allowed))


def _tidy(value: str) -> str:
    try:
        return tidy(value)
    except ControlCharacter:
        raise _refused(Rule.CONTROL_CHARACTER) from None


def _encodable(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _refused(Rule.CONTROL_CHARACTER) from None
    return value


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _refused(Rule.WRONG_TYPE, expected="boolean")
    return value


def _number(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise _refused(Rule.WRONG_TYPE, expected="number")
    return float(value)


def _identifier(value: Any) -> str:
    """Read the id of a person: text, or a number that some issuers use."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return _identifier_text(value)


def _integer_reader(least: int | None, most: int | None) -> Reader:
    bottom = -_LARGEST_INTEGER if least is None else least
    top = _LARGEST_INTEGER if most is None else most

    def read_integer(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise _refused(Rule.WRONG_TYPE, expected="integer")
        if value < bottom:
            raise _refused(Rule.TOO_SMALL, bottom)
        if value > top:
            raise _refused(Rule.TOO_LARGE, top)
        return value

    return read_integer


def _word_reader(words: tuple[str, ...], folded: bool) -> Reader:
    spelled = fold if folded else str
    known = {spelled(word): word for word in words}

    def read_word(value: Any) -> str:
        if not isinstance(value, str):
            raise _refused(Rule.WRONG_TYPE, expected="string")
        # Only what is about as long as a word is folded: that takes long for a long text.
        found = known.get(spelled(value)) if len(value) <= _LONGEST_WORD else None
        if found is None:
            raise _refused(Rule.NOT_ALLOWED, allowed=words)
        return found

    return read_word


def _list_reader(read_item: Reader, shortest: int | None, longest: int | None) -> Reader:
    def read_list(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise _refused(Rule.WRONG_TYPE, expected="array")
        if longest is not None and len(value) > longest:
            raise _refused(Rule.TOO_MANY_ITEMS, longest)
        if shortest is not None and len(value) < shortest:
            raise _refused(Rule.EMPTY)
        return list(_each(((str(number), item) for number, item in enumerate(value)), read_item).values())

    return read_list


def _map_reader(read_value: Reader, takes_null: bool, longest: int | None) -> Reader:
    def read_inner(value: Any) -> Any:
        return None if value is None and takes_null else read_value(value)

    def read_map(value: Any) -> dict[str, Any]:
        found = _object(value)
        if longest is not None and len(found) > longest:
            raise _refused(Rule.TOO_MANY_ITEMS, longest)
        too_long = [Fault(escaped(key[:_LONGEST_KEY]), Rule.UNKNOWN_FIELD) for key in found if len(key) > _LONGEST_KEY]
        if too_long:
            raise Refused(*too_long)
        return _each(found.items(), read_inner)

    return read_map


def _each(pairs: Iterable[tuple[str, Any]], read_value: Reader) -> dict[str, Any]:
    """Read every value; raises Refused with all that is wrong."""
    found: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, value in pairs:
        try:
            found[name] = read_value(value)
        except Refused as refused:
            faults += refused.at(name)
    if faults:
        raise Refused(*faults)
    return found


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _refused(Rule.WRONG_TYPE, expected="object")
    return value


def _takes_null(kind: shapes.Type) -> bool:
    return isinstance(kind, shapes.UnionType) and kind.includes_none


_identifier_text = text_reader(None, 255, {})
