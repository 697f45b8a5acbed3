"""Contract 2, Mesa de Ayuda: a public help desk with SLA (shared/contracts/2-mesa.md)."""

from ventanilla.contracts.mesa import errors, routes, staff_translate, wire
from ventanilla.wirekit import identifiers
from ventanilla.wirekit.contract import Contract

CONTRACT = Contract(
    name="mesa",
    title="Mesa de Ayuda",
    language="es",
    prefixes=("/api/tickets", "/api/auth"),
    routes=routes.routes(),
    answer_error=errors.answer_error,
    show=staff_translate.staff_view,
    error_shape=wire.Error,
    parameters={"uuid": identifiers.Uuid, "id": identifiers.Uuid},
)
