"""The native API's routes for one-time links: what they are, and coming in by one."""

from collections.abc import Awaitable, Callable

from ventanilla.actions import links
from ventanilla.contracts.desk import account_translate as translate
from ventanilla.contracts.desk import account_wire as wire
from ventanilla.contracts.desk.session_routes import COOKIE, UNREPEATED, entered, new_session
from ventanilla.contracts.desk.wire import PREFIX
from ventanilla.core.credentials import Link, LinkKind
from ventanilla.core.errors import NotFound
from ventanilla.wirekit import cookies, guessing, opaque
from ventanilla.wirekit.acts import Act
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request


async def check_link(request: Request) -> Answer:
    form = await request.body(wire.Token)
    return json_answer(200, translate.link_out(await _good_link(request, form.token)))


async def set_up(request: Request) -> Answer:
    cookies.refuse_foreign_sign_in(request)
    form = await request.body(wire.SetUp)
    await _good_link(request, form.token, LinkKind.SETUP)
    chosen = await request.services.passwords.choose(form.password, "password", (form.email, form.name))
    secret, new = new_session(request)
    draft = translate.first_admin(form, chosen)
    admin = await request.services.desk.write(links.set_up, opaque.digest(form.token), draft, new)
    return entered(request, 201, admin, secret)


async def accept_invitation(request: Request) -> Answer:
    cookies.refuse_foreign_sign_in(request)
    form = await request.body(wire.AcceptInvitation)
    return await _accept(request, LinkKind.INVITATION, form.token, form.password, translate.told(form.name))


async def accept_reset(request: Request) -> Answer:
    cookies.refuse_foreign_sign_in(request)
    form = await request.body(wire.AcceptReset)
    return await _accept(request, LinkKind.RESET, form.token, form.password, None)


async def _accept(request: Request, kind: LinkKind, token: str, password: str, name: str | None) -> Answer:
    agent = (await _good_link(request, token, kind)).agent
    about = (agent.email, name or agent.name) if agent else ()
    chosen = await request.services.passwords.choose(password, "password", about)
    secret, new = new_session(request)
    account = await request.services.desk.write(links.accept, kind, opaque.digest(token), name, chosen, new)
    return entered(request, 200, account, secret)


async def _good_link(request: Request, token: str, kind: LinkKind | None = None) -> Link:
    """Return the link before anything costly is done for it. Raises NotFound, and RateLimited for who guesses."""

    async def find() -> Link:
        link = await request.read(links.check, opaque.digest(token))
        if kind not in (None, link.kind):
            raise NotFound
        return link

    return await guessing.guess(request, guessing.link_buckets(request), find)


def routes() -> tuple[Route, ...]:
    token, password = "the token of the link", "correct horse battery staple"
    return (
        Route(
            method="POST",
            path=PREFIX + "/links/check",
            handler=check_link,
            summary="Ask what a one-time link is for, and whether it is still good",
            description=UNREPEATED,
            caller=Caller.ANYONE,
            body=wire.Token,
            example={"token": token},
            answers={200: wire.LinkFound},
            errors=(404, 422),
        ),
        _route(
            "/setup",
            set_up,
            "Make the first admin, by the link that the server printed at its start",
            wire.SetUp,
            Act.FIRST_ADMIN_MADE,
            {"token": token, "email": "alicia@example.com", "name": "Alicia Romero", "password": password},
            status=201,
        ),
        _route(
            "/invitations/accept",
            accept_invitation,
            "Accept an invitation: choose a password and be signed in",
            wire.AcceptInvitation,
            Act.INVITATION_ACCEPTED,
            {"token": token, "name": "Raúl Vega", "password": password},
        ),
        _route(
            "/resets/accept",
            accept_reset,
            "Choose a new password by a link, and be signed in; every other session and token ends",
            wire.AcceptReset,
            Act.RESET_ACCEPTED,
            {"token": token, "password": password},
        ),
    )


def _route(
    path: str,
    handler: Callable[[Request], Awaitable[Answer]],
    summary: str,
    body: type[wire.SetUp] | type[wire.AcceptInvitation] | type[wire.AcceptReset],
    act: Act,
    example: dict[str, str],
    status: int = 200,
) -> Route:
    return Route(
        method="POST",
        path=PREFIX + path,
        handler=handler,
        summary=summary,
        description=f"A link is good once. {UNREPEATED}",
        caller=Caller.ANYONE,
        act=act,
        body=body,
        example=example,
        answers={status: wire.Me},
        answer_headers=COOKIE,
        errors=(403, 404, 422),
    )
