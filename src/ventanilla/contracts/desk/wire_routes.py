"""The native API's route for the wire view: one ticket as every other contract shows it."""

from typing import Any

from ventanilla.actions import reading
from ventanilla.contracts.desk.ticket_routes import reference
from ventanilla.contracts.desk.ticket_wire import TICKET
from ventanilla.core.access import Permission
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request

WIRES = TICKET + "/wires"


async def show_wires(request: Request) -> Answer:
    services = request.services
    found = await request.read(reading.open_to_requester, request.actor, reference(request))
    return json_answer(200, {name: show(found, services.links.url) for name, show in services.wires.items()})


def routes() -> tuple[Route, ...]:
    return (
        Route(
            method="GET",
            path=WIRES,
            handler=show_wires,
            summary="Show a ticket as each of the other contracts shows it to staff",
            description="Of the contracts that are switched on, by name.",
            caller=Caller.STAFF,
            permission=Permission.USE_STAFF_API,
            answers={200: dict[str, dict[str, Any]]},
        ),
    )
