"""Who may do what to which ticket: one table, asked by every surface."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from ventanilla.core.areas import is_one_of
from ventanilla.core.errors import (
    BeyondScope,
    Fault,
    Forbidden,
    ForeignArea,
    InvalidInput,
    NotFound,
    Rule,
    Unauthenticated,
)
from ventanilla.core.filters import TicketFilter
from ventanilla.core.people import Actor, ActorKind, Agent, AgentState, Identity, Role, Scope


class Standing(StrEnum):
    """What a caller is to a ticket, or to the desk as a whole."""

    OWNER = "owner"
    KEY_HOLDER = "key_holder"
    LIGHT_AGENT = "light_agent"
    AREA_AGENT = "area_agent"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    SYSTEM = "system"


class Permission(StrEnum):
    READ = "read"
    READ_INTERNAL = "read internal notes and history"
    REPLY = "reply as the requester"
    WITHDRAW = "close one's own ticket"
    ATTACH = "attach a file"
    DELETE_ATTACHMENT = "delete a file"
    ANSWER = "answer as staff"
    NOTE = "write an internal note"
    START = "start working"
    ASSIGN = "assign to an agent"
    TRANSFER = "transfer to another area"
    RECLASSIFY = "change priority and category"
    UPDATE = "change status, priority and area at once"
    PAUSE = "pause and resume"
    RESOLVE = "resolve"
    CLOSE = "close"
    CANCEL = "cancel"
    ARCHIVE = "archive"
    REOPEN = "reopen"
    TAKE = "take a ticket that nobody has"
    EDIT = "change subject and subcategory"
    SNOOZE = "put a ticket away for a while"
    MERGE = "merge tickets and part them again"
    SPLIT = "make a message a ticket of its own"
    LINK = "link tickets"
    OPEN_FOR_OTHERS = "open a ticket for somebody"
    EDIT_REQUESTER = "change what is known about requesters"
    OVERRIDE_STATUS = "move between any two states"
    MARK_READ = "mark as read"
    IMPORT = "open tickets for others, with their own date and status"
    USE_STAFF_API = "use the staff half of a contract"
    USE_ADMIN_API = "use the admin half of a contract"
    MANAGE_ACCOUNTS = "manage staff accounts"
    TAG = "put tags on a ticket, new ones too"
    MANAGE_TAGS = "rename, colour and remove tags"
    MANAGE_FIELDS = "say which custom fields there are"
    FILL_FIELDS = "fill in custom fields"
    MANAGE_SHARED_VIEWS = "make and change views for everybody"
    MANAGE_SHARED_MACROS = "make and change macros for everybody"
    MANAGE_KEYS = "manage API keys"


_S = Standing
_ADMIN = frozenset({_S.ADMIN, _S.SYSTEM})
_ALL_AREAS = _ADMIN | {_S.SUPERVISOR, _S.AGENT}
_LEAD = _ADMIN | {_S.SUPERVISOR}
_WORKING_STAFF = _ALL_AREAS | {_S.AREA_AGENT}
_STAFF = _WORKING_STAFF | {_S.LIGHT_AGENT}
_CUSTOMER = frozenset({_S.OWNER, _S.KEY_HOLDER})

ACCESS: Mapping[Permission, frozenset[Standing]] = MappingProxyType(
    {
        Permission.READ: _STAFF | _CUSTOMER,
        Permission.READ_INTERNAL: _STAFF,
        Permission.REPLY: frozenset({_S.OWNER}),
        Permission.WITHDRAW: frozenset({_S.OWNER}),
        Permission.ATTACH: _WORKING_STAFF | _CUSTOMER,
        Permission.DELETE_ATTACHMENT: _WORKING_STAFF,
        Permission.ANSWER: _WORKING_STAFF,
        Permission.NOTE: _STAFF,
        Permission.START: _WORKING_STAFF,
        Permission.ASSIGN: _ALL_AREAS,
        Permission.TRANSFER: _ALL_AREAS,
        Permission.RECLASSIFY: _ALL_AREAS,
        Permission.UPDATE: _WORKING_STAFF,
        Permission.PAUSE: _WORKING_STAFF,
        Permission.RESOLVE: _WORKING_STAFF,
        Permission.CLOSE: _WORKING_STAFF,
        Permission.CANCEL: _WORKING_STAFF,
        Permission.ARCHIVE: _WORKING_STAFF,
        Permission.REOPEN: _ALL_AREAS,
        Permission.TAKE: _WORKING_STAFF,
        Permission.EDIT: _WORKING_STAFF,
        Permission.SNOOZE: _WORKING_STAFF,
        Permission.MERGE: _WORKING_STAFF,
        Permission.SPLIT: _WORKING_STAFF,
        Permission.LINK: _WORKING_STAFF,
        Permission.OPEN_FOR_OTHERS: _WORKING_STAFF,
        Permission.EDIT_REQUESTER: _WORKING_STAFF,
        Permission.OVERRIDE_STATUS: _ADMIN,
        Permission.MARK_READ: _WORKING_STAFF,
        Permission.IMPORT: _ALL_AREAS,
        Permission.USE_STAFF_API: _STAFF,
        Permission.USE_ADMIN_API: _ADMIN,
        Permission.MANAGE_ACCOUNTS: _ADMIN,
        Permission.TAG: _WORKING_STAFF,
        Permission.MANAGE_TAGS: _LEAD,
        Permission.MANAGE_FIELDS: _ADMIN,
        Permission.FILL_FIELDS: _WORKING_STAFF,
        Permission.MANAGE_SHARED_VIEWS: _LEAD,
        Permission.MANAGE_SHARED_MACROS: _LEAD,
        Permission.MANAGE_KEYS: _ADMIN,
    }
)

_SCOPES = {
    Scope.READ: frozenset({Permission.READ, Permission.READ_INTERNAL, Permission.USE_STAFF_API}),
    Scope.ADMIN: frozenset(
        {Permission.USE_ADMIN_API, Permission.MANAGE_ACCOUNTS, Permission.MANAGE_FIELDS, Permission.MANAGE_KEYS}
    ),
}
"""What an API key needs a scope for. Whatever stands in neither needs the scope `write`."""

_SCOPE_RANK = list(Scope)


class OwnOrShared(Protocol):
    """Something of one agent's own, or of all the staff's: a view, a macro."""

    @property
    def agent_id(self) -> int | None: ...
    @property
    def is_shared(self) -> bool: ...


_ROLE_STANDING: Mapping[Role, Standing] = MappingProxyType({role: Standing(role.value) for role in Role})


class Guarded(Protocol):
    """What has to be known of a ticket to tell who may do what: a `Ticket` has it, and so has a `TicketRow`."""

    @property
    def area(self) -> str: ...
    @property
    def owner(self) -> Identity: ...
    def opens_with(self, access_key: str | None) -> bool: ...


def require(actor: Actor, permission: Permission, ticket: Guarded) -> None:
    """Let `actor` pass, or refuse.

    Raises NotFound (ForeignArea for staff of another area) when the ticket is not theirs to see, so that a foreign
    ticket and a missing one look alike, and Forbidden when they may see it but not do this.
    """
    standings = standings_towards(actor, ticket)
    if not standings & ACCESS[Permission.READ]:
        raise ForeignArea if actor.is_staff else NotFound
    if not standings & ACCESS[permission]:
        raise Forbidden
    _require_scope(actor, scope_for(permission))


def require_desk(actor: Actor, permission: Permission) -> None:
    """Let `actor` pass for something that concerns no single ticket. Raises Unauthenticated or Forbidden."""
    if actor.kind is ActorKind.ANONYMOUS:
        raise Unauthenticated
    if desk_standing(actor) not in ACCESS[permission]:
        raise Forbidden
    _require_scope(actor, scope_for(permission))


def require_writing(actor: Actor) -> None:
    """Let everybody pass but an API key that is for reading alone. Raises BeyondScope."""
    _require_scope(actor, Scope.WRITE)


def require_sight(thing: OwnOrShared, agent_id: int | None) -> None:
    """Let the agent of this id see what is theirs or shared. Raises NotFound for what is somebody else's."""
    if not thing.is_shared and thing.agent_id != agent_id:
        raise NotFound


def require_change(actor: Actor, thing: OwnOrShared, agent_id: int | None, shared: Permission) -> None:
    """Let the actor, who is the agent of this id, change what is theirs, and what is shared with `shared` alone.

    Raises NotFound and Forbidden.
    """
    require_sight(thing, agent_id)
    if thing.is_shared:
        require_desk(actor, shared)


def require_hands(agent: Agent, area: str | None, field: str) -> None:
    """Let an agent be given a ticket of this area (None: of any) who could take it themselves.

    Raises InvalidInput for `field`, where a form names the agent.
    """
    if agent.state is AgentState.INVITED:
        raise InvalidInput(Fault(field, Rule.NOT_JOINED))
    if _ROLE_STANDING[agent.role] not in ACCESS[Permission.TAKE]:
        raise InvalidInput(Fault(field, Rule.ONLY_NOTES))
    if area is not None and agent.role is Role.AREA_AGENT and not is_one_of(agent.areas, area):
        raise InvalidInput(Fault(field, Rule.OTHER_AREAS))


def may(actor: Actor, permission: Permission, ticket: Guarded) -> bool:
    return bool(standings_towards(actor, ticket) & ACCESS[permission]) and _is_in_scope(actor, permission)


def permissions(actor: Actor, ticket: Guarded) -> list[Permission]:
    """Return all that the actor may do to this ticket, in the order of the table."""
    standings = standings_towards(actor, ticket)
    return [one for one, allowed in ACCESS.items() if standings & allowed and _is_in_scope(actor, one)]


def may_on_desk(actor: Actor, permission: Permission) -> bool:
    return desk_standing(actor) in ACCESS[permission] and _is_in_scope(actor, permission)


def desk_permissions(actor: Actor) -> list[Permission]:
    """Return all that the actor may do where it concerns no single ticket, in the order of the table."""
    return [permission for permission in ACCESS if may_on_desk(actor, permission)]


def desk_standing(actor: Actor) -> Standing | None:
    """Return what the actor is to the desk as a whole, None for people outside the staff."""
    if actor.kind is ActorKind.SYSTEM:
        return Standing.SYSTEM
    return _ROLE_STANDING[actor.role] if actor.is_staff and actor.role else None


def standings_towards(actor: Actor, ticket: Guarded) -> frozenset[Standing]:
    """Return everything that the actor is to this ticket."""
    found = set()
    standing = desk_standing(actor)
    if standing and (not _is_bound_to_area(actor) or is_one_of(actor.areas, ticket.area)):
        found.add(standing)
    if ticket.owner in actor.identities:
        found.add(Standing.OWNER)
    if ticket.opens_with(actor.access_key):
        found.add(Standing.KEY_HOLDER)
    return frozenset(found)


def owners(actor: Actor) -> tuple[Identity, ...]:
    """Return as whom the caller owns tickets."""
    return actor.identities


def own(actor: Actor) -> TicketFilter:
    """Return the filter of the caller's own tickets."""
    return TicketFilter(owners=owners(actor))


def in_sight(actor: Actor) -> TicketFilter:
    """Return the filter of everything that the caller may see in a list."""
    if desk_standing(actor) is None:
        return own(actor)
    if _is_bound_to_area(actor):
        return TicketFilter(served=actor.areas)
    return TicketFilter()


def scope_for(permission: Permission) -> Scope:
    """Return the least scope that an API key needs for this."""
    return next((scope for scope, permissions in _SCOPES.items() if permission in permissions), Scope.WRITE)


def _is_in_scope(actor: Actor, permission: Permission) -> bool:
    return actor.scope is None or _reaches(actor, scope_for(permission))


def _require_scope(actor: Actor, scope: Scope) -> None:
    if actor.scope is not None and not _reaches(actor, scope):
        raise BeyondScope(actor.scope, scope)


def _reaches(actor: Actor, scope: Scope) -> bool:
    return actor.scope is None or _SCOPE_RANK.index(actor.scope) >= _SCOPE_RANK.index(scope)


def _is_bound_to_area(actor: Actor) -> bool:
    return actor.role is Role.AREA_AGENT
