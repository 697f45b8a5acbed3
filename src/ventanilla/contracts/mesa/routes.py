"""Contract 2's public routes: parse, translate, act, answer."""

from typing import Any

from ventanilla.actions import opening, reading
from ventanilla.actions.opening import Opened
from ventanilla.contracts.mesa import account_routes, staff_routes, translate, wire
from ventanilla.core import ids
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.guessing import guess, lookup_buckets
from ventanilla.wirekit.request import Request

TICKETS = "/api/tickets"


def routes() -> tuple[Route, ...]:
    return (*_public_routes(), *account_routes.routes(), *staff_routes.routes())


async def create(request: Request) -> Answer:
    form = await request.body(wire.Create)
    draft = translate.draft(form)
    return await request.write(_created, opening.open_ticket, request.visitor, draft)


async def look_up(request: Request) -> Answer:
    form = await request.body(wire.Lookup)
    label = ids.parse_label(form.label)
    buckets = lookup_buckets(request, str(label or form.label))
    found = await guess(request, buckets, lambda: request.read(reading.by_label_and_email, label, form.email))
    return json_answer(200, translate.found_out(found))


def _created(opened: Opened) -> Answer:
    return json_answer(200, translate.created_out(opened.ticket))


_EXAMPLE: dict[str, Any] = {
    "nombre": "Ana García",
    "email": "ana.garcia@example.com",
    "telefono": "+573001234567",
    "tieneWhatsapp": True,
    "documento": "12345678",
    "empresaDepartamento": "Recursos Humanos",
    "tipo": "INCIDENTE",
    "categoria": "Sistemas",
    "subcategoria": "Correo electrónico",
    "asunto": "No puedo acceder a mi correo corporativo",
    "descripcion": "Desde esta mañana no puedo iniciar sesión en Outlook. Aparece el error 403 Forbidden.",
    "prioridad": "ALTA",
    "areaAsignada": "MESA",
}


def _public_routes() -> tuple[Route, ...]:
    return (
        Route(
            method="POST",
            path=TICKETS + "/crear",
            handler=create,
            summary="Open a ticket; anybody may",
            caller=Caller.ANYONE,
            body=wire.Create,
            example=_EXAMPLE,
            answers={200: wire.TicketCreated},
            errors=(422,),
            public_create=True,
        ),
        Route(
            method="POST",
            path=TICKETS + "/consultar",
            handler=look_up,
            summary="Show a ticket to whoever knows its label and the address it was opened with",
            caller=Caller.ANYONE,
            body=wire.Lookup,
            example={"label": "TKT-2025-00142", "email": "ana.garcia@example.com"},
            answers={200: wire.TicketFound},
            errors=(404, 422),
        ),
    )
