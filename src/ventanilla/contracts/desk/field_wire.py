"""Custom fields as they stand on the native API's wire."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from ventanilla.contracts.desk.wire import PREFIX, Form, Uuid
from ventanilla.core.custom_fields import LONGEST_KEY

FIELDS = PREFIX + "/fields"
ORDER = FIELDS + "/order"
FIELD = FIELDS + "/{id}"

Kind = Literal["text", "number", "choice", "date", "checkbox"]
Key = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=LONGEST_KEY,
        description="What it is called in `fields` of a ticket and in filters: lower-case letters, digits and "
        "underscores, a letter first. Never changes.",
    ),
]
Name = Annotated[str, Meta(min_length=1, max_length=100)]
Choice = Annotated[str, Meta(min_length=1, max_length=100)]
Choices = Annotated[list[Choice], Meta(max_length=100, description="For the kind `choice` alone.")]
Required = Annotated[bool, Meta(description="A ticket that staff open needs it, and nobody may empty it.")]
Active = Annotated[bool, Meta(description="One that is switched off takes no new values.")]
Position = Annotated[int, Meta(ge=0, le=10_000, description="Lower ones come first.")]


class Field(Struct, frozen=True, kw_only=True):
    id: Uuid
    key: str
    name: str
    kind: Kind
    choices: list[str]
    is_required: bool
    is_active: bool
    position: int
    version: int


class FieldList(Struct, frozen=True):
    data: list[Field]
    next: str | None


class NewField(Form, frozen=True, kw_only=True):
    """Without a `key`, the name suggests one."""

    name: Name
    kind: Kind
    key: Key | UnsetType = UNSET
    choices: Choices | UnsetType = UNSET
    is_required: Required = False
    is_active: Active = True
    position: Position = 0


class FieldChange(Form, frozen=True, kw_only=True):
    name: Name | UnsetType = UNSET
    choices: Choices | UnsetType = UNSET
    is_required: Required | UnsetType = UNSET
    is_active: Active | UnsetType = UNSET
    position: Position | UnsetType = UNSET
