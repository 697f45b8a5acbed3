"""Values of custom fields: checked by kind, kept as text, shown as their kind has them."""

from typing import Any
from uuid import uuid4

import pytest

from ventanilla.core.custom_fields import (
    CustomField,
    FieldKind,
    answers,
    is_key,
    key_from,
    require_choices,
    require_complete,
    shown,
)
from ventanilla.core.errors import InvalidInput, Rule

TEXT, NUMBER, CHOICE, DATE, CHECKBOX = FieldKind


def a_field(kind: FieldKind, **more: Any) -> CustomField:
    values: dict[str, Any] = {"key": kind.value, "name": kind.value.title(), "kind": kind, "uuid": uuid4()}
    return CustomField(**{**values, "choices": ("Sí", "No lo sé") if kind is CHOICE else (), **more})


FIELDS = [a_field(kind) for kind in FieldKind]


def faults(told: dict[str, Any], fields: list[CustomField] = FIELDS) -> list[tuple[str, Rule]]:
    with pytest.raises(InvalidInput) as refused:
        answers(fields, told)
    return [(fault.field, fault.rule) for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("kind", "answer", "kept"),
    [
        (TEXT, "  Fibra \r\n óptica ", "Fibra \n óptica"),
        (TEXT, "n" * 2_000, "n" * 2_000),
        (NUMBER, 7, "7"),
        (NUMBER, -0.5, "-0.5"),
        (NUMBER, 1.0, "1"),
        (NUMBER, -0.0, "0"),
        (NUMBER, 1e-7, "0.0000001"),
        (NUMBER, 123456789012345, "123456789012345"),
        (CHOICE, "Sí", "Sí"),
        (CHOICE, "SI", "Sí"),
        (CHOICE, "no lo se", "No lo sé"),
        (DATE, "2026-02-28", "2026-02-28"),
        (DATE, " 2028-02-29 ", "2028-02-29"),
        (CHECKBOX, True, "true"),
        (CHECKBOX, False, "false"),
    ],
)
def test_a_value_of_its_kind_is_kept_as_text(kind: FieldKind, answer: object, kept: str) -> None:
    assert answers(FIELDS, {kind.value: answer}) == {kind.value: kept}


@pytest.mark.parametrize("kind", FieldKind)
@pytest.mark.parametrize("nothing", [None, "", " \n"])
def test_nothing_takes_a_value_away(kind: FieldKind, nothing: str | None) -> None:
    assert answers(FIELDS, {kind.value: nothing}) == {kind.value: None}


@pytest.mark.parametrize(
    ("kind", "answer", "rule"),
    [
        (TEXT, 7, Rule.WRONG_TYPE),
        (TEXT, ["a"], Rule.WRONG_TYPE),
        (TEXT, {"$ne": ""}, Rule.WRONG_TYPE),
        (TEXT, "n" * 2_001, Rule.TOO_LONG),
        (TEXT, "a\x00b", Rule.CONTROL_CHARACTER),
        (TEXT, "\ud800", Rule.CONTROL_CHARACTER),
        (NUMBER, "7", Rule.WRONG_TYPE),
        (NUMBER, True, Rule.WRONG_TYPE),
        (NUMBER, 10**15, Rule.TOO_LARGE),
        (NUMBER, -(10**400), Rule.TOO_LARGE),
        (NUMBER, float("inf"), Rule.TOO_LARGE),
        (NUMBER, float("nan"), Rule.TOO_LARGE),
        (CHOICE, "Quizás", Rule.NOT_ALLOWED),
        (CHOICE, 1, Rule.NOT_ALLOWED),
        (CHOICE, "x" * 100_000, Rule.NOT_ALLOWED),
        (DATE, "28/02/2026", Rule.NOT_A_DATE),
        (DATE, "2026-02-30", Rule.NOT_A_DATE),
        (DATE, "20260228", Rule.NOT_A_DATE),
        (DATE, "2026-02-28T10:00:00Z", Rule.NOT_A_DATE),
        (DATE, 20260228, Rule.WRONG_TYPE),
        (CHECKBOX, "true", Rule.WRONG_TYPE),
        (CHECKBOX, 1, Rule.WRONG_TYPE),
    ],
    ids=lambda value: str(value)[:20].encode("ascii", "replace").decode().replace("\x00", "NUL"),
)
def test_a_value_of_another_kind_is_refused(kind: FieldKind, answer: object, rule: Rule) -> None:
    assert faults({kind.value: answer}) == [(f"fields/{kind.value}", rule)]


def test_all_that_is_wrong_is_told_at_once() -> None:
    told = {"text": 7, "number": 1, "date": "x", "a/b~": 1}
    assert faults(told) == [
        ("fields/text", Rule.WRONG_TYPE),
        ("fields/date", Rule.NOT_A_DATE),
        ("fields/a~1b~0", Rule.UNKNOWN_FIELD),
    ]


def test_a_field_that_is_switched_off_takes_nothing() -> None:
    assert faults({"text": "x"}, [a_field(TEXT, is_active=False)]) == [("fields/text", Rule.UNKNOWN_FIELD)]


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_a_required_field_cannot_be_emptied(nothing: str | None) -> None:
    assert faults({"text": nothing}, [a_field(TEXT, is_required=True)]) == [("fields/text", Rule.MISSING)]


def test_required_fields_that_are_left_out_are_told() -> None:
    fields = [a_field(TEXT, is_required=True), a_field(NUMBER), a_field(DATE, is_required=True, is_active=False)]
    with pytest.raises(InvalidInput) as refused:
        require_complete(fields, {"number": "1"})
    assert [fault.field for fault in refused.value.faults] == ["fields/text"]
    require_complete(fields, {"text": "x"})


@pytest.mark.parametrize(
    ("kind", "value", "as_shown"),
    [
        (TEXT, "7", "7"),
        (NUMBER, "7", 7),
        (NUMBER, "-0.5", -0.5),
        (CHOICE, "Sí", "Sí"),
        (DATE, "2026-02-28", "2026-02-28"),
        (CHECKBOX, "true", True),
        (CHECKBOX, "false", False),
    ],
)
def test_a_value_is_shown_as_its_kind_has_it(kind: FieldKind, value: str, as_shown: object) -> None:
    found = shown(kind, value)
    assert (found, type(found)) == (as_shown, type(as_shown))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Tipo de contrato", "tipo_de_contrato"),
        ("Número de línea (fija)", "numero_de_linea_fija"),
        ("2ª línea", "field_2a_linea"),
        ("契約", "field"),
        ("n" * 60, "n" * 40),
        ("9" * 60, "field_" + "9" * 34),
        ("__", "field"),
    ],
)
def test_a_name_suggests_a_key(name: str, key: str) -> None:
    assert key_from(name) == key
    assert is_key(key)


@pytest.mark.parametrize("text", ["", "_a", "1a", "A", "a-b", "ñ", "a" * 41, "a\n"])
def test_not_every_text_is_a_key(text: str) -> None:
    assert not is_key(text)


def test_choices_belong_to_the_kind_that_has_some() -> None:
    require_choices(CHOICE, ["a"])
    require_choices(TEXT, [])
    for kind, choices in ((CHOICE, []), (TEXT, ["a"])):
        with pytest.raises(InvalidInput):
            require_choices(kind, choices)
