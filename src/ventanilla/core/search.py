"""What a text is searched by: its words without case and accents; and the place in it to show.

PostgreSQL folds messages by an expression of its own (`store/migrations/versions`, words); the two have to agree.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

SHORTEST_PREFIX = 3
"""Characters from which on a word is also the beginning of longer ones."""

SEPARATORS = r"[\x01-\x2f\x3a-\x60\x7b-\xbf\xd7\xf7\u2000-\u206f\u20a0-\u20cf\u3000-\u303f]+"
"""What stands between words, once they are folded: what is neither letter nor digit in Latin text."""
_BETWEEN = re.compile(SEPARATORS)
_MARKS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"\w+")

_BEFORE = 60
_LONGEST_EXCERPT = 200


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand one behind the other; unless `is_whole`, the last may be the beginning of a word.

    `in_notes` says whether internal notes are looked into.
    """

    text: str
    is_whole: bool = False
    in_notes: bool = False

    @property
    def folded(self) -> list[str]:
        return folded(self.text)

    @property
    def ends_open(self) -> bool:
        """Tell whether longer words than the last are meant as well."""
        return not self.is_whole and len(self.folded[-1]) >= SHORTEST_PREFIX


def folded(text: str) -> list[str]:
    """Return the words of a text in the form in which they are compared."""
    return _BETWEEN.sub(" ", _MARKS.sub("", unicodedata.normalize("NFKD", text).lower())).split()


def excerpt(body: str, sought: Sequence[Words]) -> str | None:
    """Return the part of a text, in one line, where the first of these words stands; None when none does."""
    beginnings = tuple(words.folded[0] for words in sought)
    for word in _WORD.finditer(body):
        parts = folded(word[0])
        if any(part.startswith(beginnings) for part in parts):
            return _around(body, word.start())
    return None


def _around(body: str, place: int) -> str:
    begin = max(0, place - _BEFORE)
    if begin:
        begin = max(body.rfind(" ", 0, begin), body.find(" ", begin, place)) + 1 or begin
    end = begin + _LONGEST_EXCERPT
    shown = " ".join(body[begin:end].split())
    return f"{'… ' if begin else ''}{shown}{' …' if end < len(body) else ''}"
