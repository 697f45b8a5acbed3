"""From the filter language to the queue: who is meant by a name, which moment by a day, what a saved view asks."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache, partial

from ventanilla.actions import queue, views
from ventanilla.actions.ports import Transaction
from ventanilla.actions.queue import QueuePage, QueuePart
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.errors import Fault, InvalidInput, Rule
from ventanilla.core.filters import CappedCount, FieldIs, Span, TicketFilter
from ventanilla.core.lifecycle import Status
from ventanilla.core.people import Actor, Agent
from ventanilla.core.query import Condition, Moment, Name, Operator, Query, Someone, Sought, Standing, read
from ventanilla.core.search import Words
from ventanilla.core.text import fold

FIELD = "query"
_AGENTS_AT_ONCE = 500


async def page(tx: Transaction, actor: Actor, asked: tuple[str, ...], part: QueuePart) -> QueuePage:
    """Return a page of what all of these queries ask for. Raises Unauthenticated, Forbidden and InvalidInput."""
    access.require_desk(actor, Permission.USE_STAFF_API)
    wanted = tuple([await filter_of(tx, actor, text) for text in asked if text])
    return await queue.page(tx, actor, wanted[0] if len(wanted) == 1 else TicketFilter(all_of=wanted), part)


def seeks_words(text: str) -> bool:
    """Tell whether a query has words to be found. Raises InvalidInput."""
    return any(not one.is_negated for one in read(text).sought)


async def counts(tx: Transaction, actor: Actor) -> Mapping[str, CappedCount]:
    """Return how many tickets each view of the caller's sidebar shows, without those that cannot be read any more."""
    wanted: dict[str, TicketFilter] = {}
    for view in await views.everything(tx, actor):
        try:
            wanted[view.key] = await filter_of(tx, actor, view.query)
        except InvalidInput:
            continue  # an agent whom it names is gone
    return await queue.counts(tx, actor, wanted)


async def filter_of(tx: Transaction, actor: Actor, text: str) -> TicketFilter:
    """Return what a query asks for. Raises InvalidInput for FIELD, naming the part that is not understood."""
    query = read(text)
    met = [await _met(tx, actor, condition) for condition in query.conditions]
    pairs = list(zip(query.conditions, met, strict=True))
    return TicketFilter(
        sought=tuple(_words(actor, one) for one in query.sought if not one.is_negated),
        all_of=tuple(one for condition, one in pairs if not condition.is_negated),
        none_of=(*(one for condition, one in pairs if condition.is_negated), *_unsought(actor, query)),
    )


def _unsought(actor: Actor, query: Query) -> tuple[TicketFilter, ...]:
    return tuple(TicketFilter(sought=(_words(actor, one),)) for one in query.sought if one.is_negated)


def _words(actor: Actor, sought: Sought) -> Words:
    return Words(sought.text, is_whole=sought.is_phrase, in_notes=access.may_on_desk(actor, Permission.READ_INTERNAL))


async def _met(tx: Transaction, actor: Actor, condition: Condition) -> TicketFilter:
    """Return the tickets that meet a condition for one of its values."""
    if condition.name is Name.ASSIGNEE:
        return TicketFilter(assignees=await _assignees(tx, actor, condition))
    if condition.name in (Name.CREATED, Name.UPDATED, Name.DUE):
        return _any_of([_timed(tx, condition, value) for value in condition.values])
    return _plain(condition)


@lru_cache(maxsize=256)
def _plain(condition: Condition) -> TicketFilter:
    """Return what a condition asks for that means the same to everybody and at any time."""
    return _any_of(_PLAIN[condition.name](condition))


def _any_of(options: list[TicketFilter]) -> TicketFilter:
    if len(options) == 1:
        return options[0]
    return TicketFilter(none_of=(TicketFilter(none_of=tuple(options)),))


_NOT_CLOSED = tuple(status for status in Status if status is not Status.CLOSED)
_STANDINGS: Mapping[Standing, TicketFilter] = {
    Standing.OPEN: TicketFilter(is_live=True, is_snoozed=False),
    Standing.RESOLVED: TicketFilter(statuses=(Status.RESOLVED,)),
    Standing.CLOSED: TicketFilter(statuses=(Status.CLOSED,)),
    Standing.UNREAD: TicketFilter(is_read=False, statuses=_NOT_CLOSED),
    Standing.UNASSIGNED: TicketFilter(assignees=(None,)),
    Standing.BREACHED: TicketFilter(is_breached=True),
    Standing.SNOOZED: TicketFilter(is_live=True, is_snoozed=True),
    Standing.MERGED: TicketFilter(is_merged=True),
}


def _listed(field: str, condition: Condition) -> list[TicketFilter]:
    return [TicketFilter(**{field: condition.values})]  # type: ignore[arg-type]


def _standings(condition: Condition) -> list[TicketFilter]:
    return [_STANDINGS[Standing(str(value))] for value in condition.values]


def _files(condition: Condition) -> list[TicketFilter]:
    return [TicketFilter(has_files=True)]


def _from(condition: Condition) -> list[TicketFilter]:
    """An address is somebody's; anything else is a part of a name."""
    texts = [str(value) for value in condition.values]
    return [TicketFilter(emails=(text,)) if "@" in text else TicketFilter(called=text) for text in texts]


def _custom(condition: Condition) -> list[TicketFilter]:
    return [TicketFilter(fields=(FieldIs(condition.key, tuple(str(value) for value in condition.values)),))]


_PLAIN: Mapping[Name, Callable[[Condition], list[TicketFilter]]] = {
    Name.STATUS: partial(_listed, "statuses"),
    Name.IS: _standings,
    Name.HAS: _files,
    Name.AREA: partial(_listed, "areas"),
    Name.PRIORITY: partial(_listed, "priorities"),
    Name.CHANNEL: partial(_listed, "channels"),
    Name.TAG: partial(_listed, "tags"),
    Name.FROM: _from,
    Name.CATEGORY: partial(_listed, "categories"),
    Name.TYPE: partial(_listed, "request_types"),
    Name.CUSTOM: _custom,
}


async def _assignees(tx: Transaction, actor: Actor, condition: Condition) -> tuple[int | None, ...]:
    found: list[int | None] = []
    for value in condition.values:
        if value is Someone.NOBODY:
            found.append(None)
        elif value is Someone.ME:
            own = await tx.people.agent(actor.identity) if actor.identity else None
            found += [own.id] if own else []
        else:
            found += await _called(tx, str(value), condition.written)
    return tuple(found)


async def _called(tx: Transaction, named: str, written: str) -> list[int]:
    """Return the agents with this address, or whose name has these words. Raises InvalidInput when nobody has."""
    found: list[int] = []
    after = 0
    while agents := await tx.people.agents(after, _AGENTS_AT_ONCE, inactive=True):
        found += [agent.id for agent in agents if _goes_by(agent, named)]
        after = agents[-1].id
    if not found:
        raise InvalidInput(Fault(FIELD, Rule.UNKNOWN_PERSON, part=written))
    return found


def _goes_by(agent: Agent, named: str) -> bool:
    if "@" in named:
        return agent.email.lower() == named.lower()
    return set(fold(named).split("_")) <= set(fold(agent.name).split("_"))


def _timed(tx: Transaction, condition: Condition, value: object) -> TicketFilter:
    begin, end = _moments(tx, condition.name, value)  # type: ignore[arg-type]
    span = {
        Operator.IS: Span(begin, end),
        Operator.BEFORE: Span(until=begin),
        Operator.UP_TO: Span(until=end),
        Operator.AFTER: Span(since=end),
        Operator.FROM: Span(since=begin),
    }[condition.operator]
    return TicketFilter(**{condition.name.value: span})  # type: ignore[arg-type]


def _moments(tx: Transaction, name: Name, value: Moment) -> tuple[datetime, datetime]:
    """Return where the moment begins and ends: a day of the desk lasts, a point in time does not.

    A distance is a point in time before now, for due times after it.
    """
    if isinstance(value, timedelta):
        at = tx.now + value if name is Name.DUE else tx.now - value
        return at, at
    if isinstance(value, datetime):
        return value, value
    return _day(tx, value), _day(tx, value + timedelta(days=1))


def _day(tx: Transaction, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=tx.policy.zone)
