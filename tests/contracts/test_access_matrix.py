"""Who may call what: every route of every contract, asked by everybody, on a ticket that the owner opened.

The ticket stands in the area that new tickets stand in; the area agent serves it, the foreign agent another one.
"""

import httpx
import pytest
from tests.contracts.calls import call
from tests.contracts.conftest import Join
from tests.contracts.doors import door
from tests.contracts.mesa import add_user, log_in
from tests.serving import RunningDesk, token

from ventanilla.contracts import REGISTRY
from ventanilla.core.access import ACCESS, Standing
from ventanilla.core.areas import FRONT_DESK
from ventanilla.wirekit.contract import Contract, Route

ACTORS = (
    "nobody",
    "owner",
    "other requester",
    "area agent",
    "agent of several areas",
    "foreign agent",
    "light agent",
    "agent of all areas",
    "supervisor",
    "admin",
)
OWN_PASSWORD = "not the one of the examples"
"""With the other they would change it, and their tokens would end."""
STANDINGS = {
    "area agent": Standing.AREA_AGENT,
    "agent of several areas": Standing.AREA_AGENT,
    "light agent": Standing.LIGHT_AGENT,
    "agent of all areas": Standing.AGENT,
    "supervisor": Standing.SUPERVISOR,
    "admin": Standing.ADMIN,
}

MATRIX = """
#                                                               none own  else area two  far  lite all  sup  admin
POST /api/soporte                                               401  201  201  201  201  201  201  201  201  201
GET /api/soporte/mis-tickets                                    401  200  200  200  200  200  200  200  200  200
GET /api/admin/soporte                                          401  403  403  403  403  403  403  403  403  200
GET /api/admin/soporte/stats                                    401  403  403  403  403  403  403  403  403  200
PUT /api/admin/soporte/{id}                                     401  403  403  403  403  403  403  403  403  200
POST /api/tickets/crear                                         200  200  200  200  200  200  200  200  200  200
POST /api/tickets/consultar                                     200  200  200  200  200  200  200  200  200  200
GET /api/tickets/dashboard                                      401  403  403  200  200  200  200  200  200  200
GET /api/tickets/dashboard-metricas                             401  403  403  200  200  200  200  200  200  200
GET /api/tickets/{uuid}                                         401  403  403  200  200  403  200  200  200  200
POST /api/tickets/{uuid}/actualizar                             401  403  403  200  200  403  403  200  200  200
POST /api/tickets/{uuid}/asignar                                401  403  403  403  403  403  403  200  200  200
POST /api/tickets/{uuid}/transferir                             401  403  403  403  403  403  403  200  200  200
POST /api/tickets/{uuid}/reclasificar                           401  403  403  403  403  403  403  200  200  200
POST /api/tickets/{uuid}/pausar                                 401  403  403  200  200  403  403  200  200  200
POST /api/tickets/{uuid}/reabrir                                401  403  403  403  403  403  403  200  200  200
POST /api/tickets/{uuid}/cancelar                               401  403  403  200  200  403  403  200  200  200
POST /api/tickets/{uuid}/archivar                               401  403  403  200  200  403  403  200  200  200
POST /api/auth/login                                            200  200  200  200  200  200  200  200  200  200
GET /api/auth/users                                             401  403  403  403  403  403  403  403  403  200
POST /api/auth/users                                            401  403  403  403  403  403  403  403  403  200
PATCH /api/auth/users/{id}                                      401  403  403  403  403  403  403  403  403  200
DELETE /api/auth/users/{id}                                     401  403  403  403  403  403  403  403  403  200
POST /v1/support/tickets                                        401  201  201  201  201  201  201  201  201  201
GET /v1/support/tickets                                         401  200  200  200  200  200  200  200  200  200
GET /v1/support/tickets/{id}                                    401  200  404  404  404  404  404  404  404  404
POST /v1/support/tickets/{id}/messages                          401  201  404  404  404  404  404  404  404  404
POST /v1/support/tickets/{id}/close                             401  200  404  404  404  404  404  404  404  404
GET /v1/admin/support/tickets                                   401  403  403  403  403  403  403  403  403  200
GET /v1/admin/support/tickets/{id}                              401  403  403  403  403  403  403  403  403  200
PATCH /v1/admin/support/tickets/{id}                            401  403  403  403  403  403  403  403  403  200
POST /v1/admin/support/tickets/{id}/messages                    401  403  403  403  403  403  403  403  403  201
POST /api/support-tickets                                       201  201  201  201  201  201  201  201  201  201
GET /api/support-tickets                                        401  200  200  200  200  200  200  200  200  200
GET /api/support-tickets/{id}                                   401  200  404  200  200  404  200  200  200  200
POST /api/support-tickets/{id}/attachments                      401  201  404  201  201  404  403  201  201  201
GET /api/support-tickets/{id}/attachments                       401  200  404  200  200  404  200  200  200  200
GET /api/support-tickets/{id}/attachments/{attachmentId}        401  200  404  200  200  404  200  200  200  200
DELETE /api/support-tickets/{id}/attachments/{attachmentId}     401  403  403  204  204  404  403  204  204  204
POST /api/mobile/support-requests                               401  201  201  201  201  201  201  201  201  201
GET /api/mobile/support-requests                                401  200  200  200  200  200  200  200  200  200
GET /api/mobile/support-requests/{id}                           401  200  404  404  404  404  404  404  404  404
POST /api/mobile/support-requests/{id}/messages                 401  201  404  404  404  404  404  404  404  404
GET /api/admin/support-requests                                 401  403  403  200  200  200  200  200  200  200
GET /api/admin/support-requests/{id}                            401  403  403  200  200  404  200  200  200  200
PATCH /api/admin/support-requests/{id}/assign                   401  403  403  403  403  404  403  200  200  200
PATCH /api/admin/support-requests/{id}/status                   401  403  403  200  200  404  403  200  200  200
POST /api/admin/support-requests/{id}/messages                  401  403  403  201  201  404  403  201  201  201
GET /api/desk/v1/tickets                                        401  403  403  200  200  200  200  200  200  200
POST /api/desk/v1/tickets                                       401  403  403  201  201  201  403  201  201  201
GET /api/desk/v1/events                                         401  403  403  200  200  200  200  200  200  200
GET /api/desk/v1/counts                                         401  403  403  200  200  200  200  200  200  200
POST /api/desk/v1/tickets/bulk                                  401  403  403  200  200  200  200  200  200  200
POST /api/desk/v1/tickets/{ref}/merge                           401  403  403  200  200  404  403  200  200  200
POST /api/desk/v1/tickets/{ref}/unmerge                         401  403  403  200  200  404  403  200  200  200
POST /api/desk/v1/tickets/{ref}/split                           401  403  403  201  201  404  403  201  201  201
POST /api/desk/v1/tickets/{ref}/links                           401  403  403  200  200  404  403  200  200  200
DELETE /api/desk/v1/tickets/{ref}/links/{other}/{kind}          401  403  403  200  200  404  403  200  200  200
GET /api/desk/v1/requesters/{requester_id}                      401  403  403  200  200  404  200  200  200  200
PATCH /api/desk/v1/requesters/{requester_id}                    401  403  403  200  200  404  403  200  200  200
GET /api/desk/v1/requesters/{requester_id}/tickets              401  403  403  200  200  404  200  200  200  200
GET /api/desk/v1/tickets/{ref}/wires                            401  403  403  200  200  404  200  200  200  200
PATCH /api/desk/v1/tickets/{ref}                                401  403  403  403  403  404  403  200  200  200
GET /api/desk/v1/tickets/{ref}/timeline                         401  403  403  200  200  404  200  200  200  200
POST /api/desk/v1/tickets/{ref}/messages                        401  403  403  201  201  404  403  201  201  201
POST /api/desk/v1/tickets/{ref}/attachments                     401  403  403  201  201  404  403  201  201  201
GET /api/desk/v1/tickets/{ref}/attachments/{attachment_id}      401  403  403  200  200  404  200  200  200  200
DELETE /api/desk/v1/tickets/{ref}/attachments/{attachment_id}   401  403  403  204  204  404  403  204  204  204
POST /api/desk/v1/session                                       200  200  200  200  200  200  200  200  200  200
DELETE /api/desk/v1/session                                     401  403  403  204  204  204  204  204  204  204
GET /api/desk/v1/sessions                                       401  403  403  200  200  200  200  200  200  200
DELETE /api/desk/v1/sessions/{id}                               401  403  403  404  404  404  404  404  404  404
GET /api/desk/v1/me                                             401  403  403  200  200  200  200  200  200  200
PATCH /api/desk/v1/me                                           401  403  403  200  200  200  200  200  200  200
POST /api/desk/v1/me/password                                   401  403  403  403  403  403  422  403  422  403
POST /api/desk/v1/links/check                                   404  404  404  404  404  404  404  404  404  404
POST /api/desk/v1/setup                                         404  404  404  404  404  404  404  404  404  404
POST /api/desk/v1/invitations/accept                            404  404  404  404  404  404  404  404  404  404
POST /api/desk/v1/resets/accept                                 404  404  404  404  404  404  404  404  404  404
GET /api/desk/v1/agents                                         401  403  403  200  200  200  200  200  200  200
GET /api/desk/v1/areas                                          401  403  403  200  200  200  200  200  200  200
POST /api/desk/v1/agents                                        401  403  403  403  403  403  403  403  403  201
GET /api/desk/v1/agents/{id}                                    401  403  403  403  403  403  403  403  403  200
PATCH /api/desk/v1/agents/{id}                                  401  403  403  403  403  403  403  403  403  200
POST /api/desk/v1/agents/{id}/invitation                        401  403  403  403  403  403  403  403  403  200
POST /api/desk/v1/agents/{id}/reset                             401  403  403  403  403  403  403  403  403  200
GET /api/desk/v1/keys                                           401  403  403  403  403  403  403  403  403  200
POST /api/desk/v1/keys                                          401  403  403  403  403  403  403  403  403  201
DELETE /api/desk/v1/keys/{id}                                   401  403  403  403  403  403  403  403  403  204
GET /api/desk/v1/tickets/{ref}                                  401  403  403  200  200  404  200  200  200  200
GET /api/desk/v1/views                                          401  403  403  200  200  200  200  200  200  200
POST /api/desk/v1/views                                         401  403  403  201  201  201  201  201  201  201
PUT /api/desk/v1/views/order                                    401  403  403  403  403  403  403  403  204  204
GET /api/desk/v1/views/{view}                                   401  403  403  200  200  200  200  200  200  200
PATCH /api/desk/v1/views/{view}                                 401  403  403  403  403  403  403  403  200  200
DELETE /api/desk/v1/views/{view}                                401  403  403  403  403  403  403  403  204  204
GET /api/desk/v1/macros                                         401  403  403  200  200  200  200  200  200  200
POST /api/desk/v1/macros                                        401  403  403  201  201  201  201  201  201  201
PUT /api/desk/v1/macros/order                                   401  403  403  403  403  403  403  403  204  204
GET /api/desk/v1/macros/{id}                                    401  403  403  200  200  200  200  200  200  200
PATCH /api/desk/v1/macros/{id}                                  401  403  403  403  403  403  403  403  200  200
DELETE /api/desk/v1/macros/{id}                                 401  403  403  403  403  403  403  403  204  204
POST /api/desk/v1/macros/{id}/render                            401  403  403  200  200  422  200  200  200  200
GET /api/desk/v1/tags                                           401  403  403  200  200  200  200  200  200  200
POST /api/desk/v1/tags                                          401  403  403  201  201  201  403  201  201  201
GET /api/desk/v1/tags/{id}                                      401  403  403  200  200  200  200  200  200  200
PATCH /api/desk/v1/tags/{id}                                    401  403  403  403  403  403  403  403  200  200
DELETE /api/desk/v1/tags/{id}                                   401  403  403  403  403  403  403  403  204  204
GET /api/desk/v1/notifications                                  401  403  403  200  200  200  200  200  200  200
POST /api/desk/v1/notifications/read                            401  403  403  200  200  200  200  200  200  200
GET /api/desk/v1/tickets/{ref}/draft                            401  403  403  200  200  404  200  200  200  200
PUT /api/desk/v1/tickets/{ref}/draft                            401  403  403  200  200  404  200  200  200  200
DELETE /api/desk/v1/tickets/{ref}/draft                         401  403  403  204  204  404  204  204  204  204
GET /api/desk/v1/tickets/{ref}/presence                         401  403  403  200  200  404  200  200  200  200
PUT /api/desk/v1/tickets/{ref}/presence                         401  403  403  204  204  404  204  204  204  204
GET /api/desk/v1/fields                                         401  403  403  200  200  200  200  200  200  200
POST /api/desk/v1/fields                                        401  403  403  403  403  403  403  403  403  201
PUT /api/desk/v1/fields/order                                   401  403  403  403  403  403  403  403  403  204
GET /api/desk/v1/fields/{id}                                    401  403  403  200  200  200  200  200  200  200
PATCH /api/desk/v1/fields/{id}                                  401  403  403  403  403  403  403  403  403  200
DELETE /api/desk/v1/fields/{id}                                 401  403  403  403  403  403  403  403  403  204
"""


def routes() -> list[tuple[str, Contract, Route]]:
    return [(f"{route.method} {route.path}", contract, route) for contract in REGISTRY for route in contract.routes]


def rows() -> dict[str, list[str]]:
    """Return the statuses of each route, in the order of ACTORS."""
    lines = [line for line in MATRIX.strip().splitlines() if not line.startswith("#")]
    return {" ".join(line.split()[:2]): line.split()[2:] for line in lines}


def test_every_route_has_a_row_and_every_row_a_route(server: RunningDesk) -> None:
    assert set(rows()) == {name for name, _, _ in routes()}
    document = httpx.get(f"{server.url}/openapi.json").json()["paths"]
    published = {f"{method.upper()} {path}" for path, methods in document.items() for method in methods}
    assert published - set(rows()) <= {"GET /healthz", "GET /readyz", "GET /metrics"}


def test_nobody_gets_through_a_route_whose_permission_the_access_table_denies_them() -> None:
    for name, _, route in routes():
        given = dict(zip(ACTORS, rows()[name], strict=True))
        for actor, standing in STANDINGS.items():
            if route.permission and standing not in ACCESS[route.permission]:
                assert given[actor] == "403", (name, actor)


@pytest.mark.parametrize(("name", "contract", "route"), routes(), ids=[name for name, _, _ in routes()])
def test_everybody_gets_what_is_theirs(
    name: str, contract: Contract, route: Route, join: Join, tokens: dict[str, str]
) -> None:
    people = _people(join, tokens)
    found = {}
    for actor in ACTORS:
        ticket = door(contract.name).open(people["owner"])
        found[actor] = str(call(people[actor], people["admin"], route, ticket).status_code)
    assert found == dict(zip(ACTORS, rows()[name], strict=True))


@pytest.fixture(scope="module")
def tokens(server: RunningDesk) -> dict[str, str]:
    """Tokens of those roles that no other issuer has a word for."""
    with server.client(token("alicia-of-the-matrix", rol="admin")) as admin:
        return {role: _token_of(admin, role) for role in ("light_agent", "supervisor")}


def _token_of(admin: httpx.Client, role: str) -> str:
    account = add_user(admin, password=OWN_PASSWORD)
    changed = admin.patch(f"/api/desk/v1/agents/{account['id']}", json={"role": role}, headers={"If-Match": "*"})
    assert changed.json()["role"] == role
    return str(log_in(admin, account, OWN_PASSWORD).json()["access_token"])


def _people(join: Join, tokens: dict[str, str]) -> dict[str, httpx.Client]:
    people = (
        join(),
        join("ana", email="ana@example.com", email_verified=True),
        join("bruno", email="bruno@example.com", email_verified=True),
        join("raul", rol="AREA", area=FRONT_DESK),
        join("nora", rol="AREA", area=["Redes", FRONT_DESK]),
        join("rosa", rol="AREA", area="Redes"),
        join(bearer=tokens["light_agent"]),
        join("marta", rol="MESA"),
        join(bearer=tokens["supervisor"]),
        join("alicia", rol="admin"),
    )
    return dict(zip(ACTORS, people, strict=True))
