"""Merging, splitting and linking tickets, as it stands on the native API's wire."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from ventanilla.contracts.desk.ticket_wire import TICKET, LinkKind, Reason, Subject
from ventanilla.contracts.desk.wire import Form

MERGE = TICKET + "/merge"
UNMERGE = TICKET + "/unmerge"
SPLIT = TICKET + "/split"
LINKS = TICKET + "/links"
LINK = LINKS + "/{other}/{kind}"

Reference = Annotated[str, Meta(min_length=1, max_length=36, description="A ticket by id, label or UUID.")]


Kind = Annotated[LinkKind, Meta(description="What the ticket is to the other one.")]


class Merge(Form, frozen=True, kw_only=True):
    into: Reference
    reason: Reason | UnsetType = UNSET


class Split(Form, frozen=True, kw_only=True):
    message_id: Annotated[str, Meta(min_length=1, max_length=36, description="The `id` of an answer or reply.")]
    subject: Subject


class NewLink(Form, frozen=True, kw_only=True):
    """`kind` is what this ticket is to the other one."""

    other: Reference
    kind: LinkKind
