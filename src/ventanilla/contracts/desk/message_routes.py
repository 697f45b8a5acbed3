"""The native API's routes for what is said in a ticket: parse, translate, act, answer."""

from functools import partial

from ventanilla.actions import messages, tickets
from ventanilla.actions.messages import Said
from ventanilla.contracts.desk import message_translate as translate
from ventanilla.contracts.desk import message_wire as wire
from ventanilla.contracts.desk import paging
from ventanilla.contracts.desk.ticket_routes import reference
from ventanilla.core.access import Permission
from ventanilla.wirekit import versions
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request


async def show_timeline(request: Request) -> Answer:
    query = request.query(wire.TimelineQuery)
    found = await request.read(tickets.timeline, request.actor, reference(request), query.limit, translate.place(query))
    return paging.listed(request, translate.timeline_out(found, request.services.links.url))


async def add_message(request: Request) -> Answer:
    expected = request.expected if b"if-match" in request.headers else None
    saying = translate.saying(await request.body(wire.NewMessage))
    answer = partial(_written, request)
    return await request.write(answer, messages.say, request.actor, reference(request), saying, expected)


def _written(request: Request, said: Said) -> Answer:
    version = versions.etag(said.whole.ticket.version)
    return json_answer(201, translate.said_out(said, request.services.links.url), (version,))


def routes() -> tuple[Route, ...]:
    staff = Permission.USE_STAFF_API
    return (
        Route(
            method="GET",
            path=wire.TIMELINE,
            handler=show_timeline,
            summary="Show what was said and done in a ticket, oldest first",
            description="Also what was said in the tickets that were merged into it.",
            caller=Caller.STAFF,
            permission=staff,
            query=wire.TimelineQuery,
            answers={200: wire.Timeline},
            answer_headers=paging.DECLARED,
            errors=(422,),
        ),
        Route(
            method="POST",
            path=wire.MESSAGES,
            handler=add_message,
            summary="Answer the requester, or write an internal note",
            description="An answer picks up an open ticket. `status`, `assign_to_me` and `change` are done with it.",
            caller=Caller.STAFF,
            permission=staff,
            headers=versions.IfMatch,
            body=wire.NewMessage,
            example={
                "kind": "answer",
                "body": "We have refunded the second charge.",
                "status": "resolved",
                "change": {"tags_add": ["refund"]},
            },
            answers={201: wire.Written},
            answer_headers=versions.DECLARED,
            errors=(409, 412, 422),
        ),
    )
