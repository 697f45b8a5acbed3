"""Each rule that a contract can state about a field, and the fault that breaking it gives."""

import string
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, Meta, Struct, UnsetType

from ventanilla.core.errors import Fault, InvalidInput, Rule
from ventanilla.wirekit import forms

LARGEST = 2**63 - 1


class Everything(Struct, frozen=True, kw_only=True, rename="camel"):
    """One field of every kind that a contract can ask for."""

    subject: Annotated[str, Meta(min_length=3, max_length=10)]
    kind: Literal["bug", "wish"] = "bug"
    nick_name: Annotated[str, Meta(extra={"cut": 5})] | None = None
    email: forms.Email | None = None
    password: Annotated[str, Meta(min_length=2, max_length=8, extra={"verbatim": True})] | None = None
    is_urgent: bool = False
    page: Annotated[int, Meta(ge=1, le=50)] = 1
    number: int | None = None
    agent: str | int | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET
    meta: Any = None


def read(**values: Any) -> Everything:
    return forms.read(Everything, {"subject": "Printer", **values})


def faults_of(**values: Any) -> list[Fault]:
    with pytest.raises(InvalidInput) as refused:
        read(**values)
    return list(refused.value.faults)


def test_what_is_left_out_has_its_default() -> None:
    assert read() == Everything(subject="Printer")


def test_unknown_fields_are_ignored_whatever_they_hold() -> None:
    assert read(id=1, is_admin=True, __class__="x", nick_name=5, **{"": None}) == read()


def test_every_fault_is_told_at_once_in_the_order_of_the_fields() -> None:
    told = faults_of(page=0, subject="", kind=7, isUrgent="yes")
    assert [fault.field for fault in told] == ["subject", "kind", "isUrgent", "page"]


def test_required_field_left_out_or_null_is_missing() -> None:
    for values in ({}, {"subject": None}):
        with pytest.raises(InvalidInput) as refused:
            forms.read(Everything, values)
        assert list(refused.value.faults) == [Fault("subject", Rule.MISSING)]


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("", Fault("subject", Rule.EMPTY, 3)),
        (" \n\t ", Fault("subject", Rule.EMPTY, 3)),
        (" ab ", Fault("subject", Rule.TOO_SHORT, 3)),
        ("a" * 11, Fault("subject", Rule.TOO_LONG, 10)),
        ("abc\x00", Fault("subject", Rule.CONTROL_CHARACTER)),
        ("abc\x1b[2J", Fault("subject", Rule.CONTROL_CHARACTER)),
        ("abc\ud800", Fault("subject", Rule.CONTROL_CHARACTER)),
        (5, Fault("subject", Rule.WRONG_TYPE, expected="string")),
        (True, Fault("subject", Rule.WRONG_TYPE, expected="string")),
        (["abc"], Fault("subject", Rule.WRONG_TYPE, expected="string")),
        ({}, Fault("subject", Rule.WRONG_TYPE, expected="string")),
    ],
)
def test_text_that_breaks_a_rule_is_refused(value: Any, fault: Fault) -> None:
    assert faults_of(subject=value) == [fault]


def test_length_counts_after_trimming_and_composing() -> None:
    assert read(subject="  " + "e\u0301" * 10 + "\r\n").subject == "é" * 10
    assert read(subject="a\r\nb").subject == "a\nb"


def test_marks_piled_up_without_end_are_refused_at_once() -> None:
    pile = "a" + "\u0301\u0316" * 250_000
    assert faults_of(subject=pile) == [Fault("subject", Rule.CONTROL_CHARACTER)]
    assert faults_of(subject="\u0f73" * 250_000) == [Fault("subject", Rule.CONTROL_CHARACTER)]


def test_field_that_is_cut_is_shortened_and_never_refused_for_its_length() -> None:
    assert read(nickName="Maximiliano").nick_name == "Maxim"
    assert read(nickName="Maxi     z").nick_name == "Maxi"


def test_verbatim_field_keeps_blanks_controls_and_what_is_not_composed() -> None:
    assert read(password=" e\u0301\x07 ").password == " e\u0301\x07 "
    assert faults_of(password="a\udfff") == [Fault("password", Rule.CONTROL_CHARACTER)]
    assert faults_of(password="a" * 9) == [Fault("password", Rule.TOO_LONG, 8)]


def test_closed_list_takes_its_words_to_the_letter_and_tells_them() -> None:
    assert read(kind="wish").kind == "wish"
    assert faults_of(kind="Wish") == [Fault("kind", Rule.NOT_ALLOWED, allowed=("bug", "wish"))]
    assert (
        faults_of(kind="x" * 1_000_000)
        == faults_of(kind="bugs")
        == [Fault("kind", Rule.NOT_ALLOWED, allowed=("bug", "wish"))]
    )
    assert faults_of(kind=["bug"]) == [Fault("kind", Rule.WRONG_TYPE, expected="string")]


class Judged(Struct, frozen=True):
    urgency: Annotated[Literal["low", "high"], forms.FOLDED]


def test_word_of_a_priority_counts_whatever_its_case_and_accents() -> None:
    assert forms.read(Judged, {"urgency": " HÍGH"}).urgency == "high"
    with pytest.raises(InvalidInput):
        forms.read(Judged, {"urgency": "x" * 1_000_000})


@pytest.mark.parametrize("value", [1, 0, "true", "false", [], 1.0])
def test_yes_or_no_is_true_or_false_and_nothing_like_it(value: Any) -> None:
    assert faults_of(isUrgent=value) == [Fault("isUrgent", Rule.WRONG_TYPE, expected="boolean")]


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("page", 0, Fault("page", Rule.TOO_SMALL, 1)),
        ("page", 51, Fault("page", Rule.TOO_LARGE, 50)),
        ("number", LARGEST + 1, Fault("number", Rule.TOO_LARGE, LARGEST)),
        ("number", -(10**4_000), Fault("number", Rule.TOO_SMALL, -LARGEST)),
        ("page", "1", Fault("page", Rule.WRONG_TYPE, expected="integer")),
        ("page", 1.0, Fault("page", Rule.WRONG_TYPE, expected="integer")),
        ("page", True, Fault("page", Rule.WRONG_TYPE, expected="integer")),
    ],
)
def test_number_that_breaks_a_rule_is_refused(field: str, value: Any, fault: Fault) -> None:
    assert faults_of(**{field: value}) == [fault]


def test_id_of_a_person_may_be_text_or_a_number() -> None:
    assert read(agent="u-1").agent == "u-1"
    assert read(agent=17).agent == "17"
    for neither in (True, 1.5, [1], {"id": 1}):
        assert faults_of(agent=neither) == [Fault("agent", Rule.WRONG_TYPE, expected="string")]


def test_id_of_a_person_that_is_too_long_is_refused_not_cut_into_another() -> None:
    assert faults_of(agent=10**255) == [Fault("agent", Rule.TOO_LONG, 255)]
    assert faults_of(agent="1" * 256) == [Fault("agent", Rule.TOO_LONG, 255)]


def test_null_is_absence_unless_the_field_tells_them_apart() -> None:
    told = read(nickName=None, isUrgent=None, page=None, agent=None, note=None)
    assert (told.nick_name, told.is_urgent, told.page) == (None, False, 1)
    assert (told.agent, told.note) == (None, None)
    assert (read().agent, read().note) == (UNSET, UNSET)


def test_field_of_any_shape_is_handed_on_as_sent() -> None:
    assert read(meta={"a": [1, None]}).meta == {"a": [1, None]}


@pytest.mark.parametrize(
    "address",
    [
        "ana@example.org",
        " ana@example.org ",
        "ana.garcía+desk@example.org",
        "ana@münchen.example",
        "ana@xn--mnchen-3ya.example",
        "用户@例子.广告",
        "ana@desk.internal",
        "o'hara@example.org",
        "a" * 64 + "@example.org",
    ],
)
def test_addresses_of_the_whole_world_are_taken(address: str) -> None:
    assert read(email=address).email == address.strip()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ana",
        "ana@",
        "@example.org",
        "ana@localhost",
        "ana@[127.0.0.1]",
        "ana@example..org",
        "ana@-example.org",
        "ana@example.org, bruno@example.org",
        "Ana <ana@example.org>",
        "alice@example.org)bob@evil.example",
        "ana garcía@example.org",
        "ana@exam\u202eple.org",
        "ana@" + "a" * 64 + ".example",
        "ana\n@example.org",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    assert faults_of(email=address) == [Fault("email", Rule.NOT_AN_EMAIL)]


def test_address_that_is_too_long_is_refused_for_its_length() -> None:
    assert faults_of(email="a@" + "b" * 300 + ".org") == [Fault("email", Rule.TOO_LONG, 254)]


class Query(Struct, frozen=True, rename="camel"):
    page: Annotated[int, Meta(ge=1, le=50)] = 1
    is_urgent: bool | None = None
    kind: Literal["bug", "wish"] | None = None
    search: Annotated[str, Meta(max_length=5)] | None = None


def test_query_is_read_from_words() -> None:
    told = forms.read_query(Query, {"page": " 7 ", "isUrgent": "1", "kind": "wish", "search": " a ", "other": "\x00"})
    assert told == Query(7, True, "wish", "a")
    assert forms.read_query(Query, {"isUrgent": "false"}).is_urgent is False


def test_blank_word_of_a_query_counts_as_absent() -> None:
    assert forms.read_query(Query, {"page": "", "isUrgent": " ", "kind": "", "search": "  "}) == Query()


@pytest.mark.parametrize("page", ["x", "1.0", "1e1", "0x1", "+1", "--1", "1_0", "١", "²", "1" * 20, "1" * 5_000, "nan"])
def test_word_of_a_query_that_is_no_number_is_refused(page: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        forms.read_query(Query, {"page": page})
    assert list(refused.value.faults) == [Fault("page", Rule.WRONG_TYPE, expected="integer")]


@pytest.mark.parametrize(("page", "rule"), [("0", Rule.TOO_SMALL), ("-3", Rule.TOO_SMALL), ("51", Rule.TOO_LARGE)])
def test_number_of_a_query_out_of_range_is_refused(page: str, rule: Rule) -> None:
    with pytest.raises(InvalidInput) as refused:
        forms.read_query(Query, {"page": page})
    assert refused.value.faults[0].rule is rule


_FIELDS = ["subject", "kind", "nickName", "email", "password", "isUrgent", "page", "number", "agent", "note", "meta"]
_TEXT = st.text() | st.text(alphabet=string.ascii_letters + "@.-+ñé\x00\ud800\u202e ", max_size=30)
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.integers(10**18, 10**30) | st.floats() | _TEXT | st.emails(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(_FIELDS) | _TEXT, _JSON, max_size=11))
def test_any_json_object_is_read_or_refused_as_invalid_input(values: dict[str, Any]) -> None:
    try:
        told = forms.read(Everything, values)
    except InvalidInput:
        return
    assert 3 <= len(told.subject) <= 10
    assert told.nick_name is None or len(told.nick_name) <= 5
    assert 1 <= told.page <= 50
    assert told.number is None or -LARGEST <= told.number <= LARGEST


@given(st.dictionaries(st.sampled_from(["page", "isUrgent", "kind", "search"]) | _TEXT, _TEXT, max_size=5))
def test_any_query_is_read_or_refused_as_invalid_input(words: dict[str, str]) -> None:
    try:
        told = forms.read_query(Query, words)
    except InvalidInput:
        return
    assert 1 <= told.page <= 50
