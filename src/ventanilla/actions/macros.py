"""Macros: looking at them, arranging one's own and those of everybody, and filling one in for a ticket."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from ventanilla.actions import arranging, staff
from ventanilla.actions.expecting import Expected, require_current
from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import load
from ventanilla.core import access, ids
from ventanilla.core.access import Permission
from ventanilla.core.errors import Fault, InvalidInput, LimitReached, NotFound, Rule
from ventanilla.core.ids import TicketRef
from ventanilla.core.macros import ME, NO_CHANGE, Filled, Macro, MacroChange, MessageKind, fill, first_name
from ventanilla.core.people import Actor
from ventanilla.core.ticket import Ticket

MOST_OWN = 200
MOST_SHARED = 500
ASSIGNEE = "change/assignee_id"
TICKET = "ticket"
"""Where a form has what a fault may be about."""


VARIABLES = (
    "requester.name",
    "requester.first_name",
    "ticket.label",
    "ticket.subject",
    "ticket.due_at",
    "agent.name",
    "agent.first_name",
    "desk.name",
)
"""What a macro may have filled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroDraft:
    """A macro to be made. `maker` is whose it was, where a shared one comes back."""

    name: str
    body: str
    kind: MessageKind = MessageKind.ANSWER
    change: MacroChange = NO_CHANGE
    position: int = 0
    is_shared: bool = False
    maker: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroEdit:
    """What is to be different about a macro; None leaves a thing as it is."""

    name: str | None = None
    body: str | None = None
    kind: MessageKind | None = None
    change: MacroChange | None = None
    position: int | None = None
    is_shared: bool | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A macro filled in for a ticket; the assignee of its change, if any, is an agent's UUID."""

    filled: Filled
    kind: MessageKind
    change: MacroChange


async def everything(tx: Transaction, actor: Actor) -> Sequence[Macro]:
    """Return the macros of all staff, then the caller's own. Raises Unauthenticated and Forbidden."""
    access.require_desk(actor, Permission.USE_STAFF_API)
    found = await tx.macros.seen_by(await staff.number_of(tx, actor))
    return sorted(found, key=lambda macro: not macro.is_shared)


async def get(tx: Transaction, actor: Actor, uuid: UUID | None) -> Macro:
    """Return a macro. Raises NotFound, also for what is another agent's own."""
    access.require_desk(actor, Permission.USE_STAFF_API)
    macro = await _load(tx, uuid)
    access.require_sight(macro, await staff.number_of(tx, actor))
    return macro


async def add(tx: Transaction, actor: Actor, draft: MacroDraft) -> Macro:
    """Make a macro. Raises Forbidden for a shared one without leave, LimitReached, and InvalidInput."""
    access.require_desk(actor, Permission.MANAGE_SHARED_MACROS if draft.is_shared else Permission.USE_STAFF_API)
    await _check_assignee(tx, draft.change)
    agent = await staff.maker(tx, actor, draft.maker, is_shared=draft.is_shared)
    macro = Macro(
        uuid=tx.new_uuid(),
        agent_id=agent.id,
        maker=agent.uuid,
        name=draft.name,
        body=draft.body,
        kind=draft.kind,
        change=draft.change,
        position=draft.position,
        is_shared=draft.is_shared,
    )
    await _require_room(tx, macro)
    return await tx.macros.add(macro)


async def edit(tx: Transaction, actor: Actor, uuid: UUID | None, expected: Expected, wanted: MacroEdit) -> Macro:
    """Change a macro. Raises NotFound, Forbidden, Stale, LimitReached and InvalidInput."""
    macro = await _load_to_change(tx, actor, uuid, expected)
    edited = replace(
        macro,
        name=wanted.name or macro.name,
        body=macro.body if wanted.body is None else wanted.body,
        kind=wanted.kind or macro.kind,
        change=macro.change if wanted.change is None else wanted.change,
        position=macro.position if wanted.position is None else wanted.position,
        is_shared=macro.is_shared if wanted.is_shared is None else wanted.is_shared,
    )
    if edited.is_shared is not macro.is_shared:
        access.require_desk(actor, Permission.MANAGE_SHARED_MACROS)
        await _require_room(tx, edited)
    if edited.change != macro.change:
        await _check_assignee(tx, edited.change)
    return macro if edited == macro else await tx.macros.save(edited)


async def arrange(tx: Transaction, actor: Actor, wanted: Sequence[UUID]) -> None:
    """Put macros into this order. Raises Unauthenticated, and Forbidden for shared ones without leave."""
    await arranging.arrange(tx, actor, tx.macros, Permission.MANAGE_SHARED_MACROS, wanted)


async def remove(tx: Transaction, actor: Actor, uuid: UUID | None, expected: Expected) -> None:
    """Remove a macro. Raises NotFound, Forbidden and Stale."""
    await tx.macros.remove(await _load_to_change(tx, actor, uuid, expected))


async def render(tx: Transaction, actor: Actor, uuid: UUID | None, ref: TicketRef | None) -> Rendered:
    """Fill a macro in for a ticket; nothing of the ticket is changed.

    Raises NotFound for the macro, and InvalidInput when `ref` names no ticket of the caller's.
    """
    macro = await get(tx, actor, uuid)
    try:
        ticket = await load(tx, actor, ref, Permission.READ_INTERNAL)
    except NotFound:
        raise InvalidInput(Fault(TICKET, Rule.UNKNOWN_TICKET)) from None
    change = macro.change
    if change.assignee == ME:
        change = replace(change, assignee=str((await staff.agent_of(tx, actor)).uuid))
    return Rendered(fill(macro.body, _values(tx, actor, ticket)), macro.kind, change)


def _values(tx: Transaction, actor: Actor, ticket: Ticket) -> Mapping[str, str]:
    """Return what each variable stands for. Times are in the desk's own zone."""
    profile = ticket.requester.profile
    requester = ticket.contact.name or profile.name
    return {
        "requester.name": requester,
        "requester.first_name": first_name(requester, profile.first_name),
        "ticket.label": str(ticket.label),
        "ticket.subject": ticket.title,
        "ticket.due_at": f"{ticket.sla.due_at.astimezone(tx.policy.zone):%Y-%m-%d %H:%M}",
        "agent.name": actor.display_name,
        "agent.first_name": first_name(actor.display_name, actor.profile.first_name),
        "desk.name": tx.policy.name,
    }


async def _load_to_change(tx: Transaction, actor: Actor, uuid: UUID | None, expected: Expected) -> Macro:
    access.require_desk(actor, Permission.USE_STAFF_API)
    macro = await _load(tx, uuid)
    access.require_change(actor, macro, await staff.number_of(tx, actor), Permission.MANAGE_SHARED_MACROS)
    require_current(macro.version, expected)
    return macro


async def _load(tx: Transaction, uuid: UUID | None) -> Macro:
    macro = await tx.macros.get(uuid) if uuid else None
    if macro is None:
        raise NotFound
    return macro


async def _check_assignee(tx: Transaction, change: MacroChange) -> None:
    if change.assignee in (None, ME):
        return
    uuid = ids.parse_uuid(change.assignee or "")
    agent = await tx.people.agent_by_uuid(uuid) if uuid else None
    if agent is None or not agent.is_active:
        raise InvalidInput(Fault(ASSIGNEE, Rule.UNKNOWN_PERSON))
    access.require_hands(agent, change.area, ASSIGNEE)


async def _require_room(tx: Transaction, macro: Macro) -> None:
    beside = [one for one in await tx.macros.seen_by(macro.agent_id) if one.is_shared is macro.is_shared]
    most = MOST_SHARED if macro.is_shared else MOST_OWN
    if len(beside) >= most:
        raise LimitReached(most)
