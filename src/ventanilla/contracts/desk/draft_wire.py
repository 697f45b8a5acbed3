"""Drafts and presence as they stand on the native API's wire."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ventanilla.contracts.desk.ticket_wire import TICKET, Attachment
from ventanilla.contracts.desk.wire import AgentRef, Form, Time
from ventanilla.core.drafts import LONGEST_DRAFT

DRAFT = TICKET + "/draft"
PRESENCE = TICKET + "/presence"

Kind = Literal["answer", "note"]
PresenceState = Literal["viewing", "typing", "gone"]


class Draft(Struct, frozen=True):
    """What the caller has begun to write, an empty body where nothing was; `attachments` wait to be sent with it."""

    body: str
    kind: Kind
    updated_at: Time | None
    attachments: list[Attachment]


class NewDraft(Form, frozen=True, kw_only=True):
    body: Annotated[str, Meta(max_length=LONGEST_DRAFT)]
    kind: Kind = "answer"


class NewPresence(Form, frozen=True, kw_only=True):
    state: PresenceState


class Presence(Struct, frozen=True):
    agent: AgentRef
    state: PresenceState
    since: Time


class PresenceList(Struct, frozen=True):
    data: list[Presence]
