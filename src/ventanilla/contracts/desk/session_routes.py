"""The native API's routes for signing in and out, and for the caller's own self."""

from ventanilla.actions import accounts, profiles, sessions
from ventanilla.actions.sessions import NewSession
from ventanilla.contracts.desk import account_translate as translate
from ventanilla.contracts.desk import account_wire as wire
from ventanilla.contracts.desk.wire import Paging
from ventanilla.core import ids
from ventanilla.core.access import Permission
from ventanilla.core.errors import Fault, InvalidInput, Rule, WrongCredentials
from ventanilla.core.people import Agent
from ventanilla.wirekit import cookies, opaque
from ventanilla.wirekit.acts import Act
from ventanilla.wirekit.answers import Answer, json_answer, no_content
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.logins import log_in
from ventanilla.wirekit.request import Request

LONGEST_BROWSER = 200
COOKIE = {"Set-Cookie": "The session: HttpOnly, SameSite=Lax, and over https Secure under a `__Host-` name."}
UNREPEATED = "An Idempotency-Key is not looked at: nothing that lets somebody in is stored for a second answer."


async def sign_in(request: Request) -> Answer:
    cookies.refuse_foreign_sign_in(request)
    form = await request.body(wire.SignIn)
    account = await log_in(request, form.email, form.password)
    secret, new = new_session(request)
    former = cookies.replaced_secret(request)
    replaced = opaque.digest(former) if former else None
    signed_in = await request.services.desk.write(sessions.sign_in, account, new, replaced)
    return entered(request, 200, signed_in, secret)


async def sign_out(request: Request) -> Answer:
    if request.session is None:
        return no_content()
    await request.services.desk.write(sessions.sign_out, request.session)
    return Answer(204, headers=(cookies.taken(request),), media_type=None)


async def list_sessions(request: Request) -> Answer:
    request.query(Paging)
    found = await request.read(sessions.own, request.actor)
    current = request.session.uuid if request.session else None
    return json_answer(200, wire.Sessions([translate.session_out(session, current) for session in found]))


async def end_session(request: Request) -> Answer:
    uuid = ids.parse_uuid(request.parameter("id"))
    await request.services.desk.write(sessions.end_own, request.actor, uuid)
    return no_content()


async def show_me(request: Request) -> Answer:
    known = await request.read(profiles.known, request.actor)
    if known is None:
        known = await request.services.desk.write(profiles.made_known, request.actor)
    return json_answer(200, _me(request, known))


async def change_me(request: Request) -> Answer:
    wanted = translate.profile_change(await request.body(wire.ChangeMe))
    changed = await request.services.desk.write(profiles.change, request.actor, wanted)
    return json_answer(200, _me(request, changed))


async def change_password(request: Request) -> Answer:
    form = await request.body(wire.ChangePassword)
    account = await request.read(profiles.own_account, request.actor)
    request.target = account.uuid
    try:
        verified = await log_in(request, account.email, form.current)
    except WrongCredentials:
        raise InvalidInput(Fault("current", Rule.WRONG_PASSWORD)) from None
    chosen = await request.services.passwords.choose(form.new, "new", (account.email, account.name))
    session = request.session.uuid if request.session else None
    await request.services.desk.write(
        profiles.change_password, request.actor, verified.password_hash or "", chosen, session
    )
    return no_content()


def new_session(request: Request) -> tuple[str, NewSession]:
    """Return a new session's secret, and what the store is told of the session."""
    secret = opaque.make()
    browser = request.headers.get(b"user-agent", b"").decode("latin-1")[:LONGEST_BROWSER]
    return secret, NewSession(opaque.digest(secret), request.address, browser)


def entered(request: Request, status: int, account: Agent, secret: str) -> Answer:
    """Answer somebody who has just come in: who they are, and their cookie."""
    request.target = account.uuid
    actor = accounts.actor_of(account)
    me = translate.me_out(actor, account, request.services.desk_name, request.services.time_zone)
    return json_answer(status, me, (cookies.given(request, secret, request.services.session_life),))


def _me(request: Request, agent: Agent) -> wire.Me:
    return translate.me_out(request.actor, agent, request.services.desk_name, request.services.time_zone)


def routes() -> tuple[Route, ...]:
    return (*_session_routes(), *_own_routes())


def _session_routes() -> tuple[Route, ...]:
    staff = Permission.USE_STAFF_API
    return (
        Route(
            method="POST",
            path=wire.SESSION,
            handler=sign_in,
            summary="Sign in with address and password",
            act=Act.LOGIN,
            description=f"The session that the browser had ends. {UNREPEATED}",
            caller=Caller.ANYONE,
            body=wire.SignIn,
            example={"email": "marta@example.com", "password": "correct horse battery staple"},
            answers={200: wire.Me},
            answer_headers=COOKIE,
            errors=(401, 403, 422),
        ),
        Route(
            method="DELETE",
            path=wire.SESSION,
            handler=sign_out,
            summary="Sign out: end the session that asks",
            act=Act.LOGOUT,
            caller=Caller.STAFF,
            permission=staff,
            answers={204: None},
        ),
        Route(
            method="GET",
            path=wire.SESSIONS,
            handler=list_sessions,
            summary="List one's own sessions",
            caller=Caller.STAFF,
            permission=staff,
            query=Paging,
            answers={200: wire.Sessions},
            errors=(422,),
        ),
        Route(
            method="DELETE",
            path=wire.SESSIONS + "/{id}",
            handler=end_session,
            summary="End one of one's own sessions",
            act=Act.SESSION_ENDED,
            caller=Caller.STAFF,
            permission=staff,
            answers={204: None},
            errors=(404,),
        ),
    )


def _own_routes() -> tuple[Route, ...]:
    staff = Permission.USE_STAFF_API
    return (
        Route(
            method="GET",
            path=wire.ME,
            handler=show_me,
            summary="Who the caller is, and what they may do",
            caller=Caller.STAFF,
            permission=staff,
            answers={200: wire.Me},
        ),
        Route(
            method="PATCH",
            path=wire.ME,
            handler=change_me,
            summary="Change name, language, theme, signature and picture of one's own",
            caller=Caller.STAFF,
            permission=staff,
            body=wire.ChangeMe,
            example={"language": "es", "theme": "dark"},
            answers={200: wire.Me},
            errors=(422,),
        ),
        Route(
            method="POST",
            path=wire.ME + "/password",
            handler=change_password,
            summary="Change one's own password",
            act=Act.PASSWORD_CHANGED,
            description=f"Every other session and token of the caller ends. {UNREPEATED}",
            caller=Caller.STAFF,
            permission=staff,
            body=wire.ChangePassword,
            example={"current": "correct horse battery staple", "new": "another horse entirely"},
            answers={204: None},
            errors=(422,),
        ),
    )
