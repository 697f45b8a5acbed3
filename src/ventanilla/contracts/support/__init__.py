"""Contract 3, support v1: in-app support with replies (shared/contracts/3-support.md)."""

from ventanilla.contracts.support import errors, routes, translate, wire
from ventanilla.wirekit import identifiers
from ventanilla.wirekit.contract import Contract

CONTRACT = Contract(
    name="support",
    title="Support v1",
    language="en",
    prefixes=("/v1/support", "/v1/admin/support"),
    routes=routes.routes(),
    answer_error=errors.answer_error,
    show=translate.staff_view,
    error_shape=wire.Error,
    parameters={"id": identifiers.Ulid},
    error_headers={
        429: {
            "X-RateLimit-Limit": "How many requests are let through in all.",
            "X-RateLimit-Remaining": "How many of them are left.",
            "X-RateLimit-Reset": "In how many seconds there are more.",
        }
    },
)
