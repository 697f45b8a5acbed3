"""What a query is made of, once it is read."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from ventanilla.core.lifecycle import Status
from ventanilla.core.words import Channel, Priority, RequestType


class Name(StrEnum):
    """What a condition is about."""

    STATUS = "status"
    IS = "is"
    HAS = "has"
    AREA = "area"
    ASSIGNEE = "assignee"
    PRIORITY = "priority"
    CHANNEL = "channel"
    TAG = "tag"
    FROM = "from"
    CATEGORY = "category"
    TYPE = "type"
    CREATED = "created"
    UPDATED = "updated"
    DUE = "due"
    CUSTOM = "field"


class Period(StrEnum):
    """What says in words which way round a condition about a moment goes: `newer_than:7d`."""

    NEWER_THAN = "newer_than"
    OLDER_THAN = "older_than"
    CHANGED_WITHIN = "changed_within"
    UNCHANGED_FOR = "unchanged_for"
    DUE_WITHIN = "due_within"


class Standing(StrEnum):
    """What `is:` can ask."""

    OPEN = "open"
    RESOLVED = "resolved"
    CLOSED = "closed"
    UNREAD = "unread"
    UNASSIGNED = "unassigned"
    BREACHED = "breached"
    SNOOZED = "snoozed"
    MERGED = "merged"


class Possession(StrEnum):
    """What `has:` can ask."""

    ATTACHMENT = "attachment"


class Someone(StrEnum):
    """Agents that are not called by their name."""

    ME = "me"
    NOBODY = "none"


class Operator(StrEnum):
    IS = ":"
    BEFORE = "<"
    UP_TO = "<="
    AFTER = ">"
    FROM = ">="


Moment = datetime | date | timedelta
"""A time, a day in the desk's time zone, or a distance from now: back for `created` and `updated`, ahead for `due`."""

Value = Status | Standing | Possession | Someone | Priority | Channel | RequestType | Moment | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition; a ticket meets it when it meets it for one of `values`, or for none when it is negated.

    `key` is the custom field that `field.<key>:` names, and `written` the condition as it stood in the query.
    """

    name: Name
    operator: Operator
    values: tuple[Value, ...]
    is_negated: bool = False
    key: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """A word (or the beginning of one), or a phrase to be found as it is."""

    text: str
    is_phrase: bool = False
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: every condition has to hold and everything sought has to be found."""

    conditions: tuple[Condition, ...] = ()
    sought: tuple[Sought, ...] = ()
