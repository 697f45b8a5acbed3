"""The native API's routes for the files of a ticket: parse, translate, act, answer."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated

from msgspec import Meta

from ventanilla.actions import attachments, reading
from ventanilla.contracts.desk import ticket_translate as translate
from ventanilla.contracts.desk import ticket_wire as wire
from ventanilla.contracts.desk.ticket_routes import reference
from ventanilla.contracts.desk.wire import Form
from ventanilla.core import access, ids
from ventanilla.core.access import Permission
from ventanilla.core.errors import Fault, InvalidInput, Rule
from ventanilla.core.people import SYSTEM
from ventanilla.core.thread import Attachment
from ventanilla.core.ticket import Ticket
from ventanilla.wirekit import callers, files, uploads
from ventanilla.wirekit.answers import Answer, json_answer, no_content
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request

FILES = wire.TICKET + "/attachments"
FILE = FILES + "/{attachment_id}"
FILE_FIELD = "files"


class LinkQuery(Form, frozen=True, kw_only=True):
    """What `url` of an attachment carries."""

    expires: Annotated[str, Meta(max_length=12)] | None = None
    signature: Annotated[str, Meta(max_length=64)] | None = None


async def attach(request: Request) -> Answer:
    ref = reference(request)
    ticket = await request.read(reading.load, request.actor, ref, Permission.ATTACH)
    async with uploads.received(request, FILE_FIELD) as form:
        if not form.attachments:
            raise InvalidInput(Fault(FILE_FIELD, Rule.MISSING))
        answer = partial(_attached, request, ticket)
        return await form.write(answer, attachments.attach_draft, request.actor, ref, form.attachments)


async def download(request: Request) -> Answer:
    ref, attachment_id = reference(request), _attachment_id(request)
    if _is_signed(request):
        actor = SYSTEM
    else:
        actor = await callers.signed_in(request)
        access.require_desk(actor, Permission.USE_STAFF_API)
    found = await request.read(attachments.get, actor, ref, attachment_id)
    # The policy of the console's pages lets no picture come from another host (shared/security.md R8).
    sends_on = not request.is_for_a_picture
    return await files.download(found, request.services.blobs, request.method, sends_on=sends_on)


async def remove(request: Request) -> Answer:
    removed = await request.services.desk.write(
        attachments.remove, request.actor, reference(request), _attachment_id(request)
    )
    await uploads.forget(request, removed)
    return no_content()


def _attachment_id(request: Request) -> int | None:
    return ids.parse_integer(request.parameter("attachment_id"))


def _is_signed(request: Request) -> bool:
    query = request.query(LinkQuery)
    return request.services.links.is_good(request.path, query.expires or "", query.signature or "")


def _attached(request: Request, ticket: Ticket, stored: Sequence[Attachment]) -> Answer:
    return json_answer(201, [translate.attachment_out(ticket.id, file, request.services.links.url) for file in stored])


def routes() -> tuple[Route, ...]:
    return (
        Route(
            method="POST",
            path=FILES,
            handler=attach,
            summary="Upload files that will go with a message",
            description="Nobody else sees them until a message of the caller's names them in `attachment_ids`; what is"
            " not sent within a day is removed.",
            caller=Caller.STAFF,
            permission=Permission.USE_STAFF_API,
            files=FILE_FIELD,
            answers={201: list[wire.Attachment]},
            errors=(422,),
        ),
        Route(
            method="GET",
            path=FILE,
            handler=download,
            summary="Download a file",
            description="`url` of an attachment leads here and needs nothing else for 15 minutes. What a browser asks"
            " for to show it as a picture comes through the desk, also from a bucket.",
            caller=Caller.MAYBE,
            query=LinkQuery,
            answers={200: bytes, 302: None},
            answer_headers={
                "Content-Disposition": "With 200: `attachment`, with the name of the file (RFC 6266).",
                "Location": "With 302: where the file is kept, for a minute.",
            },
            errors=(403, 422),
        ),
        Route(
            method="DELETE",
            path=FILE,
            handler=remove,
            summary="Remove a file from a ticket",
            caller=Caller.STAFF,
            permission=Permission.DELETE_ATTACHMENT,
            answers={204: None},
        ),
    )
