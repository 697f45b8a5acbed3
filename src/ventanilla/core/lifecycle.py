"""Status, Action and the one transition table (shared/contracts/README.md, "Status")."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from ventanilla.core.errors import TicketClosed, TransitionRefused


class Status(StrEnum):
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    PENDING = "pending"
    RESOLVED = "resolved"
    CLOSED = "closed"


LIVE = frozenset({Status.OPEN, Status.IN_PROGRESS, Status.PENDING})
"""Where there is still something to do."""


class CloseReason(StrEnum):
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


class Action(StrEnum):
    """What somebody asks of a ticket. A wire status is always asked as one of these."""

    START = "start"
    ASSIGN = "assign"
    TRANSFER = "transfer"
    RECLASSIFY = "reclassify"
    ANSWER = "answer"
    REPLY = "reply"
    NOTE = "note"
    PAUSE = "pause"
    RESUME = "resume"
    RESOLVE = "resolve"
    CLOSE = "close"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    ARCHIVE = "archive"
    REOPEN = "reopen"


_OPEN, _WORKING, _PENDING, _RESOLVED, _CLOSED = Status
_NOT_CLOSED = (_OPEN, _WORKING, _PENDING, _RESOLVED)


def _build() -> dict[tuple[Status, Action], Status]:
    table: dict[tuple[Status, Action], Status] = {
        (_OPEN, Action.START): _WORKING,
        (_OPEN, Action.ASSIGN): _WORKING,
        (_OPEN, Action.ANSWER): _WORKING,
        (_WORKING, Action.PAUSE): _PENDING,
        (_PENDING, Action.RESUME): _WORKING,
        (_OPEN, Action.RESOLVE): _RESOLVED,
        (_WORKING, Action.RESOLVE): _RESOLVED,
        (_PENDING, Action.RESOLVE): _RESOLVED,
        (_RESOLVED, Action.CONFIRM): _CLOSED,
        (_RESOLVED, Action.REOPEN): _OPEN,
        (_CLOSED, Action.REOPEN): _OPEN,
        (_OPEN, Action.REPLY): _OPEN,
        (_WORKING, Action.REPLY): _WORKING,
        (_PENDING, Action.REPLY): _WORKING,
        (_RESOLVED, Action.REPLY): _OPEN,
    }
    for live in _NOT_CLOSED:
        for ending in (Action.CLOSE, Action.WITHDRAW, Action.CANCEL, Action.ARCHIVE):
            table[live, ending] = _CLOSED
        table.setdefault((live, Action.ASSIGN), live)
        table.setdefault((live, Action.ANSWER), live)
    for status in Status:
        table.setdefault((status, Action.ASSIGN), status)
        for steady in (Action.TRANSFER, Action.RECLASSIFY, Action.NOTE):
            table[status, steady] = status
    return table


TRANSITIONS: Mapping[tuple[Status, Action], Status] = MappingProxyType(_build())
"""Every step there is. Steps that are not here are refused and change nothing."""

CLOSE_REASONS: Mapping[Action, CloseReason] = MappingProxyType(
    {Action.CANCEL: CloseReason.CANCELLED, Action.ARCHIVE: CloseReason.ARCHIVED}
)

_ENDINGS: Mapping[CloseReason | None, Action] = MappingProxyType(
    {None: Action.CLOSE, CloseReason.CANCELLED: Action.CANCEL, CloseReason.ARCHIVED: Action.ARCHIVE}
)

_WAY: Mapping[tuple[Status, Status], Action] = MappingProxyType(
    {
        (_OPEN, _WORKING): Action.START,
        (_WORKING, _PENDING): Action.PAUSE,
        (_PENDING, _WORKING): Action.RESUME,
        (_OPEN, _RESOLVED): Action.RESOLVE,
        (_WORKING, _RESOLVED): Action.RESOLVE,
        (_PENDING, _RESOLVED): Action.RESOLVE,
        (_RESOLVED, _OPEN): Action.REOPEN,
        (_CLOSED, _OPEN): Action.REOPEN,
        **{(live, _CLOSED): Action.CLOSE for live in _NOT_CLOSED},
    }
)


_LONG_WAYS: Mapping[tuple[Status, Status], tuple[Action, ...]] = MappingProxyType(
    {
        (_OPEN, _PENDING): (Action.START, Action.PAUSE),
        (_RESOLVED, _WORKING): (Action.REOPEN, Action.START),
        (_RESOLVED, _PENDING): (Action.REOPEN, Action.START, Action.PAUSE),
        (_CLOSED, _WORKING): (Action.REOPEN, Action.START),
        (_CLOSED, _PENDING): (Action.REOPEN, Action.START, Action.PAUSE),
        (_CLOSED, _RESOLVED): (Action.REOPEN, Action.RESOLVE),
    }
)
"""Where more than one step has to be taken, each as if it were asked for alone."""


def steps_to(status: Status, target: Status, reason: CloseReason | None = None) -> tuple[Action, ...] | None:
    """Return the steps that lead from `status` to another, None where there are none.

    `reason` is why a ticket is to be closed; one that is closed already can be closed for another reason only after it
    was opened again.
    """
    if target is Status.CLOSED:
        ending = _ENDINGS[reason]
        return (Action.REOPEN, ending) if status is Status.CLOSED else (ending,)
    one = way_to(status, target)
    return (one,) if one else _LONG_WAYS.get((status, target))


def next_status(status: Status, reason: CloseReason | None, action: Action) -> Status:
    """Return the status after `action`.

    Raises TicketClosed for a message to a closed ticket and TransitionRefused for any other step the table lacks.
    Cancelled and archived tickets take no step but REOPEN and NOTE.
    """
    sealed = reason is not None and action not in (Action.REOPEN, Action.NOTE)
    target = None if sealed else TRANSITIONS.get((status, action))
    if target is not None:
        return target
    if status is Status.CLOSED and action in (Action.REPLY, Action.ANSWER):
        raise TicketClosed(status, action)
    raise TransitionRefused(status, action)


def action_towards(status: Status, target: Status) -> Action:
    """Return the staff action that leads from `status` to `target`; raises TransitionRefused when none does."""
    action = way_to(status, target)
    if action is None:
        raise TransitionRefused(status, f"move to {target}")
    return action


def way_to(status: Status, target: Status) -> Action | None:
    """As `action_towards`, with None where the table has no step."""
    return _WAY.get((status, target))
