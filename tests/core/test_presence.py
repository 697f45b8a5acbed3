"""When it is news that somebody is at a ticket."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.conftest import MORNING
from ventanilla.core.people import AgentRef
from ventanilla.core.presence import Presence, PresenceState, is_news, since

VIEWING, TYPING, GONE = PresenceState
MARTA = AgentRef(1, "marta", "Marta", UUID(int=1))


def known(state: PresenceState) -> Presence:
    return Presence(MARTA, state, MORNING, MORNING)


@pytest.mark.parametrize(
    ("before", "state", "seconds", "news"),
    [
        (None, VIEWING, 0, True),
        (None, GONE, 0, False),
        (VIEWING, VIEWING, 9, False),
        (VIEWING, VIEWING, 10, True),
        (VIEWING, TYPING, 1, True),
        (TYPING, VIEWING, 1, True),
        (TYPING, GONE, 1, True),
        (GONE, GONE, 60, False),
        (GONE, VIEWING, 1, True),
    ],
)
def test_what_is_the_same_is_news_every_ten_seconds(
    before: PresenceState | None, state: PresenceState, seconds: int, news: bool
) -> None:
    there = known(before) if before else None
    assert is_news(there, state, MORNING + timedelta(seconds=seconds)) is news


@pytest.mark.parametrize(
    ("before", "state", "seconds", "goes_on"),
    [
        (None, VIEWING, 0, False),
        (VIEWING, VIEWING, 29, True),
        (VIEWING, VIEWING, 30, False),
        (VIEWING, TYPING, 1, False),
    ],
)
def test_who_was_not_heard_of_for_long_has_come_anew(
    before: PresenceState | None, state: PresenceState, seconds: int, goes_on: bool
) -> None:
    now = MORNING + timedelta(seconds=seconds)
    assert since(known(before) if before else None, state, now) == (MORNING if goes_on else now)
