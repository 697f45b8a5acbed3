"""One route as an ASGI application: who calls, may they, how often; then the handler; then every error's answer."""

import logging
from collections.abc import Mapping
from time import perf_counter

from starlette.types import Receive, Scope, Send

from ventanilla.core import access
from ventanilla.core.errors import DeskError, RateLimited, StoreUnavailable, Unauthenticated
from ventanilla.core.people import Actor
from ventanilla.wirekit import callers, cookies
from ventanilla.wirekit.answers import HTTPS_ONLY, Answer, FileAnswer, StreamAnswer
from ventanilla.wirekit.bodies import ClientGone
from ventanilla.wirekit.contract import Contract, Route
from ventanilla.wirekit.errors import InternalError, WrongMethod
from ventanilla.wirekit.limits import Limiter, network_of
from ventanilla.wirekit.outages import OutageLog
from ventanilla.wirekit.request import Request, answering
from ventanilla.wirekit.services import Services

NO_ROUTE = "(none)"
"""Stands in lines and metrics for the route of what belongs to a contract and is no route of it."""

logger = logging.getLogger("ventanilla.requests")
outages = OutageLog()


class Endpoint:
    """Answers one route of one contract."""

    def __init__(self, contract: Contract, route: Route, services: Services) -> None:
        self.contract = contract
        self.route = route
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send, parameters: Mapping[str, str]) -> None:
        started = perf_counter()
        request = Request(scope, receive, parameters, self._services)
        request.contract, request.route, request.is_own = self.contract.name, self.route, self.contract.is_own
        answering.set(request)
        try:
            answer = await self._answer(request)
        except ClientGone:
            return
        if self.contract.tells_limits:
            tell_limits(request, answer)
        await send_answer(send, request, answer)
        for observe in self._services.observers:
            observe(request, self.contract.name, self.route.path, answer.status, started)

    async def _answer(self, request: Request) -> Answer:
        try:
            request.refuse_repeated_headers()
            await self._admit(request)
            answer = await self.route.handler(request)
            if self.route.act:
                self._services.bell.doubt()
            return answer
        except DeskError as error:
            if isinstance(error, StoreUnavailable):
                outages.note(error)
            return answer_error(self.contract, error, request)
        except ClientGone:
            raise
        except Exception:
            logger.exception("request %s failed", request.request_id)
            return answer_error(self.contract, InternalError(), request)

    async def _admit(self, request: Request) -> None:
        """Note who calls, before it is asked whether they may: the security log names who was refused."""
        limits = self._services.limits
        actor = request.actor = await self._known_caller(request)
        if actor.identity is None:
            self._count(request, limits.address, network_of(request.address))
        else:
            self._count(request, limits.person, f"{actor.identity.issuer}|{actor.identity.subject}")
        if request.method not in cookies.SAFE_METHODS:
            access.require_writing(actor)
        if self.route.permission:
            access.require_desk(actor, self.route.permission)
        if self.route.public_create and limits.public_create and not actor.is_staff:
            limits.public_create.take(network_of(request.address))

    async def _known_caller(self, request: Request) -> Actor:
        try:
            return await callers.identify(request)
        except Unauthenticated:
            self._count(request, self._services.limits.address, network_of(request.address))
            raise

    def _count(self, request: Request, limiter: Limiter | None, key: str) -> None:
        if limiter:
            request.counted_by = (limiter, key)
            limiter.take(key)


class Fallback:
    """Answers what no route of the contract does: 404 and 405 in its own words."""

    def __init__(self, contract: Contract, services: Services) -> None:
        self._contract = contract
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send, error: DeskError) -> None:
        started = perf_counter()
        request = Request(scope, receive, {}, self._services)
        request.contract = self._contract.name
        answer = answer_error(self._contract, error, request)
        if self._contract.tells_limits:
            tell_limits(request, answer)
        await send_answer(send, request, answer)
        for observe in self._services.observers:
            observe(request, self._contract.name, NO_ROUTE, answer.status, started)


def answer_error(contract: Contract, error: DeskError, request: Request) -> Answer:
    """Put an error into the contract's words, with the headers that its kind calls for."""
    answer = contract.answer_error(error, request)
    answer.headers = (*answer.headers, *_headers_of(error, answer.status))
    return answer


def tell_limits(request: Request, answer: Answer) -> None:
    """Add what the caller has left (draft-ietf-httpapi-ratelimit-headers-11); nothing where the limit is off."""
    address = request.services.limits.address
    counted = request.counted_by or ((address, network_of(request.address)) if address else None)
    if counted is None:
        return
    limiter, key = counted
    quota = limiter.quota(key)
    policy = ("RateLimit-Policy", f'"api";q={quota.limit.count};w={quota.limit.seconds:.0f}')
    answer.headers = (*answer.headers, policy, ("RateLimit", f'"api";r={quota.remaining};t={quota.reset}'))


def _headers_of(error: DeskError, status: int) -> tuple[tuple[str, str], ...]:
    match error:
        case RateLimited() | StoreUnavailable():
            return (("Retry-After", str(error.retry_after)),)
        case WrongMethod():
            return (("Allow", ", ".join(error.allowed)),)
        case _ if status == 401:
            return (("WWW-Authenticate", "Bearer"),)
        case _:
            return ()


async def send_answer(send: Send, request: Request, answer: Answer) -> None:
    """Send an answer with the headers that every answer carries."""
    length = answer.length if isinstance(answer, FileAnswer) else len(answer.body)
    headers = [
        (b"x-request-id", request.request_id.encode()),
        *answer.security,
        *[(name.lower().encode(), value.encode("latin-1")) for name, value in answer.headers],
    ]
    if request.services.is_https:
        headers.append(HTTPS_ONLY)
    if answer.media_type is not None:
        headers.append((b"content-type", answer.media_type.encode("latin-1")))
    if answer.media_type is not None and not isinstance(answer, StreamAnswer):
        headers.append((b"content-length", str(length).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if isinstance(answer, FileAnswer | StreamAnswer) and answer.chunks is not None:
        async for chunk in answer.chunks:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": answer.body})
