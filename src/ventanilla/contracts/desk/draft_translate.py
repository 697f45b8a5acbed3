"""Drafts and presence: the native API's words and the core's, side by side."""

from collections.abc import Mapping, Sequence

from ventanilla.actions.drafts import Begun
from ventanilla.contracts.desk import draft_wire as wire
from ventanilla.contracts.desk.macro_translate import KIND_OUT
from ventanilla.contracts.desk.ticket_translate import SignedUrl, attachment_out
from ventanilla.contracts.desk.wire import AgentRef
from ventanilla.core.presence import Presence, PresenceState
from ventanilla.wirekit.times import maybe_milliseconds, milliseconds

STATE_OUT: Mapping[PresenceState, wire.PresenceState] = {
    PresenceState.VIEWING: "viewing",
    PresenceState.TYPING: "typing",
    PresenceState.GONE: "gone",
}
STATE_IN: Mapping[str, PresenceState] = {word: state for state, word in STATE_OUT.items()}


def draft_out(begun: Begun, signed: SignedUrl) -> wire.Draft:
    draft = begun.draft
    files = [attachment_out(begun.ticket_id, file, signed) for file in begun.files]
    return wire.Draft(draft.body, KIND_OUT[draft.kind], maybe_milliseconds(draft.updated_at), files)


def presence_out(found: Sequence[Presence]) -> wire.PresenceList:
    return wire.PresenceList(
        [
            wire.Presence(AgentRef(str(one.agent.uuid), one.agent.name), STATE_OUT[one.state], milliseconds(one.since))
            for one in found
        ]
    )
