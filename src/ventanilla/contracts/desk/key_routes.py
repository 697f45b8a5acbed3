"""The native API's routes for API keys."""

from ventanilla.actions import api_keys
from ventanilla.contracts.desk import account_translate as translate
from ventanilla.contracts.desk import key_wire as wire
from ventanilla.contracts.desk import paging
from ventanilla.contracts.desk.wire import Paging
from ventanilla.core import ids
from ventanilla.core.access import Permission
from ventanilla.core.credentials import ApiKey
from ventanilla.wirekit import cursors, opaque
from ventanilla.wirekit.acts import Act
from ventanilla.wirekit.answers import Answer, json_answer, no_content
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request


async def list_keys(request: Request) -> Answer:
    query = request.query(Paging)
    after = cursors.read(query.after, "keys", 1, "after")[0] if query.after else 0
    found = await request.read(api_keys.rows, request.actor, after, query.limit)
    following = cursors.write("keys", (found[-1].id,)) if len(found) == query.limit else None
    return paging.listed(request, wire.Keys([translate.key_out(key) for key in found], following))


async def make_key(request: Request) -> Answer:
    secret = opaque.make(opaque.API_KEY)
    draft = translate.key_draft(await request.body(wire.NewKey), secret)

    def made(key: ApiKey) -> Answer:
        request.target = key.uuid
        return json_answer(201, translate.made_key_out(key, secret))

    return await request.write_secret(
        made, lambda key: json_answer(201, translate.made_key_out(key, None)), api_keys.add, request.actor, draft
    )


async def end_key(request: Request) -> Answer:
    uuid = ids.parse_uuid(request.parameter("id"))
    await request.services.desk.write(api_keys.remove, request.actor, uuid)
    return no_content()


def routes() -> tuple[Route, ...]:
    manage = Permission.MANAGE_KEYS
    return (
        Route(
            method="GET",
            path=wire.KEYS,
            handler=list_keys,
            summary="List the API keys",
            caller=Caller.STAFF,
            permission=manage,
            query=Paging,
            answers={200: wire.Keys},
            answer_headers=paging.DECLARED,
            errors=(422,),
        ),
        Route(
            method="POST",
            path=wire.KEYS,
            handler=make_key,
            summary="Make an API key; it is shown this once",
            act=Act.KEY_ADDED,
            caller=Caller.STAFF,
            permission=manage,
            body=wire.NewKey,
            example={"name": "Web shop", "role": "agent", "scopes": ["read", "write"]},
            answers={201: wire.MadeKey},
            errors=(422,),
        ),
        Route(
            method="DELETE",
            path=wire.KEY,
            handler=end_key,
            summary="End an API key at once",
            act=Act.KEY_ENDED,
            caller=Caller.STAFF,
            permission=manage,
            answers={204: None},
            errors=(404,),
        ),
    )
