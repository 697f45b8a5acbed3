"""Putting views and macros into another order."""

from collections.abc import Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from ventanilla.actions import staff
from ventanilla.actions.ports import Transaction
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.arranging import rearranged
from ventanilla.core.macros import Macro
from ventanilla.core.people import Actor
from ventanilla.core.views import View

T = TypeVar("T", View, Macro)


class Kept(Protocol[T]):
    """Where they are kept."""

    async def seen_by(self, agent_id: int | None) -> Sequence[T]: ...

    async def save(self, thing: T, /) -> T: ...


async def arrange(tx: Transaction, actor: Actor, kept: Kept[T], sharing: Permission, wanted: Sequence[UUID]) -> None:
    """Let these come first, in this order, among the shared ones or the caller's own.

    Raises Unauthenticated, and Forbidden for a shared one without the permission `sharing`.
    """
    access.require_desk(actor, Permission.USE_STAFF_API)
    number = await staff.number_of(tx, actor)
    seen = await kept.seen_by(number)
    named = [thing for thing in seen if thing.uuid in wanted]
    for thing in named:
        access.require_change(actor, thing, number, sharing)
    beside = [thing for thing in seen if thing.is_shared in {one.is_shared for one in named}]
    for thing in rearranged(beside, wanted):
        await kept.save(thing)
