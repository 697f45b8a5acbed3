"""How long a resolution may take, by priority, and when the clock stands still."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from ventanilla.core.words import Priority

DEFAULT_HOURS: Mapping[Priority, int] = MappingProxyType(
    {Priority.LOW: 72, Priority.NORMAL: 24, Priority.HIGH: 4, Priority.URGENT: 2, Priority.CRITICAL: 1}
)
"""Hours to resolve (shared/contracts/README.md, "Priority")."""


@dataclass(frozen=True, slots=True)
class SlaPolicy:
    """The operator's hours for each priority, on the wall clock."""

    hours: Mapping[Priority, int] = field(default_factory=lambda: DEFAULT_HOURS)

    def clock(self, priority: Priority, started_at: datetime) -> "SlaClock":
        return SlaClock(self.hours[priority], started_at, timedelta(), None, None)


class SlaClock(NamedTuple):
    """One ticket's resolution target: a number of hours from `started_at`, moved on by every pause.

    `stopped_at` is when the work ended (resolved or closed); from then on the clock shows what was left.
    """

    hours: int
    started_at: datetime
    paused: timedelta
    paused_at: datetime | None
    stopped_at: datetime | None

    @property
    def due_at(self) -> datetime:
        return self.started_at + timedelta(hours=self.hours) + self.paused

    def remaining(self, now: datetime) -> timedelta:
        """Return what is left at `now`, negative when late; it stands still while paused and once stopped."""
        return self.due_at - (self.stopped_at or self.paused_at or now)

    def is_breached(self, now: datetime) -> bool:
        return self.remaining(now) < timedelta()

    def with_hours(self, hours: int) -> "SlaClock":
        return SlaClock(hours, self.started_at, self.paused, self.paused_at, self.stopped_at)

    def pause(self, at: datetime) -> "SlaClock":
        return SlaClock(self.hours, self.started_at, self.paused, at, self.stopped_at)

    def resume(self, at: datetime) -> "SlaClock":
        stood_still = max(at - self.paused_at, timedelta()) if self.paused_at else timedelta()
        return SlaClock(self.hours, self.started_at, self.paused + stood_still, None, self.stopped_at)

    def stop(self, at: datetime) -> "SlaClock":
        return SlaClock(self.hours, self.started_at, self.paused, self.paused_at, self.stopped_at or at)

    def restart(self) -> "SlaClock":
        return SlaClock(self.hours, self.started_at, self.paused, self.paused_at, None)
