"""The native API's routes for merging, splitting and linking tickets: parse, translate, act, answer."""

from functools import partial

from ventanilla.actions import linking, merging
from ventanilla.actions.expecting import Expected
from ventanilla.contracts.desk import linking_wire as wire
from ventanilla.contracts.desk import ticket_translate as translate
from ventanilla.contracts.desk import ticket_wire
from ventanilla.contracts.desk.ticket_routes import reference, shown
from ventanilla.core import ids
from ventanilla.core.access import Permission
from ventanilla.core.links import LinkKind
from ventanilla.wirekit import versions
from ventanilla.wirekit.answers import Answer
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request


async def merge(request: Request) -> Answer:
    form, expected = await request.body(wire.Merge), _wished(request)
    answer, into = partial(shown, request), translate.reference(form.into)
    reason = form.reason or None
    return await request.write(answer, merging.merge, request.actor, reference(request), into, reason, expected)


async def unmerge(request: Request) -> Answer:
    answer = partial(shown, request)
    return await request.write(answer, merging.unmerge, request.actor, reference(request), _wished(request))


async def split(request: Request) -> Answer:
    form, expected = await request.body(wire.Split), _wished(request)
    answer, message = partial(shown, request, status=201), ids.parse_uuid(form.message_id)
    actor, ref = request.actor, reference(request)
    return await request.write(answer, merging.split, actor, ref, message, form.subject, expected)


async def add_link(request: Request) -> Answer:
    form, expected = await request.body(wire.NewLink), _wished(request)
    answer, other, kind = partial(shown, request), translate.reference(form.other), translate.LINK_IN[form.kind]
    return await request.write(answer, linking.link, request.actor, reference(request), other, kind, expected)


async def remove_link(request: Request) -> Answer:
    expected = request.expected
    other, kind = translate.reference(request.parameter("other")), _kind(request.parameter("kind"))
    answer = partial(shown, request)
    return await request.write(answer, linking.unlink, request.actor, reference(request), other, kind, expected)


def _wished(request: Request) -> Expected:
    """Return the versions of If-Match, any where the caller does not say."""
    return request.expected if b"if-match" in request.headers else None


def _kind(word: str) -> LinkKind | None:
    return next((kind for kind, told in translate.LINK_OUT.items() if told == word), None)


def routes() -> tuple[Route, ...]:
    return (
        Route(
            method="POST",
            path=wire.MERGE,
            handler=merge,
            summary="Let a ticket end and go on as another one",
            description="It is closed; the timeline of the other one shows what was said in both. Requesters see their"
            " own messages alone.",
            caller=Caller.STAFF,
            permission=Permission.MERGE,
            headers=versions.IfMatch,
            body=wire.Merge,
            example={"into": "TKT-2026-00142", "reason": "The same outage."},
            answers={200: ticket_wire.Ticket},
            answer_headers=versions.DECLARED,
            errors=(409, 412, 422),
        ),
        Route(
            method="POST",
            path=wire.UNMERGE,
            handler=unmerge,
            summary="Part a ticket from the one it was merged into; it is what it was before",
            caller=Caller.STAFF,
            permission=Permission.MERGE,
            headers=versions.IfMatch,
            answers={200: ticket_wire.Ticket},
            answer_headers=versions.DECLARED,
            errors=(409, 412, 422),
        ),
        Route(
            method="POST",
            path=wire.SPLIT,
            handler=split,
            summary="Open a ticket of its own from a message",
            description="The message stays where it is; its files come along, and the two tickets are linked.",
            caller=Caller.STAFF,
            permission=Permission.SPLIT,
            headers=versions.IfMatch,
            body=wire.Split,
            example={"message_id": "01955c5b-8e40-7a00-8000-000000000001", "subject": "And the invoice is wrong"},
            answers={201: ticket_wire.Ticket},
            answer_headers={**versions.DECLARED, "Location": "The path of the new ticket."},
            errors=(412, 422),
        ),
        Route(
            method="POST",
            path=wire.LINKS,
            handler=add_link,
            summary="Link a ticket to another one",
            caller=Caller.STAFF,
            permission=Permission.LINK,
            headers=versions.IfMatch,
            body=wire.NewLink,
            example={"other": "TKT-2026-00142", "kind": "related"},
            answers={200: ticket_wire.Ticket},
            answer_headers=versions.DECLARED,
            errors=(412, 422),
        ),
        Route(
            method="DELETE",
            path=wire.LINK,
            handler=remove_link,
            summary="Take a link away",
            caller=Caller.STAFF,
            permission=Permission.LINK,
            headers=versions.IfMatch,
            answers={200: ticket_wire.Ticket},
            answer_headers=versions.DECLARED,
            errors=(412, 428),
        ),
    )
