"""The console suggests words of the filter language: the desk has to understand them all, and none may be missing."""

import json
from pathlib import Path
from typing import Any

import pytest

from ventanilla.core.query import Name, Period, Someone, words
from ventanilla.core.text import fold

SUGGESTED: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "web" / "src" / "pages" / "queue" / "filter" / "words.json").read_text("utf-8")
)


def test_console_suggests_every_name_in_both_languages() -> None:
    meant = {**words.NAMES, **words.PERIODS}
    assert set(SUGGESTED) == {*Name, *Period}
    assert {name: meant[fold(known["es"])] for name, known in SUGGESTED.items()} == {name: name for name in SUGGESTED}


@pytest.mark.parametrize("name", [*words.CLOSED_LISTS, Name.ASSIGNEE])
def test_console_suggests_every_word_of_a_closed_list(name: Name) -> None:
    meant = words.PEOPLE if name is Name.ASSIGNEE else words.CLOSED_LISTS[name]
    suggested = SUGGESTED[name.value]["values"]
    assert set(suggested) == set(Someone if name is Name.ASSIGNEE else meant.values())
    assert {english: meant[fold(spanish)].value for english, spanish in suggested.items()} == {
        english: english for english in suggested
    }
