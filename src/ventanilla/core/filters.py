"""The question every list asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from ventanilla.core.lifecycle import Status
from ventanilla.core.people import Identity
from ventanilla.core.words import Topic

T = TypeVar("T")


class Order(StrEnum):
    NEWEST = "newest"
    """By creation, newest first."""
    LAST_CHANGED = "last_changed"
    """By last public change, newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFilter:
    """Which tickets. None means "any"; an empty tuple means "none"."""

    owners: tuple[Identity, ...] | None = None
    area: str | None = None
    statuses: tuple[Status, ...] | None = None
    topics: tuple[Topic, ...] | None = None
    requester_subject: str | None = None
    assignee_subject: str | None = None
    subject_contains: str | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place in a list after which the next page begins: the sort time and id of the last row seen."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which part of a list: a numbered page of `size` rows (from 1), or what follows a cursor."""

    size: int
    number: int = 1
    after: Cursor | None = None

    @property
    def offset(self) -> int:
        return 0 if self.after else (self.number - 1) * self.size


@dataclass(frozen=True, slots=True)
class PageOf(Generic[T]):
    """One page and the exact number of rows that the filter matches in all."""

    rows: Sequence[T]
    total: int
    page: Page

    @property
    def pages(self) -> int:
        return -(-self.total // self.page.size)
