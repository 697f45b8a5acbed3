"""One request, as the routes of every contract see it."""

import os
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar
from urllib.parse import parse_qsl
from uuid import UUID

import msgspec
from starlette.types import Receive, Scope

from ventanilla.actions.ports import Transaction
from ventanilla.core.credentials import Session
from ventanilla.core.people import NOBODY, Actor, ActorKind
from ventanilla.wirekit import bodies, forms, idempotency, languages, versions
from ventanilla.wirekit.answers import Answer
from ventanilla.wirekit.errors import BadRequest
from ventanilla.wirekit.limits import Limiter
from ventanilla.wirekit.services import Services

if TYPE_CHECKING:
    from ventanilla.wirekit.contract import Route

F = TypeVar("F", bound=msgspec.Struct)
P = ParamSpec("P")
T = TypeVar("T")

_REQUEST_ID = re.compile(rb"[A-Za-z0-9_-]{8,64}")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER_METHOD = "_OTHER"
_MOST_QUERY_FIELDS = 50
_DECIDING_HEADERS = (
    b"authorization",
    b"content-type",
    b"cookie",
    b"content-encoding",
    b"host",
    b"origin",
    b"sec-fetch-site",
    b"idempotency-key",
    b"if-match",
    b"x-access-key",
)
_LONGEST_ADDRESS = 64

answering: ContextVar["Request | None"] = ContextVar("answering", default=None)
"""The request that a route is answering, for those who log what happens meanwhile."""


class Request:
    """Who asks, what they sent, and the two ways into the desk: `read` and `write`.

    `target` is the staff account or key that the request turned out to be about, for the security log; `session` is the
    one by whose cookie the caller came.
    """

    def __init__(self, scope: Scope, receive: Receive, parameters: Mapping[str, str], services: Services) -> None:
        self.scope = scope
        self.receive = receive
        self.services = services
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self.actor = NOBODY
        self.fingerprint: str | None = None
        self.counted_by: tuple[Limiter, str] | None = None
        self.contract = ""
        self.route: Route | None = None
        self.is_own = False
        self.target: UUID | None = None
        self.parameters = parameters
        self.session: Session | None = None
        given = self.headers.get(b"x-request-id", b"")
        self.request_id = given.decode() if _REQUEST_ID.fullmatch(given) else os.urandom(12).hex()

    @property
    def address(self) -> str:
        client = self.scope.get("client")
        # A trusted proxy that hands on whatever its clients write must not fill the database with it.
        return client[0][:_LONGEST_ADDRESS] if client else ""

    @property
    def expected(self) -> versions.Expected:
        """The versions that the caller means to change, from If-Match. Raises IfMatchMissing and BadRequest."""
        return versions.expected(self.headers.get(b"if-match"))

    def holds(self, version: int) -> bool:
        """Tell whether the caller has this version already (If-None-Match), so that 304 is all they need."""
        return versions.is_held(self.headers.get(b"if-none-match"), version)

    def language(self, known: Sequence[str]) -> str:
        """Return which of the `known` languages the caller likes best (RFC 9110 §12.5.4), the first for none."""
        return languages.preferred(self.headers.get(b"accept-language", b"").decode("latin-1"), known)

    @property
    def is_for_a_picture(self) -> bool:
        """Tell whether a browser asks for what an `img` of a page is to show (Fetch Metadata)."""
        return self.headers.get(b"sec-fetch-dest") == b"image"

    @property
    def requester(self) -> Actor:
        """The caller as a requester: what their role gives them does not count."""
        return self.actor.as_requester()

    @property
    def visitor(self) -> Actor:
        """Anybody, known by the network address alone."""
        return Actor(kind=ActorKind.ANONYMOUS, address=self.address)

    def refuse_repeated_headers(self) -> None:
        """Raise BadRequest when a header that decides something stands twice: two readers may take different ones."""
        raw = self.scope["headers"]
        if len(raw) != len(self.headers):
            names = [name for name, _ in raw]
            if any(names.count(name) > 1 for name in _DECIDING_HEADERS):
                raise BadRequest

    def parameter(self, name: str) -> str:
        """Return the part of the path that the route calls `name`."""
        return self.parameters[name]

    @property
    def query_words(self) -> dict[str, str]:
        """The query; of a field that stands twice, the last. Raises BadRequest when it cannot be read."""
        raw: bytes = self.scope["query_string"]
        if not raw:
            return {}
        try:
            pairs = parse_qsl(
                raw.decode("ascii"),
                keep_blank_values=True,
                errors="surrogateescape",
                max_num_fields=_MOST_QUERY_FIELDS,
            )
            return {name: value.encode("utf-8", "surrogateescape").decode("utf-8") for name, value in pairs}
        except ValueError:
            raise BadRequest from None

    def query(self, form: type[F]) -> F:
        """Read the query into `form`. Raises InvalidInput."""
        return forms.read_query(form, self.query_words)

    async def body(self, form: type[F]) -> F:
        """Read the JSON body into `form`. Raises InvalidInput and what `wirekit.bodies` raises."""
        return forms.read(form, await self.json())

    async def json(self) -> bodies.Json:
        raw = await bodies.read_bytes(self.receive, self.headers)
        bodies.require_json(self.headers)
        found = bodies.parse_object(raw)
        if b"idempotency-key" in self.headers:
            told = idempotency.without_secrets(raw, found)
            self.fingerprint = idempotency.fingerprint_of(self.method, self.path, self.scope["query_string"], told)
        return found

    async def read(
        self, action: Callable[Concatenate[Transaction, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a reading action."""
        return await self.services.desk.read(action, *args, **kwargs)

    async def scan(
        self, action: Callable[Concatenate[Transaction, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a reading action that may take long."""
        return await self.services.desk.scan(action, *args, **kwargs)

    async def write(
        self,
        answer: Callable[[T], Answer],
        action: Callable[Concatenate[Transaction, P], Awaitable[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Answer:
        """Run a writing action and answer with its result; a repeated Idempotency-Key gets the first answer again."""
        return await self._write("", answer, answer, action, *args, **kwargs)

    async def write_secret(
        self,
        answer: Callable[[T], Answer],
        kept: Callable[[T], Answer],
        action: Callable[Concatenate[Transaction, P], Awaitable[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Answer:
        """As `write`, for an answer with a secret in it, which is shown once: repeated and stored is what is `kept`."""
        return await self._write("", answer, kept, action, *args, **kwargs)

    async def write_part(
        self,
        part: str,
        answer: Callable[[T], Answer],
        action: Callable[Concatenate[Transaction, P], Awaitable[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Answer:
        """As `write`, for one of several actions that a request asks for: each has its own answer under the one key."""
        return await self._write(part, answer, answer, action, *args, **kwargs)

    async def _write(
        self,
        part: str,
        answer: Callable[[T], Answer],
        kept: Callable[[T], Answer],
        action: Callable[Concatenate[Transaction, P], Awaitable[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Answer:
        key = idempotency.read_key(self.headers.get(b"idempotency-key")) if self.method == "POST" else None
        if key is None:
            return answer(await self.services.desk.write(action, *args, **kwargs))

        async def effect(tx: Transaction) -> T:
            return await action(tx, *args, **kwargs)

        return await self.services.desk.write(
            idempotency.once,
            idempotency.scope_of(self.actor, self.method, f"{self.path}#{part}" if part else self.path),
            key,
            self.fingerprint or idempotency.fingerprint_of(self.method, self.path, self.scope["query_string"], b""),
            effect,
            answer,
            kept,
        )


def told_method(method: str) -> str:
    """Return how logs, metrics and traces call a method: one that is not known may be any text of the caller's."""
    return method if method in METHODS else OTHER_METHOD
