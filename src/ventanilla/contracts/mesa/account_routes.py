"""Contract 2's login and staff accounts."""

from ventanilla.actions import accounts
from ventanilla.contracts.mesa import account_translate, account_wire, staff_wire
from ventanilla.core import ids
from ventanilla.core.access import Permission
from ventanilla.core.people import Agent
from ventanilla.wirekit.acts import Act
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.logins import log_in, token_for
from ventanilla.wirekit.request import Request

AUTH = "/api/auth"


def routes() -> tuple[Route, ...]:
    return (_login_route(), *_account_routes())


async def login(request: Request) -> Answer:
    form = await request.body(account_wire.Login)
    account = await log_in(request, form.email, form.password)
    token = token_for(request, account, account_translate.claims(account))
    return json_answer(200, account_wire.LoggedIn(token, "bearer", account_translate.login_user_out(account)))


async def list_accounts(request: Request) -> Answer:
    found = await request.read(accounts.everybody, request.actor)
    return json_answer(200, [account_translate.user_out(account) for account in found])


async def add_account(request: Request) -> Answer:
    form = await request.body(account_wire.NewUser)
    chosen = await request.services.passwords.choose(form.password, "password", (form.email, form.nombre))
    draft = account_translate.draft(form, chosen)

    def added(account: Agent) -> Answer:
        request.target = account.uuid
        return json_answer(200, account_wire.UserAdded("Usuario creado", str(account.uuid)))

    return await request.write(added, accounts.add, request.actor, draft)


async def change_account(request: Request) -> Answer:
    uuid, form = ids.parse_uuid(request.parameter("id")), await request.body(account_wire.ChangeUser)
    chosen = await request.services.passwords.choose(form.password, "password") if form.password else None
    return await request.write(_changed, accounts.change, request.actor, uuid, account_translate.change(form, chosen))


async def deactivate_account(request: Request) -> Answer:
    uuid = ids.parse_uuid(request.parameter("id"))
    return await request.write(_deactivated, accounts.deactivate, request.actor, uuid)


def _changed(account: Agent) -> Answer:
    return json_answer(200, staff_wire.Done("Usuario actualizado"))


def _deactivated(account: Agent) -> Answer:
    return json_answer(200, staff_wire.Done("Usuario desactivado"))


def _login_route() -> Route:
    return Route(
        method="POST",
        path=AUTH + "/login",
        handler=login,
        summary="Get a token for a staff account",
        caller=Caller.ANYONE,
        act=Act.LOGIN,
        body=account_wire.Login,
        example={"email": "marta@example.com", "password": "correct horse battery staple"},
        answers={200: account_wire.LoggedIn},
        errors=(401, 422),
    )


def _account_routes() -> tuple[Route, ...]:
    manage = Permission.MANAGE_ACCOUNTS
    return (
        Route(
            method="GET",
            path=AUTH + "/users",
            handler=list_accounts,
            summary="List the staff accounts",
            caller=Caller.STAFF,
            permission=manage,
            answers={200: list[account_wire.User]},
        ),
        Route(
            method="POST",
            path=AUTH + "/users",
            handler=add_account,
            summary="Make a staff account",
            caller=Caller.STAFF,
            permission=manage,
            act=Act.ACCOUNT_ADDED,
            body=account_wire.NewUser,
            example={
                "email": "raul@example.com",
                "password": "correct horse battery staple",
                "nombre": "Raúl Ortega",
                "rol": "AREA",
                "area": "Redes",
            },
            answers={200: account_wire.UserAdded},
            errors=(422,),
        ),
        Route(
            method="PATCH",
            path=AUTH + "/users/{id}",
            handler=change_account,
            summary="Change a staff account",
            caller=Caller.STAFF,
            permission=manage,
            act=Act.ACCOUNT_CHANGED,
            body=account_wire.ChangeUser,
            example={"rol": "MESA"},
            answers={200: staff_wire.Done},
            errors=(404, 409, 422),
        ),
        Route(
            method="DELETE",
            path=AUTH + "/users/{id}",
            handler=deactivate_account,
            summary="Deactivate a staff account; its tokens end at once",
            caller=Caller.STAFF,
            permission=manage,
            act=Act.ACCOUNT_DEACTIVATED,
            answers={200: staff_wire.Done},
            errors=(404, 409),
        ),
    )
