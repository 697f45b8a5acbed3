"""What actions need from the store. The store implements these; nothing here knows how."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Concatenate, ParamSpec, Protocol, TypeVar
from uuid import UUID

from ventanilla.actions import furniture_ports as furniture
from ventanilla.actions.credential_ports import ApiKeys, Links, Sessions
from ventanilla.actions.machinery_ports import Attempts, Idempotency, Secrets
from ventanilla.actions.people_ports import Areas, People
from ventanilla.actions.ticket_ports import Attachments, History, Threads, TicketLinks, Tickets
from ventanilla.core.areas import FRONT_DESK
from ventanilla.core.credentials import DEFAULT_SESSIONS, SessionPolicy
from ventanilla.core.notifications import WARNED_BEFORE
from ventanilla.core.sla import SlaPolicy

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DeskPolicy:
    """What the operator decided about the desk as a whole."""

    zone: tzinfo
    sla: SlaPolicy
    front_desk: str = FRONT_DESK
    name: str = "Ventanilla"
    sessions: SessionPolicy = DEFAULT_SESSIONS
    warned_before: timedelta = WARNED_BEFORE


class Transaction(Protocol):
    """One unit of work. `now` is the moment it began, in UTC, the same for all that it writes."""

    @property
    def now(self) -> datetime: ...
    @property
    def policy(self) -> DeskPolicy: ...
    @property
    def tickets(self) -> Tickets: ...
    @property
    def threads(self) -> Threads: ...
    @property
    def history(self) -> History: ...
    @property
    def attachments(self) -> Attachments: ...
    @property
    def ticket_links(self) -> TicketLinks: ...
    @property
    def people(self) -> People: ...
    @property
    def idempotency(self) -> Idempotency: ...
    @property
    def attempts(self) -> Attempts: ...
    @property
    def secrets(self) -> Secrets: ...
    @property
    def views(self) -> furniture.Views: ...
    @property
    def macros(self) -> furniture.Macros: ...
    @property
    def notifications(self) -> furniture.Notifications: ...
    @property
    def custom_fields(self) -> furniture.CustomFields: ...
    @property
    def drafts(self) -> furniture.Drafts: ...
    @property
    def presence(self) -> furniture.Presences: ...
    @property
    def leases(self) -> furniture.Leases: ...
    @property
    def tags(self) -> furniture.Tags: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def links(self) -> Links: ...
    @property
    def api_keys(self) -> ApiKeys: ...
    @property
    def areas(self) -> Areas: ...

    def new_uuid(self) -> UUID: ...


@dataclass(frozen=True, slots=True)
class StoreLoad:
    """How busy the store is at this moment, in this process."""

    waiting: int
    """Actions that wait for their turn to write."""
    connections: int
    connections_in_use: int
    most_connections: int
    waiting_for_connection: int
    """Readers, and on PostgreSQL writers, for whom no connection is free."""


class Desk(Protocol):
    """The store as its callers see it: actions go in, results come out after the commit.

    `is_shared` tells whether other processes may be using it at the same time.
    """

    is_shared: bool

    async def write(
        self, action: Callable[Concatenate[Transaction, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `action` in one transaction and return after it is durable.

        Raises whatever the action raises (then nothing is kept), and StoreUnavailable or StoreFull.
        """

    async def read(
        self, action: Callable[Concatenate[Transaction, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a short reading action on one snapshot."""

    async def scan(
        self, action: Callable[Concatenate[Transaction, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a reading action that may take long, away from the others."""

    def load(self) -> StoreLoad: ...

    async def close(self) -> None:
        """Finish what was accepted and let go of the database."""
