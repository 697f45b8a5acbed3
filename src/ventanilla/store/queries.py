"""Numbered pages of a TicketFilter as SQL."""

from dataclasses import replace
from datetime import datetime
from functools import cache

from ventanilla.core.areas import area_key
from ventanilla.core.filters import Order, Page, TicketFilter
from ventanilla.store.columns import micros
from ventanilla.store.connection import Value
from ventanilla.store.terms import bind, one_of, terms
from ventanilla.store.ticket_rows import SELECT_OWN

_SORT_COLUMN = {Order.NEWEST: "created_at", Order.LAST_CHANGED: "updated_at"}

Query = tuple[str, list[Value]]


def page_query(select: str, wanted: TicketFilter, order: Order, page: Page, now: datetime) -> Query:
    """Return the query of one page: the keys are found in an index first, whole rows only for what is shown.

    `select` is the beginning of a query for tickets `t`.
    """
    column = _SORT_COLUMN[order]
    values: list[Value] = []
    size, offset = bind(values, page.size), bind(values, page.offset)
    branches = [_branch(one, column, page, values, now) for one in _one_area_each(_one_status_each(wanted))]
    if len(branches) == 1:
        keys = f"{branches[0]} LIMIT {size} OFFSET {offset}"
    else:
        # No index is in order for several statuses or areas at once, but each is for one: take what each may give.
        most = bind(values, page.offset + page.size)
        parts = " UNION ALL ".join(f"SELECT * FROM ({branch} LIMIT {most}) AS part" for branch in branches)
        keys = f"SELECT id, at FROM ({parts}) AS parts ORDER BY at DESC, id DESC LIMIT {size} OFFSET {offset}"
    return f"{select} JOIN ({keys}) AS shown ON shown.id = t.id ORDER BY t.{column} DESC, t.id DESC", values


@cache
def own_query(owners: int) -> str:
    """Return the query of a page of what so many identities own, newest first: size, offset, issuer, subject, …"""
    return f"{SELECT_OWN} WHERE {_is_owned(owners, first=3)} ORDER BY t.created_at DESC, t.id DESC LIMIT $1 OFFSET $2"


@cache
def own_count_query(owners: int) -> str:
    return f"SELECT COUNT(*) FROM tickets t WHERE {_is_owned(owners, first=1)}"


def _is_owned(owners: int, first: int) -> str:
    people = [
        f"(SELECT id FROM requesters WHERE issuer = ${place} AND subject = ${place + 1})"
        for place in range(first, first + 2 * owners, 2)
    ]
    return one_of("t.requester_id", people)


def count_query(wanted: TicketFilter, now: datetime) -> Query:
    values: list[Value] = []
    return f"SELECT COUNT(*) FROM tickets f{_where(list(terms(wanted, values, now).values()))}", values


def _one_status_each(wanted: TicketFilter) -> list[TicketFilter]:
    if wanted.statuses is None or len(wanted.statuses) < 2:
        return [wanted]
    return [replace(wanted, statuses=(status,)) for status in dict.fromkeys(wanted.statuses)]


def _one_area_each(asked: list[TicketFilter]) -> list[TicketFilter]:
    return [one for wanted in asked for one in _by_area(wanted)]


def _by_area(wanted: TicketFilter) -> list[TicketFilter]:
    if wanted.served is None or len(wanted.served) < 2:
        return [wanted]
    return [replace(wanted, served=(area,)) for area in dict.fromkeys(map(area_key, wanted.served))]


def _branch(wanted: TicketFilter, column: str, page: Page, values: list[Value], now: datetime) -> str:
    conditions = list(terms(wanted, values, now).values())
    if page.after:
        at, last = bind(values, micros(page.after.at)), bind(values, page.after.id)
        conditions.append(f"(f.{column}, f.id) < ({at}, {last})")
    return f"SELECT f.id, f.{column} AS at FROM tickets f{_where(conditions)} ORDER BY f.{column} DESC, f.id DESC"


def _where(conditions: list[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""
