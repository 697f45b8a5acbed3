"""What actions need from the store for all that stands around the tickets."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from ventanilla.core.macros import Macro
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
