"""The native API's routes, gathered: each subject has its own in a file of its own."""

from ventanilla.contracts.desk import (
    agent_routes,
    bulk_routes,
    draft_routes,
    event_routes,
    field_routes,
    file_routes,
    key_routes,
    link_routes,
    linking_routes,
    macro_routes,
    message_routes,
    notification_routes,
    requester_routes,
    session_routes,
    tag_routes,
    ticket_routes,
    view_routes,
    wire_routes,
)
from ventanilla.wirekit.contract import Route

_SUBJECTS = (
    session_routes,
    link_routes,
    agent_routes,
    key_routes,
    ticket_routes,
    bulk_routes,
    message_routes,
    file_routes,
    linking_routes,
    requester_routes,
    wire_routes,
    view_routes,
    macro_routes,
    tag_routes,
    notification_routes,
    draft_routes,
    field_routes,
    event_routes,
)


def routes() -> tuple[Route, ...]:
    return tuple(route for subject in _SUBJECTS for route in subject.routes())
