"""Who asks: by token, by the access key of the ticket, or by nothing where the operator lets everybody read."""

from dataclasses import replace

from ventanilla.contracts.kinconecta import wire
from ventanilla.core import access, ids
from ventanilla.core.errors import Unauthenticated
from ventanilla.core.filters import TicketFilter
from ventanilla.core.people import SYSTEM, Actor, ActorKind
from ventanilla.wirekit.errors import BadIdentifier
from ventanilla.wirekit.request import Request


def identifier(request: Request, name: str) -> int:
    """Return the id that stands in the path. Raises BadIdentifier."""
    found = ids.parse_integer(request.parameter(name))
    if found is None:
        raise BadIdentifier
    return found


def holder(request: Request) -> Actor:
    """Return the caller with the access key that they sent. Raises Unauthenticated for nobody without a key."""
    header = request.headers.get(b"x-access-key", b"").decode("latin-1")
    key = header or request.query(wire.KeyQuery).key
    if key is None and _is_nobody(request):
        raise Unauthenticated
    return replace(request.actor, access_key=key)


def reader(request: Request) -> Actor:
    """As `holder`, for reading alone: `kinconecta.public_read` lets nobody in particular see everything."""
    try:
        return holder(request)
    except Unauthenticated:
        if request.services.public_read:
            return SYSTEM
        raise


def sight(request: Request) -> TicketFilter:
    """Return what the caller may see in a list. Raises Unauthenticated."""
    if not _is_nobody(request):
        return access.in_sight(request.actor)
    if not request.services.public_read:
        raise Unauthenticated
    return TicketFilter()


def _is_nobody(request: Request) -> bool:
    return request.actor.kind is ActorKind.ANONYMOUS
