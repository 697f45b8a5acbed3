"""Contract 5, mobile support requests (shared/contracts/5-mobile.md)."""

from ventanilla.contracts.mobile import errors, routes, translate, wire
from ventanilla.wirekit import identifiers
from ventanilla.wirekit.contract import Contract

CONTRACT = Contract(
    name="mobile",
    title="Mobile support requests",
    language="en",
    prefixes=("/api/mobile/support-requests", "/api/admin/support-requests"),
    routes=routes.routes(),
    answer_error=errors.answer_error,
    show=translate.staff_view,
    error_shape=wire.Error,
    parameters={"id": identifiers.Integer},
)
