"""Saved views: looking at them, and arranging one's own and those of everybody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from ventanilla.actions import arranging, staff
from ventanilla.actions.expecting import Expected, require_current
from ventanilla.actions.ports import Transaction
from ventanilla.core import access, ids
from ventanilla.core.access import Permission
from ventanilla.core.errors import Forbidden, LimitReached, NotFound
from ventanilla.core.people import Actor
from ventanilla.core.query import read
from ventanilla.core.views import DEFAULT_COLUMNS, DEFAULT_SORT, View, built_in

MOST_OWN = 100
MOST_SHARED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewDraft:
    """A view to be made. `maker` is whose it was, where a shared one comes back."""

    name: str
    query: str
    sort: str = DEFAULT_SORT
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    icon: str = ""
    position: int = 0
    is_shared: bool = False
    maker: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewChange:
    """What is to be changed; None leaves a thing as it is."""

    name: str | None = None
    query: str | None = None
    sort: str | None = None
    columns: tuple[str, ...] | None = None
    icon: str | None = None
    position: int | None = None
    is_shared: bool | None = None


async def everything(tx: Transaction, actor: Actor) -> Sequence[View]:
    """Return the built-in views, then those shared with all staff, then the caller's own.

    Raises Unauthenticated and Forbidden.
    """
    access.require_desk(actor, Permission.USE_STAFF_API)
    saved = await tx.views.seen_by(await staff.number_of(tx, actor))
    return (*built_in(actor), *sorted(saved, key=lambda view: not view.is_shared))


async def get(tx: Transaction, actor: Actor, key: str) -> View:
    """Return the view of this key. Raises NotFound, also for what is another agent's own."""
    access.require_desk(actor, Permission.USE_STAFF_API)
    for view in built_in(actor):
        if view.key == key:
            return view
    view = await _saved(tx, key)
    access.require_sight(view, await staff.number_of(tx, actor))
    return view


async def add(tx: Transaction, actor: Actor, draft: ViewDraft) -> View:
    """Make a view. Raises Forbidden for a shared one without leave, InvalidInput for its query, and LimitReached."""
    access.require_desk(actor, Permission.MANAGE_SHARED_VIEWS if draft.is_shared else Permission.USE_STAFF_API)
    read(draft.query)
    agent = await staff.maker(tx, actor, draft.maker, is_shared=draft.is_shared)
    view = View(
        key=str(tx.new_uuid()),
        agent_id=agent.id,
        maker=agent.uuid,
        name=draft.name,
        query=draft.query,
        sort=draft.sort,
        columns=draft.columns,
        icon=draft.icon,
        position=draft.position,
        is_shared=draft.is_shared,
    )
    await _require_room(tx, view)
    return await tx.views.add(view)


async def change(tx: Transaction, actor: Actor, key: str, expected: Expected, wanted: ViewChange) -> View:
    """Change a view. Raises NotFound, Forbidden (built-in ones never change), Stale, InvalidInput and LimitReached."""
    read(wanted.query or "")
    view = await _load_to_change(tx, actor, key, expected)
    changed = replace(
        view,
        name=wanted.name or view.name,
        query=view.query if wanted.query is None else wanted.query,
        sort=wanted.sort or view.sort,
        columns=view.columns if wanted.columns is None else wanted.columns,
        icon=view.icon if wanted.icon is None else wanted.icon,
        position=view.position if wanted.position is None else wanted.position,
        is_shared=view.is_shared if wanted.is_shared is None else wanted.is_shared,
    )
    if changed.is_shared is not view.is_shared:
        access.require_desk(actor, Permission.MANAGE_SHARED_VIEWS)
        await _require_room(tx, changed)
    return view if changed == view else await tx.views.save(changed)


async def arrange(tx: Transaction, actor: Actor, wanted: Sequence[UUID]) -> None:
    """Put views into this order. Raises Unauthenticated, and Forbidden for shared ones without leave."""
    await arranging.arrange(tx, actor, tx.views, Permission.MANAGE_SHARED_VIEWS, wanted)


async def remove(tx: Transaction, actor: Actor, key: str, expected: Expected) -> None:
    """Remove a view. Raises NotFound, Forbidden and Stale."""
    await tx.views.remove(await _load_to_change(tx, actor, key, expected))


async def _load_to_change(tx: Transaction, actor: Actor, key: str, expected: Expected) -> View:
    access.require_desk(actor, Permission.USE_STAFF_API)
    if any(view.key == key for view in built_in(actor)):
        raise Forbidden
    view = await _saved(tx, key)
    access.require_change(actor, view, await staff.number_of(tx, actor), Permission.MANAGE_SHARED_VIEWS)
    require_current(view.version, expected)
    return view


async def _saved(tx: Transaction, key: str) -> View:
    uuid = ids.parse_uuid(key)
    view = await tx.views.get(uuid) if uuid else None
    if view is None:
        raise NotFound
    return view


async def _require_room(tx: Transaction, view: View) -> None:
    beside = [one for one in await tx.views.seen_by(view.agent_id) if one.is_shared is view.is_shared]
    most = MOST_SHARED if view.is_shared else MOST_OWN
    if len(beside) >= most:
        raise LimitReached(most)
