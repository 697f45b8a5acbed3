"""Contract 3's errors: `{"error": {"code", "message", "details"}}`."""

from collections.abc import Mapping

from ventanilla.contracts.support import wire
from ventanilla.core import errors as core
from ventanilla.core.errors import DeskError, InvalidInput, RateLimited
from ventanilla.wirekit import errors as kit
from ventanilla.wirekit.answers import Answer, Headers, json_answer
from ventanilla.wirekit.request import Request
from ventanilla.wording import english

STATUS: Mapping[type[DeskError], int] = {**kit.USUAL_STATUS, kit.KeyReused: 409}
CODES: Mapping[int, str] = {
    400: "validation_error",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "payload_too_large",
    415: "unsupported_media_type",
    429: "rate_limited",
    500: "internal_error",
    503: "service_unavailable",
    507: "service_unavailable",
}


def answer_error(error: DeskError, request: Request) -> Answer:
    status = kit.by_kind(STATUS, error)
    body = wire.Error(wire.Fault(CODES[status], _sentence(error), _details(error)))
    return json_answer(status, body, _limit_headers(error))


def _sentence(error: DeskError) -> str:
    match error:
        case core.NotFound():
            return "Ticket not found"
        case InvalidInput(faults=[]):
            return "Send at least one of: status, priority, assigned_to"
        case _:
            return english.error_sentence(error)


def _details(error: DeskError) -> dict[str, str] | None:
    if not isinstance(error, InvalidInput) or not error.faults:
        return None
    return {fault.field: english.fault_sentence(fault) for fault in error.faults}


def _limit_headers(error: DeskError) -> Headers:
    if not isinstance(error, RateLimited):
        return ()
    return (
        ("X-RateLimit-Limit", str(error.limit)),
        ("X-RateLimit-Remaining", str(error.remaining)),
        ("X-RateLimit-Reset", str(error.retry_after)),
    )
