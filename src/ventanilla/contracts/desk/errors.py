"""The native API's errors: problem details (RFC 9457) in the caller's language."""

from collections.abc import Mapping
from types import ModuleType

import msgspec
from msgspec import UNSET

from ventanilla.contracts.desk import wire
from ventanilla.contracts.desk.field_names import with_subject
from ventanilla.contracts.desk.problems import KINDS, LANGUAGES
from ventanilla.core import errors as core
from ventanilla.core.errors import DeskError, Fault, InvalidInput
from ventanilla.wirekit import errors as kit
from ventanilla.wirekit.answers import Answer
from ventanilla.wirekit.request import Request
from ventanilla.wording import english, spanish

PROBLEM = "application/problem+json"
STATUS: Mapping[type[DeskError], int] = {
    **kit.USUAL_STATUS,
    core.InvalidInput: 422,
    core.Stale: 412,
    kit.IfMatchMissing: 428,
}
_WORDINGS: Mapping[str, ModuleType] = {"en": english, "es": spanish}


def answer_error(error: DeskError, request: Request) -> Answer:
    language = request.language(LANGUAGES)
    body = msgspec.json.encode(problem(error, language, request.request_id))
    return Answer(kit.by_kind(STATUS, error), body, (("Content-Language", language),), PROBLEM)


def problem(error: DeskError, language: str, instance: str) -> wire.Problem:
    """Put an error into words; `instance` is the id of the request that met it."""
    kind, wording = kit.by_kind(KINDS, error), _WORDINGS[language]
    faults = [
        wire.ProblemFault(f"/{fault.field}", fault.rule.value, _fault_sentence(fault, language), fault.part or UNSET)
        for fault in (error.faults if isinstance(error, InvalidInput) else ())
    ]
    return wire.Problem(
        type=f"/problems/{kind.word}",
        title=kind.titles[language],
        status=kit.by_kind(STATUS, error),
        detail=faults[0].detail if faults else _detail(error, kind.titles[language], wording),
        instance=instance,
        errors=faults or UNSET,
    )


def _fault_sentence(fault: Fault, language: str) -> str:
    return with_subject(fault, _WORDINGS[language].fault_sentence(fault), language)


def _detail(error: DeskError, title: str, wording: ModuleType) -> str:
    """Return the sentence of an error. Elsewhere what is not found is a ticket; here it may be anything."""
    sentence: str = wording.error_sentence(error)
    return title if sentence == wording.error_sentence(core.NotFound()) else sentence
