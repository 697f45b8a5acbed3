"""The filter language of the search box, in English and in Spanish."""

import contextlib
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.errors import InvalidInput, Rule
from ventanilla.core.lifecycle import Status
from ventanilla.core.query import Condition, Name, Operator, Query, Someone, Sought, Standing, read
from ventanilla.core.words import Channel, Priority, RequestType


def conditions(text: str) -> list[tuple[object, ...]]:
    return [(one.name, one.operator, *one.values) for one in read(text).conditions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("status:open,pending", (Name.STATUS, Operator.IS, Status.OPEN, Status.PENDING)),
        ("estado:abierto,Pausado", (Name.STATUS, Operator.IS, Status.OPEN, Status.PENDING)),
        ("is:unread", (Name.IS, Operator.IS, Standing.UNREAD)),
        ('es:"sin leer"', (Name.IS, Operator.IS, Standing.UNREAD)),
        ("area:redes", (Name.AREA, Operator.IS, "redes")),
        ('ÁREA:"Mesa de Ayuda",redes', (Name.AREA, Operator.IS, "Mesa de Ayuda", "redes")),
        ("assignee:me", (Name.ASSIGNEE, Operator.IS, Someone.ME)),
        ("asignado:yo,nadie", (Name.ASSIGNEE, Operator.IS, Someone.ME, Someone.NOBODY)),
        ("assignee:marta@desk.example", (Name.ASSIGNEE, Operator.IS, "marta@desk.example")),
        ("prioridad:alta", (Name.PRIORITY, Operator.IS, Priority.HIGH)),
        ("channel:mesa", (Name.CHANNEL, Operator.IS, Channel.MESA)),
        ("tipo:queja", (Name.TYPE, Operator.IS, RequestType.COMPLAINT)),
        ("tag:vip", (Name.TAG, Operator.IS, "vip")),
        ("from:ana@example.org", (Name.FROM, Operator.IS, "ana@example.org")),
        ("created>2026-10-01", (Name.CREATED, Operator.AFTER, date(2026, 10, 1))),
        ("creado<=2026-10-01T10:00:00Z", (Name.CREATED, Operator.UP_TO, datetime(2026, 10, 1, 10, tzinfo=UTC))),
        ("updated>7d", (Name.UPDATED, Operator.AFTER, timedelta(days=7))),
        ("vence<2h", (Name.DUE, Operator.BEFORE, timedelta(hours=2))),
        ("newer_than:7d", (Name.CREATED, Operator.AFTER, timedelta(days=7))),
        ("Más_antiguo_que:2026-10-01", (Name.CREATED, Operator.BEFORE, date(2026, 10, 1))),
        ("changed_within:24h", (Name.UPDATED, Operator.AFTER, timedelta(days=1))),
        ("sin_cambios_en:2s", (Name.UPDATED, Operator.BEFORE, timedelta(weeks=2))),
        ("due_within:2h", (Name.DUE, Operator.BEFORE, timedelta(hours=2))),
        (r'tag:"5\" pipe, \\old","a\b"', (Name.TAG, Operator.IS, '5" pipe, \\old', r"a\b")),
        ("field.plan:gold", (Name.CUSTOM, Operator.IS, "gold")),
    ],
)
def test_a_condition_says_what_it_is_about(text: str, expected: tuple[object, ...]) -> None:
    assert conditions(text) == [expected]


def test_words_and_exact_words_are_sought_and_a_minus_turns_them_round() -> None:
    assert read('router -"red light" -status:closed https://a.example/x 10:30') == Query(
        (
            Condition(
                name=Name.STATUS,
                operator=Operator.IS,
                values=(Status.CLOSED,),
                is_negated=True,
                written="status:closed",
            ),
        ),
        (
            Sought("router"),
            Sought("red light", is_phrase=True, is_negated=True),
            Sought("https://a.example/x"),
            Sought("10:30"),
        ),
    )


@pytest.mark.parametrize(
    ("text", "rule", "part"),
    [
        ("newer_than:soon", Rule.NOT_A_MOMENT, "newer_than:soon"),
        ("newer_than>7d", Rule.UNKNOWN_CONDITION, "newer_than>7d"),
        ("older_than:7d,9d", Rule.NO_ORDER, "older_than:7d,9d"),
        ("status:done", Rule.NOT_ALLOWED, "status:done"),
        ("stauts:open", Rule.UNKNOWN_CONDITION, "stauts:open"),
        ("is:open status:", Rule.MISSING, "status:"),
        ("status>open", Rule.NO_ORDER, "status>open"),
        ("created>2026-01-01,2026-02-01", Rule.NO_ORDER, "created>2026-01-01,2026-02-01"),
        ("created>soon", Rule.NOT_A_MOMENT, "created>soon"),
        ("created>2026-13-01", Rule.NOT_A_MOMENT, "created>2026-13-01"),
        ("due<99999w", Rule.NOT_A_MOMENT, "due<99999w"),
        ("field:gold", Rule.UNKNOWN_CONDITION, "field:gold"),
        ("a " * 17, Rule.TOO_MANY_TERMS, ""),
        ("is:open " * 33, Rule.TOO_MANY_TERMS, ""),
        ("x" * 1_001, Rule.TOO_LONG, ""),
    ],
)
def test_what_is_not_understood_is_told_with_its_part(text: str, rule: Rule, part: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(text)
    (fault,) = refused.value.faults
    assert (fault.field, fault.rule, fault.part) == ("query", rule, part)


def test_exact_words_may_hold_a_quotation_mark() -> None:
    assert read(r'"a 5\" pipe" router').sought == (Sought('a 5" pipe', is_phrase=True), Sought("router"))


def test_a_thousand_backslashes_take_no_time() -> None:
    for text in ('"' + "\\" * 999, 'tag:"' + "\\" * 990, 'tag:"' + '\\"' * 490):
        with contextlib.suppress(InvalidInput):
            read(text)


@given(st.text(alphabet=st.sampled_from('ab:"\\<>=-,. ñ2026d\n'), max_size=60) | st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(InvalidInput):
        read(text)
