"""The question every list asks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from ventanilla.core.lifecycle import Status
from ventanilla.core.people import Identity
from ventanilla.core.search import Words
from ventanilla.core.words import Channel, Priority, RequestType, Topic

T = TypeVar("T")


class Order(StrEnum):
    NEWEST = "newest"
    """By creation, newest first."""
    LAST_CHANGED = "last_changed"
    """By last public change, newest first."""


class QueueOrder(StrEnum):
    """How a queue may be sorted; what is equal is told apart by the number of the ticket."""

    LAST_CHANGED = "last_changed"
    LONGEST_UNCHANGED = "longest_unchanged"
    NEWEST = "newest"
    OLDEST = "oldest"
    DUE = "due"
    """By the time they are due, soonest first; then those whose clock stands still; then those that are done with."""
    URGENCY = "urgency"
    """By priority, of those with the same the last changed first; those that are done with come last."""
    HIGHEST_NUMBER = "highest_number"
    """By label, newest first."""
    LOWEST_NUMBER = "lowest_number"
    RELEVANCE = "relevance"
    """What holds the sought words best, of equals the last changed first."""


@dataclass(frozen=True, slots=True)
class Span:
    """Times from `since` on and before `until`; None leaves an end open."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class FieldIs:
    """A custom field has one of these values; case and accents do not matter."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFilter:
    """Which tickets. None means "any"; an empty tuple means "none".

    What is said of several fields holds together; of several values of one field, one has to fit. `assignees` are ids
    of agents, None among them is nobody; `requesters` are ids as well. `served` are the areas that somebody sees at
    all. A ticket is live while it is open, in progress or pending; it is due only while its clock runs. `called` is a
    part of the name or address of the contact. All that is `sought` stands in the number, subject, name, address or
    messages. What `all_of` says holds as well, what `none_of` says does not.
    """

    owners: tuple[Identity, ...] | None = None
    served: tuple[str, ...] | None = None
    statuses: tuple[Status, ...] | None = None
    topics: tuple[Topic, ...] | None = None
    requester_subject: str | None = None
    assignee_subject: str | None = None
    subject_contains: str | None = None
    ids: tuple[int, ...] | None = None
    areas: tuple[str, ...] | None = None
    channels: tuple[Channel, ...] | None = None
    priorities: tuple[Priority, ...] | None = None
    categories: tuple[str, ...] | None = None
    request_types: tuple[RequestType, ...] | None = None
    assignees: tuple[int | None, ...] | None = None
    requesters: tuple[int, ...] | None = None
    emails: tuple[str, ...] | None = None
    created: Span | None = None
    updated: Span | None = None
    due: Span | None = None
    is_live: bool | None = None
    is_read: bool | None = None
    is_snoozed: bool | None = None
    is_breached: bool | None = None
    is_merged: bool | None = None
    has_files: bool | None = None
    tags: tuple[str, ...] | None = None
    fields: tuple[FieldIs, ...] = ()
    called: str | None = None
    sought: tuple[Words, ...] = ()
    all_of: tuple["TicketFilter", ...] = ()
    none_of: tuple["TicketFilter", ...] = ()

    @property
    def all_sought(self) -> tuple[Words, ...]:
        """All words that have to be found, also those in `all_of`."""
        return sum((one.all_sought for one in self.all_of), self.sought)

    def within(self, sight: "TicketFilter") -> "TicketFilter":
        """Return the same for somebody who sees no more than `sight` (of `access.in_sight`)."""
        return replace(self, owners=sight.owners, served=sight.served)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place in a list after which the next page begins: the sort time and id of the last row seen."""

    at: datetime
    id: int


Place = tuple[int, ...]
"""The place in a list of any order after which the next page begins; only the store knows what its numbers mean."""


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A row of a list and its place there."""

    row: T
    place: Place


@dataclass(frozen=True, slots=True)
class CappedCount:
    """How many there are; when `is_exact` is False, that many and more."""

    count: int
    is_exact: bool


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
