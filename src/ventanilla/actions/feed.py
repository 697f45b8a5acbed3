"""Everything that happens on the desk, as it happens, for those who may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ventanilla.actions.ports import Transaction
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.areas import is_one_of
from ventanilla.core.filters import Place, Placed
from ventanilla.core.people import Actor, AgentRef
from ventanilla.core.timeline import FeedEntry

_MOST_PARTS = 10
"""How many parts of the feed are looked through, at most, for one that shows something."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry of the feed; when it `is_gone`, the ticket has left the caller's sight, and no more of it is told."""

    placed: Placed[FeedEntry]
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class FeedPart:
    """A part of the feed, and the last place that was looked at; `is_last` when nothing more is there yet."""

    entries: Sequence[Seen]
    agents: Mapping[str, AgentRef]
    next: Place
    is_last: bool


async def read(tx: Transaction, actor: Actor, after: Place, size: int) -> FeedPart:
    """Return what the caller may see from behind a place on. Raises Unauthenticated and Forbidden."""
    access.require_desk(actor, Permission.USE_STAFF_API)
    seen: list[Seen] = []
    is_last = False
    for _ in range(_MOST_PARTS):
        found = await tx.history.feed(size, after)
        seen += [one for one in (_seen(actor, placed) for placed in found) if one]
        after, is_last = (found[-1].place if found else after), len(found) < size
        if seen or is_last:
            break
    named = {one.placed.row.event.actor.subject for one in seen}
    agents = await tx.people.agents_called(sorted(subject for subject in named if subject))
    return FeedPart(seen, agents, after, is_last)


async def latest(tx: Transaction, actor: Actor) -> Place:
    """Return the place behind which the feed goes on from now. Raises Unauthenticated and Forbidden."""
    access.require_desk(actor, Permission.USE_STAFF_API)
    return await tx.history.latest()


def _seen(actor: Actor, placed: Placed[FeedEntry]) -> Seen | None:
    own, entry = access.in_sight(actor).served, placed.row
    if own is None or is_one_of(own, entry.area):
        if entry.event.is_internal and not access.may_on_desk(actor, Permission.READ_INTERNAL):
            return None
        return Seen(placed)
    before, after = entry.event.changes.get("area", (None, None))
    return (
        Seen(placed, is_gone=True)
        if before is not None and is_one_of(own, before) and not is_one_of(own, after or "")
        else None
    )
