"""What can be wrong with a request before anybody looks at its meaning."""

from collections.abc import Mapping
from typing import TypeVar

from ventanilla.core import errors as core
from ventanilla.core.errors import DeskError

T = TypeVar("T")


class BadRequest(DeskError):
    """The request cannot be read."""


class NotJson(BadRequest):
    """The body is not JSON in UTF-8, or holds a key twice, NaN, or a number too long to read."""


class NotAnObject(BadRequest):
    """The body is JSON, but not an object."""


class TooDeep(BadRequest):
    """The body nests deeper than 32 levels."""


class NotMultipart(BadRequest):
    """The body is not the multipart/form-data that its header promises."""


class BadIdempotencyKey(BadRequest):
    """The Idempotency-Key is empty, too long, or no printable ASCII."""


class BadIdentifier(BadRequest):
    """The id in the path is of the wrong kind (where the contract tells it from an unknown one)."""


class UnknownHost(BadRequest):
    """The request was sent to a name that is not the desk's: cookies are neither given nor believed there."""


class CrossSite(core.Forbidden):
    """A page that is not the desk's own made a browser send this, with the browser's cookie."""


class PlainHttp(core.Forbidden):
    """Whoever signs in here would do so for everybody on the way to read."""


class BodyTooLarge(DeskError):
    """The body passes the limit; `limit` is in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"the body is larger than {limit} bytes")
        self.limit = limit


class FileTooLarge(BodyTooLarge):
    """One file passes the limit for a file; `limit` is in bytes."""


class WrongContentType(DeskError):
    """The body is not of the type this route takes, or it is compressed."""

    def __init__(self, expected: str) -> None:
        super().__init__(f"expected {expected}")
        self.expected = expected


class WrongMethod(DeskError):
    """The path exists, but not for this method."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        super().__init__(f"allowed: {', '.join(allowed)}")
        self.allowed = allowed


class KeyReused(DeskError):
    """The Idempotency-Key belongs to another request of the same caller."""


class IfMatchMissing(BadRequest):
    """The caller has to say in If-Match which version they change."""


class InternalError(DeskError):
    """A fault of ours. What it was is in the log, under the request id."""


USUAL_STATUS: Mapping[type[DeskError], int] = {
    core.InvalidInput: 400,
    core.Unauthenticated: 401,
    core.Forbidden: 403,
    core.NotFound: 404,
    core.Conflict: 409,
    core.RateLimited: 429,
    core.StoreFull: 507,
    core.StoreUnavailable: 503,
    BadRequest: 400,
    BodyTooLarge: 413,
    WrongContentType: 415,
    WrongMethod: 405,
    KeyReused: 422,
    DeskError: 500,
}
"""What each error answers unless a contract says otherwise."""


def by_kind(table: Mapping[type[DeskError], T], error: DeskError) -> T:
    """Return what `table` says about this error or the nearest parent of its class."""
    for kind in type(error).__mro__:
        if kind in table:
            return table[kind]
    return table[DeskError]
