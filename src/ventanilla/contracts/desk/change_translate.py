"""What is to be opened or changed: the native API's words in the core's."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from ventanilla.actions.changing import KEEP, Change
from ventanilla.actions.opening import TicketDraft
from ventanilla.actions.taking_in import Calling
from ventanilla.contracts.desk import ticket_wire as wire
from ventanilla.contracts.desk.ticket_translate import CLOSE_REASON_IN, PRIORITY_IN, STATUS_IN
from ventanilla.contracts.desk.wire import told
from ventanilla.core import ids
from ventanilla.core.errors import Fault, InvalidInput, Rule
from ventanilla.core.people import Contact
from ventanilla.core.words import Channel
from ventanilla.wirekit import times


def calling(form: wire.NewTicket) -> Calling:
    """Return the ticket that is to be opened. Raises InvalidInput for an id that is none."""
    draft = TicketDraft(
        channel=Channel.DESK,
        contact=Contact(name=form.requester.name, email=form.requester.email),
        subject=form.subject,
        description=form.body,
        category=form.category,
        area=told(form.area),
        priority=PRIORITY_IN[form.priority],
    )
    return Calling(draft, _agent(told(form.assignee_id)), form.tags, form.fields)


def patch(form: wire.Patch) -> Change:
    """Return what is to be changed. Raises InvalidInput for an id that is none and a reason to close nothing."""
    return replace(moved(adjustment(form), form.status, form.close_reason), is_read=told(form.is_read))


def adjustment(form: wire.Adjustment) -> Change:
    """Return what is to be changed. Raises InvalidInput for an id that is none."""
    return Change(
        priority=None if form.priority is UNSET else PRIORITY_IN[form.priority],
        area=told(form.area),
        assignee=KEEP if form.assignee_id is UNSET else _agent(form.assignee_id),
        category=told(form.category),
        subcategory=KEEP if form.subcategory is UNSET else form.subcategory or None,
        subject=told(form.subject),
        tags=None if form.tags is UNSET else tuple(form.tags),
        tags_add=tuple(told(form.tags_add) or ()),
        fields=told(form.fields),
        snoozed_until=KEEP if form.snoozed_until is UNSET else _moment(form.snoozed_until),
        resolution_note=KEEP if form.resolution_note is UNSET else form.resolution_note or None,
        reason=told(form.reason) or None,
    )


def moved(change: Change, status: wire.Status | UnsetType, reason: wire.CloseReason | UnsetType) -> Change:
    """Add where the ticket is to be. Raises InvalidInput for a reason to close what is not to be closed."""
    if reason is not UNSET and status != "closed":
        raise InvalidInput(Fault("close_reason", Rule.NOT_SUPPORTED))
    return replace(
        change,
        status=None if status is UNSET else STATUS_IN[status],
        close_reason=CLOSE_REASON_IN[told(reason)],
    )


def _agent(agent_id: str | None) -> UUID | None:
    uuid = ids.parse_uuid(agent_id) if agent_id else None
    if agent_id and uuid is None:
        raise InvalidInput(Fault("assignee_id", Rule.UNKNOWN_PERSON))
    return uuid


def _moment(text: str | None) -> datetime | None:
    return times.parse(text) if text else None
