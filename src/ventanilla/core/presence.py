"""Who else is at a ticket at this moment."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from ventanilla.core.people import AgentRef

EXPIRES_AFTER = timedelta(seconds=30)
RENEWED_AFTER = timedelta(seconds=10)
"""Whoever says sooner that they are still there is believed without being written down again."""
JUST_NOW = timedelta(seconds=5)
"""How long a move is told to those who follow: longer than replicas' clocks and commits lie apart."""


class PresenceState(StrEnum):
    VIEWING = "viewing"
    TYPING = "typing"
    GONE = "gone"


class Presence(NamedTuple):
    """An agent at a ticket: doing `state` since `since`, last heard of at `seen_at`."""

    agent: AgentRef
    state: PresenceState
    since: datetime
    seen_at: datetime


class Move(NamedTuple):
    """An agent who came to a ticket, went, or began or ceased to type."""

    ticket_id: int
    area: str
    agent_id: int
    since: datetime


def is_news(known: Presence | None, state: PresenceState, now: datetime) -> bool:
    """Tell whether it has to be written down that an agent, so far known as `known`, is there as `state`."""
    if known is None:
        return state is not PresenceState.GONE
    if state is known.state:
        return state is not PresenceState.GONE and now - known.seen_at >= RENEWED_AFTER
    return True


def since(known: Presence | None, state: PresenceState, now: datetime) -> datetime:
    """Return since when an agent is there as `state`, if they are so now."""
    goes_on = known is not None and known.state is state and now - known.seen_at < EXPIRES_AFTER
    return known.since if known is not None and goes_on else now
