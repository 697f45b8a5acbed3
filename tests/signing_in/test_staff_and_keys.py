"""The staff and its API keys over HTTP: who manages them, and how far each reaches."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.contracts.doors import AT_THE_DESK
from tests.serving import token
from tests.signing_in.house import API, PASSWORD, Browser, House, new_email

ROLES = ("light_agent", "area_agent", "agent", "supervisor", "admin")

MATRIX = """
#                            light area agent lead admin  read write admin-key
GET /me                        200  200   200  200   200   200   200   200
PATCH /me                      200  200   200  200   200   403   200   200
GET /sessions                  200  200   200  200   200   200   200   200
GET /agents                    200  200   200  200   200   200   200   200
GET /agents?all=1              403  403   403  403   200   403   403   200
GET /areas                     200  200   200  200   200   200   200   200
POST /agents                   403  403   403  403   201   403   403   201
GET /agents/{id}               403  403   403  403   200   403   403   200
PATCH /agents/{id}             403  403   403  403   200   403   403   200
POST /agents/{id}/reset        403  403   403  403   200   403   403   200
GET /keys                      403  403   403  403   200   403   403   200
POST /keys                     403  403   403  403   201   403   403   201
GET /tickets                   200  200   200  200   200   200   200   200
GET /tickets/{ticket}          200  200   200  200   200   200   200   200
POST /tickets/{ticket}/messages?note    201  201   201  201   201   403   201   201
POST /tickets/{ticket}/messages?answer  403  201   201  201   201   403   201   201
PATCH /tickets/{ticket}        403  403   200  200   200   403   200   200
"""
"""What each role gets with a session, and what keys of an admin's role get with each scope."""

BODIES: Mapping[str, Any] = {
    "PATCH /me": {"theme": "dark"},
    "POST /agents": {"name": "Diego", "role": "agent"},
    "PATCH /agents/{id}": {"name": "Diego Ruiz"},
    "POST /keys": {"name": "Shop", "role": "agent", "scopes": ["read"]},
    "POST /tickets/{ticket}/messages?note": {"kind": "note", "body": "He called again."},
    "POST /tickets/{ticket}/messages?answer": {"kind": "answer", "body": "It is on its way."},
    "PATCH /tickets/{ticket}": {"priority": "high", "reason": "He waits"},
}


def a_key(house: House, **changes: object) -> httpx.Response:
    told = {"name": "Shop", "role": "admin", "scopes": ["admin"]} | changes
    return house.admin.post(f"{API}/keys", json=told)


def program(house: House, **changes: object) -> httpx.Client:
    return house.bearer(a_key(house, **changes).json()["key"])


def rows() -> list[tuple[str, list[int]]]:
    found = []
    for line in MATRIX.strip().splitlines()[1:]:
        *name, statuses = line.split(maxsplit=2)
        found.append((" ".join(name), [int(status) for status in statuses.split()]))
    return found


@pytest.mark.parametrize(("call", "expected"), rows(), ids=[call for call, _ in rows()])
def test_every_role_and_every_scope_gets_what_is_theirs(house: House, call: str, expected: list[int]) -> None:
    callers: list[httpx.Client] = [house.join(role, "MESA" if role == "area_agent" else None) for role in ROLES]
    callers += [program(house, scopes=[scope]) for scope in ("read", "write", "admin")]
    assert [status_of(house, caller, call) for caller in callers] == expected


def status_of(house: House, caller: httpx.Client, call: str) -> int:
    method, path = call.split()
    parts = {"id": house.join().id if "{id}" in path else "", "ticket": ticket(house) if "{ticket}" in path else ""}
    body = BODIES.get(call)
    if call == "POST /agents":
        body = {**BODIES[call], "email": new_email()}
    url = f"{API}{path.format_map(parts)}".removesuffix("?note").removesuffix("?answer")
    return caller.request(method, url, json=body, headers={"If-Match": "*"}).status_code


def ticket(house: House) -> str:
    with house.desk.client(token("ana", name="Ana")) as ana:
        return AT_THE_DESK.open(ana)


def test_a_key_is_told_which_scope_it_lacks(house: House) -> None:
    reader, writer = program(house, scopes=["read"]), program(house, scopes=["write"])
    refused = reader.patch(f"{API}/tickets/{ticket(house)}", json={"priority": "low"}, headers={"If-Match": "*"})
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")
    assert refused.json()["detail"] == "This API key has the scope `read`; what you ask for needs `write`"
    in_spanish = writer.get(f"{API}/keys", headers={"Accept-Language": "es"})
    assert in_spanish.json()["detail"] == "Esta clave de API tiene el alcance `write`; lo que pides necesita `admin`"


def test_a_file_is_had_with_a_session_too_and_with_nothing_by_nobody(house: House) -> None:
    marta, number = house.join(), ticket(house)
    sent = marta.post(f"{API}/tickets/{number}/attachments", files={"files": ("a.txt", b"hello")})
    path = f"{API}/tickets/{number}/attachments/{sent.json()[0]['id']}"
    assert marta.get(path).content == b"hello"
    assert marta.get(path, headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}).status_code == 403
    assert httpx.get(f"{house.origin}{path}").status_code == 401


def test_requesters_and_strangers_have_no_business_here(house: House) -> None:
    for path in ("/me", "/agents", "/keys", "/sessions", "/areas"):
        with house.desk.client(token("ana", name="Ana")) as ana:
            assert ana.get(f"{API}{path}").status_code == 403
        assert httpx.get(f"{house.origin}{API}{path}").status_code == 401


def test_an_admin_changes_somebody_in_the_version_they_saw(house: House) -> None:
    marta = house.join()
    path = f"{API}/agents/{marta.id}"
    shown = house.admin.get(path)
    assert house.admin.patch(path, json={"role": "supervisor"}).status_code == 428
    changed = house.admin.patch(path, json={"role": "supervisor"}, headers={"If-Match": shown.headers["etag"]})
    assert (changed.status_code, changed.json()["role"]) == (200, "supervisor")
    assert changed.headers["etag"] != shown.headers["etag"]
    stale = house.admin.patch(path, json={"role": "agent"}, headers={"If-Match": shown.headers["etag"]})
    assert (stale.status_code, stale.json()["type"]) == (412, "/problems/stale")
    held = house.admin.get(path, headers={"If-None-Match": changed.headers["etag"]})
    assert (held.status_code, held.content) == (304, b"")


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"email": "nobody"}, "/email", "not_an_email"),
        ({"name": ""}, "/name", "empty"),
        ({"role": "owner"}, "/role", "not_allowed"),
        ({"role": "area_agent"}, "/areas", "missing"),
        ({"is_active": False}, "/is_active", "unknown_field"),
        ({"password": PASSWORD}, "/password", "unknown_field"),
        ({"id": "1"}, "/id", "unknown_field"),
    ],
)
def test_nobody_is_invited_with_what_breaks_a_rule(house: House, body: dict[str, Any], pointer: str, code: str) -> None:
    refused = house.admin.post(f"{API}/agents", json={"email": new_email(), "name": "X", "role": "agent"} | body)
    assert refused.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [(pointer, code)]


def test_an_address_belongs_to_one_account(house: House) -> None:
    marta = house.join()
    told = {"email": marta.email.upper(), "name": "X", "role": "agent"}
    assert house.admin.post(f"{API}/agents", json=told).json()["errors"][0]["code"] == "taken"


def test_the_last_admin_stays_one(house: House) -> None:
    others = [agent for agent in everybody(house) if agent["role"] == "admin" and agent["email"] != house.admin_email]
    for other in others:
        path = f"{API}/agents/{other['id']}"
        house.admin.patch(path, json={"is_active": False}, headers={"If-Match": "*"})
    me = house.admin.get(f"{API}/me").json()
    for change in ({"is_active": False}, {"role": "agent"}):
        refused = house.admin.patch(f"{API}/agents/{me['id']}", json=change, headers={"If-Match": "*"})
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/conflict")


def everybody(house: House) -> list[dict[str, Any]]:
    """The whole staff, page by page."""
    found, path = [], f"{API}/agents?all=1&limit=3"
    while path:
        answer = house.admin.get(path)
        found += answer.json()["data"]
        path = answer.links["next"]["url"] if "next" in answer.links else ""
        assert bool(path) == bool(answer.json()["next"])
    return found


def test_the_staff_comes_whole_and_once_whatever_the_page(house: House) -> None:
    marta = house.join()
    ids = [agent["id"] for agent in everybody(house)]
    assert len(ids) == len(set(ids))
    assert ids[-1] == marta.id
    assert house.admin.get(f"{API}/agents?after=nonsense").json()["errors"][0]["code"] == "not_a_cursor"


def test_everybody_chooses_how_the_desk_looks_and_signs(house: House) -> None:
    marta = house.join()
    told = {"name": "Marta Ruiz", "language": "es", "theme": "light", "signature": "— Marta\nSoporte"}
    told["picture"] = "https://example.org/marta.png"
    me = marta.patch(f"{API}/me", json=told).json()
    assert {name: me[name] for name in told} == told
    again = marta.patch(f"{API}/me", json={"language": None, "picture": None}).json()
    assert (again["language"], again["picture"], again["name"]) == (None, None, "Marta Ruiz")
    for body, pointer in (
        ({"picture": "javascript:alert(1)"}, "/picture"),
        ({"picture": "http://example.org/x.png"}, "/picture"),
        ({"picture": 'https://example.org/" onerror=1'}, "/picture"),
        ({"theme": "blue"}, "/theme"),
        ({"name": None}, "/name"),
        ({"role": "admin"}, "/role"),
        ({"signature": "x" * 2_001}, "/signature"),
    ):
        refused = marta.patch(f"{API}/me", json=body)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)
    assert marta.get(f"{API}/me").json() == again


def test_somebody_with_another_issuers_token_is_on_the_staff_until_an_admin_says_no(house: House) -> None:
    with house.desk.client(token(new_email(), rol="admin", name="Berta")) as berta:
        me = berta.get(f"{API}/me").json()
        assert (me["name"], me["role"]) == ("Berta", "admin")
        assert berta.patch(f"{API}/me", json={"name": "B"}).json()["errors"][0]["code"] == "foreign_account"
        path, anyway = f"{API}/agents/{me['id']}", {"If-Match": "*"}
        refused = house.admin.patch(path, json={"role": "agent"}, headers=anyway)
        assert refused.json()["errors"][0]["code"] == "foreign_account"
        assert house.admin.post(f"{path}/reset").status_code == 409
        assert house.admin.patch(path, json={"is_active": False}, headers=anyway).json()["state"] == "inactive"
        assert berta.get(f"{API}/me").status_code == 401
        assert berta.get("/api/admin/support-requests").status_code == 401
        house.admin.patch(path, json={"is_active": True}, headers=anyway)
        assert berta.get(f"{API}/me").status_code == 200


def test_a_key_is_shown_once_and_known_by_its_beginning(house: House) -> None:
    made = a_key(house, scopes=["read", "admin", "read"]).json()
    assert made["key"].startswith(made["prefix"])
    assert (made["key"][:3], len(made["key"]), made["scopes"]) == ("vk_", 46, ["read", "admin"])
    listed = [key for key in house.admin.get(f"{API}/keys?limit=200").json()["data"] if key["id"] == made["id"]]
    assert listed == [{name: value for name, value in made.items() if name != "key"}]


def test_a_key_ends_when_an_admin_says_so(house: House) -> None:
    made = a_key(house).json()
    client = house.bearer(made["key"])
    assert client.get(f"{API}/me").status_code == 200
    assert house.admin.delete(f"{API}/keys/{made['id']}").status_code == 204
    assert client.get(f"{API}/me").status_code == 401
    assert house.admin.delete(f"{API}/keys/{made['id']}").status_code == 404


def test_a_key_ends_at_its_time(house: House) -> None:
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    made = a_key(house, expires_at=soon).json()
    client = house.bearer(made["key"])
    assert client.get(f"{API}/me").status_code == 200
    house.sql(f"UPDATE api_keys SET expires_at = expires_at - 3600000000 WHERE prefix = '{made['prefix']}'")
    assert client.get(f"{API}/me").status_code == 401
    past = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    assert a_key(house, expires_at=past).json()["errors"][0]["code"] == "in_the_past"


def test_it_is_written_down_when_a_key_was_used(house: House) -> None:
    made = a_key(house).json()
    assert made["last_used_at"] is None
    house.bearer(made["key"]).get(f"{API}/me")
    (key,) = [key for key in house.admin.get(f"{API}/keys?limit=200").json()["data"] if key["id"] == made["id"]]
    assert key["last_used_at"] >= made["created_at"]


def test_a_key_sees_what_its_role_and_area_see(house: House) -> None:
    client = program(house, role="area_agent", areas=["Redes"], scopes=["write"])
    assert client.get(f"{API}/tickets/{ticket(house)}").status_code == 404
    assert a_key(house, role="area_agent").json()["errors"][0] == {
        "pointer": "/areas",
        "code": "missing",
        "detail": "“Areas” is required",
    }


@pytest.mark.parametrize("scopes", [[], ["read", "all"], "read", ["read"] * 4])
def test_a_key_has_scopes_that_there_are(house: House, scopes: Any) -> None:
    refused = a_key(house, scopes=scopes)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"][:7]) == (422, "/scopes")


def test_a_program_opens_no_account_and_no_session_of_its_own(house: House) -> None:
    client = program(house)
    assert client.post(f"{API}/me/password", json={"current": "x", "new": PASSWORD}).status_code == 403
    assert client.get(f"{API}/sessions").json()["data"] == []
    assert client.delete(f"{API}/session").status_code == 204
    assert "Shop" not in [agent["name"] for agent in everybody(house)]


def test_refusals_speak_the_callers_language(house: House) -> None:
    marta: Browser = house.join()
    refused = marta.get(f"{API}/keys", headers={"Accept-Language": "es"})
    assert refused.json()["detail"] == "No tienes permiso para hacer esto"
    wrong = house.browser(**{"Accept-Language": "es"}).sign_in(marta.email, "wrong")
    assert wrong.json()["detail"] == "El correo o la contraseña no son correctos"
