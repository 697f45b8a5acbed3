"""The native API's routes for macros: parse, translate, act, answer."""

from uuid import UUID

from ventanilla.actions import macros
from ventanilla.contracts.desk import macro_translate as translate
from ventanilla.contracts.desk import macro_wire as wire
from ventanilla.contracts.desk import paging
from ventanilla.contracts.desk.ticket_translate import reference
from ventanilla.contracts.desk.wire import Order, Paging
from ventanilla.core import ids
from ventanilla.core.access import Permission
from ventanilla.core.macros import Macro
from ventanilla.wirekit import versions
from ventanilla.wirekit.answers import Answer, json_answer, no_content
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request

EXAMPLE = {
    "name": "Line is up again",
    "body": "Hello {{requester.first_name}},\n\nthe line is up again. We keep an eye on {{ticket.label}}.",
    "kind": "answer",
    "change": {"status": "resolved", "assignee_id": "me", "tags_add": ["outage"]},
    "position": 1,
    "is_shared": False,
}


async def list_macros(request: Request) -> Answer:
    wanted = request.query(Paging)
    page, following = paging.part_of(await request.read(macros.everything, request.actor), wanted, "macros")
    return paging.listed(request, translate.macros_out(page, following))


async def show_macro(request: Request) -> Answer:
    macro = await request.read(macros.get, request.actor, _uuid(request))
    return versions.not_modified(macro.version) if request.holds(macro.version) else _shown(macro)


async def add_macro(request: Request) -> Answer:
    draft = translate.draft(await request.body(wire.NewMacro))
    return await request.write(_made, macros.add, request.actor, draft)


async def edit_macro(request: Request) -> Answer:
    uuid, expected = _uuid(request), request.expected
    edit = translate.edit(await request.body(wire.MacroEdit))
    return await request.write(_shown, macros.edit, request.actor, uuid, expected, edit)


async def arrange_macros(request: Request) -> Answer:
    wanted = paging.order(await request.body(Order))
    return await request.write(lambda _: no_content(), macros.arrange, request.actor, wanted)


async def remove_macro(request: Request) -> Answer:
    uuid, expected = _uuid(request), request.expected
    return await request.write(lambda _: no_content(), macros.remove, request.actor, uuid, expected)


async def render_macro(request: Request) -> Answer:
    form = await request.body(wire.Render)
    uuid, ticket = _uuid(request), reference(str(form.ticket))
    return await request.write(_rendered, macros.render, request.actor, uuid, ticket)


def _uuid(request: Request) -> UUID | None:
    return ids.parse_uuid(request.parameter("id"))


def _shown(macro: Macro, status: int = 200) -> Answer:
    return json_answer(status, translate.macro_out(macro), (versions.etag(macro.version),))


def _made(macro: Macro) -> Answer:
    return _shown(macro, 201)


def _rendered(rendered: macros.Rendered) -> Answer:
    return json_answer(200, translate.rendered_out(rendered))


def routes() -> tuple[Route, ...]:
    staff = Permission.USE_STAFF_API
    return (
        Route(
            method="GET",
            path=wire.MACROS,
            handler=list_macros,
            summary="List the macros that the caller may use: shared, then own",
            caller=Caller.STAFF,
            permission=staff,
            query=Paging,
            answers={200: wire.MacroList},
            answer_headers=paging.DECLARED,
            errors=(422,),
        ),
        Route(
            method="POST",
            path=wire.MACROS,
            handler=add_macro,
            summary="Make a macro",
            caller=Caller.STAFF,
            permission=staff,
            body=wire.NewMacro,
            example=EXAMPLE,
            answers={201: wire.Macro},
            answer_headers=versions.DECLARED,
            errors=(409, 422),
        ),
        Route(
            method="PUT",
            path=wire.ORDER,
            handler=arrange_macros,
            summary="Put macros into another order",
            caller=Caller.STAFF,
            permission=staff,
            body=Order,
            example={"ids": ["01955c5b-8e40-7a00-8000-000000000001"]},
            answers={204: None},
            errors=(422,),
        ),
        Route(
            method="GET",
            path=wire.MACRO,
            handler=show_macro,
            summary="Show a macro",
            caller=Caller.STAFF,
            permission=staff,
            headers=versions.IfNoneMatch,
            answers={200: wire.Macro, 304: None},
            answer_headers=versions.DECLARED,
        ),
        Route(
            method="PATCH",
            path=wire.MACRO,
            handler=edit_macro,
            summary="Change a macro of one's own, or a shared one",
            caller=Caller.STAFF,
            permission=staff,
            headers=versions.IfMatch,
            body=wire.MacroEdit,
            example=EXAMPLE,
            answers={200: wire.Macro},
            answer_headers=versions.DECLARED,
            errors=(409, 412, 422, 428),
        ),
        Route(
            method="DELETE",
            path=wire.MACRO,
            handler=remove_macro,
            summary="Remove a macro of one's own, or a shared one",
            caller=Caller.STAFF,
            permission=staff,
            headers=versions.IfMatch,
            answers={204: None},
            errors=(412, 428),
        ),
        Route(
            method="POST",
            path=wire.RENDER,
            handler=render_macro,
            summary="Fill a macro in for a ticket",
            description="Nothing is changed: the text goes into the composer, and the change with the message.",
            caller=Caller.STAFF,
            permission=staff,
            body=wire.Render,
            example={"ticket": "TKT-2026-00142"},
            answers={200: wire.Rendered},
            errors=(422,),
        ),
    )
