"""The native API's route for the event feed: parse, translate, act, answer."""

from ventanilla.actions import feed
from ventanilla.contracts.desk import event_translate as translate
from ventanilla.contracts.desk import event_wire as wire
from ventanilla.contracts.desk.event_stream import Stream
from ventanilla.core.access import Permission
from ventanilla.core.filters import Place
from ventanilla.wirekit.answers import Answer, StreamAnswer, json_answer
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request

EVENT_STREAM = b"text/event-stream"
UNBUFFERED = ("X-Accel-Buffering", "no")
"""Has nginx hand on every event at once."""


async def read_events(request: Request) -> Answer:
    query = request.query(wire.EventQuery)
    if EVENT_STREAM in request.headers.get(b"accept", b""):
        return await _followed(request, query)
    after = await _place(request, query.after)
    return json_answer(200, translate.part_out(await request.scan(feed.read, request.actor, after, query.limit)))


async def _followed(request: Request, query: wire.EventQuery) -> Answer:
    """A stream that does not say where it was begins with what happens now."""
    seen = request.headers.get(b"last-event-id", b"").decode("latin-1")
    after = translate.place(seen, "Last-Event-ID") if seen else await _place(request, query.after or wire.LATEST)
    identity = request.actor.identity
    who = f"{identity.issuer}|{identity.subject}" if identity else ""
    with request.services.bell.following(who):
        pass  # refused now, while there is still a status to say so
    return StreamAnswer(200, headers=(UNBUFFERED,), chunks=Stream(request, after).frames(who))


async def _place(request: Request, after: str | None) -> Place:
    if after == wire.LATEST:
        return await request.read(feed.latest, request.actor)
    return translate.place(after, "after")


def routes() -> tuple[Route, ...]:
    return (
        Route(
            method="GET",
            path=wire.EVENTS,
            handler=read_events,
            summary="Read or follow what happens on the desk",
            description="With `Accept: text/event-stream` the same as server-sent events: `id` is a cursor to resume"
            " by, `event` the kind, `data` the event. Besides come `notification` with how many the caller has not"
            " read, `presence` with a ticket at which somebody came or went, and a comment every 15 seconds."
            " What the caller may not see is not in it.",
            caller=Caller.STAFF,
            permission=Permission.USE_STAFF_API,
            query=wire.EventQuery,
            headers=wire.EventHeaders,
            is_followed=True,
            answers={200: wire.Events},
            errors=(422,),
        ),
    )
