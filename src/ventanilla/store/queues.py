"""The agents' queue as SQL: any filter in any order, page after page by keyset, counts up to a cap.

Which index a query walks is decided here and not left to guesses about how many rows a condition leaves: conditions
that no index is meant to serve are written as `(…) IS TRUE`, which no planner looks up. A walk in the order of the list
ends with its page; conditions that name a person are looked up and the few rows sorted (docs/decisions/0008-queue.md).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from ventanilla.core.filters import Place, QueueOrder, TicketFilter
from ventanilla.core.lifecycle import LIVE
from ventanilla.store.connection import Finder, Value
from ventanilla.store.finding import hits
from ventanilla.store.queries import Query
from ventanilla.store.rarity import Start, starts
from ventanilla.store.terms import Terms, bind, put_off_of, terms
from ventanilla.store.ticket_rows import DONE_WITH, SELECT_ROWS


class _Keys(NamedTuple):
    columns: tuple[str, ...]
    descending: bool


KEYS = {
    QueueOrder.LAST_CHANGED: _Keys(("updated_at", "id"), True),
    QueueOrder.LONGEST_UNCHANGED: _Keys(("updated_at", "id"), False),
    QueueOrder.NEWEST: _Keys(("created_at", "id"), True),
    QueueOrder.OLDEST: _Keys(("created_at", "id"), False),
    QueueOrder.DUE: _Keys(("due_at", "id"), False),
    QueueOrder.URGENCY: _Keys(("priority_rank", "updated_at", "id"), True),
    QueueOrder.HIGHEST_NUMBER: _Keys(("label_year", "label_number"), True),
    QueueOrder.LOWEST_NUMBER: _Keys(("label_year", "label_number"), False),
    QueueOrder.RELEVANCE: _Keys(("score", "updated_at", "id"), True),
}

_FEW = ("ids", "sought", "requesters", "emails", "owners", "requester_subject")
"""Conditions that leave few rows whatever the order: the first of them that is there is looked up."""
_IS_LIVE = "f.is_live = 1"
_LIVE_PART = {QueueOrder.DUE: f"f.due_at < {DONE_WITH}", QueueOrder.URGENCY: "f.priority_rank > 0"}
"""What says the same of live tickets where the whole table has one index for the order: the live ones come first."""
_SERVED = {
    (QueueOrder.LAST_CHANGED, True): ("unassigned", "channel", "area", "updated"),
    (QueueOrder.LONGEST_UNCHANGED, True): ("unassigned", "channel", "area", "updated"),
    (QueueOrder.NEWEST, True): ("created",),
    (QueueOrder.OLDEST, True): ("created",),
    (QueueOrder.DUE, True): ("due",),
    (QueueOrder.DUE, False): ("due",),
    (QueueOrder.NEWEST, False): ("area", "created"),
    (QueueOrder.OLDEST, False): ("area", "created"),
    (QueueOrder.LAST_CHANGED, False): ("area", "updated"),
    (QueueOrder.LONGEST_UNCHANGED, False): ("area", "updated"),
}
"""Other conditions whose rows an index holds in the order that is asked for, for live tickets (True) or for all."""
_COUNTED = {
    True: ("snoozed", "due", "channel", "channels", "unassigned", "area", "served", "statuses", "created", "updated"),
    False: ("snoozed", "due", "area", "served", "statuses", "created", "updated"),
}
"""Other conditions whose rows an index holds in any order, which is enough to count them."""


def queue_query(
    wanted: TicketFilter,
    order: QueueOrder,
    size: int,
    after: Place | None,
    now: datetime,
    finder: Finder,
    begin: Start | None = None,
) -> Query:
    """Return the query of one page; the last columns of its rows are their place."""
    keys, values = KEYS[order], list[Value]()
    names, scored = [f"f.{column}" for column in keys.columns], ""
    if order is QueueOrder.RELEVANCE:
        names[0], scored, wanted = _scored(wanted, values, finder)
    found = terms(wanted, values, now, finder)
    source, conditions = _source(begin, values), _chosen(found, order, begin, is_live=_means_live(wanted))
    if after is not None:
        place = ", ".join(bind(values, number) for number in after)
        conditions.append(f"({', '.join(names)}) {'<' if keys.descending else '>'} ({place})")
    told = ", ".join(f"{name} AS k{number}" for number, name in enumerate(names))
    inner = f"SELECT f.id AS found, {told}{_where(conditions, scored, source)} ORDER BY {_sorted(names, keys)}"
    shown = [f"keys.k{number}" for number in range(len(names))]
    select = SELECT_ROWS.replace(" FROM tickets t", f", {', '.join(shown)} FROM tickets t", 1)
    joined = f"JOIN ({inner} LIMIT {bind(values, size)}) AS keys ON keys.found = t.id"
    return f"{select} {joined} ORDER BY {_sorted(shown, keys)}", values


def capped_counts_query(
    wanted: Sequence[TicketFilter],
    most: int,
    now: datetime,
    finder: Finder,
    begins: Sequence[Start | None] | None = None,
) -> Query:
    """Return the query of one row, which counts each of these up to one more than `most`."""
    values: list[Value] = []
    limit = bind(values, most + 1)
    pairs = zip(wanted, begins or [None] * len(wanted), strict=True)
    return f"SELECT {', '.join(_count(one, begin, limit, values, now, finder) for one, begin in pairs)}", values


def options(wanted: TicketFilter, order: QueueOrder | None, now: datetime) -> list[Start]:
    """Return what a list in this order, or a count, might begin with in place of its walk, if that leaves few."""
    is_live = _means_live(wanted)
    found = starts(wanted, frozenset(_walked(order, is_live=is_live)), now, is_live=is_live)
    return [] if order is QueueOrder.RELEVANCE or _leaves_few(wanted) else found


def width(order: QueueOrder) -> int:
    """Return of how many numbers a place in this order is made."""
    return len(KEYS[order].columns)


def _count(
    wanted: TicketFilter, begin: Start | None, limit: str, values: list[Value], now: datetime, finder: Finder
) -> str:
    """Return how many there are up to a limit.

    Those that are put off are counted apart and taken off: else each row would be looked up to see whether it is one
    of them, where an index alone can tell how many there are.
    """
    found, is_live = terms(wanted, values, now, finder), _means_live(wanted)
    awake = [name for name in found if _field(name) == "awake"]
    put_off = [put_off_of(found.pop(name)) for name in awake] if len(awake) == 1 and not begin else []
    where = _where(_chosen(found, None, begin, is_live=is_live), source=_source(begin, values))
    counted = f"SELECT 1 AS one{where} LIMIT {limit}"
    if not put_off:
        return f"(SELECT COUNT(*) FROM ({counted}) AS c)"
    off = f"SELECT COUNT(*) AS many{_where(put_off + [_unindexed(term) for term in found.values()])}"
    return (
        f"(WITH off AS ({off}) SELECT COUNT(*) - (SELECT many FROM off) FROM ({counted} + (SELECT many FROM off)) AS c)"
    )


def _source(begin: Start | None, values: list[Value]) -> str:
    return f"{begin.source(values) if begin else ''}tickets f"


def _sorted(columns: Sequence[str], keys: _Keys) -> str:
    return ", ".join(f"{column} {'DESC' if keys.descending else 'ASC'}" for column in columns)


def _scored(wanted: TicketFilter, values: list[Value], finder: Finder) -> tuple[str, str, TicketFilter]:
    """Return the column of the score, the join that it comes from, and what else is wanted."""
    sought = wanted.all_sought
    if not sought:
        return "CAST(0 AS BIGINT)", "", wanted
    found = hits(finder, sought, lambda value: bind(values, value))
    return "CAST(hits.score AS BIGINT)", f" JOIN ({found}) AS hits ON hits.ticket_id = f.id", _without_words(wanted)


def _without_words(wanted: TicketFilter) -> TicketFilter:
    return replace(wanted, sought=(), all_of=tuple(_without_words(one) for one in wanted.all_of))


def _chosen(found: Terms, order: QueueOrder | None, begin: Start | None, *, is_live: bool) -> list[str]:
    """Return the conditions of a list in this order, or those to count by."""
    if begin:
        return ["f.id = few.ticket_id", *_begun_with(set(), found)]
    looked_up = _looked_up(found, order, is_live=is_live)
    fields = {_field(name) for name in looked_up}
    if not is_live or not fields.isdisjoint(_FEW if order else (*_FEW, "snoozed")):
        return _begun_with(looked_up, found)
    # What is said of all of them by the index that they are looked up in is not asked of each.
    others = {name: term for name, term in found.items() if term != _IS_LIVE}
    if "due" in fields:
        return _begun_with(looked_up, others)
    return [*_begun_with(looked_up, others), _LIVE_PART.get(order, _IS_LIVE) if order and not looked_up else _IS_LIVE]


def _begun_with(looked_up: set[str], found: Terms) -> list[str]:
    return [term if name in looked_up else _unindexed(term) for name, term in found.items()]


def _unindexed(term: str) -> str:
    return f"({term}) IS TRUE"


def _means_live(wanted: TicketFilter) -> bool:
    named = wanted.statuses is not None and LIVE.issuperset(wanted.statuses)
    return named or wanted.is_live is True or any(_means_live(one) for one in wanted.all_of)


def _looked_up(found: Terms, order: QueueOrder | None, *, is_live: bool) -> set[str]:
    """Return the condition that the walk begins with, none where it is the order alone."""
    for field in (*_FEW, *_walked(order, is_live=is_live)):
        for name in found:
            if _field(name) == field:
                return {name}
    return set()


def _walked(order: QueueOrder | None, *, is_live: bool) -> tuple[str, ...]:
    served = _SERVED.get((order, is_live), ()) if order else _COUNTED[is_live]
    return (*(("assignees",) if is_live else ()), *served)


def _leaves_few(wanted: TicketFilter) -> bool:
    return any(getattr(wanted, field) not in (None, ()) for field in _FEW) or any(map(_leaves_few, wanted.all_of))


def _field(name: str) -> str:
    """Return the field of a condition, also of one that stands in `all_of`."""
    return name.partition(" ")[0]


def _where(conditions: list[str], joined: str = "", source: str = "tickets f") -> str:
    return f" FROM {source}{joined}{' WHERE ' if conditions else ''}{' AND '.join(conditions)}"
