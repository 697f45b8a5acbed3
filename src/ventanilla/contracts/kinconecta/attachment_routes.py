"""Contract 4's routes for files: parse, translate, act, answer."""

from collections.abc import Sequence
from functools import partial

from ventanilla.actions import attachments, reading
from ventanilla.contracts.kinconecta import callers, translate, wire
from ventanilla.core.access import Permission
from ventanilla.core.errors import Fault, InvalidInput, Rule
from ventanilla.core.people import SYSTEM
from ventanilla.core.thread import Attachment
from ventanilla.wirekit import files, uploads
from ventanilla.wirekit.answers import Answer, json_answer, no_content
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request

FILES = wire.TICKETS + "/{id}/attachments"
FILE = FILES + "/{attachmentId}"
FILE_FIELD = "file"


async def attach(request: Request) -> Answer:
    ref, actor = callers.identifier(request, "id"), callers.holder(request)
    await request.read(attachments.may_attach, actor, ref)
    async with uploads.received(request, FILE_FIELD) as form:
        if not form.attachments:
            raise InvalidInput(Fault(FILE_FIELD, Rule.MISSING))
        return await form.write(partial(_attached, request, ref), attachments.attach, actor, ref, form.attachments)


async def list_files(request: Request) -> Answer:
    ref = callers.identifier(request, "id")
    found = await request.read(reading.with_files, callers.reader(request), ref)
    return json_answer(200, translate.attachments_out(ref, found.attachments, request.services.links.url))


async def download(request: Request) -> Answer:
    ref, attachment_id = callers.identifier(request, "id"), callers.identifier(request, "attachmentId")
    actor = SYSTEM if _is_signed(request, ref, attachment_id) else callers.reader(request)
    found = await request.read(attachments.get, actor, ref, attachment_id)
    return await files.download(found, request.services.blobs, request.method)


async def remove(request: Request) -> Answer:
    ref, attachment_id = callers.identifier(request, "id"), callers.identifier(request, "attachmentId")
    removed = await request.services.desk.write(attachments.remove, request.actor, ref, attachment_id)
    await uploads.forget(request, removed)
    return no_content()


def _is_signed(request: Request, ref: int, attachment_id: int) -> bool:
    query = request.query(wire.LinkQuery)
    path = translate.attachment_path(ref, attachment_id)
    return request.services.links.is_good(path, query.expires or "", query.signature or "")


def _attached(request: Request, ref: int, stored: Sequence[Attachment]) -> Answer:
    return json_answer(201, translate.attachments_out(ref, stored, request.services.links.url))


def routes() -> tuple[Route, ...]:
    return (
        Route(
            method="POST",
            path=FILES,
            handler=attach,
            summary="Add files to a ticket",
            caller=Caller.MAYBE,
            query=wire.KeyQuery,
            headers=wire.KeyHeader,
            files=FILE_FIELD,
            answers={201: list[wire.Attachment]},
            errors=(403, 422),
        ),
        Route(
            method="GET",
            path=FILES,
            handler=list_files,
            summary="List the files of a ticket",
            caller=Caller.MAYBE,
            query=wire.KeyQuery,
            headers=wire.KeyHeader,
            answers={200: list[wire.Attachment]},
        ),
        Route(
            method="GET",
            path=FILE,
            handler=download,
            summary="Download a file",
            description="`fileUrl` of an attachment leads here and needs nothing else for 15 minutes.",
            caller=Caller.MAYBE,
            query=wire.LinkQuery,
            headers=wire.KeyHeader,
            answers={200: bytes, 302: None},
            answer_headers={
                "Content-Disposition": "With 200: `attachment`, with the name of the file (RFC 6266).",
                "Location": "With 302: where the file is kept, for a minute.",
            },
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
