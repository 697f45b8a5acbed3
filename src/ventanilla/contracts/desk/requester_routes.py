"""The native API's routes for requesters: parse, translate, act, answer."""

from ventanilla.actions import requesters
from ventanilla.actions.requesters import KnownRequester, RequesterChange
from ventanilla.contracts.desk import paging, row_translate, ticket_wire
from ventanilla.contracts.desk import requester_wire as wire
from ventanilla.contracts.desk import ticket_translate as translate
from ventanilla.contracts.desk.wire import told
from ventanilla.core import ids
from ventanilla.core.access import Permission
from ventanilla.wirekit import versions
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request
from ventanilla.wirekit.times import milliseconds


async def show_requester(request: Request) -> Answer:
    found = await request.read(requesters.show, request.actor, _requester_id(request))
    version = found.file.version
    return versions.not_modified(version) if request.holds(version) else _shown(found)


async def change_requester(request: Request) -> Answer:
    expected, form = request.expected, await request.body(wire.RequesterPatch)
    wanted = RequesterChange(name=told(form.name), email=told(form.email), notes=told(form.notes))
    return await request.write(_shown, requesters.change, request.actor, _requester_id(request), wanted, expected)


async def list_tickets_of_requester(request: Request) -> Answer:
    query = request.query(ticket_wire.ListQuery)
    sort = translate.sort_of(query)
    part = translate.part(query, sort)
    found = await request.scan(requesters.tickets, request.actor, _requester_id(request), part)
    return paging.listed(request, row_translate.list_out(found, sort))


def _requester_id(request: Request) -> int | None:
    return ids.parse_integer(request.parameter("requester_id"))


def _shown(found: KnownRequester) -> Answer:
    file = found.file
    body = wire.Requester(
        id=file.id,
        name=file.profile.name,
        email=file.profile.email,
        picture=file.profile.picture or None,
        issuer=file.identity.issuer,
        notes=file.notes,
        created_at=milliseconds(file.created_at),
        tickets_total=found.tickets.count,
        version=file.version,
    )
    return json_answer(200, body, (versions.etag(file.version),))


def routes() -> tuple[Route, ...]:
    staff = Permission.USE_STAFF_API
    return (
        Route(
            method="GET",
            path=wire.REQUESTER,
            handler=show_requester,
            summary="Show somebody who asks for help",
            caller=Caller.STAFF,
            permission=staff,
            headers=versions.IfNoneMatch,
            answers={200: wire.Requester, 304: None},
            answer_headers=versions.DECLARED,
        ),
        Route(
            method="PATCH",
            path=wire.REQUESTER,
            handler=change_requester,
            summary="Change what is known about a requester",
            caller=Caller.STAFF,
            permission=Permission.EDIT_REQUESTER,
            headers=versions.IfMatch,
            body=wire.RequesterPatch,
            example={"notes": "Prefers to be called in the morning."},
            answers={200: wire.Requester},
            answer_headers=versions.DECLARED,
            errors=(412, 422, 428),
        ),
        Route(
            method="GET",
            path=wire.TICKETS,
            handler=list_tickets_of_requester,
            summary="List the tickets of a requester",
            caller=Caller.STAFF,
            permission=staff,
            query=ticket_wire.ListQuery,
            answers={200: ticket_wire.TicketList},
            answer_headers=paging.DECLARED,
            errors=(422,),
        ),
    )
