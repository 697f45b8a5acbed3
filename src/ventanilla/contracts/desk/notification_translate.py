"""Notifications: the native API's words and the core's, side by side."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from ventanilla.actions.notifications import NotificationPage
from ventanilla.contracts.desk import notification_wire as wire
from ventanilla.core import ids
from ventanilla.core.errors import Fault, InvalidInput, Rule
from ventanilla.core.notifications import Notification, NotificationKind
from ventanilla.wirekit import cursors
from ventanilla.wirekit.times import maybe_milliseconds, milliseconds

ORDER = "notifications"

KIND_OUT: Mapping[NotificationKind, wire.Kind] = {
    NotificationKind.ASSIGNED: "assigned",
    NotificationKind.MENTIONED: "mentioned",
    NotificationKind.REPLIED: "replied",
    NotificationKind.BREACHING: "breaching",
}


def notification_out(told: Notification) -> wire.Notification:
    return wire.Notification(
        id=str(told.uuid),
        kind=KIND_OUT[told.kind],
        ticket=wire.Subject(told.ticket.id, told.ticket.label, told.ticket.title),
        actor=told.actor,
        at=milliseconds(told.at),
        read_at=maybe_milliseconds(told.read_at),
    )


def notifications_out(page: NotificationPage) -> wire.NotificationList:
    return wire.NotificationList(
        data=[notification_out(told) for told in page.notifications],
        next=None if page.next is None else cursors.write(ORDER, (page.next,)),
        unread=page.unread,
    )


def place(query: wire.NotificationQuery) -> int | None:
    """Return the id of the notification behind which the list goes on. Raises InvalidInput."""
    return cursors.read(query.after, ORDER, 1, "after")[0] if query.after else None


def read_ones(form: wire.MarkRead) -> Sequence[UUID] | None:
    """Return which were read, None for all. Raises InvalidInput when the form says neither, or of no UUID."""
    if form.all:
        return None
    if form.ids is None:
        raise InvalidInput(Fault("ids", Rule.MISSING))
    found = [ids.parse_uuid(text) for text in form.ids]
    strange = [place for place, uuid in enumerate(found) if uuid is None]
    if strange:
        raise InvalidInput(*(Fault(f"ids/{place}", Rule.NOT_AN_ID) for place in strange))
    return [uuid for uuid in found if uuid is not None]
