"""Contract 1's routes: parse, translate, act, answer."""

from typing import Any
from urllib.parse import urlencode

from ventanilla.actions import inbox, opening, reading
from ventanilla.actions.opening import Opened
from ventanilla.contracts.debuta import translate, wire
from ventanilla.core import access, ids
from ventanilla.core.access import Permission
from ventanilla.core.filters import Page, PageOf
from ventanilla.core.ticket import Ticket
from ventanilla.wirekit.answers import Answer, Headers, json_answer
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request

USER = "/api/soporte"
OWN = "/api/soporte/mis-tickets"
ADMIN = "/api/admin/soporte"
WHOLE_LIST = 500
"""Tickets of one person that are shown without being asked for in pages."""


def routes() -> tuple[Route, ...]:
    return (*_user_routes(), *_admin_routes())


async def create(request: Request) -> Answer:
    form = await request.body(wire.Create)
    draft = translate.draft(form)
    return await request.write(_created, opening.open_ticket, request.requester, draft)


async def list_own(request: Request) -> Answer:
    page = _page_of_own(request)
    found = await request.read(reading.whole_page, access.own(request.requester), page)
    rows = [translate.ticket_out(ticket) for ticket in found.rows]
    return json_answer(200, wire.OwnTickets(rows), _next_page(found))


async def list_all(request: Request) -> Answer:
    query = request.query(wire.AdminQuery)
    wanted = translate.narrowed(access.in_sight(request.actor), query.estado)
    found = await request.read(inbox.page, request.actor, wanted, translate.page(query))
    rows = [translate.admin_ticket_out(ticket) for ticket in found.page.rows]
    page = found.page
    return json_answer(200, wire.TicketPage(rows, page.total, found.unread, page.page.number, page.pages))


async def stats(request: Request) -> Answer:
    counts = await request.read(reading.queue_counts, request.actor)
    return json_answer(200, translate.stats(counts))


async def update(request: Request) -> Answer:
    form, ref = await request.body(wire.Change), ids.parse_object_id(request.parameter("id"))
    statuses = translate.STATUS_IN[form.estado] if form.estado else None
    return await request.write(_updated, inbox.handle, request.actor, ref, statuses, form.respuesta_admin)


def _page_of_own(request: Request) -> Page:
    """The list is whole up to 500 tickets; whoever names a page or a limit walks it in pages."""
    if not request.query_words.keys() & {"page", "limit"}:
        return Page(size=WHOLE_LIST)
    return translate.page(request.query(wire.Query))


def _next_page(found: PageOf[Ticket]) -> Headers:
    page = found.page
    if page.offset + len(found.rows) >= found.total:
        return ()
    # The whole list ends where page 6 of 100 begins.
    size, number = (100, WHOLE_LIST // 100 + 1) if page.size == WHOLE_LIST else (page.size, page.number + 1)
    return (("Link", f'<{OWN}?{urlencode({"page": number, "limit": size})}>; rel="next"'),)


def _created(opened: Opened) -> Answer:
    message = "Recibimos tu reporte. El equipo de soporte te responderá pronto."
    return json_answer(201, wire.Created(message, translate.created_out(opened.ticket)))


def _updated(ticket: Ticket) -> Answer:
    return json_answer(200, wire.Updated("Ticket actualizado", translate.admin_ticket_out(ticket)))


_EXAMPLE: dict[str, Any] = {
    "categoria": "problema_tecnico",
    "asunto": "La app se cierra",
    "descripcion": "Se cierra cuando abro el perfil.",
}


def _user_routes() -> tuple[Route, ...]:
    return (
        Route(
            method="POST",
            path=USER,
            handler=create,
            summary="Abrir un ticket",
            caller=Caller.PERSON,
            body=wire.Create,
            example=_EXAMPLE,
            answers={201: wire.Created},
            errors=(422,),
        ),
        Route(
            method="GET",
            path=OWN,
            handler=list_own,
            summary="Ver los tickets propios, los más nuevos primero",
            caller=Caller.PERSON,
            query=wire.Query,
            answers={200: wire.OwnTickets},
            answer_headers={"Link": "The next page, where there is one."},
        ),
    )


def _admin_routes() -> tuple[Route, ...]:
    admin = Permission.USE_ADMIN_API
    return (
        Route(
            method="GET",
            path=ADMIN,
            handler=list_all,
            summary="Ver todos los tickets, los más nuevos primero",
            caller=Caller.STAFF,
            permission=admin,
            query=wire.AdminQuery,
            answers={200: wire.TicketPage},
        ),
        Route(
            method="GET",
            path=ADMIN + "/stats",
            handler=stats,
            summary="Contar los tickets por estado",
            caller=Caller.STAFF,
            permission=admin,
            answers={200: wire.Stats},
        ),
        Route(
            method="PUT",
            path=ADMIN + "/{id}",
            handler=update,
            summary="Cambiar el estado, responder; marca el ticket como leído",
            caller=Caller.STAFF,
            permission=admin,
            body=wire.Change,
            example={"estado": "en_revision", "respuesta_admin": "Lo estamos revisando."},
            answers={200: wire.Updated},
            errors=(404, 409),
        ),
    )
