"""Contract 3's routes: parse, translate, act, answer."""

from uuid import UUID

from msgspec import UNSET

from ventanilla.actions import opening, reading, threads, triage
from ventanilla.actions.opening import Opened
from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import Conversation
from ventanilla.actions.threads import Written
from ventanilla.contracts.support import translate, wire
from ventanilla.core import access, ids
from ventanilla.core.access import Permission
from ventanilla.core.errors import InvalidInput
from ventanilla.core.people import Actor
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request

USER = "/v1/support/tickets"
ADMIN = "/v1/admin/support/tickets"


def routes() -> tuple[Route, ...]:
    return (*_user_routes(), *_admin_routes())


async def create(request: Request) -> Answer:
    form = await request.body(wire.Create)
    draft = translate.draft(form)
    return await request.write(_created, opening.open_ticket, request.requester, draft)


async def list_own(request: Request) -> Answer:
    page = translate.page(request.query(wire.Paging))
    found = await request.read(reading.own_page, request.requester, page)
    rows = [translate.row_out(ticket) for ticket in found.rows]
    return json_answer(200, wire.TicketList(True, rows, translate.pagination(found)))


async def show_own(request: Request) -> Answer:
    found = await request.read(reading.conversation, request.requester, _id(request))
    return json_answer(200, translate.ticket_out(found.ticket, found.messages))


async def reply(request: Request) -> Answer:
    form = await request.body(wire.Reply)
    return await request.write(_written, threads.reply, request.requester, _id(request), form.body)


async def close(request: Request) -> Answer:
    return await request.write(_shown, _withdraw, request.requester, _id(request))


async def list_all(request: Request) -> Answer:
    query = request.query(wire.AdminQuery)
    wanted = translate.narrowed(access.in_sight(request.actor), query)
    found = await request.read(reading.page, wanted, translate.page(query))
    rows = [translate.admin_row_out(ticket) for ticket in found.rows]
    return json_answer(200, wire.TicketList(True, rows, translate.pagination(found)))


async def show(request: Request) -> Answer:
    found = await request.read(reading.conversation, request.actor, _id(request))
    return json_answer(200, translate.admin_ticket_out(found))


async def change(request: Request) -> Answer:
    form = await request.body(wire.Change)
    if form == wire.Change(UNSET, UNSET, UNSET):
        raise InvalidInput
    return await request.write(_admin_shown, _amend, request.actor, _id(request), translate.amendment(form))


async def answer(request: Request) -> Answer:
    form = await request.body(wire.Reply)
    return await request.write(_written, threads.answer, request.actor, _id(request), form.body)


async def _withdraw(tx: Transaction, actor: Actor, ref: UUID | None) -> Conversation:
    await triage.withdraw(tx, actor, ref)
    return await reading.conversation(tx, actor, ref)


async def _amend(tx: Transaction, actor: Actor, ref: UUID | None, wanted: triage.Amendment) -> Conversation:
    await triage.amend(tx, actor, ref, wanted)
    return await reading.conversation(tx, actor, ref)


def _id(request: Request) -> UUID | None:
    return ids.parse_ulid(request.parameter("id"))


def _created(opened: Opened) -> Answer:
    return json_answer(201, translate.ticket_out(opened.ticket, [opened.message]))


def _written(written: Written) -> Answer:
    return json_answer(201, translate.message_out(written.message))


def _shown(found: Conversation) -> Answer:
    return json_answer(200, translate.ticket_out(found.ticket, found.messages))


def _admin_shown(found: Conversation) -> Answer:
    return json_answer(200, translate.admin_ticket_out(found))


_REPLY_EXAMPLE = {"body": "Thank you for looking into this. The session was on March 14th at 2pm."}


def _user_routes() -> tuple[Route, ...]:
    return (
        Route(
            method="POST",
            path=USER,
            handler=create,
            summary="Open a ticket",
            caller=Caller.PERSON,
            body=wire.Create,
            example={
                "subject": "Payment not received",
                "body": "I completed a session yesterday but the payment has not appeared in my earnings.",
                "category": "billing",
                "priority": "high",
            },
            answers={201: wire.Ticket},
            errors=(409,),
        ),
        Route(
            method="GET",
            path=USER,
            handler=list_own,
            summary="List the caller's own tickets, newest first",
            caller=Caller.PERSON,
            query=wire.Paging,
            answers={200: wire.TicketList},
        ),
        Route(
            method="GET",
            path=USER + "/{id}",
            handler=show_own,
            summary="Show one of the caller's own tickets with its messages, oldest first",
            caller=Caller.PERSON,
            answers={200: wire.Ticket},
            errors=(404,),
        ),
        Route(
            method="POST",
            path=USER + "/{id}/messages",
            handler=reply,
            summary="Reply; a resolved ticket opens again",
            caller=Caller.PERSON,
            body=wire.Reply,
            example=_REPLY_EXAMPLE,
            answers={201: wire.Message},
            errors=(404, 409),
        ),
        Route(
            method="POST",
            path=USER + "/{id}/close",
            handler=close,
            summary="Close one's own ticket; closing a closed one changes nothing",
            caller=Caller.PERSON,
            answers={200: wire.Ticket},
            errors=(404, 409),
        ),
    )


def _admin_routes() -> tuple[Route, ...]:
    admin = Permission.USE_ADMIN_API
    return (
        Route(
            method="GET",
            path=ADMIN,
            handler=list_all,
            summary="List all tickets, newest first",
            caller=Caller.STAFF,
            permission=admin,
            query=wire.AdminQuery,
            answers={200: wire.TicketList},
        ),
        Route(
            method="GET",
            path=ADMIN + "/{id}",
            handler=show,
            summary="Show a ticket with its messages, oldest first",
            caller=Caller.STAFF,
            permission=admin,
            answers={200: wire.Ticket},
            errors=(404,),
        ),
        Route(
            method="PATCH",
            path=ADMIN + "/{id}",
            handler=change,
            summary="Change status, priority or assignment",
            caller=Caller.STAFF,
            permission=admin,
            body=wire.Change,
            example={"status": "in_progress", "priority": "urgent"},
            answers={200: wire.Ticket},
            errors=(404, 409),
        ),
        Route(
            method="POST",
            path=ADMIN + "/{id}/messages",
            handler=answer,
            summary="Answer as an admin; an open ticket is picked up by it",
            caller=Caller.STAFF,
            permission=admin,
            body=wire.Reply,
            example=_REPLY_EXAMPLE,
            answers={201: wire.Message},
            errors=(404, 409),
        ),
    )
