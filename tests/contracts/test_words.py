"""Every word of ours has one in every contract, and every word of theirs is one of ours.

Contract 2 reads more words than it shows: test_mesa_words.py.
"""

from collections.abc import Collection, Mapping
from typing import Any, get_args

import pytest
from tests.contracts.doors import FOREIGN

from ventanilla.contracts import debuta, kinconecta, mesa, mobile, support
from ventanilla.core.lifecycle import CloseReason, Status
from ventanilla.core.words import Priority, Topic, topic_of

STATUSES = """
                  debuta       mesa        support      kinconecta   mobile
open              abierto      ABIERTO     open         open         open
in_progress       en_revision  EN_PROCESO  in_progress  in_progress  in_progress
pending           en_revision  PAUSADO     in_progress  in_progress  in_progress
resolved          resuelto     RESUELTO    resolved     resolved     resolved
closed            cerrado      CERRADO     closed       closed       closed
closed:cancelled  cerrado      CANCELADO   closed       closed       closed
closed:archived   cerrado      ARCHIVADO   closed       closed       closed
"""
PRIORITIES = """
          mesa     support
low       BAJA     low
normal    MEDIA    normal
high      ALTA     high
urgent    URGENTE  urgent
critical  CRITICA  urgent
"""
CATEGORIES = """
            debuta            support    mobile
account     cuenta            account    account
billing     pagos             billing    payment
technical   problema_tecnico  technical  technical
abuse       abuso             other      other
suggestion  sugerencia        other      other
other       otro              other      other
"""
"""shared/contracts/README.md. Contracts that are not named show no priority, or any text as the category."""

TRANSLATIONS: Mapping[str, Any] = {
    "debuta": debuta.translate,
    "mesa": mesa.words,
    "support": support.translate,
    "kinconecta": kinconecta.translate,
    "mobile": mobile.translate,
}


def words_of(closed_list: Any) -> set[str]:
    """The words of a Literal, with or without an annotation around it."""
    first, *_ = get_args(closed_list)
    return set(get_args(closed_list)) if isinstance(first, str) else set(get_args(first))


@pytest.mark.parametrize(
    ("out", "back", "ours", "theirs"),
    [
        (debuta.translate.STATUS_OUT, debuta.translate.STATUS_IN, Status, debuta.wire.Status),
        (support.translate.STATUS_OUT, support.translate.STATUS_IN, Status, support.wire.Status),
        (support.translate.PRIORITY_OUT, support.translate.PRIORITY_IN, Priority, support.wire.Priority),
        (mobile.translate.STATUS_OUT, mobile.translate.STATUS_IN, Status, mobile.wire.Status),
        (mobile.translate.CATEGORY_OUT, mobile.translate.CATEGORY_IN, Topic, mobile.wire.Category),
    ],
)
def test_every_word_goes_out_and_comes_back(
    out: Mapping[Any, str], back: Mapping[str, Collection[Any]], ours: Collection[Any], theirs: Any
) -> None:
    assert set(out) == set(ours)
    assert set(out.values()) == set(back) == words_of(theirs)
    assert {word: {one for one in ours if out[one] == word} for word in back} == {
        word: set(found) for word, found in back.items()
    }


@pytest.mark.parametrize(
    ("out", "theirs"),
    [
        (debuta.translate.CATEGORY_OUT, debuta.wire.Category),
        (support.translate.CATEGORY_OUT, support.wire.Category),
        (mobile.translate.CATEGORY_OUT, mobile.wire.Category),
    ],
)
def test_every_topic_has_a_category_and_a_category_comes_back_as_itself(out: Mapping[Topic, str], theirs: Any) -> None:
    assert set(out) == set(Topic)
    assert {word: out[topic_of(word)] for word in words_of(theirs)} == {word: word for word in words_of(theirs)}


def test_a_status_that_staff_import_is_the_one_that_is_shown() -> None:
    back = kinconecta.translate.STATUS_IN
    assert set(back) == words_of(kinconecta.wire.Status)
    assert {word: kinconecta.translate.STATUS_OUT[status] for word, status in back.items()} == {w: w for w in back}


def cells(table: str) -> list[tuple[str, str, str]]:
    """A word of ours, a contract, and its word for it; `-` where it has none."""
    head, *rows = [line.split() for line in table.strip().splitlines()]
    return [(row[0], contract, word) for row in rows for contract, word in zip(head, row[1:], strict=True)]


@pytest.mark.parametrize(("ours", "contract", "theirs"), cells(STATUSES))
def test_every_status_is_shown_as_the_law_says(ours: str, contract: str, theirs: str) -> None:
    status, _, ending = ours.partition(":")
    if contract == "mesa":
        assert mesa.words.status_out(Status(status), CloseReason(ending) if ending else None) == theirs
    else:
        assert TRANSLATIONS[contract].STATUS_OUT[Status(status)] == theirs


@pytest.mark.parametrize(("ours", "contract", "theirs"), cells(PRIORITIES))
def test_every_priority_is_shown_as_the_law_says(ours: str, contract: str, theirs: str) -> None:
    assert TRANSLATIONS[contract].PRIORITY_OUT[Priority(ours)] == theirs


@pytest.mark.parametrize(("ours", "contract", "theirs"), cells(CATEGORIES))
def test_every_category_is_shown_as_the_law_says(ours: str, contract: str, theirs: str) -> None:
    assert TRANSLATIONS[contract].CATEGORY_OUT[Topic(ours)] == theirs


def test_the_law_leaves_no_contract_and_no_word_of_ours_out() -> None:
    endings = {f"{Status.CLOSED}:{reason}" for reason in CloseReason}
    assert {contract for _, contract, _ in cells(STATUSES)} == set(TRANSLATIONS) == {one.name for one in FOREIGN}
    assert {ours for ours, _, _ in cells(STATUSES)} == {*Status, *endings}
    assert {ours for ours, _, _ in cells(PRIORITIES)} == set(Priority)
    assert {ours for ours, _, _ in cells(CATEGORIES)} == set(Topic)


def test_every_status_of_contract_3_has_its_code() -> None:
    assert set(support.errors.CODES) == set(support.errors.STATUS.values())
    assert support.errors.CODES == {
        400: "validation_error",
        401: "unauthorized",
        403: "forbidden",
        404: "not_found",
        405: "method_not_allowed",
        409: "conflict",
        413: "payload_too_large",
        415: "unsupported_media_type",
        429: "rate_limited",
        500: "internal_error",
        503: "service_unavailable",
        507: "service_unavailable",
    }
