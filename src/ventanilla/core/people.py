"""Requesters, agents, and the actor: who is calling, whatever the contract.

What is made anew for each row that is read is a named tuple: a frozen dataclass takes four times as long to make.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

EMAIL_ISSUER = "email"
"""The issuer of people who are known by their e-mail address alone (public tickets)."""

OWN_ISSUER = "ventanilla"
"""The desk's own issuer: staff accounts, and tokens minted from the command line."""

KEY_ISSUER = "api key"
"""The issuer of programs that work with an API key."""

NO_PASSWORD = "!"
"""Stands for the hash of a password that there is none of: an account that was invited, or came without passwords."""


class Role(StrEnum):
    ADMIN = "admin"
    SUPERVISOR = "supervisor"
    AGENT = "agent"
    AREA_AGENT = "area_agent"
    LIGHT_AGENT = "light_agent"


class Scope(StrEnum):
    """How far an API key reaches; each scope includes those before it."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


STAFF_ROLE_WORDS: Mapping[str, Role] = MappingProxyType(
    {
        "admin": Role.ADMIN,
        "ADMIN": Role.ADMIN,
        "MESA": Role.AGENT,
        "AREA": Role.AREA_AGENT,
        "agent": Role.AGENT,
    }
)
"""Role words of a token that mean staff (shared/contracts/README.md, "Tokens")."""


class ActorKind(StrEnum):
    ANONYMOUS = "anonymous"
    REQUESTER = "requester"
    AGENT = "agent"
    SYSTEM = "system"


class Identity(NamedTuple):
    """A person: the same subject from two issuers is two people."""

    issuer: str
    subject: str


class Profile(NamedTuple):
    """What a person's token or form told about them; empty where it told nothing."""

    name: str = ""
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    username: str = ""
    picture: str = ""


NO_PROFILE = Profile()


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who is calling. `verified_email` is set only where the issuer vouches for the address.

    `password_mark` is what a token of the desk's own issuer says of the password it was given for. `scope` bounds what
    an API key may do of what its role may; None for people, who are not bounded. `areas` bind an area agent alone.
    """

    kind: ActorKind = ActorKind.ANONYMOUS
    identity: Identity | None = None
    verified_email: Identity | None = None
    profile: Profile = NO_PROFILE
    role: Role | None = None
    areas: tuple[str, ...] = ()
    address: str = ""
    access_key: str | None = None
    password_mark: str | None = None
    scope: Scope | None = None

    @property
    def is_staff(self) -> bool:
        return self.kind is ActorKind.AGENT

    @property
    def identities(self) -> tuple[Identity, ...]:
        """Every identity under which this person may own tickets."""
        return tuple(one for one in (self.identity, self.verified_email) if one is not None)

    def as_requester(self) -> "Actor":
        """Return the same person without what their role gives them, for the requesters' half of a contract."""
        return self if not self.is_staff else replace(self, kind=ActorKind.REQUESTER, role=None, areas=())

    @property
    def display_name(self) -> str:
        return self.profile.name or self.profile.email or (self.identity.subject if self.identity else "")


NOBODY = Actor()
SYSTEM = Actor(kind=ActorKind.SYSTEM, profile=Profile(name="Ventanilla"))


class Requester(NamedTuple):
    """Somebody who asks for help. `id` is the store's."""

    id: int
    identity: Identity
    profile: Profile


class PersonRef(NamedTuple):
    """Who asked, as staff see them: by what they gave with the ticket, or else by what their token told."""

    id: int
    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequesterFile:
    """What staff know about a requester. `notes` are theirs alone."""

    id: int
    identity: Identity
    profile: Profile
    notes: str
    created_at: datetime
    version: int


class AgentRef(NamedTuple):
    """A member of staff as a ticket names them. `subject` is the id that foreign wires show, `uuid` our own's."""

    id: int
    subject: str
    name: str
    uuid: UUID


class Language(StrEnum):
    SPANISH = "es"
    ENGLISH = "en"


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class AgentState(StrEnum):
    ACTIVE = "active"
    INVITED = "invited"
    INACTIVE = "inactive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """A member of staff: a local account, or somebody known by their token (whose `password_hash` is None).

    `areas` are those that an area agent serves. `language`, `theme` and `signature` are what they chose for their
    console; language None: the browser's.
    """

    id: int
    uuid: UUID
    identity: Identity
    email: str
    name: str
    role: Role
    areas: tuple[str, ...]
    phone: str
    picture: str
    is_active: bool
    password_hash: str | None
    language: Language | None = None
    theme: Theme = Theme.SYSTEM
    signature: str = ""
    last_seen_at: datetime | None = None
    version: int = 1

    @property
    def is_account(self) -> bool:
        return self.password_hash is not None

    @property
    def has_password(self) -> bool:
        return self.password_hash not in (None, NO_PASSWORD)

    @property
    def state(self) -> AgentState:
        if not self.is_active:
            return AgentState.INACTIVE
        return AgentState.INVITED if self.is_account and not self.has_password else AgentState.ACTIVE

    @property
    def ref(self) -> AgentRef:
        return AgentRef(self.id, self.identity.subject, self.name, self.uuid)


class Contact(NamedTuple):
    """How to reach the person about one ticket, as they gave it with that ticket."""

    name: str = ""
    email: str = ""
    phone: str | None = None
    has_whatsapp: bool = False
    document: str | None = None
    company: str | None = None


def email_identity(address: str) -> Identity:
    """Return the identity of an e-mail address: the domain without case, the local part to the letter."""
    return Identity(EMAIL_ISSUER, normal_email(address))


def normal_email(address: str) -> str:
    local, at, domain = address.strip().rpartition("@")
    return f"{local}{at}{domain.lower()}"
