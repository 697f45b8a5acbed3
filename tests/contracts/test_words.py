"""Every word of ours has one in contracts 1, 3 and 5, and every word of theirs is one of ours; so with errors."""

from collections.abc import Collection, Mapping
from typing import Any, get_args

import pytest

from ventanilla.contracts import debuta, mesa, mobile, support
from ventanilla.core.errors import DeskError
from ventanilla.core.lifecycle import Status
from ventanilla.core.words import Priority, Topic, topic_of
from ventanilla.wirekit.errors import USUAL_STATUS, by_kind


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


def kinds_of_error(kind: type[DeskError] = DeskError) -> set[type[DeskError]]:
    found = {kind, *(inner for child in kind.__subclasses__() for inner in kinds_of_error(child))}
    return {one for one in found if one.__module__.startswith("ventanilla.")}


@pytest.mark.parametrize(
    "table",
    [USUAL_STATUS, mesa.errors.STATUS, mobile.errors.STATUS, support.errors.STATUS],
    ids=["debuta and kinconecta", "mesa", "mobile", "support"],
)
def test_only_our_own_faults_are_answered_with_500(table: Mapping[type[DeskError], int]) -> None:
    unforeseen = {kind for kind in kinds_of_error() if by_kind(table, kind.__new__(kind)) == 500}
    assert {kind.__name__ for kind in unforeseen} == {"DeskError", "InternalError"}


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
