"""Drafts: what an agent has begun to write into a ticket, kept for them alone until it is sent."""

from datetime import datetime
from typing import NamedTuple

from ventanilla.core.macros import MessageKind

LONGEST_DRAFT = 50_000


class Draft(NamedTuple):
    """`updated_at` is None where nothing was begun."""

    body: str = ""
    kind: MessageKind = MessageKind.ANSWER
    updated_at: datetime | None = None


NO_DRAFT = Draft()
