"""The native API's routes for saved views: parse, translate, act, answer."""

from collections.abc import Callable

from ventanilla.actions import views
from ventanilla.contracts.desk import paging
from ventanilla.contracts.desk import view_translate as translate
from ventanilla.contracts.desk import view_wire as wire
from ventanilla.contracts.desk.problems import LANGUAGES
from ventanilla.contracts.desk.wire import Order, Paging
from ventanilla.core.access import Permission
from ventanilla.core.views import View
from ventanilla.wirekit import versions
from ventanilla.wirekit.answers import Answer, json_answer, no_content
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request

EXAMPLE = {
    "name": "Urgent in networks",
    "query": "area:redes priority:urgent is:open",
    "sort": "due",
    "columns": ["number", "subject", "assignee", "sla"],
    "icon": "bolt",
    "position": 1,
    "is_shared": False,
}


async def list_views(request: Request) -> Answer:
    wanted = request.query(Paging)
    page, following = paging.part_of(await request.read(views.everything, request.actor), wanted, "views")
    return paging.listed(request, translate.views_out(page, following, request.language(LANGUAGES)))


async def show_view(request: Request) -> Answer:
    view = await request.read(views.get, request.actor, _key(request))
    return versions.not_modified(view.version) if request.holds(view.version) else _shown(request)(view)


async def add_view(request: Request) -> Answer:
    draft = translate.draft(await request.body(wire.NewView))
    return await request.write(_shown(request, 201), views.add, request.actor, draft)


async def change_view(request: Request) -> Answer:
    key, expected = _key(request), request.expected
    change = translate.change(await request.body(wire.ViewChange))
    return await request.write(_shown(request), views.change, request.actor, key, expected, change)


async def arrange_views(request: Request) -> Answer:
    wanted = paging.order(await request.body(Order))
    return await request.write(lambda _: no_content(), views.arrange, request.actor, wanted)


async def remove_view(request: Request) -> Answer:
    key, expected = _key(request), request.expected
    return await request.write(lambda _: no_content(), views.remove, request.actor, key, expected)


def _key(request: Request) -> str:
    return request.parameter("view").lower()


def _shown(request: Request, status: int = 200) -> Callable[[View], Answer]:
    language = request.language(LANGUAGES)
    return lambda view: json_answer(status, translate.view_out(view, language), (versions.etag(view.version),))


def routes() -> tuple[Route, ...]:
    staff = Permission.USE_STAFF_API
    return (
        Route(
            method="GET",
            path=wire.VIEWS,
            handler=list_views,
            summary="List the views in the caller's sidebar: built-in, shared, own",
            caller=Caller.STAFF,
            permission=staff,
            query=Paging,
            answers={200: wire.ViewList},
            answer_headers=paging.DECLARED,
            errors=(422,),
        ),
        Route(
            method="POST",
            path=wire.VIEWS,
            handler=add_view,
            summary="Save a view",
            caller=Caller.STAFF,
            permission=staff,
            body=wire.NewView,
            example=EXAMPLE,
            answers={201: wire.View},
            answer_headers=versions.DECLARED,
            errors=(409, 422),
        ),
        Route(
            method="PUT",
            path=wire.ORDER,
            handler=arrange_views,
            summary="Put views into another order",
            caller=Caller.STAFF,
            permission=staff,
            body=Order,
            example={"ids": ["01955c5b-8e40-7a00-8000-000000000001"]},
            answers={204: None},
            errors=(422,),
        ),
        Route(
            method="GET",
            path=wire.VIEW,
            handler=show_view,
            summary="Show a view",
            caller=Caller.STAFF,
            permission=staff,
            headers=versions.IfNoneMatch,
            answers={200: wire.View, 304: None},
            answer_headers=versions.DECLARED,
        ),
        Route(
            method="PATCH",
            path=wire.VIEW,
            handler=change_view,
            summary="Change a view of one's own, or a shared one",
            caller=Caller.STAFF,
            permission=staff,
            headers=versions.IfMatch,
            body=wire.ViewChange,
            example=EXAMPLE,
            answers={200: wire.View},
            answer_headers=versions.DECLARED,
            errors=(409, 412, 422, 428),
        ),
        Route(
            method="DELETE",
            path=wire.VIEW,
            handler=remove_view,
            summary="Remove a view of one's own, or a shared one",
            caller=Caller.STAFF,
            permission=staff,
            headers=versions.IfMatch,
            answers={204: None},
            errors=(412, 428),
        ),
    )
