"""Custom fields: what an operator wants to know about a ticket besides what every ticket has.

A value is kept as text whatever its kind, so that a history, an export and a filter show it alike.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from ventanilla.core.errors import Fault, InvalidInput, Rule
from ventanilla.core.text import ControlCharacter, fold, tidy

LONGEST_KEY = 40
LONGEST_VALUE = 2_000
MOST_DIGITS = 15
"""Of a number: what is shorter is the same number in JSON, in JavaScript and in a database."""
YES, NO = "true", "false"

Answer = object
"""A value as a form holds it, of whatever type; None or a blank text: there is none."""
Shown = str | int | float | bool


_KEY = re.compile(rf"[a-z][a-z0-9_]{{0,{LONGEST_KEY - 1}}}", re.ASCII)


class FieldKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    DATE = "date"
    CHECKBOX = "checkbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomField:
    """`key` and `kind` never change. `choices` is for the kind `choice` alone. `id` is the store's."""

    uuid: UUID
    key: str
    name: str
    kind: FieldKind
    choices: tuple[str, ...] = ()
    is_required: bool = False
    is_active: bool = True
    position: int = 0
    version: int = 1
    id: int = 0

    @property
    def place(self) -> str:
        """Where a form has the value of this field."""
        return f"fields/{self.key}"


def is_key(text: str) -> bool:
    """Tell whether a field may go by this: lower-case letters, digits and underscores, a letter first."""
    return bool(_KEY.fullmatch(text))


def key_from(name: str) -> str:
    """Return the key that a name suggests, `field` where it suggests none."""
    bare = re.sub(r"_+", "_", re.sub(r"[^a-z0-9_]", "", fold(name))).strip("_")[:LONGEST_KEY].rstrip("_")
    return bare if is_key(bare) else f"field_{bare}"[:LONGEST_KEY].rstrip("_")


def require_choices(kind: FieldKind, choices: Sequence[str]) -> None:
    """Raise InvalidInput unless there are choices where some are needed, and none elsewhere."""
    if kind is FieldKind.CHOICE and not choices:
        raise InvalidInput(Fault("choices", Rule.MISSING))
    if kind is not FieldKind.CHOICE and choices:
        raise InvalidInput(Fault("choices", Rule.NOT_SUPPORTED))


def answers(fields: Iterable[CustomField], told: Mapping[str, Answer]) -> dict[str, str | None]:
    """Return what was told as values to keep, by key; None takes a value away.

    Raises InvalidInput with a fault for every value that is not of its field's kind, every key that names no active
    field, and every required field that is told to be empty.
    """
    known = {field.key: field for field in fields if field.is_active}
    kept: dict[str, str | None] = {}
    faults: list[Fault] = []
    for key, answer in told.items():
        try:
            kept[key] = _kept(known[key], answer) if key in known else _unknown(key, tuple(known))
        except InvalidInput as refused:
            faults += refused.faults
    if faults:
        raise InvalidInput(*faults)
    return kept


def require_complete(fields: Iterable[CustomField], values: Mapping[str, str | None]) -> None:
    """Raise InvalidInput for every required field that has no value."""
    missing = [field for field in fields if field.is_active and field.is_required and not values.get(field.key)]
    if missing:
        raise InvalidInput(*(Fault(field.place, Rule.MISSING) for field in missing))


def shown(kind: FieldKind, value: str) -> Shown:
    """Return a kept value as its kind has it: a number as one, a checkbox as true or false."""
    if kind is FieldKind.CHECKBOX:
        return value == YES
    if kind is FieldKind.NUMBER:
        return float(value) if "." in value else int(value)
    return value


def _kept(field: CustomField, answer: Answer) -> str | None:
    if answer is None or (isinstance(answer, str) and not answer.strip()):
        if field.is_required:
            raise _refused(field, Rule.MISSING)
        return None
    match field.kind:
        case FieldKind.TEXT:
            return _text(field, answer)
        case FieldKind.NUMBER:
            return _number(field, answer)
        case FieldKind.CHOICE:
            return _choice(field, answer)
        case FieldKind.DATE:
            return _date(field, answer)
        case FieldKind.CHECKBOX:
            return _checkbox(field, answer)


def _text(field: CustomField, answer: Answer) -> str:
    if not isinstance(answer, str):
        raise _refused(field, Rule.WRONG_TYPE, expected="string")
    try:
        text = tidy(answer)
    except ControlCharacter:
        raise _refused(field, Rule.CONTROL_CHARACTER) from None
    if len(text) > LONGEST_VALUE:
        raise _refused(field, Rule.TOO_LONG, LONGEST_VALUE)
    return text


def _number(field: CustomField, answer: Answer) -> str:
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        raise _refused(field, Rule.WRONG_TYPE, expected="number")
    if not abs(answer) < 10**MOST_DIGITS:
        raise _refused(field, Rule.TOO_LARGE, 10**MOST_DIGITS - 1)
    plain = f"{Decimal(repr(answer)):f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain == "-0" else plain


def _choice(field: CustomField, answer: Answer) -> str:
    wanted = fold(answer) if isinstance(answer, str) and len(answer) <= LONGEST_VALUE else None
    for choice in field.choices:
        if fold(choice) == wanted:
            return choice
    raise InvalidInput(Fault(field.place, Rule.NOT_ALLOWED, allowed=field.choices))


def _date(field: CustomField, answer: Answer) -> str:
    if not isinstance(answer, str):
        raise _refused(field, Rule.WRONG_TYPE, expected="string")
    try:
        return _iso_day(answer.strip())
    except ValueError:
        raise _refused(field, Rule.NOT_A_DATE) from None


def _iso_day(text: str) -> str:
    """Read `2026-03-15` and no other spelling of it. Raises ValueError."""
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(text)
    return text


def _checkbox(field: CustomField, answer: Answer) -> str:
    if not isinstance(answer, bool):
        raise _refused(field, Rule.WRONG_TYPE, expected="boolean")
    return YES if answer else NO


def _unknown(key: str, known: tuple[str, ...]) -> str | None:
    escaped = key.replace("~", "~0").replace("/", "~1")
    raise InvalidInput(Fault(f"fields/{escaped}", Rule.UNKNOWN_FIELD, allowed=known))


def _refused(field: CustomField, rule: Rule, limit: int | None = None, expected: str | None = None) -> InvalidInput:
    return InvalidInput(Fault(field.place, rule, limit, expected))
