"""What is said in a ticket: the native API's words and the core's, side by side."""

from collections.abc import Mapping

from msgspec import UNSET

from ventanilla.actions.changing import Change
from ventanilla.actions.messages import CHANGE_FIELD, Said, Saying
from ventanilla.actions.tickets import Timeline
from ventanilla.contracts.desk import change_translate, ticket_translate
from ventanilla.contracts.desk import message_wire as wire
from ventanilla.contracts.desk.ticket_translate import SignedUrl, attachment_out
from ventanilla.contracts.desk.wire import AgentRef
from ventanilla.core.errors import Fault, InvalidInput, Rule, faults_under
from ventanilla.core.events import Change as Changed
from ventanilla.core.events import EventKind
from ventanilla.core.filters import Place
from ventanilla.core.macros import MessageKind
from ventanilla.core.people import ActorKind
from ventanilla.core.thread import Message
from ventanilla.core.timeline import Entry
from ventanilla.wirekit import cursors
from ventanilla.wirekit.times import milliseconds

KIND_IN: Mapping[wire.Kind, MessageKind] = {"answer": MessageKind.ANSWER, "note": MessageKind.NOTE}
AUTHOR_OUT: Mapping[ActorKind, wire.AuthorKind] = {
    ActorKind.ANONYMOUS: "requester",
    ActorKind.REQUESTER: "requester",
    ActorKind.AGENT: "agent",
    ActorKind.SYSTEM: "system",
}
_ORDER = "timeline"


def place(query: wire.TimelineQuery) -> Place | None:
    """Raises InvalidInput for a cursor that is none of a timeline."""
    return cursors.read(query.after, _ORDER, 2, "after") if query.after else None


def saying(form: wire.NewMessage) -> Saying:
    """Raises InvalidInput for a `close_reason` of a message that closes nothing, and for two assignees."""
    if form.assign_to_me and form.change.assignee_id is not UNSET:
        raise InvalidInput(Fault("assign_to_me", Rule.NOT_SUPPORTED))
    return Saying(
        kind=KIND_IN[form.kind],
        body=form.body,
        files=form.attachment_ids,
        change=_change(form),
        takes=form.assign_to_me,
    )


def _change(form: wire.NewMessage) -> Change:
    with faults_under(CHANGE_FIELD):
        along = change_translate.adjustment(form.change)
    return change_translate.moved(along, form.status, form.close_reason)


def timeline_out(found: Timeline, signed: SignedUrl) -> wire.Timeline:
    entries = [entry_out(entry, found, signed) for entry in found.entries]
    return wire.Timeline(entries, cursors.write(_ORDER, found.next) if found.next else None)


def said_out(said: Said, signed: SignedUrl) -> wire.Written:
    (entry,) = said.timeline.entries
    return wire.Written(entry_out(entry, said.timeline, signed), ticket_translate.ticket_out(said.whole, signed))


def entry_out(entry: Entry, found: Timeline, signed: SignedUrl) -> wire.Entry:
    event, message = entry.event, entry.message
    files = found.files.get(message.uuid, []) if message else []
    called = found.mentions.get(message.uuid, ()) if message else ()
    # What a ticket was opened with is no change, and what changed a merged one changed nothing here.
    is_change = event.kind is not EventKind.OPENED and entry.ticket_id == found.ticket.id
    changes = _changes(event.changes, found) if is_change else {}
    tells = message is None or bool(changes)
    return wire.Entry(
        kind=_kind(message),
        id=str(message.uuid) if message else str(event.id),
        ticket_id=entry.ticket_id,
        at=milliseconds(message.created_at if message else event.at),
        author=_author(entry, found),
        body=message.body if message else UNSET,
        attachments=[attachment_out(entry.ticket_id, file, signed) for file in files],
        event=wire.Event(event.kind.value, event.reason, changes) if tells else UNSET,
        mentions=[AgentRef(str(agent.uuid), agent.name) for agent in called],
    )


def _kind(message: Message | None) -> wire.EntryKind:
    if message is None:
        return "event"
    if not message.is_public:
        return "note"
    return "answer" if message.is_from_staff else "reply"


def _author(entry: Entry, found: Timeline) -> wire.Author:
    actor, message = entry.event.actor, entry.message
    is_from_staff = message.is_from_staff if message else actor.kind is ActorKind.AGENT
    kind = AUTHOR_OUT[actor.kind] if message is None else "agent" if is_from_staff else "requester"
    name, picture = (message.author.name, message.author.picture) if message else (actor.name, None)
    return wire.Author(
        kind, name, picture, _author_id(message.author.subject if message else actor.subject, kind, found)
    )


def _author_id(subject: str | None, kind: wire.AuthorKind, found: Timeline) -> str | None:
    if kind == "agent":
        agent = found.agents.get(subject or "")
        return str(agent.uuid) if agent else None
    requester = found.ticket.requester
    return str(requester.id) if subject == requester.identity.subject else None


def _changes(changes: Mapping[str, Changed], found: Timeline) -> dict[str, Changed]:
    def told(field: str, value: str | None) -> str | None:
        if field == "merged_into":
            label = found.labels.get(value or "")
            return str(label) if label else None
        agent = found.agents.get(value or "") if field == "assignee" else None
        return agent.name if agent else value

    return {field: (told(field, before), told(field, after)) for field, (before, after) in changes.items()}
