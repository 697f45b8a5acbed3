"""The native API's routes for custom fields: parse, translate, act, answer."""

from uuid import UUID

from ventanilla.actions import custom_fields
from ventanilla.contracts.desk import field_translate as translate
from ventanilla.contracts.desk import field_wire as wire
from ventanilla.contracts.desk import paging
from ventanilla.contracts.desk.wire import Order, Paging
from ventanilla.core import ids
from ventanilla.core.access import Permission
from ventanilla.core.custom_fields import CustomField
from ventanilla.wirekit import versions
from ventanilla.wirekit.answers import Answer, json_answer, no_content
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request

EXAMPLE = {
    "key": "contract_type",
    "name": "Type of contract",
    "kind": "choice",
    "choices": ["Private", "Company"],
    "is_required": False,
    "is_active": True,
    "position": 1,
}
CHANGE_EXAMPLE = {"name": "Type of contract", "is_required": False, "is_active": True, "position": 2}


async def list_fields(request: Request) -> Answer:
    wanted = request.query(Paging)
    page, following = paging.part_of(await request.read(custom_fields.everything, request.actor), wanted, "fields")
    return paging.listed(request, translate.fields_out(page, following))


async def show_field(request: Request) -> Answer:
    field = await request.read(custom_fields.get, request.actor, _uuid(request))
    return versions.not_modified(field.version) if request.holds(field.version) else _shown(field)


async def add_field(request: Request) -> Answer:
    draft = translate.draft(await request.body(wire.NewField))
    return await request.write(_made, custom_fields.add, request.actor, draft)


async def change_field(request: Request) -> Answer:
    uuid, expected = _uuid(request), request.expected
    change = translate.change(await request.body(wire.FieldChange))
    return await request.write(_shown, custom_fields.change, request.actor, uuid, expected, change)


async def arrange_fields(request: Request) -> Answer:
    wanted = paging.order(await request.body(Order))
    return await request.write(lambda _: no_content(), custom_fields.arrange, request.actor, wanted)


async def remove_field(request: Request) -> Answer:
    uuid, expected = _uuid(request), request.expected
    return await request.write(lambda _: no_content(), custom_fields.remove, request.actor, uuid, expected)


def _uuid(request: Request) -> UUID | None:
    return ids.parse_uuid(request.parameter("id"))


def _shown(field: CustomField, status: int = 200) -> Answer:
    return json_answer(status, translate.field_out(field), (versions.etag(field.version),))


def _made(field: CustomField) -> Answer:
    return _shown(field, 201)


def routes() -> tuple[Route, ...]:
    return (
        Route(
            method="GET",
            path=wire.FIELDS,
            handler=list_fields,
            summary="List the custom fields, also those that are switched off",
            caller=Caller.STAFF,
            permission=Permission.USE_STAFF_API,
            query=Paging,
            answers={200: wire.FieldList},
            answer_headers=paging.DECLARED,
            errors=(422,),
        ),
        Route(
            method="POST",
            path=wire.FIELDS,
            handler=add_field,
            summary="Make a custom field",
            caller=Caller.STAFF,
            permission=Permission.MANAGE_FIELDS,
            body=wire.NewField,
            example=EXAMPLE,
            answers={201: wire.Field},
            answer_headers=versions.DECLARED,
            errors=(409, 422),
        ),
        Route(
            method="PUT",
            path=wire.ORDER,
            handler=arrange_fields,
            summary="Put custom fields into another order",
            caller=Caller.STAFF,
            permission=Permission.MANAGE_FIELDS,
            body=Order,
            example={"ids": ["01955c5b-8e40-7a00-8000-000000000001"]},
            answers={204: None},
            errors=(422,),
        ),
        Route(
            method="GET",
            path=wire.FIELD,
            handler=show_field,
            summary="Show a custom field",
            caller=Caller.STAFF,
            permission=Permission.USE_STAFF_API,
            headers=versions.IfNoneMatch,
            answers={200: wire.Field, 304: None},
            answer_headers=versions.DECLARED,
        ),
        Route(
            method="PATCH",
            path=wire.FIELD,
            handler=change_field,
            summary="Change a custom field, or switch it off",
            description="Values that tickets have stay as they are.",
            caller=Caller.STAFF,
            permission=Permission.MANAGE_FIELDS,
            headers=versions.IfMatch,
            body=wire.FieldChange,
            example=CHANGE_EXAMPLE,
            answers={200: wire.Field},
            answer_headers=versions.DECLARED,
            errors=(412, 422, 428),
        ),
        Route(
            method="DELETE",
            path=wire.FIELD,
            handler=remove_field,
            summary="Remove a custom field that no ticket has a value in",
            caller=Caller.STAFF,
            permission=Permission.MANAGE_FIELDS,
            headers=versions.IfMatch,
            answers={204: None},
            errors=(409, 412, 428),
        ),
    )
