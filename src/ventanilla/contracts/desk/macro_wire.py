"""Macros as they stand on the native API's wire."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from ventanilla.contracts.desk.ticket_wire import Priority, Status
from ventanilla.contracts.desk.wire import PREFIX, Form, Maker, Uuid
from ventanilla.core.tags import LONGEST_TAG, MOST_TAGS

MACROS = PREFIX + "/macros"
ORDER = MACROS + "/order"
MACRO = MACROS + "/{id}"
RENDER = MACRO + "/render"

Kind = Literal["answer", "note"]
Name = Annotated[str, Meta(min_length=1, max_length=100)]
Body = Annotated[
    str,
    Meta(
        max_length=20_000,
        description="Markdown with variables: `{{requester.name}}`, `{{requester.first_name}}`, `{{ticket.label}}`, "
        "`{{ticket.subject}}`, `{{ticket.due_at}}`, `{{agent.name}}`, `{{agent.first_name}}`, `{{desk.name}}`.",
    ),
]
Position = Annotated[int, Meta(ge=0, le=10_000, description="Lower ones come first.")]
Tag = Annotated[str, Meta(min_length=1, max_length=LONGEST_TAG)]
Assignee = Annotated[str, Meta(min_length=2, max_length=36, description="The id of an agent, or `me`: who uses it.")]


class Change(Form, frozen=True, kw_only=True):
    """What using the macro changes besides; what is left out stays as it is."""

    status: Status | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    area: Annotated[str, Meta(min_length=2, max_length=100)] | UnsetType = UNSET
    assignee_id: Assignee | UnsetType = UNSET
    tags_add: Annotated[list[Tag], Meta(max_length=MOST_TAGS)] | UnsetType = UNSET


class Macro(Struct, frozen=True, kw_only=True):
    id: Uuid
    name: str
    body: str
    kind: Kind
    change: Change
    is_shared: bool
    position: int
    maker_id: Uuid
    version: int


class MacroList(Struct, frozen=True):
    data: list[Macro]
    next: str | None


class NewMacro(Form, frozen=True, kw_only=True):
    name: Name
    body: Body
    kind: Kind = "answer"
    change: Change = Change()
    position: Position = 0
    is_shared: Annotated[bool, Meta(description="For all staff; only supervisors and admins may.")] = False
    maker_id: Maker | UnsetType = UNSET


class MacroEdit(Form, frozen=True, kw_only=True):
    name: Name | UnsetType = UNSET
    body: Body | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    change: Change | UnsetType = UNSET
    position: Position | UnsetType = UNSET
    is_shared: bool | UnsetType = UNSET


class Render(Form, frozen=True, kw_only=True):
    ticket: Annotated[str | int, Meta(description="A ticket by its integer id, its label or its UUID.")]


class Rendered(Struct, frozen=True, kw_only=True):
    """The text, filled in. `unknown` names the variables that nobody knows; they are left as they are written."""

    body: str
    kind: Kind
    change: Change
    unknown: list[str]
