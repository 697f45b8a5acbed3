"""The kinds of id that stand in paths, as the OpenAPI document describes them; `core.ids` reads them."""

from typing import Annotated

from msgspec import Meta

Integer = Annotated[int, Meta(ge=1, description="A positive integer, counted up as tickets are opened.")]
Uuid = Annotated[str, Meta(description="A UUID.", extra_json_schema={"format": "uuid"})]
Ulid = Annotated[
    str,
    Meta(
        pattern="^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$",
        description="A ULID: 26 characters of Crockford's base 32, in either case.",
    ),
]
ObjectId = Annotated[str, Meta(pattern="^[0-9a-fA-F]{24}$", description="An ObjectId: 24 hexadecimal digits.")]
Reference = Annotated[
    str, Meta(description="A ticket by its integer id, its label (`TKT-2026-00142`, in either case) or its UUID.")
]
