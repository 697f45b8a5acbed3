"""Contract 4's errors: `{"status", "error", "message", "path", "timestamp"}`, with `errors` by field beside them."""

from datetime import UTC, datetime
from http import HTTPStatus

from msgspec import UNSET

from ventanilla.contracts.kinconecta import wire
from ventanilla.core import errors as core
from ventanilla.core.errors import DeskError, Fault, InvalidInput, Rule
from ventanilla.wirekit import errors as kit
from ventanilla.wirekit import times
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.request import Request
from ventanilla.wording import english


def answer_error(error: DeskError, request: Request) -> Answer:
    status = kit.by_kind(kit.USUAL_STATUS, error)
    faults = error.faults if isinstance(error, InvalidInput) else ()
    body = wire.Error(
        status=status,
        error=HTTPStatus(status).phrase,
        message=_sentence(error),
        path=request.path,
        timestamp=times.seconds(datetime.now(UTC)),
        errors={fault.field: _fault_sentence(fault) for fault in faults} or UNSET,
    )
    return json_answer(status, body)


def _sentence(error: DeskError) -> str:
    match error:
        case InvalidInput(faults=[fault, *_]):
            return f"{fault.field} {_fault_sentence(fault)}"
        case core.FileLost():
            return "The file is not there any more"
        case core.NotFound():
            return "Support ticket not found"
        case core.Unauthenticated():
            return "A valid bearer token, access key or link is required"
        case kit.FileTooLarge():
            return f"A file is larger than {error.limit:,} bytes"
        case _:
            return english.error_sentence(error)


def _fault_sentence(fault: Fault) -> str:
    if fault.rule is Rule.NOT_SUPPORTED:
        return "takes no files here; send them as multipart/form-data"
    return english.fault_sentence(fault)
