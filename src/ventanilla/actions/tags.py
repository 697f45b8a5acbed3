"""Tags: which there are, and which are on a ticket."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from ventanilla.actions.expecting import Expected, require_current
from ventanilla.actions.ports import Transaction
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.errors import Fault, InvalidInput, LimitReached, NotFound, Rule
from ventanilla.core.people import Actor
from ventanilla.core.tags import MOST_TAGS, Color, Tag, each_once, tag_key
from ventanilla.core.ticket import Ticket

MOST = 5_000
MOST_COUNTED = 5_000
FIELD = "tags"
ADDED_FIELD = "tags_add"
"""Where a form has the tags of a ticket, and those that it gets besides."""


@dataclass(frozen=True, slots=True)
class UsedTag:
    """A tag, and how many of the tickets that the caller may see have it, counted up to MOST_COUNTED.

    `uses` is None where nobody asked for it.
    """

    tag: Tag
    uses: int | None


@dataclass(frozen=True, slots=True)
class TagPage:
    """Tags by name; `next` is the id of the last one when there are more."""

    tags: Sequence[UsedTag]
    next: int | None


async def page(
    tx: Transaction, actor: Actor, prefix: str, after: int | None, size: int, counted: bool = True
) -> TagPage:
    """Return the tags that begin with `prefix`, from behind the one with the id `after` on, `counted` or quicker.

    Raises Unauthenticated, Forbidden, and InvalidInput when the tag `after` is gone.
    """
    access.require_desk(actor, Permission.USE_STAFF_API)
    behind = await tx.tags.by_id(after) if after is not None else None
    if after is not None and behind is None:
        raise InvalidInput(Fault("after", Rule.NOT_A_CURSOR))
    found = await tx.tags.page(tag_key(prefix), behind, size + 1)
    shown = found[:size]
    tags = await _counted(tx, actor, shown) if counted else [UsedTag(tag, None) for tag in shown]
    return TagPage(tags, shown[-1].id if len(found) > size else None)


async def get(tx: Transaction, actor: Actor, uuid: UUID | None) -> UsedTag:
    """Return a tag. Raises NotFound."""
    access.require_desk(actor, Permission.USE_STAFF_API)
    return (await _counted(tx, actor, [await _load(tx, uuid)]))[0]


async def add(tx: Transaction, actor: Actor, name: str, color: Color) -> UsedTag:
    """Make a tag. Raises Forbidden, LimitReached, and InvalidInput for a name that is taken."""
    access.require_desk(actor, Permission.TAG)
    await _require_free(tx, _require_key(name, "name"))
    return UsedTag(await _made(tx, name, color), 0)


async def change(
    tx: Transaction, actor: Actor, uuid: UUID | None, expected: Expected, name: str | None, color: Color | None
) -> UsedTag:
    """Rename or colour a tag, wherever it is; None leaves a thing as it is.

    Raises NotFound, Forbidden, Stale, and InvalidInput for a name that is taken.
    """
    tag = await _load_to_change(tx, actor, uuid, expected)
    changed = replace(tag, name=name or tag.name, color=color or tag.color)
    if changed.key != tag.key:
        await _require_free(tx, _require_key(changed.name, "name"))
    saved = tag if changed == tag else await tx.tags.save(changed)
    return (await _counted(tx, actor, [saved]))[0]


async def remove(tx: Transaction, actor: Actor, uuid: UUID | None, expected: Expected) -> None:
    """Remove a tag, also from every ticket that has it. Raises NotFound, Forbidden and Stale."""
    await tx.tags.remove(await _load_to_change(tx, actor, uuid, expected))


async def put_on(tx: Transaction, actor: Actor, ticket: Ticket, names: Sequence[str], field: str = FIELD) -> None:
    """Put exactly these tags on a ticket that is about to be saved; those that are new are made.

    `field` is where the form has them.

    Raises NotFound, Forbidden, LimitReached, and InvalidInput for more than MOST_TAGS or a name that says nothing.
    """
    access.require(actor, Permission.TAG, ticket)
    await tx.tags.load(ticket)
    if len(each_once(names)) > MOST_TAGS:
        raise InvalidInput(Fault(field, Rule.TOO_MANY_ITEMS, MOST_TAGS))
    tags = [await _known(tx, name, field) for name in each_once(names)]
    wanted = tuple(tag.name for tag in sorted(tags, key=lambda tag: tag.key))
    if set(wanted) != set(ticket.tags):
        ticket.retag(actor, wanted, tx.now)
        await tx.tags.put(ticket, tags)


async def add_to(tx: Transaction, actor: Actor, ticket: Ticket, names: Sequence[str]) -> None:
    """As `put_on`, but the tags that the ticket has stay."""
    await tx.tags.load(ticket)
    await put_on(tx, actor, ticket, (*ticket.tags, *names), ADDED_FIELD)


async def _counted(tx: Transaction, actor: Actor, tags: Sequence[Tag]) -> Sequence[UsedTag]:
    uses: Mapping[int, int] = await tx.tags.uses(tags, access.in_sight(actor).served, MOST_COUNTED)
    return [UsedTag(tag, uses.get(tag.id, 0)) for tag in tags]


async def _known(tx: Transaction, name: str, field: str) -> Tag:
    return await tx.tags.by_key(_require_key(name, field)) or await _made(tx, name, Color.GRAY)


async def _made(tx: Transaction, name: str, color: Color) -> Tag:
    if await tx.tags.count() >= MOST:
        raise LimitReached(MOST)
    return await tx.tags.add(Tag(uuid=tx.new_uuid(), name=name, color=color))


async def _load_to_change(tx: Transaction, actor: Actor, uuid: UUID | None, expected: Expected) -> Tag:
    access.require_desk(actor, Permission.MANAGE_TAGS)
    tag = await _load(tx, uuid)
    require_current(tag.version, expected)
    return tag


async def _load(tx: Transaction, uuid: UUID | None) -> Tag:
    tag = await tx.tags.get(uuid) if uuid else None
    if tag is None:
        raise NotFound
    return tag


def _require_key(name: str, field: str) -> str:
    """Return the key of a name. Raises InvalidInput for a name that has none, such as `_`."""
    key = tag_key(name)
    if not key:
        raise InvalidInput(Fault(field, Rule.EMPTY))
    return key


async def _require_free(tx: Transaction, key: str) -> None:
    if await tx.tags.by_key(key):
        raise InvalidInput(Fault("name", Rule.TAKEN))
