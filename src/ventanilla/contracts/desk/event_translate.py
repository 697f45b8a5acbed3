"""The event feed: the native API's words and the core's, side by side."""

from ventanilla.actions.feed import FeedPart, Seen
from ventanilla.contracts.desk import event_wire as wire
from ventanilla.contracts.desk.message_translate import AUTHOR_OUT
from ventanilla.core.filters import Place
from ventanilla.wirekit import cursors
from ventanilla.wirekit.times import milliseconds

_ORDER = "events"
BEGINNING: Place = (0, 0)


def place(cursor: str | None, field: str) -> Place:
    """Return where to go on. Raises InvalidInput for `field` when the cursor is none of the feed."""
    return cursors.read(cursor, _ORDER, 2, field) if cursor else BEGINNING


def cursor(at: Place) -> str:
    return cursors.write(_ORDER, at)


def part_out(found: FeedPart) -> wire.Events:
    return wire.Events([event_out(seen, found) for seen in found.entries], cursor(found.next))


def event_out(seen: Seen, found: FeedPart) -> wire.FeedEvent:
    entry = seen.placed.row
    event, actor = entry.event, entry.event.actor
    agent = found.agents.get(actor.subject or "")
    return wire.FeedEvent(
        id=cursor(seen.placed.place),
        kind=wire.GONE if seen.is_gone else event.kind.value,
        at=milliseconds(event.at),
        ticket=wire.EventTicket(entry.ticket_id, str(entry.label), "" if seen.is_gone else entry.area),
        actor=wire.EventActor(AUTHOR_OUT[actor.kind], actor.name, str(agent.uuid) if agent else None),
        changes={} if seen.is_gone else dict(event.changes),
        message_id=str(event.message) if event.message and not seen.is_gone else None,
    )
