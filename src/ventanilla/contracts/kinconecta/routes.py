"""Contract 4's routes for tickets: parse, translate, act, answer."""

import secrets
from functools import partial
from typing import Any

from ventanilla.actions import opening, reading
from ventanilla.actions.opening import Opened, TicketDraft
from ventanilla.contracts.kinconecta import callers, translate, wire
from ventanilla.core import access
from ventanilla.core.access import Permission
from ventanilla.wirekit import forms, multipart, uploads
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request

FILE_FIELD = "attachments"
KEY_BYTES = 32


async def create(request: Request) -> Answer:
    if multipart.is_multipart(request.headers):
        return await _create_with_files(request)
    key = secrets.token_urlsafe(KEY_BYTES)
    draft = _draft(request, await request.body(wire.Create), key)
    return await request.write(partial(_created, request, key), opening.open_ticket, request.actor, draft)


async def list_tickets(request: Request) -> Answer:
    page = translate.page(request.query(wire.ListQuery))
    found = await request.scan(reading.page_with_files, callers.sight(request), page)
    rows = [translate.ticket_out(row, request.services.links.url) for row in found.rows]
    following = translate.next_page(page, found.total)
    if following is None:
        return json_answer(200, rows)
    where = request.services.links.absolute(f"{wire.TICKETS}?page={following.number}&size={following.size}")
    return json_answer(200, rows, (("Link", f'<{where}>; rel="next"'),))


async def show(request: Request) -> Answer:
    ref = callers.identifier(request, "id")
    found = await request.read(reading.with_files, callers.reader(request), ref)
    return json_answer(200, translate.ticket_out(found, request.services.links.url))


async def _create_with_files(request: Request) -> Answer:
    key = secrets.token_urlsafe(KEY_BYTES)
    async with uploads.received(request, FILE_FIELD) as form:
        draft = _draft(request, forms.read_query(wire.Create, form.fields), key)
        answer = partial(_created, request, key)
        return await form.write(answer, opening.open_ticket, request.actor, draft, tuple(form.attachments))


def _draft(request: Request, form: wire.Create, key: str) -> TicketDraft:
    return translate.draft(form, key, imported=access.may_on_desk(request.actor, Permission.IMPORT))


def _created(request: Request, key: str, opened: Opened) -> Answer:
    links = request.services.links
    location = ("Location", links.absolute(translate.ticket_path(opened.ticket.id)))
    return json_answer(201, translate.opened_out(opened, key, links.url), (location,))


_EXAMPLE: dict[str, Any] = {
    "roleContext": "tourist",
    "fullName": "Ana Martinez",
    "email": "ana.martinez@example.com",
    "subject": "Question about tour cancellation",
    "category": "General Inquiry",
    "message": "What is your cancellation policy for tours booked less than 24 hours in advance?",
    "status": "open",
    "createdAt": "2026-03-10T11:00:00Z",
    "updatedAt": "2026-03-10T11:00:00Z",
}


def routes() -> tuple[Route, ...]:
    return (
        Route(
            method="POST",
            path=wire.TICKETS,
            handler=create,
            summary="Open a ticket, with files if it comes as multipart/form-data",
            description="Anybody may; a token makes the ticket its bearer's own.",
            caller=Caller.MAYBE,
            public_create=True,
            body=wire.Create,
            files=FILE_FIELD,
            example=_EXAMPLE,
            answers={201: wire.OpenedTicket},
            answer_headers={"Location": "The address of the new ticket."},
            errors=(422,),
        ),
        Route(
            method="GET",
            path=wire.TICKETS,
            handler=list_tickets,
            summary="List tickets, newest first: staff see theirs, everybody else their own",
            description="Nobody in particular is refused, unless `kinconecta.public_read` shows everybody everything.",
            caller=Caller.MAYBE,
            query=wire.ListQuery,
            answers={200: list[wire.Ticket]},
            answer_headers={"Link": 'The next page, as `rel="next"`; absent on the last one.'},
        ),
        Route(
            method="GET",
            path=wire.TICKETS + "/{id}",
            handler=show,
            summary="Show a ticket to staff, its owner, or whoever holds its access key",
            caller=Caller.MAYBE,
            query=wire.KeyQuery,
            headers=wire.KeyHeader,
            answers={200: wire.Ticket},
        ),
    )
