"""The shapes that all subjects of the native API share. Each subject has more in a file of its own."""

from typing import Annotated, Any, TypeVar

from msgspec import UNSET, Meta, Struct, UnsetType

T = TypeVar("T")

PREFIX = "/api/desk/v1"

Time = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
Uuid = Annotated[str, Meta(extra_json_schema={"format": "uuid"})]
Maker = Annotated[
    str,
    Meta(max_length=36, description="Whose it was: of a shared one that comes back. Else the caller's."),
]
ViewKey = Annotated[str, Meta(description="A view: a UUID, or the word for a built-in one.")]
Cursor = Annotated[str, Meta(max_length=200, description="`next` of the page before: where this page begins.")]
Limit = Annotated[int, Meta(ge=1, le=200, description="The most rows that the page may have.")]


class Form(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The parent of every body and query: what it does not know is refused by name."""


class Order(Form, frozen=True, kw_only=True):
    """The body that puts a list into another order."""

    ids: Annotated[
        list[Annotated[str, Meta(max_length=36)]],
        Meta(
            min_length=1,
            max_length=500,
            description="These come first, in this order. What is not there any more is passed over.",
        ),
    ]


class Paging(Form, frozen=True, kw_only=True):
    """The query of every list."""

    after: Cursor | None = None
    limit: Limit = 50


class ProblemFault(Struct, frozen=True):
    """One value that broke a rule. `pointer` leads to it in the body (RFC 6901), or names a field of the query.

    `part` is the part of a filter that is meant, as it was written.
    """

    pointer: str
    code: str
    detail: str
    part: str | UnsetType = UNSET


class Problem(Struct, frozen=True, kw_only=True):
    """What went wrong (RFC 9457). `instance` is the X-Request-Id of the answer."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ProblemFault] | UnsetType = UNSET


class AgentRef(Struct, frozen=True):
    """A member of staff, as others name them."""

    id: Uuid
    name: str


def told(value: T | UnsetType) -> T | None:
    """Return what a form says of a field that may be left out, None where it says nothing."""
    return None if value is UNSET else value


Example = dict[str, Any]
