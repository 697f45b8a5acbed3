"""Contract 5's errors: `{"statusCode", "message", "error"}`, with `errors` beside them for 422."""

from collections.abc import Mapping
from http import HTTPStatus

from msgspec import UNSET

from ventanilla.contracts.mobile import wire
from ventanilla.core import errors as core
from ventanilla.core.errors import DeskError, InvalidInput
from ventanilla.wirekit import errors as kit
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.request import Request
from ventanilla.wording import english

STATUS: Mapping[type[DeskError], int] = {**kit.USUAL_STATUS, core.InvalidInput: 422, core.TicketClosed: 400}


def answer_error(error: DeskError, request: Request) -> Answer:
    status = kit.by_kind(STATUS, error)
    faults = [
        wire.FieldError(fault.field, f"{fault.field} {english.fault_sentence(fault)}")
        for fault in (error.faults if isinstance(error, InvalidInput) else ())
    ]
    body = wire.Error(status, _sentence(error), HTTPStatus(status).phrase, faults or UNSET)
    return json_answer(status, body)


def _sentence(error: DeskError) -> str:
    match error:
        case core.NotFound():
            return "Support request not found"
        case core.TicketClosed():
            return "This support request is closed and takes no more replies"
        case _:
            return english.error_sentence(error)
