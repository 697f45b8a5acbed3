"""Tags as they stand on the native API's wire."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from ventanilla.contracts.desk.wire import PREFIX, Form, Paging, Uuid
from ventanilla.core.tags import LONGEST_TAG

TAGS = PREFIX + "/tags"
TAG = TAGS + "/{id}"

Color = Literal["gray", "red", "orange", "amber", "green", "teal", "blue", "indigo", "purple", "pink"]
Name = Annotated[str, Meta(min_length=1, max_length=LONGEST_TAG)]


class TagQuery(Paging, frozen=True, kw_only=True):
    prefix: Annotated[str, Meta(max_length=LONGEST_TAG, description="How the name begins; case does not matter.")] = ""
    uses: Annotated[bool, Meta(description="Without counting, a long list comes quicker.")] = True


class Tag(Struct, frozen=True, kw_only=True):
    """`uses` counts the tickets that the caller may see, up to 5,000; null in a list that was asked for without."""

    id: Uuid
    name: str
    color: Color
    uses: int | None
    version: int


class TagList(Struct, frozen=True):
    data: list[Tag]
    next: str | None


class NewTag(Form, frozen=True, kw_only=True):
    name: Name
    color: Color = "gray"


class TagChange(Form, frozen=True, kw_only=True):
    name: Name | UnsetType = UNSET
    color: Color | UnsetType = UNSET
