"""The native API's routes for tickets: parse, translate, act, answer."""

from functools import partial

from ventanilla.actions import searching, taking_in, tickets, views
from ventanilla.actions.tickets import WholeTicket
from ventanilla.contracts.desk import change_translate, paging, row_translate
from ventanilla.contracts.desk import ticket_translate as translate
from ventanilla.contracts.desk import ticket_wire as wire
from ventanilla.core.access import Permission
from ventanilla.core.ids import TicketRef
from ventanilla.wirekit import versions
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request


async def list_tickets(request: Request) -> Answer:
    query = request.query(wire.QueueQuery)
    view = await request.read(views.get, request.actor, query.view) if query.view else None
    sort = translate.sort_of(query, view, seeks_words=searching.seeks_words(query.query or ""))
    asked = (view.query if view else "", query.query or "")
    found = await request.scan(searching.page, request.actor, asked, translate.part(query, sort))
    return paging.listed(request, row_translate.list_out(found, sort))


async def show_counts(request: Request) -> Answer:
    found = await request.scan(searching.counts, request.actor)
    return json_answer(200, wire.Counts({key: translate.total_out(count) for key, count in found.items()}))


async def show(request: Request) -> Answer:
    found = await request.read(tickets.show, request.actor, reference(request))
    version = found.ticket.version
    if request.holds(version):
        return versions.not_modified(version)
    return shown(request, found)


async def create(request: Request) -> Answer:
    calling = change_translate.calling(await request.body(wire.NewTicket))
    answer = partial(shown, request, status=201)
    return await request.write(answer, taking_in.take_in, request.actor, calling)


async def change(request: Request) -> Answer:
    expected = request.expected
    wanted = change_translate.patch(await request.body(wire.Patch))
    answer = partial(shown, request)
    return await request.write(answer, tickets.change, request.actor, reference(request), wanted, expected)


def shown(request: Request, found: WholeTicket, status: int = 200) -> Answer:
    """Answer with a ticket and its version; with 201 also with where it is."""
    body = translate.ticket_out(found, request.services.links.url)
    where = (("Location", translate.ticket_path(found.ticket.id)),) if status == 201 else ()
    return json_answer(status, body, (versions.etag(found.ticket.version), *where))


def reference(request: Request) -> TicketRef | None:
    """Return how the path names a ticket; None for what names none."""
    return translate.reference(request.parameter("ref"))


def routes() -> tuple[Route, ...]:
    return (
        Route(
            method="GET",
            path=wire.TICKETS,
            handler=list_tickets,
            summary="List tickets, those that changed last first unless `sort` says otherwise",
            caller=Caller.STAFF,
            permission=Permission.USE_STAFF_API,
            query=wire.QueueQuery,
            answers={200: wire.TicketList},
            answer_headers=paging.DECLARED,
            errors=(404, 422),
        ),
        Route(
            method="GET",
            path=wire.COUNTS,
            handler=show_counts,
            summary="Count the tickets of every view in the caller's sidebar",
            description="Each up to 5,000.",
            caller=Caller.STAFF,
            permission=Permission.USE_STAFF_API,
            answers={200: wire.Counts},
        ),
        Route(
            method="POST",
            path=wire.TICKETS,
            handler=create,
            summary="Open a ticket for somebody",
            description="It is theirs: they find it by the address. An area agent opens tickets in their own area.",
            caller=Caller.STAFF,
            permission=Permission.OPEN_FOR_OTHERS,
            body=wire.NewTicket,
            example={
                "requester": {"name": "Ana Pérez", "email": "ana@example.com"},
                "subject": "Charged twice",
                "body": "She called: her card shows two charges for March.",
                "priority": "high",
            },
            answers={201: wire.Ticket},
            answer_headers={**versions.DECLARED, "Location": "The path of the new ticket."},
            errors=(422,),
        ),
        Route(
            method="GET",
            path=wire.TICKET,
            handler=show,
            summary="Show a ticket",
            caller=Caller.STAFF,
            permission=Permission.USE_STAFF_API,
            headers=versions.IfNoneMatch,
            answers={200: wire.Ticket, 304: None},
            answer_headers=versions.DECLARED,
        ),
        Route(
            method="PATCH",
            path=wire.TICKET,
            handler=change,
            summary="Change a ticket, all that is asked for or nothing",
            description="A status is reached by the steps that lead there; where there are none, only an admin gets"
            " there. Which changes the caller may make stands in `permissions` of the ticket.",
            caller=Caller.STAFF,
            permission=Permission.USE_STAFF_API,
            headers=versions.IfMatch,
            body=wire.Patch,
            example={"status": "pending", "priority": "high", "reason": "Waiting for the bank."},
            answers={200: wire.Ticket},
            answer_headers=versions.DECLARED,
            errors=(409, 412, 422, 428),
        ),
    )
