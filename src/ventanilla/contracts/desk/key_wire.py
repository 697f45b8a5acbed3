"""API keys as they stand on the native API's wire."""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from ventanilla.contracts.desk.account_wire import Areas, Name, Role
from ventanilla.contracts.desk.wire import PREFIX, Form, Time, Uuid
from ventanilla.wirekit.forms import Time as TimeGiven

KEYS = PREFIX + "/keys"
KEY = KEYS + "/{id}"

Scope = Literal["read", "write", "admin"]
Scopes = Annotated[
    list[Scope],
    Meta(min_length=1, max_length=3, description="The farthest one counts: write reads too, admin does all three."),
]


class Key(Struct, frozen=True, kw_only=True):
    """`prefix` is how the key begins; the rest of it is not kept. `last_used_at` is to the minute."""

    id: Uuid
    name: str
    prefix: str
    role: Role
    areas: list[str]
    scopes: list[Scope]
    created_at: Time
    last_used_at: Time | None
    expires_at: Time | None


class Keys(Struct, frozen=True):
    data: list[Key]
    next: str | None


class NewKey(Form, frozen=True, kw_only=True):
    """`areas` are required for the role of an area agent."""

    name: Name
    role: Role
    scopes: Scopes
    areas: Areas = field(default_factory=list)
    expires_at: TimeGiven | None = None


class MadeKey(Key, frozen=True, kw_only=True):
    """`key` is shown once: it is null where a repeated Idempotency-Key is answered."""

    key: str | None
