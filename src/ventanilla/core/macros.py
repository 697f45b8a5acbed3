"""Macros: a text that is written often, and what is changed along with it. Without a change it is a canned reply."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from ventanilla.core.lifecycle import Status
from ventanilla.core.words import Priority

ME = "me"
"""The assignee of a macro that gives the ticket to whoever uses it."""

_VARIABLE = re.compile(r"\{\{\s*([a-z_.]{1,100})\s*\}\}", re.ASCII)


class MessageKind(StrEnum):
    """What staff write into a ticket: to the requester, or to each other."""

    ANSWER = "answer"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroChange:
    """What using a macro changes; None leaves a thing as it is. `assignee` is the UUID of an agent, or `me`."""

    status: Status | None = None
    priority: Priority | None = None
    area: str | None = None
    assignee: str | None = None
    tags_add: tuple[str, ...] = ()


NO_CHANGE = MacroChange()


@dataclass(frozen=True, slots=True, kw_only=True)
class Macro:
    """`body` is markdown with `{{variables}}`. It is `agent_id`'s own unless it is shared; `maker` is their UUID."""

    uuid: UUID
    name: str
    body: str
    kind: MessageKind = MessageKind.ANSWER
    change: MacroChange = field(default=NO_CHANGE)
    position: int = 0
    is_shared: bool = False
    version: int = 1
    agent_id: int
    maker: UUID
    id: int = 0


class Filled(NamedTuple):
    """A text with its variables filled in, and the names of those that nobody knows, each once."""

    body: str
    unknown: tuple[str, ...]


def fill(body: str, values: Mapping[str, str]) -> Filled:
    """Put `values` where `body` names them; what no value is known for stays as it is written.

    What is put in is text to the letter: braces in it are not looked at again.
    """
    unknown: dict[str, None] = {}

    def value(found: re.Match[str]) -> str:
        if found[1] in values:
            return values[found[1]]
        unknown[found[1]] = None
        return found[0]

    return Filled(_VARIABLE.sub(value, body), tuple(unknown))


def first_name(name: str, known: str = "") -> str:
    """Return the first name that is `known`, else the first word of the whole name."""
    return known or name.partition(" ")[0]
