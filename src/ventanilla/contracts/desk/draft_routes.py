"""The native API's routes for drafts and presence: parse, translate, act, answer."""

from functools import partial

from ventanilla.actions import drafts, presence
from ventanilla.actions.drafts import Begun
from ventanilla.contracts.desk import draft_translate as translate
from ventanilla.contracts.desk import draft_wire as wire
from ventanilla.contracts.desk.macro_translate import KIND_IN
from ventanilla.contracts.desk.ticket_routes import reference
from ventanilla.core.access import Permission
from ventanilla.wirekit.answers import Answer, json_answer, no_content
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request


async def show_draft(request: Request) -> Answer:
    return _shown(request, await request.read(drafts.get, request.actor, reference(request)))


async def keep_draft(request: Request) -> Answer:
    form, answer = await request.body(wire.NewDraft), partial(_shown, request)
    return await request.write(answer, drafts.put, request.actor, reference(request), form.body, KIND_IN[form.kind])


async def remove_draft(request: Request) -> Answer:
    return await request.write(lambda _: no_content(), drafts.remove, request.actor, reference(request))


async def show_presence(request: Request) -> Answer:
    found = await request.read(presence.others, request.actor, reference(request))
    return json_answer(200, translate.presence_out(found))


async def tell_presence(request: Request) -> Answer:
    state = translate.STATE_IN[(await request.body(wire.NewPresence)).state]
    if not await request.read(presence.is_news, request.actor, reference(request), state):
        return no_content()
    return await request.write(lambda _: no_content(), presence.be, request.actor, reference(request), state)


def _shown(request: Request, begun: Begun) -> Answer:
    return json_answer(200, translate.draft_out(begun, request.services.links.url))


def routes() -> tuple[Route, ...]:
    staff = Permission.USE_STAFF_API
    return (
        Route(
            method="GET",
            path=wire.DRAFT,
            handler=show_draft,
            summary="Show what the caller has begun to write",
            caller=Caller.STAFF,
            permission=staff,
            answers={200: wire.Draft},
        ),
        Route(
            method="PUT",
            path=wire.DRAFT,
            handler=keep_draft,
            summary="Keep what the caller has begun to write",
            description="For them alone, until it is sent: writing a message into the ticket throws it away. An empty"
            " body throws it away too. There is one writer, so no If-Match is asked for.",
            caller=Caller.STAFF,
            permission=staff,
            body=wire.NewDraft,
            example={"body": "Hello Ana, we found the", "kind": "answer"},
            answers={200: wire.Draft},
            errors=(422,),
        ),
        Route(
            method="DELETE",
            path=wire.DRAFT,
            handler=remove_draft,
            summary="Throw a draft away, if there is one",
            caller=Caller.STAFF,
            permission=staff,
            answers={204: None},
        ),
        Route(
            method="GET",
            path=wire.PRESENCE,
            handler=show_presence,
            summary="Show who else is at a ticket",
            caller=Caller.STAFF,
            permission=staff,
            answers={200: wire.PresenceList},
        ),
        Route(
            method="PUT",
            path=wire.PRESENCE,
            handler=tell_presence,
            summary="Tell the others that the caller is at a ticket, or no longer",
            description="Holds for 30 seconds; to be told again before that.",
            caller=Caller.STAFF,
            permission=staff,
            body=wire.NewPresence,
            example={"state": "viewing"},
            answers={204: None},
            errors=(422,),
        ),
    )
