"""Every kind of problem: the end of its `type`, and its title in each language."""

from collections.abc import Mapping
from typing import NamedTuple

from ventanilla.core import errors as core
from ventanilla.core.errors import DeskError
from ventanilla.wirekit import errors as kit


class Kind(NamedTuple):
    """A kind of problem. `titles` has one sentence for each of LANGUAGES."""

    word: str
    titles: Mapping[str, str]


LANGUAGES = ("en", "es")


def _kind(word: str, english: str, spanish: str) -> Kind:
    return Kind(word, dict(zip(LANGUAGES, (english, spanish), strict=True)))


_UNAVAILABLE = _kind("unavailable", "The desk cannot do this just now", "El servicio no está disponible")

KINDS: Mapping[type[DeskError], Kind] = {
    core.InvalidInput: _kind("invalid-input", "Some values are not valid", "Hay valores que no son válidos"),
    kit.BadRequest: _kind("invalid-input", "The request cannot be read", "La solicitud no se puede leer"),
    core.Unauthenticated: _kind("unauthenticated", "Say who you are", "Identifícate"),
    core.Forbidden: _kind("forbidden", "Not allowed", "No permitido"),
    core.NotFound: _kind("not-found", "There is no such thing", "No existe"),
    kit.WrongMethod: _kind("method-not-allowed", "Not with this method", "Método no permitido"),
    core.Conflict: _kind("conflict", "The state of things does not allow this", "El estado actual no lo permite"),
    core.TransitionRefused: _kind(
        "transition-refused", "The ticket does not take this step", "El ticket no admite este paso"
    ),
    core.Stale: _kind("stale", "Changed by somebody else meanwhile", "Otra persona lo cambió entretanto"),
    kit.IfMatchMissing: _kind("if-match-required", "Say which version you change", "Indica qué versión cambias"),
    kit.BodyTooLarge: _kind("too-large", "The body is too large", "El cuerpo es demasiado grande"),
    kit.WrongContentType: _kind("unsupported-media-type", "Another type is expected", "Se espera otro tipo"),
    core.RateLimited: _kind("rate-limited", "Too many requests", "Demasiadas solicitudes"),
    kit.KeyReused: _kind("key-reused", "The Idempotency-Key was used before", "La Idempotency-Key ya se usó"),
    core.StoreUnavailable: _UNAVAILABLE,
    DeskError: _kind("internal", "A fault of the desk", "Un fallo del servicio"),
}
