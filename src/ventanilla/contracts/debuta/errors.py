"""Contract 1's errors: `{"message": "<frase>"}`."""

from ventanilla.contracts.debuta import wire
from ventanilla.core.errors import DeskError, Fault, InvalidInput
from ventanilla.wirekit import errors as kit
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.request import Request
from ventanilla.wording import spanish

_FIELDS = {
    "categoria": "La categoría",
    "asunto": "El asunto",
    "descripcion": "La descripción",
    "estado": "El estado",
    "respuesta_admin": "La respuesta",
}
_FEMININE = {"obligatorio": "obligatoria", "vacío": "vacía", "uno de": "una de"}


def answer_error(error: DeskError, request: Request) -> Answer:
    return json_answer(kit.by_kind(kit.USUAL_STATUS, error), wire.Error(_sentence(error)))


def _sentence(error: DeskError) -> str:
    match error:
        case InvalidInput(faults=[fault, *_]):
            return _fault_sentence(fault)
        case _:
            return spanish.error_sentence(error)


def _fault_sentence(fault: Fault) -> str:
    name = _FIELDS.get(fault.field, fault.field)
    sentence = f"{name} {spanish.fault_sentence(fault)}"
    if name.startswith("La "):
        for masculine, feminine in _FEMININE.items():
            sentence = sentence.replace(masculine, feminine)
    return sentence
