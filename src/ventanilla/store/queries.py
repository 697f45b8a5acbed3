"""A TicketFilter as SQL."""

from dataclasses import replace

from ventanilla.core import areas
from ventanilla.core.filters import Order, Page, TicketFilter
from ventanilla.core.text import fold
from ventanilla.store.columns import micros
from ventanilla.store.connection import Value
from ventanilla.store.ticket_rows import SELECT, SELECT_TITLED

_SORT_COLUMN = {Order.NEWEST: "created_at", Order.LAST_CHANGED: "updated_at"}

Query = tuple[str, list[Value]]


def page_query(wanted: TicketFilter, order: Order, page: Page, *, texts: bool = True) -> Query:
    """Return the query of one page: the keys are found in an index first, whole rows only for what is shown."""
    column = _SORT_COLUMN[order]
    values: list[Value] = []
    size, offset = _bind(values, page.size), _bind(values, page.offset)
    branches = [_branch(one, column, page, values) for one in _one_status_each(wanted)]
    if len(branches) == 1:
        keys = f"{branches[0]} LIMIT {size} OFFSET {offset}"
    else:
        # No index is in order for several statuses at once, but each is for one: take what may be needed of each.
        most = _bind(values, page.offset + page.size)
        parts = " UNION ALL ".join(f"SELECT * FROM ({branch} LIMIT {most}) AS part" for branch in branches)
        keys = f"SELECT id, at FROM ({parts}) AS parts ORDER BY at DESC, id DESC LIMIT {size} OFFSET {offset}"
    select = SELECT if texts else SELECT_TITLED
    return f"{select} JOIN ({keys}) AS shown ON shown.id = t.id ORDER BY t.{column} DESC, t.id DESC", values


def _one_status_each(wanted: TicketFilter) -> list[TicketFilter]:
    if wanted.statuses is None or len(wanted.statuses) < 2:
        return [wanted]
    return [replace(wanted, statuses=(status,)) for status in dict.fromkeys(wanted.statuses)]


def _branch(wanted: TicketFilter, column: str, page: Page, values: list[Value]) -> str:
    terms = _terms(wanted, values)
    if page.after:
        terms.append(f"(f.{column}, f.id) < ({_bind(values, micros(page.after.at))}, {_bind(values, page.after.id)})")
    return f"SELECT f.id, f.{column} AS at FROM tickets f{_where(terms)} ORDER BY f.{column} DESC, f.id DESC"


def count_query(wanted: TicketFilter) -> Query:
    values: list[Value] = []
    return f"SELECT COUNT(*) FROM tickets f{_where(_terms(wanted, values))}", values


def _terms(wanted: TicketFilter, values: list[Value]) -> list[str]:
    terms: list[str] = []
    if wanted.owners is not None:
        people = [
            f"(SELECT id FROM requesters WHERE issuer = {_bind(values, owner.issuer)}"
            f" AND subject = {_bind(values, owner.subject)})"
            for owner in wanted.owners
        ]
        terms.append(_one_of("f.requester_id", people))
    if wanted.area is not None:
        terms.append(f"f.area_key = {_bind(values, areas.area_key(wanted.area))}")
    if wanted.statuses is not None:
        terms.append(_one_of("f.status", [_bind(values, status.value) for status in wanted.statuses]))
    if wanted.topics is not None:
        terms.append(_one_of("f.topic", [_bind(values, topic.value) for topic in wanted.topics]))
    if wanted.requester_subject is not None:
        who = f"SELECT id FROM requesters WHERE subject = {_bind(values, wanted.requester_subject)}"
        terms.append(f"f.requester_id IN ({who})")
    if wanted.assignee_subject is not None:
        who = f"SELECT id FROM agents WHERE subject = {_bind(values, wanted.assignee_subject)}"
        terms.append(f"f.assignee_id IN ({who})")
    if wanted.subject_contains is not None:
        # What folds to nothing ("_", blanks) is in no subject; as a pattern it would be in every one.
        if fold(wanted.subject_contains) or not wanted.subject_contains:
            terms.append(f"f.subject_key LIKE {_bind(values, _pattern(wanted.subject_contains))} ESCAPE '!'")
        else:
            terms.append("1 = 0")
    return terms


def _one_of(column: str, options: list[str]) -> str:
    if len(options) == 1:
        return f"{column} = {options[0]}"
    return f"{column} IN ({', '.join(options)})" if options else "1 = 0"


def _where(terms: list[str]) -> str:
    return f" WHERE {' AND '.join(terms)}" if terms else ""


def _bind(values: list[Value], value: Value) -> str:
    values.append(value)
    return f"${len(values)}"


def _pattern(part: str) -> str:
    escaped = fold(part).replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"
