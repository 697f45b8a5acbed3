"""Custom fields: which there are, and what is in them on a ticket."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from ventanilla.actions.expecting import Expected, require_current
from ventanilla.actions.ports import Transaction
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.core.arranging import rearranged
from ventanilla.core.custom_fields import (
    Answer,
    CustomField,
    FieldKind,
    answers,
    is_key,
    key_from,
    require_choices,
    require_complete,
)
from ventanilla.core.errors import Fault, FieldInUse, InvalidInput, LimitReached, NotFound, Rule
from ventanilla.core.people import Actor
from ventanilla.core.tags import each_once
from ventanilla.core.ticket import Ticket

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDraft:
    """A field to be made; without a `key` its name suggests one."""

    key: str | None
    name: str
    kind: FieldKind
    choices: tuple[str, ...] = ()
    is_required: bool = False
    is_active: bool = True
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """What is to be changed; None leaves a thing as it is."""

    name: str | None = None
    choices: tuple[str, ...] | None = None
    is_required: bool | None = None
    is_active: bool | None = None
    position: int | None = None


async def everything(tx: Transaction, actor: Actor) -> Sequence[CustomField]:
    """Return all fields, also those that are switched off. Raises Unauthenticated and Forbidden."""
    access.require_desk(actor, Permission.USE_STAFF_API)
    return await tx.custom_fields.everything()


async def get(tx: Transaction, actor: Actor, uuid: UUID | None) -> CustomField:
    """Return a field. Raises NotFound."""
    access.require_desk(actor, Permission.USE_STAFF_API)
    return await _load(tx, uuid)


async def add(tx: Transaction, actor: Actor, draft: FieldDraft) -> CustomField:
    """Make a field. Raises Forbidden, LimitReached and InvalidInput."""
    access.require_desk(actor, Permission.MANAGE_FIELDS)
    choices = each_once(draft.choices)
    require_choices(draft.kind, choices)
    known = await tx.custom_fields.everything()
    if len(known) >= MOST:
        raise LimitReached(MOST)
    return await tx.custom_fields.add(
        CustomField(
            uuid=tx.new_uuid(),
            key=_key(draft, {field.key for field in known}),
            name=draft.name,
            kind=draft.kind,
            choices=choices,
            is_required=draft.is_required,
            is_active=draft.is_active,
            position=draft.position,
        )
    )


async def change(
    tx: Transaction, actor: Actor, uuid: UUID | None, expected: Expected, wanted: FieldChange
) -> CustomField:
    """Change a field; values that tickets have stay, also those that are on no list any more.

    Raises NotFound, Forbidden, Stale and InvalidInput.
    """
    field = await _load_to_change(tx, actor, uuid, expected)
    changed = replace(
        field,
        name=wanted.name or field.name,
        choices=field.choices if wanted.choices is None else each_once(wanted.choices),
        is_required=field.is_required if wanted.is_required is None else wanted.is_required,
        is_active=field.is_active if wanted.is_active is None else wanted.is_active,
        position=field.position if wanted.position is None else wanted.position,
    )
    require_choices(changed.kind, changed.choices)
    return field if changed == field else await tx.custom_fields.save(changed)


async def arrange(tx: Transaction, actor: Actor, wanted: Sequence[UUID]) -> None:
    """Let these fields come first, in this order. Raises Unauthenticated and Forbidden."""
    access.require_desk(actor, Permission.MANAGE_FIELDS)
    for field in rearranged(await tx.custom_fields.everything(), wanted):
        await tx.custom_fields.save(field)


async def remove(tx: Transaction, actor: Actor, uuid: UUID | None, expected: Expected) -> None:
    """Remove a field. Raises NotFound, Forbidden, Stale, and FieldInUse while a ticket has a value in it."""
    field = await _load_to_change(tx, actor, uuid, expected)
    if await tx.custom_fields.is_used(field):
        raise FieldInUse
    await tx.custom_fields.remove(field)


@dataclass(frozen=True, slots=True)
class Filling:
    """Values that were checked, by key, and all the fields that there are."""

    fields: Sequence[CustomField]
    values: Mapping[str, str | None]


async def put_on(tx: Transaction, actor: Actor, ticket: Ticket, told: Mapping[str, Answer]) -> None:
    """Put values into fields of a ticket that is about to be saved; fields that are not told stay as they are.

    Raises NotFound, Forbidden, and InvalidInput for `fields/<key>`.
    """
    access.require(actor, Permission.FILL_FIELDS, ticket)
    fields = await tx.custom_fields.everything()
    await fill_in(tx, actor, ticket, Filling(fields, answers(fields, told)))


async def for_new(tx: Transaction, told: Mapping[str, Answer]) -> Filling:
    """Check the values of a ticket that staff are about to open, where no required field may be left out.

    Raises InvalidInput for `fields/<key>`.
    """
    fields = await tx.custom_fields.everything()
    values = answers(fields, told)
    require_complete(fields, values)
    return Filling(fields, values)


async def fill_in(tx: Transaction, actor: Actor, ticket: Ticket, filling: Filling) -> None:
    """Put what was checked into a ticket that is about to be saved. Raises NotFound and Forbidden."""
    access.require(actor, Permission.FILL_FIELDS, ticket)
    await tx.custom_fields.load(ticket)
    changed = {key: value for key, value in filling.values.items() if value != ticket.fields.get(key)}
    for field in filling.fields:
        if field.key in changed:
            await tx.custom_fields.put(ticket, field, changed[field.key])
    wanted = {**ticket.fields, **changed}
    ticket.fill_in(actor, {key: value for key, value in wanted.items() if value is not None}, tx.now)


def _key(draft: FieldDraft, taken: set[str]) -> str:
    if draft.key is None:
        suggested = key_from(draft.name)
        return next(
            key for key in (suggested, *(f"{suggested[:36]}_{n}" for n in range(2, MOST + 2))) if key not in taken
        )
    if not is_key(draft.key):
        raise InvalidInput(Fault("key", Rule.NOT_A_KEY))
    if draft.key in taken:
        raise InvalidInput(Fault("key", Rule.TAKEN))
    return draft.key


async def _load_to_change(tx: Transaction, actor: Actor, uuid: UUID | None, expected: Expected) -> CustomField:
    access.require_desk(actor, Permission.MANAGE_FIELDS)
    field = await _load(tx, uuid)
    require_current(field.version, expected)
    return field


async def _load(tx: Transaction, uuid: UUID | None) -> CustomField:
    field = await tx.custom_fields.get(uuid) if uuid else None
    if field is None:
        raise NotFound
    return field
