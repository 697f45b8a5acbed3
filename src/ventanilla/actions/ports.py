"""What actions need from the store. The store implements these; nothing here knows how."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Concatenate, ParamSpec, Protocol, TypeVar
from uuid import UUID

from ventanilla.actions import furniture_ports as furniture
from ventanilla.actions.credential_ports import ApiKeys, Links, Sessions
from ventanilla.core.areas import FRONT_DESK
from ventanilla.core.credentials import DEFAULT_SESSIONS, SessionPolicy
from ventanilla.core.events import Event
from ventanilla.core.filters import CappedCount, Order, Page, PageOf, Place, Placed, QueueOrder, TicketFilter
from ventanilla.core.ids import TicketRef
from ventanilla.core.lifecycle import Status
from ventanilla.core.links import Link
from ventanilla.core.notifications import WARNED_BEFORE
from ventanilla.core.people import Agent, AgentRef, Identity, Profile, Requester, RequesterFile
from ventanilla.core.sla import SlaPolicy
from ventanilla.core.thread import Attachment, Message
from ventanilla.core.ticket import Ticket
from ventanilla.core.ticket_row import OwnRow, TicketRow
from ventanilla.core.timeline import Entry, FeedEntry

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


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many tickets there are in each status, and how many of all are unread by staff."""

    by_status: dict[Status, int]
    unread: int

    @property
    def total(self) -> int:
        return sum(self.by_status.values())


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer kept for a repeated request. `fingerprint` is the hex digest of the request that caused it."""

    fingerprint: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Tickets(Protocol):
    async def add(self, ticket: Ticket, opening: Message) -> Message:
        """Store a new ticket with its requester (made, or brought up to date), its first message and its facts.

        Sets `ticket.id`, the label's number and the requester's id.
        """

    async def get(self, ref: TicketRef) -> Ticket | None: ...

    async def row(self, ref: TicketRef) -> TicketRow | None:
        """Return a ticket to look at alone."""

    async def save(self, ticket: Ticket) -> None:
        """Store what changed and the facts, and tell whom they concern. Raises EditedMeanwhile when somebody saved it
        first.
        """

    async def page(self, wanted: TicketFilter, order: Order, page: Page) -> PageOf[TicketRow]:
        """Return one page and the total."""

    async def own_page(self, owners: Sequence[Identity], page: Page) -> PageOf[OwnRow]:
        """Return one page of what these people own, newest first, and the total."""

    async def rows(self, wanted: TicketFilter, order: Order, page: Page) -> Sequence[TicketRow]:
        """Return the page alone, without counting."""

    async def whole_page(self, wanted: TicketFilter, order: Order, page: Page) -> PageOf[Ticket]:
        """As `page`, for lists that show what was said."""

    async def queue(
        self, wanted: TicketFilter, order: QueueOrder, size: int, after: Place | None
    ) -> Sequence[Placed[TicketRow]]:
        """Return a page of the queue, from its beginning or from behind a place on."""

    async def merged_into(self, tickets: Sequence[int]) -> Sequence[int]:
        """Return the ids of the tickets that were merged into these."""

    async def count_up_to(self, most: int, wanted: TicketFilter) -> CappedCount: ...

    async def counts_up_to(self, most: int, wanted: Sequence[TicketFilter]) -> Sequence[CappedCount]:
        """As `count_up_to`, for one filter or more at once."""

    async def counts(self, areas: Sequence[str] | None) -> QueueCounts: ...


class Threads(Protocol):
    async def add(self, ticket: Ticket, message: Message) -> Message: ...

    async def of(self, ticket: Ticket | TicketRow, *, internal: bool) -> Sequence[Message]:
        """Return the messages in the order they were written; `internal` includes the notes."""

    async def newest(self, tickets: Sequence[int], most: int, *, internal: bool) -> Sequence[tuple[int, str]]:
        """Return the ticket and the body of the newest messages of each ticket, newest first, at most so many each."""


class History(Protocol):
    async def of(self, ticket: Ticket) -> Sequence[Event]: ...

    async def timeline(self, tickets: Sequence[int], size: int, after: Place | None) -> Sequence[Placed[Entry]]:
        """Return what happened to the first of these tickets, and what was said in the others and which files came.

        Oldest first, from the beginning or from behind a place on. That somebody looked at a ticket is left out.
        """

    async def feed(self, size: int, after: Place) -> Sequence[Placed[FeedEntry]]:
        """Return what happened on the desk from behind a place on. To this order nothing is added but at its end.

        What was written by a transaction that others are older than shows once those are over.
        """

    async def latest(self) -> Place:
        """Return the place of the last entry of the feed."""

    async def last_public(self, ticket: Ticket) -> Event: ...


class Attachments(Protocol):
    async def add(self, ticket: Ticket, attachment: Attachment) -> Attachment: ...

    async def of(self, tickets: Sequence[int], *, internal: bool = False) -> dict[int, list[Attachment]]:
        """Return the attachments of each ticket, by ticket id, in the order they came.

        `internal` includes what requesters do not see.
        """

    async def send(self, ticket: Ticket, ids: Sequence[int], message: Message) -> None:
        """Let these files of the ticket go with a message; they are for whom the message is for."""

    async def get(self, ticket: Ticket, attachment_id: int) -> Attachment | None: ...

    async def remove(self, attachment: Attachment) -> None: ...

    async def waiting_since(self, before: datetime) -> Sequence[Attachment]:
        """Return some of the files that were uploaded before this moment to go with a message, and did not."""

    async def named_keys(self, keys: Sequence[str]) -> set[str]:
        """Return those of `keys` that some attachment names as the place of its bytes."""


class TicketLinks(Protocol):
    async def add(self, link: Link) -> bool:
        """Keep a link in its normal form; returns whether it is new."""

    async def remove(self, link: Link) -> bool:
        """Returns whether it was there."""

    async def of(self, ticket_id: int) -> Sequence[Link]:
        """Return the links of a ticket as seen from it, oldest first."""


class People(Protocol):
    async def requester(self, identity: Identity, profile: Profile) -> Requester:
        """Return the requester of this identity, made or brought up to date with `profile`."""

    async def requester_file(self, requester_id: int) -> RequesterFile | None: ...

    async def save_requester_file(self, file: RequesterFile) -> None:
        """Store name, address and notes. Raises EditedMeanwhile when somebody saved it first."""

    async def agent_for(self, agent: Agent) -> AgentRef:
        """Return the agent of this identity, made or brought up to date (people known by their token)."""

    async def agent(self, identity: Identity) -> Agent | None: ...

    async def agent_by_uuid(self, uuid: UUID) -> Agent | None: ...

    async def agents_called(self, subjects: Sequence[str]) -> Mapping[str, AgentRef]:
        """Return the agents with these subjects, without those that more than one person goes by."""

    async def active_agents(self) -> Sequence[AgentRef]:
        """Return everybody on the staff who may be called, by name."""

    async def agents(self, after: int, size: int, *, inactive: bool) -> Sequence[Agent]:
        """Return people of the staff (no API keys) by id, from behind the id `after`, at most `size`."""

    async def agents_by_subject(self, subject: str) -> Sequence[Agent]:
        """Return the active agents with this subject, whoever issued it."""

    async def account(self, email: str) -> Agent | None:
        """Return the local account of this address."""

    async def accounts(self) -> Sequence[Agent]: ...

    async def hold_admins(self) -> None:
        """Wait for whoever else is about to change who the admins are, and hold them up until this is committed."""

    async def add_account(self, agent: Agent) -> Agent: ...

    async def save_account(self, agent: Agent) -> Agent:
        """Store what changed, as the next version. Raises EditedMeanwhile when somebody saved it first."""


class Idempotency(Protocol):
    async def find(self, scope: str, key: str) -> StoredAnswer | None: ...

    async def keep(self, scope: str, key: str, answer: StoredAnswer) -> None: ...

    async def forget_old(self) -> None:
        """Forget the answers that nobody will ask for again (after two days)."""


class Attempts(Protocol):
    """Counts of failed guesses in windows of a fixed length from 1970 on, shared by all processes and kept."""

    async def count(self, bucket: str, window: timedelta) -> int: ...

    async def add(self, bucket: str, window: timedelta, count: int = 1) -> int:
        """Add `count` and return the sum in this window."""

    async def forget_old(self) -> None: ...


class Areas(Protocol):
    async def known(self) -> Sequence[str]:
        """Return the areas that tickets stand in or agents serve, in the spelling used last, at most 500."""


class Secrets(Protocol):
    async def get_or_make(self, name: str) -> bytes:
        """Return 32 random bytes that are the same for every process of this desk."""


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
