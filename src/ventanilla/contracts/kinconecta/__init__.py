"""Contract 4, Kinconecta support tickets (shared/contracts/4-kinconecta.md)."""

from ventanilla.contracts.kinconecta import attachment_routes, errors, routes, translate, wire
from ventanilla.wirekit import identifiers
from ventanilla.wirekit.contract import Contract

CONTRACT = Contract(
    name="kinconecta",
    title="Kinconecta support tickets",
    language="en",
    prefixes=("/api/support-tickets",),
    routes=(*routes.routes(), *attachment_routes.routes()),
    answer_error=errors.answer_error,
    show=translate.staff_view,
    error_shape=wire.Error,
    parameters={"id": identifiers.Integer, "attachmentId": identifiers.Integer},
)
