"""Text in, a Query out."""

import re
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from ventanilla.core.errors import Fault, InvalidInput, Rule
from ventanilla.core.query import words
from ventanilla.core.query.terms import Condition, Moment, Name, Operator, Period, Query, Sought, Value
from ventanilla.core.search import folded
from ventanilla.core.text import fold

LONGEST_QUERY = 1_000
"""Characters."""
MOST_CONDITIONS = 32
MOST_SOUGHT = 16
_LONGEST_DISTANCE = timedelta(days=36_500)

# In quotes, \" is a quotation mark and \\ a backslash; no text can be read in two ways, or a long one takes for ever.
_QUOTED = r"""(?:\\["\\]|\\(?!["\\])|[^"\\])*"""
_TERM = re.compile(
    rf"""(?P<minus>-)?
        (?:(?P<name>[^\W\d][\w.]*)(?P<operator><=|>=|[:<>])(?P<values>(?:"{_QUOTED}"|[^\s"])*)
        |  "(?P<phrase>{_QUOTED})"?
        |  (?P<word>[^\s"]+))""",
    re.VERBOSE,
)
_VALUE = re.compile(rf'"({_QUOTED})"|([^,"]+)')
_TO_ESCAPE = re.compile(r'["\\]')
_ESCAPED = re.compile(r'\\(["\\])')
_DISTANCE = re.compile(r"(\d{1,5})([a-z]+)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@lru_cache(maxsize=256)  # the queries of the sidebar are read with every look at it
def read(text: str) -> Query:
    """Read a query. Raises InvalidInput for the field `query`, its `part` being what could not be understood.

    An address (`https://…`) is a word like any other; anything else with a colon has to be a condition or in quotes.
    """
    if len(text) > LONGEST_QUERY:
        raise _refused(Rule.TOO_LONG, "", limit=LONGEST_QUERY)
    conditions: list[Condition] = []
    sought: list[Sought] = []
    for term in _TERM.finditer(text):
        if term["name"] and not term["values"].startswith("//"):
            conditions.append(_condition(term))
        elif found := _sought(term):
            sought.append(found)
    if len(conditions) > MOST_CONDITIONS or len(sought) > MOST_SOUGHT:
        raise _refused(
            Rule.TOO_MANY_TERMS, "", limit=MOST_CONDITIONS if len(conditions) > MOST_CONDITIONS else MOST_SOUGHT
        )
    return Query(tuple(conditions), tuple(sought))


def in_quotes(value: str) -> str:
    """Return a value as it is written in quotes, whatever is in it."""
    return '"' + _TO_ESCAPE.sub(r"\\\g<0>", value) + '"'


def _sought(term: re.Match[str]) -> Sought | None:
    is_phrase = term["phrase"] is not None
    text = _plain(term["phrase"]) if is_phrase else term["word"] or term[0].removeprefix("-")
    if not folded(text):
        return None
    return Sought(text.strip(), is_phrase, term["minus"] is not None)


def _condition(term: re.Match[str]) -> Condition:
    written = term[0].removeprefix("-")
    name, operator, key = _about(term, written)
    texts = [_plain(quoted) or bare for quoted, bare in _VALUE.findall(term["values"]) if (quoted or bare).strip()]
    if not texts:
        raise _refused(Rule.MISSING, written)
    if operator is not Operator.IS and (name not in words.TIMES or len(texts) > 1):
        raise _refused(Rule.NO_ORDER, written)
    values = tuple(_value(name, text.strip(), written) for text in texts)
    return Condition(
        name=name, operator=operator, values=values, is_negated=term["minus"] is not None, key=key, written=written
    )


def _about(term: re.Match[str], written: str) -> tuple[Name, Operator, str]:
    """Return what a condition is about, which way round, and the key of a custom field."""
    head, _, key = term["name"].partition(".")
    operator = Operator(term["operator"])
    period = words.PERIODS.get(fold(head))
    if period and operator is Operator.IS and not key:
        return *words.MEANINGS[period], ""
    name = words.NAMES.get(fold(head))
    if name is None or bool(key) is not (name is Name.CUSTOM):
        raise _refused(Rule.UNKNOWN_CONDITION, written, allowed=tuple(known.value for known in (*Name, *Period)))
    return name, operator, key


def _plain(quoted: str) -> str:
    """Return what stood in quotes as it is meant."""
    return _ESCAPED.sub(r"\1", quoted)


def _value(name: Name, text: str, written: str) -> Value:
    if name in words.CLOSED_LISTS:
        return _listed(name, text, written)
    if name in words.TIMES:
        return _moment(text, written)
    if name is Name.ASSIGNEE:
        return words.PEOPLE.get(fold(text), text)
    return text


def _listed(name: Name, text: str, written: str) -> Value:
    known = words.CLOSED_LISTS[name]
    word = known.get(fold(text))
    if word is None:
        raise _refused(Rule.NOT_ALLOWED, written, allowed=tuple(dict.fromkeys(one.value for one in known.values())))
    return _as_value(word)


def _as_value(word: StrEnum) -> Value:
    return word


def _moment(text: str, written: str) -> Moment:
    distance = _DISTANCE.fullmatch(text.lower())
    if distance and distance[2] in words.UNITS:
        length = int(distance[1]) * words.UNITS[distance[2]]
        if length <= _LONGEST_DISTANCE:
            return length
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _refused(Rule.NOT_A_MOMENT, written) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _refused(rule: Rule, part: str, limit: int | None = None, allowed: tuple[str, ...] = ()) -> InvalidInput:
    return InvalidInput(Fault("query", rule, limit=limit, allowed=allowed, part=part))
