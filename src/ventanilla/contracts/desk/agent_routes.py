"""The native API's routes for the members of staff, and for the areas they serve."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from ventanilla.actions import agents, links
from ventanilla.actions.links import Issued
from ventanilla.actions.ports import Transaction
from ventanilla.contracts.desk import account_translate as translate
from ventanilla.contracts.desk import account_wire as wire
from ventanilla.contracts.desk import paging
from ventanilla.contracts.desk.wire import PREFIX, Paging
from ventanilla.core import ids
from ventanilla.core.access import Permission
from ventanilla.core.credentials import LinkKind
from ventanilla.core.people import Actor, Agent
from ventanilla.wirekit import cursors, link_pages, opaque, versions
from ventanilla.wirekit.acts import Act
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.contract import Caller, Route
from ventanilla.wirekit.request import Request

Issue = Callable[[Transaction, Actor, UUID | None, bytes], Awaitable[Issued]]


async def list_agents(request: Request) -> Answer:
    query = request.query(wire.AgentPaging)
    after = cursors.read(query.after, "agents", 1, "after")[0] if query.after else 0
    found = await request.read(agents.rows, request.actor, after, query.limit, inactive=query.all)
    following = cursors.write("agents", (found[-1].id,)) if len(found) == query.limit else None
    return paging.listed(request, wire.Agents([translate.agent_out(agent) for agent in found], following))


async def show_agent(request: Request) -> Answer:
    agent = await request.read(agents.show, request.actor, _uuid(request))
    return versions.not_modified(agent.version) if request.holds(agent.version) else _shown(agent)


async def change_agent(request: Request) -> Answer:
    expected, form = request.expected, await request.body(wire.ChangeAgent)
    wanted = translate.agent_change(form)
    return await request.write(_shown, agents.change, request.actor, _uuid(request), wanted, expected)


async def invite_agent(request: Request) -> Answer:
    draft, token = translate.agent_draft(await request.body(wire.NewAgent)), opaque.make()
    url = _url(request, LinkKind.INVITATION, token)

    def invited(issued: Issued) -> Answer:
        request.target = issued.account.uuid
        return _invited(issued, url)

    return await request.write_secret(
        invited, lambda issued: _invited(issued, None), links.invite, request.actor, draft, opaque.digest(token)
    )


async def invite_again(request: Request) -> Answer:
    return await _issue(request, LinkKind.INVITATION, links.invite_again)


async def reset_password(request: Request) -> Answer:
    return await _issue(request, LinkKind.RESET, links.reset)


async def list_areas(request: Request) -> Answer:
    request.query(Paging)
    found = await request.read(agents.areas, request.actor)
    return json_answer(200, wire.AreasFound([wire.AreaRow(name) for name in found]))


async def _issue(request: Request, kind: LinkKind, action: Issue) -> Answer:
    token = opaque.make()
    url = _url(request, kind, token)
    return await request.write_secret(
        lambda issued: json_answer(200, translate.invitation_out(issued, url)),
        lambda issued: json_answer(200, translate.invitation_out(issued, None)),
        action,
        request.actor,
        _uuid(request),
        opaque.digest(token),
    )


def _url(request: Request, kind: LinkKind, token: str) -> str:
    """Return the address of a link. It begins with the desk's own, whatever the request says of its host."""
    return request.services.links.absolute(link_pages.path_of(kind, token))


def _uuid(request: Request) -> UUID | None:
    return ids.parse_uuid(request.parameter("id"))


def _shown(agent: Agent) -> Answer:
    return json_answer(200, translate.agent_out(agent), (versions.etag(agent.version),))


def _invited(issued: Issued, url: str | None) -> Answer:
    agent = issued.account
    headers = (versions.etag(agent.version), ("Location", f"{wire.AGENTS}/{agent.uuid}"))
    return json_answer(201, translate.invited_out(issued, url), headers)


def routes() -> tuple[Route, ...]:
    return (*_reading_routes(), *_managing_routes(), *_link_routes())


def _reading_routes() -> tuple[Route, ...]:
    return (
        Route(
            method="GET",
            path=wire.AGENTS,
            handler=list_agents,
            summary="List the members of staff that tickets can be given to",
            caller=Caller.STAFF,
            permission=Permission.USE_STAFF_API,
            query=wire.AgentPaging,
            answers={200: wire.Agents},
            answer_headers=paging.DECLARED,
            errors=(422,),
        ),
        Route(
            method="GET",
            path=PREFIX + "/areas",
            handler=list_areas,
            summary="List the areas that tickets can be in",
            description="Those of tickets and agents that the caller sees, in the spelling that was used last.",
            caller=Caller.STAFF,
            permission=Permission.USE_STAFF_API,
            query=Paging,
            answers={200: wire.AreasFound},
            errors=(422,),
        ),
    )


def _managing_routes() -> tuple[Route, ...]:
    manage = Permission.MANAGE_ACCOUNTS
    return (
        Route(
            method="POST",
            path=wire.AGENTS,
            handler=invite_agent,
            summary="Invite somebody onto the staff",
            act=Act.ACCOUNT_ADDED,
            description="The link is shown once, to be handed on; it is good for 7 days.",
            caller=Caller.STAFF,
            permission=manage,
            body=wire.NewAgent,
            example={
                "email": "raul@example.com",
                "name": "Raúl Vega",
                "role": "area_agent",
                "areas": ["Redes", "Telefonía"],
            },
            answers={201: wire.InvitedAgent},
            answer_headers={**versions.DECLARED, "Location": "The new member of staff."},
            errors=(422,),
        ),
        Route(
            method="GET",
            path=wire.AGENT,
            handler=show_agent,
            summary="Show a member of staff",
            caller=Caller.STAFF,
            permission=manage,
            headers=versions.IfNoneMatch,
            answers={200: wire.Agent, 304: None},
            answer_headers=versions.DECLARED,
            errors=(404,),
        ),
        Route(
            method="PATCH",
            path=wire.AGENT,
            handler=change_agent,
            summary="Change a member of staff",
            act=Act.ACCOUNT_CHANGED,
            description="It acts on their next request. Who is deactivated is out of every session at once.",
            caller=Caller.STAFF,
            permission=manage,
            headers=versions.IfMatch,
            body=wire.ChangeAgent,
            example={"role": "supervisor"},
            answers={200: wire.Agent},
            answer_headers=versions.DECLARED,
            errors=(404, 409, 412, 422, 428),
        ),
    )


def _link_routes() -> tuple[Route, ...]:
    manage = Permission.MANAGE_ACCOUNTS
    return (
        Route(
            method="POST",
            path=wire.AGENT + "/invitation",
            handler=invite_again,
            summary="Make a new invitation for who has not accepted theirs; the one before ends",
            act=Act.INVITATION_MADE,
            caller=Caller.STAFF,
            permission=manage,
            answers={200: wire.Invitation},
            errors=(404, 409),
        ),
        Route(
            method="POST",
            path=wire.AGENT + "/reset",
            handler=reset_password,
            summary="Make a link by which somebody chooses a new password",
            act=Act.RESET_MADE,
            description="It is good for 60 minutes. Until it is used, the old password is.",
            caller=Caller.STAFF,
            permission=manage,
            answers={200: wire.Invitation},
            errors=(404, 409),
        ),
    )
