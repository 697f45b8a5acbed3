"""The desk's own contract: the console speaks it, and so does whoever builds on the desk (docs/contracts/desk.md)."""

from ventanilla.contracts.desk import errors, linking_wire, routes, wire
from ventanilla.contracts.desk.samples import SAMPLES
from ventanilla.wirekit import identifiers
from ventanilla.wirekit.contract import Contract

CONTRACT = Contract(
    name="desk",
    title="The native API",
    language="en",
    prefixes=(wire.PREFIX,),
    routes=routes.routes(),
    answer_error=errors.answer_error,
    error_shape=wire.Problem,
    error_media_type=errors.PROBLEM,
    parameters={
        "ref": identifiers.Reference,
        "view": wire.ViewKey,
        "id": identifiers.Uuid,
        "attachment_id": identifiers.Integer,
        "requester_id": identifiers.Integer,
        "other": identifiers.Reference,
        "kind": linking_wire.Kind,
    },
    samples=SAMPLES,
    is_own=True,
    tells_limits=True,
    description="Everything that the desk knows, for its staff. Errors are problem details (RFC 9457), in English or"
    " Spanish by Accept-Language.",
)
