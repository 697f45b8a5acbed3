"""Tickets as they stand on the native API's wire."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from ventanilla.contracts.desk.wire import PREFIX, AgentRef, Form, Paging, Time, Uuid
from ventanilla.core.tags import LONGEST_TAG
from ventanilla.wirekit import forms

TICKETS = PREFIX + "/tickets"
TICKET = TICKETS + "/{ref}"

Status = Literal["open", "in_progress", "pending", "resolved", "closed"]
CloseReason = Literal["cancelled", "archived"]
Priority = Literal["low", "normal", "high", "urgent", "critical"]
Channel = Literal["debuta", "mesa", "support", "kinconecta", "mobile", "desk"]
RequestType = Literal["petition", "complaint", "claim", "suggestion", "incident", "service", "inquiry"]
SlaState = Literal["running", "paused", "stopped"]
LinkKind = Literal["related", "duplicate", "duplicated_by", "blocks", "blocked_by"]


Sort = Literal["-updated", "updated", "-created", "created", "due", "-priority", "number", "-number", "relevance"]
COUNTS = PREFIX + "/counts"


class ListQuery(Paging, frozen=True, kw_only=True):
    """Which tickets, in which order. With `count` the answer tells how many there are, up to a cap."""

    sort: Annotated[Sort, Meta(description="`-updated`, unless a view says otherwise.")] | None = None
    count: bool = False


class QueueQuery(ListQuery, frozen=True, kw_only=True):
    """The tickets of a view, of a query, or those that both of them ask for."""

    view: Annotated[str, Meta(max_length=50, description="The `id` of a view.")] | None = None
    query: (
        Annotated[str, Meta(max_length=1_000, description="In the filter language: `is:open area:redes`.")] | None
    ) = None


class RequesterRef(Struct, frozen=True):
    """Who asked, as the ticket gives them. `id` names the person."""

    id: int
    name: str
    email: str


class Sla(Struct, frozen=True):
    """The resolution clock. `remaining_seconds` is negative when late; it stands still while paused or stopped."""

    hours: int
    due_at: Time
    state: SlaState
    remaining_seconds: int
    is_breached: bool


class Row(Struct, frozen=True, kw_only=True):
    """A ticket as a list shows it."""

    id: int
    uuid: Uuid
    label: str
    channel: Channel
    subject: str
    requester: RequesterRef
    area: str
    assignee: AgentRef | None
    status: Status
    close_reason: CloseReason | None
    priority: Priority
    category: str
    tags: list[str]
    is_read: bool
    snoozed_until: Time | None
    sla: Sla
    created_at: Time
    updated_at: Time
    last_reply_at: Time | None
    last_answer_at: Time | None
    version: int
    snippet: str | UnsetType = UNSET


class Contact(Struct, frozen=True):
    """How to reach the person about this ticket, as they gave it with it."""

    name: str
    email: str
    phone: str | None
    has_whatsapp: bool
    document: str | None
    company: str | None


class TicketRef(Struct, frozen=True):
    """Another ticket, by name."""

    id: int
    label: str
    subject: str
    status: Status


class Link(Struct, frozen=True):
    """What this ticket is to another one."""

    kind: LinkKind
    ticket: TicketRef


class Attachment(Struct, frozen=True, kw_only=True):
    """A file. `url` opens it for 15 minutes without a token; `message_id` names the message that it came with."""

    id: int
    file_name: str
    media_type: str
    size: int
    uploaded_at: Time
    url: str
    message_id: Uuid | None


SlaStepKind = Literal["target", "started", "paused", "resumed", "stopped", "due"]


class SlaStep(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One line of how the due time came about."""

    kind: SlaStepKind
    at: Time
    until: Time | None = None
    hours: int | None = None
    priority: Priority | None = None
    seconds: int | None = None


class Ticket(Row, frozen=True, kw_only=True):
    """A ticket, whole. `permissions` are what the caller may do to it.

    `is_merged` tells whether it goes on as another one; `merged_into` is null where the caller may not see that one.
    """

    description: str
    request_type: RequestType
    subcategory: str | None
    role_context: str | None
    contact: Contact
    resolution_note: str | None
    fields: dict[str, str | int | float | bool]
    links: list[Link]
    is_merged: bool
    merged_into: TicketRef | None
    attachments: list[Attachment]
    sla_explanation: list[SlaStep]
    permissions: list[str]


Subject = Annotated[str, Meta(min_length=1, max_length=200)]
Area = Annotated[str, Meta(min_length=2, max_length=100)]
Category = Annotated[str, Meta(min_length=1, max_length=100)]
Tag = Annotated[str, Meta(min_length=1, max_length=LONGEST_TAG)]
Reason = Annotated[str, Meta(max_length=500, description="Why; kept in the history.")]


FieldValue = Annotated[
    Any,
    Meta(
        description="As the kind of the field says: a text, a number, true or false; null takes the value away.",
        extra_json_schema={"type": ["string", "number", "boolean", "null"]},
    ),
]
FieldValues = Annotated[
    dict[str, FieldValue],
    Meta(max_length=100, description="Values of custom fields, by key; fields that are left out stay as they are."),
]


class Caller(Form, frozen=True, kw_only=True):
    """Who asks for help."""

    name: Annotated[str, Meta(min_length=1, max_length=150)]
    email: forms.Email


class NewTicket(Form, frozen=True, kw_only=True):
    """A ticket for somebody who called, wrote elsewhere or came by."""

    requester: Caller
    subject: Subject
    body: Annotated[str, Meta(min_length=1, max_length=20_000, description="Markdown.")]
    category: Category = "general"
    priority: Priority = "normal"
    area: Area | UnsetType = UNSET
    assignee_id: Annotated[str, Meta(max_length=36)] | None | UnsetType = UNSET
    tags: Annotated[list[Tag], Meta(max_length=100)] = field(default_factory=list)
    fields: FieldValues = field(default_factory=dict)


class Adjustment(Form, frozen=True, kw_only=True):
    """What is to be changed; what is left out stays as it is. `tags_add` keeps the tags that are there."""

    priority: Priority | UnsetType = UNSET
    area: Area | UnsetType = UNSET
    assignee_id: Annotated[str, Meta(max_length=36)] | None | UnsetType = UNSET
    category: Category | UnsetType = UNSET
    subcategory: Annotated[str, Meta(max_length=100)] | None | UnsetType = UNSET
    subject: Subject | UnsetType = UNSET
    tags: Annotated[list[Tag], Meta(max_length=100)] | UnsetType = UNSET
    tags_add: Annotated[list[Tag], Meta(max_length=100)] | UnsetType = UNSET
    fields: FieldValues | UnsetType = UNSET
    snoozed_until: forms.Time | None | UnsetType = UNSET
    resolution_note: Annotated[str, Meta(max_length=5_000)] | None | UnsetType = UNSET
    reason: Reason | UnsetType = UNSET


class Patch(Adjustment, frozen=True, kw_only=True):
    """What is to be changed; what is left out stays as it is. `close_reason` goes with the status `closed`."""

    status: Status | UnsetType = UNSET
    close_reason: CloseReason | UnsetType = UNSET
    is_read: bool | UnsetType = UNSET


class Total(Struct, frozen=True):
    """How many there are; when `is_exact` is false, that many and more."""

    count: int
    is_exact: bool


class TicketList(Struct, frozen=True, kw_only=True):
    data: list[Row]
    next: str | None
    total: Total | UnsetType = UNSET


class Counts(Struct, frozen=True):
    """How many tickets each view shows, by its id."""

    views: dict[str, Total]
