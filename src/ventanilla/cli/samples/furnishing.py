"""What stands around the sample tickets: tags, custom fields, macros and shared views, made where they are missing."""

from collections.abc import Sequence
from random import Random

from ventanilla.actions import custom_fields, macros, tags, views
from ventanilla.actions.changing import Change
from ventanilla.actions.custom_fields import FieldDraft
from ventanilla.actions.macros import MacroDraft
from ventanilla.actions.ports import Transaction
from ventanilla.actions.views import ViewDraft
from ventanilla.cli.samples import Furniture, Likely, SampleMacro
from ventanilla.core.macros import MacroChange
from ventanilla.core.people import SYSTEM, Actor
from ventanilla.core.tags import tag_key
from ventanilla.core.words import Topic


def labels(chance: Random, furniture: Furniture, topic: Topic) -> Change:
    """Choose tags and values for a ticket about `topic`."""
    fields = {field.key: chance.choice(field.values) for field in furniture.field if _fits(chance, field, topic)}
    return Change(tags=tuple(tag.name for tag in furniture.tag if _fits(chance, tag, topic)), fields=fields)


async def furnish(tx: Transaction, lead: Actor, furniture: Furniture) -> None:
    """Make what is not there yet; a desk that has macros or views for everybody keeps to those.

    `lead` is a supervisor, whose macros and views they are.
    """
    for tag in furniture.tag:
        if not await tx.tags.by_key(tag_key(tag.name)):
            await tags.add(tx, lead, tag.name, tag.color)
    known = {field.key for field in await tx.custom_fields.everything()}
    for position, field in enumerate(furniture.field, 1):
        if field.key not in known:
            draft = FieldDraft(
                key=field.key, name=field.name, kind=field.kind, choices=tuple(field.choices), position=position
            )
            await custom_fields.add(tx, SYSTEM, draft)
    await _share_macros(tx, lead, furniture.macro)
    if not any(view.is_shared and not view.is_builtin for view in await views.everything(tx, lead)):
        for position, view in enumerate(furniture.view, 1):
            shared = ViewDraft(
                name=view.name, query=view.query, sort=view.sort, icon=view.icon, position=position, is_shared=True
            )
            await views.add(tx, lead, shared)


async def _share_macros(tx: Transaction, lead: Actor, samples: Sequence[SampleMacro]) -> None:
    if any(macro.is_shared for macro in await macros.everything(tx, lead)):
        return
    for position, macro in enumerate(samples, 1):
        change = MacroChange(status=macro.status, area=macro.area, tags_add=tuple(macro.tags))
        draft = MacroDraft(
            name=macro.name, body=macro.body.strip(), kind=macro.kind, change=change, position=position, is_shared=True
        )
        await macros.add(tx, lead, draft)


def _fits(chance: Random, one: Likely, topic: Topic) -> bool:
    return (not one.topics or topic in one.topics) and chance.random() < one.likely
