"""The people who ask for help, as they stand on the native API's wire."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from ventanilla.contracts.desk.wire import PREFIX, Form, Time
from ventanilla.wirekit import forms

REQUESTER = PREFIX + "/requesters/{requester_id}"
TICKETS = REQUESTER + "/tickets"


class Requester(Struct, frozen=True, kw_only=True):
    """`issuer` vouches for who it is: `email` is nobody but the address. `tickets_total` counts those in sight, up to
    5,000.
    """

    id: int
    name: str
    email: str
    picture: str | None
    issuer: str
    notes: str
    created_at: Time
    tickets_total: int
    version: int


class RequesterPatch(Form, frozen=True, kw_only=True):
    """What is to be changed; what is left out stays as it is. What a token tells anew replaces name and address."""

    name: Annotated[str, Meta(min_length=1, max_length=150)] | UnsetType = UNSET
    email: forms.Email | UnsetType = UNSET
    notes: Annotated[str, Meta(max_length=5_000, description="For the staff alone.")] | UnsetType = UNSET
