"""The native API's routes, gathered: each subject has its own in a file of its own."""

from ventanilla.contracts.desk import macro_routes, tag_routes, ticket_routes, view_routes
from ventanilla.wirekit.contract import Route


def routes() -> tuple[Route, ...]:
    return (*ticket_routes.routes(), *view_routes.routes(), *macro_routes.routes(), *tag_routes.routes())
