"""Saved views as they stand on the native API's wire."""

from typing import Annotated, Literal, cast

from msgspec import UNSET, Meta, Struct, UnsetType, field

from ventanilla.contracts.desk.wire import PREFIX, Form, Maker, Uuid
from ventanilla.core.views import DEFAULT_COLUMNS

VIEWS = PREFIX + "/views"
ORDER = VIEWS + "/order"
VIEW = VIEWS + "/{view}"

LONGEST_QUERY = 500

Sort = Literal["-updated", "updated", "-created", "created", "due", "-priority", "number", "-number", "relevance"]
Column = Literal[
    "number",
    "subject",
    "requester",
    "area",
    "assignee",
    "status",
    "priority",
    "sla",
    "updated",
    "created",
    "channel",
    "category",
    "tags",
]
Icon = Annotated[str, Meta(max_length=50, description="A word for a small picture; the console knows some.")]
Query = Annotated[str, Meta(max_length=LONGEST_QUERY, description="In the filter language; blank for everything.")]
Name = Annotated[str, Meta(min_length=1, max_length=100)]
Columns = Annotated[list[Column], Meta(min_length=1, max_length=13)]
Position = Annotated[int, Meta(ge=0, le=10_000, description="Lower ones come first.")]


def _usual_columns() -> list[Column]:
    return cast(list[Column], list(DEFAULT_COLUMNS))


class View(Struct, frozen=True, kw_only=True):
    """`id` is a word for a built-in view, else a UUID."""

    id: str
    name: str
    query: str
    sort: Sort
    columns: list[Column]
    is_shared: bool
    is_builtin: bool
    icon: str
    position: int
    maker_id: Uuid | None
    version: int


class ViewList(Struct, frozen=True):
    data: list[View]
    next: str | None


class NewView(Form, frozen=True, kw_only=True):
    name: Name
    query: Query
    sort: Sort = "-updated"
    columns: Columns = field(default_factory=_usual_columns)
    icon: Icon = ""
    position: Position = 0
    is_shared: Annotated[bool, Meta(description="For all staff; only supervisors and admins may.")] = False
    maker_id: Maker | UnsetType = UNSET


class ViewChange(Form, frozen=True, kw_only=True):
    name: Name | UnsetType = UNSET
    query: Query | UnsetType = UNSET
    sort: Sort | UnsetType = UNSET
    columns: Columns | UnsetType = UNSET
    icon: Icon | UnsetType = UNSET
    position: Position | UnsetType = UNSET
    is_shared: bool | UnsetType = UNSET
