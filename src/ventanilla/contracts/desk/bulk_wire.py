"""Changing many tickets at once, as it stands on the native API's wire."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from ventanilla.contracts.desk.ticket_wire import TICKETS, Patch, Row
from ventanilla.contracts.desk.wire import Form, Problem

BULK = TICKETS + "/bulk"
MOST = 500


class Bulk(Form, frozen=True, kw_only=True):
    """`change` is what PATCH takes. With a macro its text is written into each ticket, and its change made first."""

    ids: Annotated[list[Annotated[int, Meta(ge=1)]], Meta(min_length=1, max_length=MOST)]
    change: Patch = Patch()
    macro_id: Annotated[str, Meta(max_length=36)] | UnsetType = UNSET


class Result(Struct, frozen=True, kw_only=True):
    """What became of one ticket: itself, or the problem why it stayed as it was."""

    id: int
    status: int
    ticket: Row | UnsetType = UNSET
    problem: Problem | UnsetType = UNSET


class Results(Struct, frozen=True):
    results: list[Result]
