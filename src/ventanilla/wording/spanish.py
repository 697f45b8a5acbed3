"""Frases en español: Spanish sentences."""

from collections.abc import Callable, Mapping

from ventanilla.core import errors as core
from ventanilla.core.errors import DeskError, Fault, InvalidInput, Rule
from ventanilla.wirekit import errors as wire
from ventanilla.wirekit.errors import by_kind
from ventanilla.wording.conditions import custom_condition
from ventanilla.wording.sizes import size

_KINDS = {
    "string": "texto",
    "boolean": "true o false",
    "integer": "un número entero",
    "number": "un número",
    "array": "una lista",
    "object": "un objeto",
}

_FAULTS: Mapping[Rule, Callable[[Fault], str]] = {
    Rule.MISSING: lambda fault: "es obligatorio",
    Rule.EMPTY: lambda fault: "no puede estar vacío",
    Rule.WRONG_TYPE: lambda fault: f"debe ser {_KINDS.get(fault.expected or '', 'de otro tipo')}",
    Rule.TOO_SHORT: lambda fault: f"debe tener al menos {fault.limit} caracteres",
    Rule.TOO_LONG: lambda fault: f"debe tener como máximo {fault.limit} caracteres",
    Rule.TOO_SMALL: lambda fault: f"debe ser al menos {fault.limit}",
    Rule.TOO_LARGE: lambda fault: f"debe ser como máximo {fault.limit}",
    Rule.NOT_ALLOWED: lambda fault: f"debe ser uno de: {', '.join(fault.allowed)}",
    Rule.NOT_AN_EMAIL: lambda fault: "debe ser un correo electrónico válido",
    Rule.NOT_A_TIME: lambda fault: "debe ser una fecha ISO 8601",
    Rule.NOT_A_DATE: lambda fault: "debe ser un día, escrito 2026-03-15",
    Rule.NOT_A_LINK: lambda fault: "debe ser una dirección que empiece por https://",
    Rule.CONTROL_CHARACTER: lambda fault: "no puede contener caracteres de control",
    Rule.UNKNOWN_PERSON: lambda fault: "no corresponde a ningún agente activo",
    Rule.NOT_JOINED: lambda fault: "debe ser alguien que ya haya aceptado su invitación",
    Rule.ONLY_NOTES: lambda fault: (
        "debe ser alguien que atienda tickets; los agentes ligeros los leen y escriben notas"
    ),
    Rule.OTHER_AREAS: lambda fault: "debe ser alguien que vea los tickets de esta área",
    Rule.UNKNOWN_FILE: lambda fault: "no corresponde a ningún archivo tuyo pendiente de envío",
    Rule.UNKNOWN_MACRO: lambda fault: "no corresponde a ninguna macro",
    Rule.UNKNOWN_MESSAGE: lambda fault: "no corresponde a ningún mensaje de este ticket",
    Rule.ITSELF: lambda fault: "debe ser otro ticket",
    Rule.UNKNOWN_TICKET: lambda fault: "no corresponde a ningún ticket",
    Rule.TAKEN: lambda fault: "ya está en uso",
    Rule.IN_THE_PAST: lambda fault: "debe estar en el futuro",
    Rule.OUT_OF_TIME: lambda fault: "debe estar entre 1970 y ahora",
    Rule.TOO_MANY: lambda fault: f"puede tener como máximo {fault.limit} archivos",
    Rule.FILE_NAME: lambda fault: f"debe tener un nombre de 1 a {fault.limit} bytes",
    Rule.PROGRAM: lambda fault: "no puede ser un programa ni un script",
    Rule.NOT_SUPPORTED: lambda fault: "no se admite aquí",
    Rule.TOO_MANY_ITEMS: lambda fault: f"puede tener como máximo {fault.limit} elementos",
    Rule.UNKNOWN_CONDITION: lambda fault: (
        f"no es una condición conocida; existen {', '.join(fault.allowed)}; "
        f"un campo propio se escribe {custom_condition('campo', fault.part)}"
    ),
    Rule.NO_ORDER: lambda fault: "no admite comparaciones",
    Rule.NOT_A_MOMENT: lambda fault: "no es un momento; escribe 2026-10-31, 2h o 7d",
    Rule.TOO_MANY_TERMS: lambda fault: f"puede tener como máximo {fault.limit} términos",
    Rule.UNKNOWN_FIELD: lambda fault: f"no se conoce aquí{_known(fault)}",
    Rule.NOT_A_KEY: lambda fault: "debe tener minúsculas sin acentos, dígitos y guiones bajos, primero una letra",
    Rule.NOT_AN_ID: lambda fault: "no es un identificador",
    Rule.NOT_A_CURSOR: lambda fault: "no es un cursor de esta lista",
    Rule.COMMON_PASSWORD: lambda fault: "es demasiado común o fácil de adivinar; elige otra",
    Rule.WRONG_PASSWORD: lambda fault: "no es tu contraseña",
    Rule.FOREIGN_ACCOUNT: lambda fault: "se guarda donde esta persona inicia sesión, no aquí",
}

_ERRORS: Mapping[type[DeskError], Callable[[DeskError], str]] = {
    core.InvalidInput: lambda error: "Hay campos que no son válidos",
    core.Unauthenticated: lambda error: "Se requiere un token válido",
    core.WrongCredentials: lambda error: "El correo o la contraseña no son correctos",
    core.Forbidden: lambda error: "No tienes permiso para hacer esto",
    core.BeyondScope: lambda error: (
        f"Esta clave de API tiene el alcance `{getattr(error, 'scope', '')}`;"
        f" lo que pides necesita `{getattr(error, 'needed', '')}`"
    ),
    core.NotFound: lambda error: "Ticket no encontrado",
    core.AccountNotFound: lambda error: "Usuario no encontrado",
    core.TicketClosed: lambda error: "El ticket está cerrado",
    core.WrongAccountState: lambda error: (
        "El estado de la cuenta no lo permite: se invita a quien no tiene contraseña "
        "y se restablece la de quien la tiene"
    ),
    core.LastAdmin: lambda error: "Debe quedar al menos un administrador activo",
    core.FieldInUse: lambda error: "Hay tickets con valores en este campo; mejor desactívalo",
    core.LimitReached: lambda error: f"No puede haber más de {getattr(error, 'limit', 0)}",
    core.Stale: lambda error: "Alguien lo cambió después de que lo leyeras; vuelve a leerlo",
    core.Conflict: lambda error: "El estado del ticket no permite esta operación",
    core.RateLimited: lambda error: "Demasiadas solicitudes, inténtalo más tarde",
    core.StoreFull: lambda error: "El servidor no tiene espacio para guardar, inténtalo más tarde",
    core.StoreUnavailable: lambda error: "El servicio no está disponible en este momento, inténtalo en unos segundos",
    wire.BadRequest: lambda error: "La solicitud no se puede leer",
    wire.UnknownHost: lambda error: "Esta no es la dirección del servicio; abre la que indica base_url",
    wire.CrossSite: lambda error: "Esta solicitud no viene de la página del propio servicio",
    wire.PlainHttp: lambda error: (
        "Para iniciar sesión hace falta https, o http en esta misma máquina; detrás de un proxy, define base_url"
    ),
    wire.NotJson: lambda error: "El cuerpo no es JSON válido",
    wire.NotAnObject: lambda error: "El cuerpo debe ser un objeto JSON",
    wire.TooDeep: lambda error: "El cuerpo tiene demasiados niveles",
    wire.NotMultipart: lambda error: "El cuerpo no es multipart/form-data válido",
    wire.BadIdempotencyKey: lambda error: "Idempotency-Key debe tener de 1 a 255 caracteres ASCII imprimibles",
    wire.BadIdentifier: lambda error: "El id debe ser un número entero positivo",
    wire.FileTooLarge: lambda error: f"Un archivo puede tener como mucho {size(getattr(error, 'limit', 0), ',')}",
    wire.BodyTooLarge: lambda error: f"El cuerpo supera los {getattr(error, 'limit', 0)} bytes",
    wire.WrongContentType: lambda error: f"Envía el cuerpo como {getattr(error, 'expected', 'JSON')}",
    wire.WrongMethod: lambda error: "Este método no está permitido aquí",
    wire.IfMatchMissing: lambda error: "Indica en If-Match qué versión cambias",
    wire.KeyReused: lambda error: "Esta Idempotency-Key ya se usó para otra solicitud",
    DeskError: lambda error: "Error interno del servidor",
}


def _known(fault: Fault) -> str:
    return f"; existen {', '.join(fault.allowed)}" if fault.allowed else ""


def fault_sentence(fault: Fault) -> str:
    """`debe tener como máximo 200 caracteres`: what is wrong with one field, without its name."""
    told = _FAULTS[fault.rule](fault)
    return f"«{fault.part}» {told}" if fault.part else told


def error_sentence(error: DeskError) -> str:
    """The sentence for an error; of several faults in the input, the first."""
    if isinstance(error, InvalidInput) and error.faults:
        fault = error.faults[0]
        return f"{fault.field} {fault_sentence(fault)}"
    return by_kind(_ERRORS, error)(error)
