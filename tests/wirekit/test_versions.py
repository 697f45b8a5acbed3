"""If-Match names the versions that a change is meant for, If-None-Match what the caller has (RFC 9110 §13.1)."""

import pytest

from ventanilla.wirekit import versions
from ventanilla.wirekit.errors import BadRequest, IfMatchMissing


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ('"7"', {7}),
        (' "7" ', {7}),
        ('"7", "8"', {7, 8}),
        ('W/"7"', set()),
        ('W/"7", "8"', {8}),
        ('"a"', set()),
        ('""', set()),
        ('"07"', set()),
        ('"٧"', set()),
        ('"7,8"', set()),
    ],
)
def test_if_match_names_versions_by_strong_tags(header: str, named: set[int]) -> None:
    assert versions.expected(header.encode("utf-8")) == frozenset(named)


def test_a_star_is_any_version() -> None:
    assert versions.expected(b"*") is None


@pytest.mark.parametrize("header", ["", "7", '"7', "7, 8", '"7" "8"', "**", '"7",', "\x00"])
def test_what_is_no_list_of_tags_cannot_be_read(header: str) -> None:
    with pytest.raises(BadRequest):
        versions.expected(header.encode())


def test_a_change_without_if_match_is_told_so() -> None:
    with pytest.raises(IfMatchMissing):
        versions.expected(None)


@pytest.mark.parametrize(
    ("header", "held"),
    [('"7"', True), ('W/"7"', True), ('"6", "7"', True), ("*", True), ('"6"', False), ("7", False), ("", False)],
)
def test_if_none_match_tells_what_the_caller_has(header: str, held: bool) -> None:
    assert versions.is_held(header.encode(), 7) is held


def test_who_says_nothing_has_nothing() -> None:
    assert not versions.is_held(None, 7)


def test_the_tag_of_a_version_is_what_if_match_wants_back() -> None:
    name, tag = versions.etag(7)
    assert name == "ETag"
    assert versions.expected(tag.encode()) == frozenset({7})
