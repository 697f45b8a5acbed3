"""The native API's routes for notifications: parse, translate, act, answer."""

from ventanilla.actions import notifications
from ventanilla.contracts.desk import notification_translate as translate
from ventanilla.contracts.desk import notification_wire as wire
from ventanilla.contracts.desk import paging
from ventanilla.core.access import Permission
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request

EXAMPLE = {"ids": ["0190a6d3-3c4e-7c55-9a51-6a7f0f6f1a11"]}


async def list_notifications(request: Request) -> Answer:
    query = request.query(wire.NotificationQuery)
    after, unread = translate.place(query), query.unread
    page = await request.read(notifications.page, request.actor, after, query.limit, unread=unread)
    return paging.listed(request, translate.notifications_out(page))


async def read_notifications(request: Request) -> Answer:
    uuids = translate.read_ones(await request.body(wire.MarkRead))
    return await request.write(_left, notifications.mark_read, request.actor, uuids)


def _left(unread: int) -> Answer:
    return json_answer(200, wire.Unread(unread))


def routes() -> tuple[Route, ...]:
    return (
        Route(
            method="GET",
            path=wire.NOTIFICATIONS,
            handler=list_notifications,
            summary="List what the caller was told, newest first",
            caller=Caller.STAFF,
            permission=Permission.USE_STAFF_API,
            query=wire.NotificationQuery,
            answers={200: wire.NotificationList},
            answer_headers=paging.DECLARED,
            errors=(422,),
        ),
        Route(
            method="POST",
            path=wire.READ,
            handler=read_notifications,
            summary="Note that the caller has read some or all of it",
            caller=Caller.STAFF,
            permission=Permission.USE_STAFF_API,
            body=wire.MarkRead,
            example=EXAMPLE,
            answers={200: wire.Unread},
            errors=(422,),
        ),
    )
