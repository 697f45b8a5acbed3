"""How two tickets belong together."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class LinkKind(StrEnum):
    """What one ticket is to another."""

    RELATED = "related"
    DUPLICATE = "duplicate"
    DUPLICATED_BY = "duplicated_by"
    BLOCKS = "blocks"
    BLOCKED_BY = "blocked_by"


OTHER_SIDE: Mapping[LinkKind, LinkKind] = MappingProxyType(
    {
        LinkKind.RELATED: LinkKind.RELATED,
        LinkKind.DUPLICATE: LinkKind.DUPLICATED_BY,
        LinkKind.DUPLICATED_BY: LinkKind.DUPLICATE,
        LinkKind.BLOCKS: LinkKind.BLOCKED_BY,
        LinkKind.BLOCKED_BY: LinkKind.BLOCKS,
    }
)
"""What the other one is to it."""

_STORED = (LinkKind.RELATED, LinkKind.DUPLICATE, LinkKind.BLOCKS)


@dataclass(frozen=True, slots=True)
class Link:
    """`ticket_id` is this (`kind`) to `other_id`."""

    ticket_id: int
    other_id: int
    kind: LinkKind

    @property
    def turned(self) -> "Link":
        """The same, seen from the other ticket."""
        return Link(self.other_id, self.ticket_id, OTHER_SIDE[self.kind])

    @property
    def normal(self) -> "Link":
        """The one of its two sides under which it is kept."""
        if self.kind is LinkKind.RELATED:
            return self if self.ticket_id < self.other_id else self.turned
        return self if self.kind in _STORED else self.turned
