"""Which condition of a filter leaves few tickets: those are looked up and sorted, where a walk would pass all others.

No planner knows how many tickets have one tag, so it is counted: in an index, and no further than FEW. Only conditions
that an index holds and the walk does not begin with anyway are asked about.
"""

from collections.abc import Callable, Iterator, Sequence, Set
from datetime import datetime
from functools import partial
from typing import NamedTuple

from ventanilla.core import areas
from ventanilla.core.filters import TicketFilter
from ventanilla.core.words import RANK
from ventanilla.store.columns import micros
from ventanilla.store.connection import Value
from ventanilla.store.queries import Query
from ventanilla.store.terms import Put, bind, of_field, of_tags, one_of

FEW = 1_000
"""Tickets that are rather looked up and sorted than met on a walk."""


class Start(NamedTuple):
    """A condition to begin with: what `terms` calls it, and how to write the query for `ticket_id`, each once."""

    field: str
    write: Callable[[Put], str]

    def source(self, values: list[Value]) -> str:
        """Return what stands in FROM before `tickets f`, which are those with `few.ticket_id`."""
        # Twice: between counting and looking some may have come.
        return f"({self.write(partial(bind, values))} LIMIT {2 * FEW}) AS few CROSS JOIN "


def starts(wanted: TicketFilter, served: Set[str], now: datetime, *, is_live: bool) -> list[Start]:
    """Return what a query may begin with, but for the fields that its walk is `served` by."""
    return [start for start in _starts(wanted, now, is_live=is_live) if start.field not in served]


def counts_query(options: Sequence[Start]) -> Query:
    """Return the query of one row: how many each of these leaves, up to one more than FEW."""
    values: list[Value] = []
    put = partial(bind, values)
    counted = [f"(SELECT COUNT(*) FROM ({start.write(put)} LIMIT {FEW + 1}) AS c)" for start in options]
    return f"SELECT {', '.join(counted)}", values


def rarest(options: Sequence[Start], counted: Sequence[int]) -> Start | None:
    """Return the option that leaves the fewest tickets, None when none of them leaves few."""
    found = min(zip(counted, options, strict=True), key=lambda pair: pair[0], default=None)
    return found[1] if found and found[0] <= FEW else None


def _starts(wanted: TicketFilter, now: datetime, *, is_live: bool) -> Iterator[Start]:
    if wanted.tags is not None:
        yield Start("tags", partial(of_tags, wanted.tags))
    for field in wanted.fields:
        yield Start("fields", partial(of_field, field))
    if wanted.is_snoozed:
        yield Start("snoozed", lambda put: f"{_TICKETS} snoozed_until > {put(micros(now))}")
    if wanted.statuses is not None:
        yield Start("statuses", partial(_among, "status", [status.value for status in wanted.statuses]))
    if is_live:
        yield from _live_starts(wanted)
    for one in wanted.all_of:
        yield from _starts(one, now, is_live=is_live)


def _live_starts(wanted: TicketFilter) -> Iterator[Start]:
    if wanted.priorities is not None:
        yield Start("priorities", partial(_among, "priority_rank", [RANK[one] for one in wanted.priorities]))
    if wanted.channels is not None:
        one_alone = len(wanted.channels) == 1
        yield Start(
            "channel" if one_alone else "channels",
            partial(_among, "is_live = 1 AND channel", [one.value for one in wanted.channels]),
        )
    own = "area" if wanted.served is not None and len(wanted.served) == 1 else "served"
    for field, named in (("areas", wanted.areas), (own, wanted.served)):
        if named is not None:
            yield Start(field, partial(_among, "is_live = 1 AND area_key", [areas.area_key(one) for one in named]))


_TICKETS = "SELECT id AS ticket_id FROM tickets WHERE"


def _among(column: str, options: Sequence[Value], put: Put) -> str:
    return f"{_TICKETS} {one_of(column, [put(option) for option in options])}"
