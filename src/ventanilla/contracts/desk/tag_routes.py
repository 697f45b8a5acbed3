"""The native API's routes for tags: parse, translate, act, answer."""

from uuid import UUID

from ventanilla.actions import tags
from ventanilla.actions.tags import UsedTag
from ventanilla.contracts.desk import paging
from ventanilla.contracts.desk import tag_translate as translate
from ventanilla.contracts.desk import tag_wire as wire
from ventanilla.contracts.desk.wire import told
from ventanilla.core import ids
from ventanilla.core.access import Permission
from ventanilla.wirekit import versions
from ventanilla.wirekit.answers import Answer, json_answer, no_content
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request

EXAMPLE = {"name": "outage", "color": "red"}


async def list_tags(request: Request) -> Answer:
    query = request.query(wire.TagQuery)
    after = translate.place(query)
    page = await request.scan(tags.page, request.actor, query.prefix, after, query.limit, query.uses)
    return paging.listed(request, translate.tags_out(page))


async def show_tag(request: Request) -> Answer:
    # How often it is used is no part of its version, so whoever asks is always told anew.
    return _shown(await request.read(tags.get, request.actor, _uuid(request)))


async def add_tag(request: Request) -> Answer:
    form = await request.body(wire.NewTag)
    return await request.write(_made, tags.add, request.actor, form.name, translate.COLOR_IN[form.color])


async def change_tag(request: Request) -> Answer:
    uuid, expected = _uuid(request), request.expected
    form = await request.body(wire.TagChange)
    name, color = told(form.name), told(form.color)
    wanted = translate.COLOR_IN[color] if color else None
    return await request.write(_shown, tags.change, request.actor, uuid, expected, name, wanted)


async def remove_tag(request: Request) -> Answer:
    uuid, expected = _uuid(request), request.expected
    return await request.write(lambda _: no_content(), tags.remove, request.actor, uuid, expected)


def _uuid(request: Request) -> UUID | None:
    return ids.parse_uuid(request.parameter("id"))


def _shown(tag: UsedTag, status: int = 200) -> Answer:
    return json_answer(status, translate.tag_out(tag), (versions.etag(tag.tag.version),))


def _made(tag: UsedTag) -> Answer:
    return _shown(tag, 201)


def routes() -> tuple[Route, ...]:
    return (
        Route(
            method="GET",
            path=wire.TAGS,
            handler=list_tags,
            summary="List tags by name",
            caller=Caller.STAFF,
            permission=Permission.USE_STAFF_API,
            query=wire.TagQuery,
            answers={200: wire.TagList},
            answer_headers=paging.DECLARED,
            errors=(422,),
        ),
        Route(
            method="POST",
            path=wire.TAGS,
            handler=add_tag,
            summary="Make a tag",
            caller=Caller.STAFF,
            permission=Permission.TAG,
            body=wire.NewTag,
            example=EXAMPLE,
            answers={201: wire.Tag},
            answer_headers=versions.DECLARED,
            errors=(409, 422),
        ),
        Route(
            method="GET",
            path=wire.TAG,
            handler=show_tag,
            summary="Show a tag",
            caller=Caller.STAFF,
            permission=Permission.USE_STAFF_API,
            answers={200: wire.Tag},
            answer_headers=versions.DECLARED,
        ),
        Route(
            method="PATCH",
            path=wire.TAG,
            handler=change_tag,
            summary="Rename or colour a tag, wherever it is",
            caller=Caller.STAFF,
            permission=Permission.MANAGE_TAGS,
            headers=versions.IfMatch,
            body=wire.TagChange,
            example=EXAMPLE,
            answers={200: wire.Tag},
            answer_headers=versions.DECLARED,
            errors=(412, 422, 428),
        ),
        Route(
            method="DELETE",
            path=wire.TAG,
            handler=remove_tag,
            summary="Remove a tag, also from every ticket that has it",
            caller=Caller.STAFF,
            permission=Permission.MANAGE_TAGS,
            headers=versions.IfMatch,
            answers={204: None},
            errors=(412, 428),
        ),
    )
