"""Putting what stands in a list into another order."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from ventanilla.core.custom_fields import CustomField
from ventanilla.core.macros import Macro
from ventanilla.core.views import View

T = TypeVar("T", View, Macro, CustomField)


def rearranged(things: Sequence[T], wanted: Sequence[UUID]) -> list[T]:
    """Return what gets another position where `wanted` comes first, in its order, and the others stay behind that.

    What `wanted` names and is not there is passed over: it may have been removed meanwhile.
    """
    places = {uuid: place for place, uuid in enumerate(wanted)}
    ordered = sorted(things, key=lambda thing: places.get(thing.uuid, len(places)))
    return [replace(thing, position=position) for position, thing in enumerate(ordered) if thing.position != position]
