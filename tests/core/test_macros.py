"""Filling in the variables of a macro."""

import pytest

from ventanilla.core.macros import fill, first_name

VALUES = {"requester.name": "Ana Pérez", "ticket.label": "TKT-2026-00142", "agent.name": ""}


@pytest.mark.parametrize(
    ("body", "filled"),
    [
        ("Hola {{requester.name}}", "Hola Ana Pérez"),
        ("{{ requester.name }}: {{ticket.label}}, {{ticket.label}}", "Ana Pérez: TKT-2026-00142, TKT-2026-00142"),
        ("de {{agent.name}}.", "de ."),
        (
            "{requester.name} {{ requester name }} {{}} {{REQUESTER.NAME}}",
            "{requester.name} {{ requester name }} {{}} {{REQUESTER.NAME}}",
        ),
        ("", ""),
    ],
)
def test_variables_are_filled_in_and_all_else_stays(body: str, filled: str) -> None:
    assert fill(body, VALUES) == (filled, ())


def test_what_nobody_knows_is_left_and_named_once() -> None:
    found = fill("{{requester.age}} {{requester.name}} {{ requester.age }} {{a.b}}", VALUES)
    assert found.body == "{{requester.age}} Ana Pérez {{ requester.age }} {{a.b}}"
    assert found.unknown == ("requester.age", "a.b")


def test_what_is_filled_in_is_not_looked_at_again() -> None:
    values = {"requester.name": "{{ticket.label}}", "ticket.label": "secret"}
    assert fill("{{requester.name}}", values) == ("{{ticket.label}}", ())


@pytest.mark.parametrize(
    ("name", "known", "first"), [("Ana Pérez", "", "Ana"), ("Ana Pérez", "Ana María", "Ana María"), ("", "", "")]
)
def test_the_first_name_is_what_is_known_or_else_the_first_word(name: str, known: str, first: str) -> None:
    assert first_name(name, known) == first
