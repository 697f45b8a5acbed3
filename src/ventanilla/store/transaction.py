"""One unit of work over one connection: the repositories, the moment, the operator's policy."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Protocol
from uuid import UUID

from ventanilla.actions.ports import DeskPolicy
from ventanilla.actions.ticket_ports import Tickets
from ventanilla.core import ids
from ventanilla.store.areas import AreaRepository
from ventanilla.store.attachments import AttachmentRepository
from ventanilla.store.connection import Connection
from ventanilla.store.credentials import ApiKeyRepository, LinkRepository, SessionRepository
from ventanilla.store.custom_fields import CustomFieldRepository
from ventanilla.store.drafts import DraftRepository
from ventanilla.store.events import HistoryRepository
from ventanilla.store.guards import AttemptRepository, IdempotencyRepository, SecretRepository
from ventanilla.store.leases import LeaseRepository
from ventanilla.store.macros import MacroRepository
from ventanilla.store.notifications import NotificationRepository
from ventanilla.store.people import PeopleRepository
from ventanilla.store.presence import PresenceRepository
from ventanilla.store.tags import TagRepository
from ventanilla.store.threads import ThreadRepository
from ventanilla.store.ticket_links import TicketLinkRepository
from ventanilla.store.tickets import TicketRepository
from ventanilla.store.views import ViewRepository


def utc_now() -> datetime:
    return datetime.now(UTC)


class CommitObserver(Protocol):
    """Is told of every commit, in the task that makes it. Must be quick and must not raise.

    Each writer is a task with a context (contextvars) of its own, in which the actions of the commit run too.
    """

    def began(self, actions: int) -> None:
        """A commit of so many actions begins; `committed` or `failed` follows."""

    def committed(self, actions: int, seconds: float) -> None:
        """So many actions became durable together, so long after their transaction began."""

    def failed(self, actions: int) -> None:
        """A commit of so many actions failed; they have failed with it, or each is tried alone."""


class Unobserved:
    """`CommitObserver` that looks away."""

    def began(self, actions: int) -> None:
        pass

    def committed(self, actions: int, seconds: float) -> None:
        pass

    def failed(self, actions: int) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Context:
    """Where a transaction takes time, chance and policy from, and who is told of its end."""

    policy: DeskPolicy
    clock: Callable[[], datetime] = utc_now
    entropy: Callable[[int], bytes] = os.urandom
    observer: CommitObserver = field(default_factory=Unobserved)


class StoreTransaction:
    """`actions.ports.Transaction` over one connection. Made once per connection, begun for each unit of work."""

    def __init__(self, connection: Connection, context: Context) -> None:
        self._context = context
        self.connection = connection
        self.now = context.clock()
        self.policy = context.policy
        self.threads = ThreadRepository(connection)
        self.history = HistoryRepository(connection)
        self.attachments = AttachmentRepository(connection)
        self.ticket_links = TicketLinkRepository(connection, self._now)
        self.people = PeopleRepository(connection, self._now)
        self.notifications = NotificationRepository(connection, self._now, self.new_uuid)
        self.tickets: Tickets = TicketRepository(connection, self.people, self.notifications, self._now)
        self.idempotency = IdempotencyRepository(connection, self._now)
        self.attempts = AttemptRepository(connection, self._now)
        self.secrets = SecretRepository(connection)
        self.sessions = SessionRepository(connection, self._now)
        self.links = LinkRepository(connection, self._now)
        self.api_keys = ApiKeyRepository(connection)
        self.areas = AreaRepository(connection)

    @cached_property
    def custom_fields(self) -> CustomFieldRepository:
        return CustomFieldRepository(self.connection, self._now)

    @cached_property
    def drafts(self) -> DraftRepository:
        return DraftRepository(self.connection, self._now)

    @cached_property
    def presence(self) -> PresenceRepository:
        return PresenceRepository(self.connection, self._now)

    @cached_property
    def leases(self) -> LeaseRepository:
        return LeaseRepository(self.connection, self._now)

    @cached_property
    def macros(self) -> MacroRepository:
        return MacroRepository(self.connection, self._now)

    @cached_property
    def tags(self) -> TagRepository:
        return TagRepository(self.connection, self._now)

    @cached_property
    def views(self) -> ViewRepository:
        return ViewRepository(self.connection, self._now)

    def begin(self) -> None:
        self.now = self._context.clock()

    def new_uuid(self) -> UUID:
        return ids.new_uuid(self.now, self._context.entropy(10))

    def _now(self) -> datetime:
        return self.now
