"""Contract 5's routes: parse, translate, act, answer."""

from typing import Any

from ventanilla.actions import opening, reading, threads, triage
from ventanilla.actions.opening import Opened
from ventanilla.actions.reading import Conversation
from ventanilla.actions.threads import Written
from ventanilla.contracts.mobile import translate, wire
from ventanilla.core import access, ids
from ventanilla.core.access import Permission
from ventanilla.core.ticket import Ticket
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.errors import BadIdentifier
from ventanilla.wirekit.request import Request

USER = "/api/mobile/support-requests"
ADMIN = "/api/admin/support-requests"


def routes() -> tuple[Route, ...]:
    return (*_user_routes(), *_admin_routes())


async def create(request: Request) -> Answer:
    form = await request.body(wire.Create)
    draft = translate.draft(form)
    return await request.write(_created, opening.open_ticket, request.requester, draft)


async def list_own(request: Request) -> Answer:
    page = translate.page(request.query(wire.Paging))
    found = await request.read(reading.own_page, request.requester, page)
    rows = [translate.request_out(ticket) for ticket in found.rows]
    return json_answer(200, wire.RequestList("Support requests fetched successfully", rows, translate.meta(found)))


async def show_own(request: Request) -> Answer:
    found = await request.read(reading.conversation, request.requester, _id(request))
    return _shown(translate.conversation_out(found))


async def reply(request: Request) -> Answer:
    ref, form = _id(request), await request.body(wire.Reply)
    return await request.write(_replied, threads.reply, request.requester, ref, form.body)


async def list_all(request: Request) -> Answer:
    query = request.query(wire.AdminQuery)
    wanted = translate.narrowed(access.in_sight(request.actor), query)
    found = await request.scan(reading.page, wanted, translate.page(query))
    rows = [translate.admin_request_out(ticket) for ticket in found.rows]
    return json_answer(200, wire.RequestList("Support requests fetched successfully", rows, translate.meta(found)))


async def show(request: Request) -> Answer:
    found = await request.read(reading.conversation, request.actor, _id(request))
    return _shown(translate.admin_request_out(found.ticket, found.messages))


async def assign(request: Request) -> Answer:
    ref, form = _id(request), await request.body(wire.Assign)
    return await request.write(_updated, triage.amend, request.actor, ref, translate.assignment(form))


async def change_status(request: Request) -> Answer:
    ref, form = _id(request), await request.body(wire.ChangeStatus)
    return await request.write(_updated, triage.amend, request.actor, ref, translate.status_change(form))


async def answer(request: Request) -> Answer:
    ref, form = _id(request), await request.body(wire.Reply)
    return await request.write(_answered, threads.answer, request.actor, ref, form.body, take_if_unassigned=True)


def _id(request: Request) -> int:
    found = ids.parse_integer(request.parameter("id"))
    if found is None:
        raise BadIdentifier
    return found


def _created(opened: Opened) -> Answer:
    data = translate.conversation_out(Conversation(opened.ticket, [opened.message]))
    return json_answer(201, wire.RequestAnswer("Support request created successfully", data))


def _shown(data: wire.SupportRequest) -> Answer:
    return json_answer(200, wire.RequestAnswer("Support request fetched successfully", data))


def _updated(ticket: Ticket) -> Answer:
    data = translate.admin_request_out(ticket)
    return json_answer(200, wire.RequestAnswer("Support request updated successfully", data))


def _replied(written: Written) -> Answer:
    return json_answer(201, wire.MessageAnswer("Message added successfully", translate.message_out(written.message)))


def _answered(written: Written) -> Answer:
    data = translate.admin_message_out(written.ticket, written.message)
    return json_answer(201, wire.MessageAnswer("Message added successfully", data))


_EXAMPLE: dict[str, Any] = {
    "category": "account",
    "subject": "Unable to log in",
    "message": "I cannot log in on Android.",
}


def _user_routes() -> tuple[Route, ...]:
    return (
        Route(
            method="POST",
            path=USER,
            handler=create,
            summary="Open a support request",
            caller=Caller.PERSON,
            body=wire.Create,
            example=_EXAMPLE,
            answers={201: wire.RequestAnswer},
            errors=(422,),
        ),
        Route(
            method="GET",
            path=USER,
            handler=list_own,
            summary="List the caller's own support requests, newest first",
            caller=Caller.PERSON,
            query=wire.Paging,
            answers={200: wire.RequestList},
            errors=(422,),
        ),
        Route(
            method="GET",
            path=USER + "/{id}",
            handler=show_own,
            summary="Show one of the caller's own support requests with its messages",
            caller=Caller.PERSON,
            answers={200: wire.RequestAnswer},
            errors=(404,),
        ),
        Route(
            method="POST",
            path=USER + "/{id}/messages",
            handler=reply,
            summary="Reply; a resolved request opens again",
            caller=Caller.PERSON,
            body=wire.Reply,
            example={"body": "Here is more detail about the issue."},
            answers={201: wire.MessageAnswer},
            errors=(404, 422),
        ),
    )


def _admin_routes() -> tuple[Route, ...]:
    staff = Permission.USE_STAFF_API
    return (
        Route(
            method="GET",
            path=ADMIN,
            handler=list_all,
            summary="List the support requests that the caller may see",
            caller=Caller.STAFF,
            permission=staff,
            query=wire.AdminQuery,
            answers={200: wire.RequestList},
            errors=(422,),
        ),
        Route(
            method="GET",
            path=ADMIN + "/{id}",
            handler=show,
            summary="Show a support request with its messages",
            caller=Caller.STAFF,
            permission=staff,
            answers={200: wire.RequestAnswer},
            errors=(404,),
        ),
        Route(
            method="PATCH",
            path=ADMIN + "/{id}/assign",
            handler=assign,
            summary="Give a support request to a member of staff, or to nobody",
            caller=Caller.STAFF,
            permission=staff,
            body=wire.Assign,
            example={"adminId": None},
            answers={200: wire.RequestAnswer},
            errors=(404, 409, 422),
        ),
        Route(
            method="PATCH",
            path=ADMIN + "/{id}/status",
            handler=change_status,
            summary="Change the status; the note is shown to the customer",
            caller=Caller.STAFF,
            permission=staff,
            body=wire.ChangeStatus,
            example={"status": "resolved", "resolutionNote": "The password was reset."},
            answers={200: wire.RequestAnswer},
            errors=(404, 409, 422),
        ),
        Route(
            method="POST",
            path=ADMIN + "/{id}/messages",
            handler=answer,
            summary="Answer the customer",
            caller=Caller.STAFF,
            permission=staff,
            body=wire.Reply,
            example={"body": "Thanks, we are looking into it."},
            answers={201: wire.MessageAnswer},
            errors=(404, 422),
        ),
    )
