"""A valid call of every route: its example as the body, and what has to be there before the call makes sense."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from ventanilla.wirekit.contract import Route
from ventanilla.wirekit.versions import IfMatch

PASSWORD = "correct horse battery staple"
MESA = "/api/tickets"
KINCONECTA = "/api/support-tickets"
DESK = "/api/desk/v1"


@dataclass(frozen=True)
class Setting:
    """What a call takes from the ticket it is made for: parts of its path, and changes to its example."""

    parts: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)


def call(client: httpx.Client, admin: httpx.Client, route: Route, ticket: str) -> httpx.Response:
    """Call `route` for `ticket` as `client`; `admin` sets the scene."""
    path, body = prepared(admin, route, ticket)
    headers = {"If-Match": "*"} if route.headers is IfMatch else {}
    if route.body:
        return client.request(route.method, path, json=body, headers=headers)
    if route.files:
        return client.request(
            route.method, path, files={route.files: ("note.txt", b"It happened again.")}, headers=headers
        )
    return client.request(route.method, path, headers=headers)


def prepared(admin: httpx.Client, route: Route, ticket: str) -> tuple[str, dict[str, Any]]:
    """Let `admin` set the scene for a call; returns its path and its body."""
    prepare = SETTINGS.get(f"{route.method} {route.path}", _nothing)
    setting = prepare(admin, ticket)
    path = route.path.format_map({"id": ticket, "uuid": ticket, "ref": ticket, **setting.parts})
    return path, {**(route.example or {}), **setting.body}


def _nothing(admin: httpx.Client, ticket: str) -> Setting:
    return Setting()


def _label_and_email(admin: httpx.Client, ticket: str) -> Setting:
    shown = admin.get(f"{MESA}/{ticket}").json()["ticket"]
    return Setting(body={"label": shown["ticket_label"], "email": shown["solicitante_email"]})


def _account(admin: httpx.Client, ticket: str) -> Setting:
    """Somebody on the staff."""
    email = f"{uuid4().hex}@example.com"
    account = {"email": email, "password": PASSWORD, "nombre": "Lucía Vega", "rol": "MESA"}
    added = admin.post("/api/auth/users", json=account)
    return Setting(parts={"id": added.json()["id"]}, body={"email": email})


def _new_email(admin: httpx.Client, ticket: str) -> Setting:
    return Setting(body={"email": f"{uuid4().hex}@example.com"})


def _member(admin: httpx.Client, ticket: str) -> Setting:
    return Setting(parts=_account(admin, ticket).parts)


def _invited(admin: httpx.Client, ticket: str) -> Setting:
    """Somebody who has not chosen a password yet."""
    invited = admin.post(f"{DESK}/agents", json={"email": f"{uuid4().hex}@example.com", "name": "Lu", "role": "agent"})
    return Setting(parts={"id": invited.json()["id"]})


def _key(admin: httpx.Client, ticket: str) -> Setting:
    made = admin.post(f"{DESK}/keys", json={"name": "Web shop", "role": "agent", "scopes": ["read"]})
    return Setting(parts={"id": made.json()["id"]})


def _agent(admin: httpx.Client, ticket: str) -> Setting:
    return Setting(body={"agenteId": _account(admin, ticket).parts["id"]})


def _started(admin: httpx.Client, ticket: str) -> Setting:
    _done(admin, ticket, "actualizar", {"estado": "EN_PROCESO", "prioridad": "ALTA", "area": "MESA"})
    return Setting()


def _archived(admin: httpx.Client, ticket: str) -> Setting:
    _done(admin, ticket, "archivar", {})
    return Setting()


def _done(admin: httpx.Client, ticket: str, verb: str, body: Mapping[str, str]) -> None:
    words = {"motivo": "Para la prueba", "respuesta": "Lo estamos mirando."}
    assert admin.post(f"{MESA}/{ticket}/{verb}", json={**words, **body}).is_success


def _file(admin: httpx.Client, ticket: str) -> Setting:
    added = admin.post(f"{KINCONECTA}/{ticket}/attachments", files={"file": ("note.txt", b"Here it is.")})
    return Setting(parts={"attachmentId": str(added.json()[0]["id"])})


def _shared_view(admin: httpx.Client, ticket: str) -> Setting:
    view = {"name": "Redes", "query": "area:redes", "is_shared": True}
    return Setting(parts={"view": admin.post(f"{DESK}/views", json=view).json()["id"]}, body={"is_shared": True})


def _view_order(admin: httpx.Client, ticket: str) -> Setting:
    return Setting(body={"ids": [_shared_view(admin, ticket).parts["view"]]})


def _macro_order(admin: httpx.Client, ticket: str) -> Setting:
    return Setting(body={"ids": [_shared_macro(admin, ticket).parts["id"]]})


def _shared_macro(admin: httpx.Client, ticket: str) -> Setting:
    macro = {"name": "Hello", "body": "Hello {{requester.name}}", "is_shared": True}
    made = admin.post(f"{DESK}/macros", json=macro).json()
    return Setting(parts={"id": made["id"]}, body={"is_shared": True})


def _macro_and_ticket(admin: httpx.Client, ticket: str) -> Setting:
    return Setting(parts=_shared_macro(admin, ticket).parts, body={"ticket": ticket})


def _new_tag(admin: httpx.Client, ticket: str) -> Setting:
    return Setting(body={"name": uuid4().hex})


def _tag(admin: httpx.Client, ticket: str) -> Setting:
    made = admin.post(f"{DESK}/tags", json={"name": uuid4().hex}).json()
    return Setting(parts={"id": made["id"]}, body={"name": uuid4().hex})


def _desk_file(admin: httpx.Client, ticket: str) -> Setting:
    """A file that a customer sent."""
    added = admin.post(f"{KINCONECTA}/{ticket}/attachments", files={"file": ("note.txt", b"Here it is.")})
    return Setting(parts={"attachment_id": str(added.json()[0]["id"])})


def _another(admin: httpx.Client, ticket: str) -> str:
    """The label of another ticket in the same area."""
    caller = {"name": "Bruno", "email": f"{uuid4().hex}@example.com"}
    opened = admin.post(f"{DESK}/tickets", json={"requester": caller, "subject": "The same", "body": "It happened."})
    assert opened.status_code == 201, opened.text
    return str(opened.json()["label"])


def _into_another(admin: httpx.Client, ticket: str) -> Setting:
    return Setting(body={"into": _another(admin, ticket)})


def _merged(admin: httpx.Client, ticket: str) -> Setting:
    merged = admin.post(f"{DESK}/tickets/{ticket}/merge", json={"into": _another(admin, ticket)})
    assert merged.status_code == 200, merged.text
    return Setting()


def _opening_message(admin: httpx.Client, ticket: str) -> Setting:
    opening = admin.get(f"{DESK}/tickets/{ticket}/timeline").json()["data"][0]
    return Setting(body={"message_id": opening["id"]})


def _with_another(admin: httpx.Client, ticket: str) -> Setting:
    return Setting(body={"other": _another(admin, ticket)})


def _linked(admin: httpx.Client, ticket: str) -> Setting:
    other = _another(admin, ticket)
    linked = admin.post(f"{DESK}/tickets/{ticket}/links", json={"other": other, "kind": "blocks"})
    assert linked.status_code == 200, linked.text
    return Setting(parts={"other": other, "kind": "blocks"})


def _requester(admin: httpx.Client, ticket: str) -> Setting:
    shown = admin.get(f"{DESK}/tickets/{ticket}").json()
    return Setting(parts={"requester_id": str(shown["requester"]["id"])})


def _new_field(admin: httpx.Client, ticket: str) -> Setting:
    return Setting(body={"key": f"f{uuid4().hex[:12]}"})


def _field(admin: httpx.Client, ticket: str) -> Setting:
    field = {"name": "Contract", "kind": "text", "key": f"f{uuid4().hex[:12]}"}
    return Setting(parts={"id": admin.post(f"{DESK}/fields", json=field).json()["id"]})


SETTINGS: Mapping[str, Callable[[httpx.Client, str], Setting]] = {
    "POST /api/tickets/consultar": _label_and_email,
    "POST /api/tickets/{uuid}/asignar": _agent,
    "POST /api/tickets/{uuid}/pausar": _started,
    "POST /api/tickets/{uuid}/reabrir": _archived,
    "POST /api/auth/login": _account,
    "POST /api/auth/users": _new_email,
    "POST /api/desk/v1/session": _account,
    "POST /api/desk/v1/agents": _new_email,
    "GET /api/desk/v1/agents/{id}": _member,
    "PATCH /api/desk/v1/agents/{id}": _member,
    "POST /api/desk/v1/agents/{id}/invitation": _invited,
    "POST /api/desk/v1/agents/{id}/reset": _account,
    "DELETE /api/desk/v1/keys/{id}": _key,
    "PATCH /api/auth/users/{id}": _account,
    "DELETE /api/auth/users/{id}": _account,
    "GET /api/support-tickets/{id}/attachments/{attachmentId}": _file,
    "DELETE /api/support-tickets/{id}/attachments/{attachmentId}": _file,
    "GET /api/desk/v1/requesters/{requester_id}": _requester,
    "PATCH /api/desk/v1/requesters/{requester_id}": _requester,
    "GET /api/desk/v1/requesters/{requester_id}/tickets": _requester,
    "POST /api/desk/v1/tickets/{ref}/merge": _into_another,
    "POST /api/desk/v1/tickets/{ref}/unmerge": _merged,
    "POST /api/desk/v1/tickets/{ref}/split": _opening_message,
    "POST /api/desk/v1/tickets/{ref}/links": _with_another,
    "DELETE /api/desk/v1/tickets/{ref}/links/{other}/{kind}": _linked,
    "GET /api/desk/v1/tickets/{ref}/attachments/{attachment_id}": _desk_file,
    "DELETE /api/desk/v1/tickets/{ref}/attachments/{attachment_id}": _desk_file,
    "PUT /api/desk/v1/views/order": _view_order,
    "PUT /api/desk/v1/macros/order": _macro_order,
    "GET /api/desk/v1/views/{view}": _shared_view,
    "PATCH /api/desk/v1/views/{view}": _shared_view,
    "DELETE /api/desk/v1/views/{view}": _shared_view,
    "GET /api/desk/v1/macros/{id}": _shared_macro,
    "PATCH /api/desk/v1/macros/{id}": _shared_macro,
    "DELETE /api/desk/v1/macros/{id}": _shared_macro,
    "POST /api/desk/v1/macros/{id}/render": _macro_and_ticket,
    "POST /api/desk/v1/tags": _new_tag,
    "GET /api/desk/v1/tags/{id}": _tag,
    "PATCH /api/desk/v1/tags/{id}": _tag,
    "DELETE /api/desk/v1/tags/{id}": _tag,
    "POST /api/desk/v1/fields": _new_field,
    "GET /api/desk/v1/fields/{id}": _field,
    "PATCH /api/desk/v1/fields/{id}": _field,
    "DELETE /api/desk/v1/fields/{id}": _field,
}

SHOWN_ONCE = ("POST /api/desk/v1/keys",)
"""Calls whose answer has a secret in it, and has it once: tests/signing_in tells what is repeated."""

REPEATED_BY_PARTS = ("POST /api/desk/v1/tickets/bulk",)
"""Calls of which a retry does what was not done before, so that its answer is another one."""

SECRET_NEEDED = (
    "DELETE /api/desk/v1/sessions/{id}",
    "POST /api/desk/v1/me/password",
    "POST /api/desk/v1/links/check",
    "POST /api/desk/v1/setup",
    "POST /api/desk/v1/invitations/accept",
    "POST /api/desk/v1/resets/accept",
)
"""Calls that succeed for nobody but who has a password, a session or a link: tests/signing_in is about them."""
