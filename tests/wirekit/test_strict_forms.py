"""Forms that refuse what they do not know, and read lists, maps and forms inside forms."""

from typing import Annotated, Any

import pytest
from msgspec import UNSET, Meta, Struct, UnsetType

from ventanilla.core.errors import InvalidInput, Rule
from ventanilla.wirekit import forms

ShortText = Annotated[str, Meta(min_length=1, max_length=5)]


class Visitor(Struct, frozen=True, forbid_unknown_fields=True):
    name: ShortText
    floor: int | UnsetType = UNSET


class Visit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    visitor: Visitor | UnsetType = UNSET
    tags: Annotated[list[ShortText], Meta(max_length=3)] | UnsetType = UNSET
    badges: Annotated[list[int], Meta(min_length=1)] | UnsetType = UNSET
    fields: Annotated[dict[str, ShortText | None], Meta(max_length=2)] | UnsetType = UNSET
    weight: float | UnsetType = UNSET
    host: str | None | UnsetType = UNSET
    note: str | UnsetType = UNSET


def faults(values: dict[str, Any]) -> list[tuple[str, Rule]]:
    with pytest.raises(InvalidInput) as refused:
        forms.read(Visit, values)
    return [(fault.field, fault.rule) for fault in refused.value.faults]


def test_everything_is_read_into_its_shape() -> None:
    read = forms.read(
        Visit,
        {
            "visitor": {"name": " Ana ", "floor": 3},
            "tags": ["vip", "new"],
            "badges": [7],
            "fields": {"plan": "gold", "old": None},
            "weight": 62,
            "host": None,
        },
    )
    assert read == Visit(
        visitor=Visitor("Ana", 3),
        tags=["vip", "new"],
        badges=[7],
        fields={"plan": "gold", "old": None},
        weight=62.0,
        host=None,
    )


def test_what_is_absent_stays_unsaid() -> None:
    assert forms.read(Visit, {}) == Visit()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"role": "admin"}, [("role", Rule.UNKNOWN_FIELD)]),
        ({"role": None}, [("role", Rule.UNKNOWN_FIELD)]),
        ({"a/b~c": 1}, [("a~1b~0c", Rule.UNKNOWN_FIELD)]),
        ({"x" * 1_000: 1}, [("x" * 100, Rule.UNKNOWN_FIELD)]),
        ({"visitor": {"name": "Ana", "isAdmin": True}}, [("visitor/isAdmin", Rule.UNKNOWN_FIELD)]),
        ({"visitor": {}}, [("visitor/name", Rule.MISSING)]),
        ({"visitor": {"name": ""}}, [("visitor/name", Rule.EMPTY)]),
        ({"visitor": {"name": None}}, [("visitor/name", Rule.WRONG_TYPE)]),
        ({"visitor": ["Ana"]}, [("visitor", Rule.WRONG_TYPE)]),
        ({"tags": "vip"}, [("tags", Rule.WRONG_TYPE)]),
        ({"tags": {"0": "vip"}}, [("tags", Rule.WRONG_TYPE)]),
        ({"tags": ["vip", 7, "", "toolong"]}, [("tags", Rule.TOO_MANY_ITEMS)]),
        (
            {"tags": [7, "", "toolong"]},
            [("tags/0", Rule.WRONG_TYPE), ("tags/1", Rule.EMPTY), ("tags/2", Rule.TOO_LONG)],
        ),
        ({"tags": [None]}, [("tags/0", Rule.WRONG_TYPE)]),
        ({"badges": []}, [("badges", Rule.EMPTY)]),
        ({"fields": {"plan": "toolong", "x/y": 1}}, [("fields/plan", Rule.TOO_LONG), ("fields/x~1y", Rule.WRONG_TYPE)]),
        ({"fields": {"a": "1", "b": "2", "c": "3"}}, [("fields", Rule.TOO_MANY_ITEMS)]),
        ({"fields": {"k" * 101: "1"}}, [(f"fields/{'k' * 100}", Rule.UNKNOWN_FIELD)]),
        ({"weight": "62"}, [("weight", Rule.WRONG_TYPE)]),
        ({"weight": True}, [("weight", Rule.WRONG_TYPE)]),
        ({"note": None}, [("note", Rule.WRONG_TYPE)]),
        ({"host": 7, "note": 7}, [("host", Rule.WRONG_TYPE), ("note", Rule.WRONG_TYPE)]),
    ],
)
def test_every_fault_is_told_with_the_way_to_it(values: dict[str, Any], expected: list[tuple[str, Rule]]) -> None:
    assert faults(values) == expected


def test_a_strict_query_refuses_what_it_does_not_know() -> None:
    assert forms.read_query(Visitor, {"name": "Ana", "floor": "3"}) == Visitor("Ana", 3)
    with pytest.raises(InvalidInput) as refused:
        forms.read_query(Visitor, {"name": "Ana", "flor": "3"})
    assert [(fault.field, fault.rule) for fault in refused.value.faults] == [("flor", Rule.UNKNOWN_FIELD)]
