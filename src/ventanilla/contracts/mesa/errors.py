"""Contract 2's errors: `{"detail"}`, a Spanish sentence; for faults of the input `errors` stands beside it."""

from collections.abc import Mapping, Sequence

from msgspec import UNSET

from ventanilla.contracts.mesa import wire
from ventanilla.core import errors as core
from ventanilla.core.errors import DeskError, Fault, InvalidInput, Rule
from ventanilla.wirekit import errors as kit
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.request import Request
from ventanilla.wording import spanish

STATUS: Mapping[type[DeskError], int] = {**kit.USUAL_STATUS, core.ForeignArea: 403}


def answer_error(error: DeskError, request: Request) -> Answer:
    faults = _missing_first(error.faults) if isinstance(error, InvalidInput) else []
    if faults:
        told = [wire.FieldError(_field(fault), _fault_sentence(fault)) for fault in faults]
        status = 422 if faults[0].rule is Rule.MISSING else kit.by_kind(STATUS, error)
        return json_answer(status, wire.Error(told[0].mensaje, told))
    return json_answer(kit.by_kind(STATUS, error), wire.Error(_sentence(error), UNSET))


def _missing_first(faults: Sequence[Fault]) -> list[Fault]:
    """Put what is missing before what is wrong: it decides between 422 and 400, so it is what `detail` tells."""
    return sorted(faults, key=lambda fault: fault.rule is not Rule.MISSING)


def _fault_sentence(fault: Fault) -> str:
    return f"El campo {_field(fault)} {spanish.fault_sentence(fault)}"


def _field(fault: Fault) -> str:
    return "area" if fault.field == "areas" else fault.field


def _sentence(error: DeskError) -> str:
    if isinstance(error, core.ForeignArea):
        return "El ticket pertenece a otra área"
    return spanish.error_sentence(error)
