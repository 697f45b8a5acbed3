"""Contract 1, Debuta: in-app soporte (shared/contracts/1-debuta.md)."""

from ventanilla.contracts.debuta import errors, routes, translate, wire
from ventanilla.wirekit import identifiers
from ventanilla.wirekit.contract import Contract

CONTRACT = Contract(
    name="debuta",
    title="Debuta: soporte en la app",
    language="es",
    prefixes=("/api/soporte", "/api/admin/soporte"),
    routes=routes.routes(),
    answer_error=errors.answer_error,
    show=translate.staff_view,
    error_shape=wire.Error,
    parameters={"id": identifiers.ObjectId},
)
