"""What actions need from the store for all that stands around the tickets."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from ventanilla.core.custom_fields import CustomField
from ventanilla.core.drafts import Draft
from ventanilla.core.macros import Macro, MessageKind
from ventanilla.core.notifications import Notice, Notification
from ventanilla.core.presence import Move, Presence, PresenceState
from ventanilla.core.tags import Tag
from ventanilla.core.ticket import Ticket
from ventanilla.core.views import View


class Views(Protocol):
    """The views that are not built in."""

    async def seen_by(self, agent_id: int | None) -> Sequence[View]:
        """Return the shared views and this agent's own, by position and age."""

    async def get(self, uuid: UUID) -> View | None: ...

    async def add(self, view: View) -> View: ...

    async def save(self, view: View) -> View:
        """Store what changed; returns the view in its new version. Raises EditedMeanwhile."""

    async def remove(self, view: View) -> None: ...


class Macros(Protocol):
    async def seen_by(self, agent_id: int | None) -> Sequence[Macro]:
        """Return the shared macros and this agent's own, by position and age."""

    async def get(self, uuid: UUID) -> Macro | None: ...

    async def add(self, macro: Macro) -> Macro: ...

    async def save(self, macro: Macro) -> Macro:
        """Store what changed; returns the macro in its new version. Raises EditedMeanwhile."""

    async def remove(self, macro: Macro) -> None: ...


class Tags(Protocol):
    async def page(self, prefix: str, after: Tag | None, size: int) -> Sequence[Tag]:
        """Return the tags whose key begins with `prefix`, by key, from behind `after` on."""

    async def uses(self, tags: Sequence[Tag], areas: Sequence[str] | None, most: int) -> Mapping[int, int]:
        """Return by the id of each tag how many tickets (of these areas alone) have it, counted up to `most`."""

    async def count(self) -> int: ...

    async def get(self, uuid: UUID) -> Tag | None: ...

    async def by_id(self, number: int) -> Tag | None: ...

    async def by_key(self, key: str) -> Tag | None: ...

    async def add(self, tag: Tag) -> Tag: ...

    async def save(self, tag: Tag) -> Tag:
        """Store what changed; returns the tag in its new version. Raises EditedMeanwhile."""

    async def remove(self, tag: Tag) -> None:
        """Remove it, also from every ticket that has it."""

    async def of(self, tickets: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
        """Return the tags of these tickets by their ids; one that has none is left out."""

    async def load(self, ticket: Ticket) -> None:
        """Let the ticket come with its tags."""

    async def put(self, ticket: Ticket, tags: Sequence[Tag]) -> None:
        """Let the ticket have these tags and no others."""


class CustomFields(Protocol):
    async def everything(self) -> Sequence[CustomField]:
        """Return all fields, by position and age."""

    async def get(self, uuid: UUID) -> CustomField | None: ...

    async def add(self, field: CustomField) -> CustomField: ...

    async def save(self, field: CustomField) -> CustomField:
        """Store what changed; returns the field in its new version. Raises EditedMeanwhile."""

    async def is_used(self, field: CustomField) -> bool:
        """Tell whether some ticket has a value in it."""

    async def remove(self, field: CustomField) -> None:
        """Remove a field that no ticket has a value in."""

    async def load(self, ticket: Ticket) -> None:
        """Let the ticket come with its values, by key."""

    async def put(self, ticket: Ticket, field: CustomField, value: str | None) -> None:
        """Let the ticket have this value, None for none."""


class Notifications(Protocol):
    """What agents are told of. Saving a ticket tells of its facts; all else is told with `tell`.

    `areas` cut what is returned to the tickets of those.
    """

    async def tell(self, ticket_id: int, notices: Sequence[Notice]) -> None: ...

    async def page(
        self, agent_id: int, areas: Sequence[str] | None, after: int | None, size: int, *, unread: bool
    ) -> Sequence[Notification]:
        """Return what this agent was told, newest first, from behind the id `after` on."""

    async def unread(self, agent_id: int, areas: Sequence[str] | None, most: int) -> int:
        """Return how many this agent has not read, counted up to `most`."""

    async def mark_read(self, agent_id: int, uuids: Sequence[UUID] | None) -> None:
        """Note that this agent has read these, or all."""

    async def any_due(self, before: timedelta) -> bool:
        """Tell whether an agent is still to be told that a ticket of theirs is due within `before`."""

    async def tell_due(self, before: timedelta, most: int) -> int:
        """Tell agents of tickets due within `before`, each once for each due time; returns how many were told."""

    async def forget_old(self) -> None: ...


class Drafts(Protocol):
    async def get(self, ticket_id: int, agent_id: int) -> Draft | None: ...

    async def put(self, ticket_id: int, agent_id: int, body: str, kind: MessageKind) -> Draft: ...

    async def remove(self, ticket_id: int, agent_id: int) -> None: ...


class Presences(Protocol):
    async def at(self, ticket_id: int) -> Sequence[Presence]:
        """Return who is at a ticket and was heard of lately, first come first."""

    async def of(self, ticket_id: int, agent_id: int) -> Presence | None:
        """Return what was last heard of an agent, however long ago."""

    async def put(self, ticket_id: int, agent_id: int, state: PresenceState, since: datetime) -> None: ...

    async def moves(self) -> Sequence[Move]:
        """Return who came, went, or began or ceased to type just now."""

    async def forget_old(self) -> None: ...


class Leases(Protocol):
    async def take(self, name: str, span: timedelta) -> bool:
        """Take on a piece of work for so long. False when another process has it."""
