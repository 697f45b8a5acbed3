"""How each contract lists, shows, answers, resolves and refuses: one row for each, for whatever walks through all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import httpx


class People(NamedTuple):
    """Whose ticket it is, and who works on it."""

    owner: httpx.Client
    staff: httpx.Client


@dataclass(frozen=True)
class Call:
    """One request; what stands in braces in its path and body is filled in."""

    who: Literal["owner", "staff"]
    method: str
    path: str
    body: Mapping[str, str] = field(default_factory=dict)

    def send(self, people: People, **parts: object) -> httpx.Response:
        client = people.owner if self.who == "owner" else people.staff
        body = {name: text.format_map(parts) for name, text in self.body.items()}
        return client.request(self.method, self.path.format_map(parts), json=body or None)


class Shown(NamedTuple):
    """What a contract shows of a ticket: its own word for the status, the first message, the latest answer of staff."""

    status: str
    said: str
    answer: str | None


class Refusal(NamedTuple):
    """A step that a closed ticket does not take, and all that the contract says to it."""

    call: Call
    status: int
    told: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Steps:
    """`said` is the field in which a ticket is opened with its first message; `words` are the contract's for each
    status of ours. Contract 4 has no words for answers and changes of state: its `answer`, `resolve` and `refusal` are
    None. The dashboard of contract 2 goes on behind a row, the lists of the others are walked by number.
    """

    said: str
    words: tuple[str, str, str, str]
    rows: Call
    ids: Callable[[Any], list[Any]]
    show: Call
    shown: Callable[[Any, str], Shown]
    answer: Call | None = None
    resolve: Call | None = None
    refusal: Refusal | None = None

    def listed(self, people: People, size: int, page: int = 1, behind: str = "") -> list[str]:
        """Return the ids on one page, newest first."""
        answer = self.rows.send(people, size=size, page=page, behind=behind)
        assert answer.status_code == 200, answer.text
        return [str(one) for one in self.ids(answer.json())]

    def read(self, people: People, ticket: str) -> Shown:
        answer = self.show.send(people, id=ticket)
        assert answer.status_code == 200, answer.text
        return self.shown(answer.json(), ticket)


def _debuta(told: Any, ticket: str) -> Shown:
    (row,) = (row for row in told["tickets"] if row["_id"] == ticket)
    return Shown(row["estado"], row["descripcion"], row["respuesta_admin"] or None)


def _mesa(told: Any, ticket: str) -> Shown:
    row = told["ticket"]
    return Shown(row["estado"], row["descripcion_problema"], row["respuesta_cliente"])


def _support(told: Any, ticket: str) -> Shown:
    answers = [message["body"] for message in told["messages"] if message["is_admin"]]
    return Shown(told["status"], told["messages"][0]["body"], answers[-1] if answers else None)


def _kinconecta(told: Any, ticket: str) -> Shown:
    return Shown(told["status"], told["message"], None)


def _mobile(told: Any, ticket: str) -> Shown:
    messages = told["data"]["messages"]
    answers = [message["body"] for message in messages if message["authorType"] == "admin"]
    return Shown(told["data"]["status"], messages[0]["body"], answers[-1] if answers else None)


_NOT_ALLOWED = "The state of the ticket does not allow this"
_ENGLISH = ("open", "in_progress", "resolved", "closed")
_UPDATE = {"prioridad": "MEDIA", "area": "MESA", "respuesta": "{text}"}

STEPS: Mapping[str, Steps] = {
    "debuta": Steps(
        said="descripcion",
        words=("abierto", "en_revision", "resuelto", "cerrado"),
        rows=Call("owner", "GET", "/api/soporte/mis-tickets?page={page}&limit={size}"),
        ids=lambda told: [row["_id"] for row in told["tickets"]],
        show=Call("owner", "GET", "/api/soporte/mis-tickets"),
        shown=_debuta,
        answer=Call("staff", "PUT", "/api/admin/soporte/{id}", {"respuesta_admin": "{text}"}),
        resolve=Call("staff", "PUT", "/api/admin/soporte/{id}", {"estado": "resuelto"}),
        refusal=Refusal(
            Call("staff", "PUT", "/api/admin/soporte/{id}", {"respuesta_admin": "Una cosa más."}),
            409,
            {"message": "El ticket está cerrado"},
        ),
    ),
    "mesa": Steps(
        said="descripcion",
        words=("ABIERTO", "EN_PROCESO", "RESUELTO", "CERRADO"),
        rows=Call("staff", "GET", "/api/tickets/dashboard?limit={size}&desde={behind}"),
        ids=lambda told: [row["ticket_uuid"] for row in told],
        show=Call("staff", "GET", "/api/tickets/{id}"),
        shown=_mesa,
        answer=Call("staff", "POST", "/api/tickets/{id}/actualizar", _UPDATE | {"estado": "EN_PROCESO"}),
        resolve=Call("staff", "POST", "/api/tickets/{id}/actualizar", _UPDATE | {"estado": "RESUELTO"}),
        refusal=Refusal(
            Call("staff", "POST", "/api/tickets/{id}/pausar", {"motivo": "Falta la pieza"}),
            409,
            {"detail": "El estado del ticket no permite esta operación"},
        ),
    ),
    "support": Steps(
        said="body",
        words=_ENGLISH,
        rows=Call("owner", "GET", "/v1/support/tickets?page={page}&per_page={size}"),
        ids=lambda told: [row["id"] for row in told["data"]],
        show=Call("owner", "GET", "/v1/support/tickets/{id}"),
        shown=_support,
        answer=Call("staff", "POST", "/v1/admin/support/tickets/{id}/messages", {"body": "{text}"}),
        resolve=Call("staff", "PATCH", "/v1/admin/support/tickets/{id}", {"status": "resolved"}),
        refusal=Refusal(
            Call("staff", "PATCH", "/v1/admin/support/tickets/{id}", {"status": "resolved"}),
            409,
            {"error": {"code": "conflict", "message": _NOT_ALLOWED, "details": None}},
        ),
    ),
    "kinconecta": Steps(
        said="message",
        words=_ENGLISH,
        rows=Call("owner", "GET", "/api/support-tickets?page={page}&size={size}"),
        ids=lambda told: [row["id"] for row in told],
        show=Call("owner", "GET", "/api/support-tickets/{id}"),
        shown=_kinconecta,
    ),
    "mobile": Steps(
        said="message",
        words=_ENGLISH,
        rows=Call("owner", "GET", "/api/mobile/support-requests?page={page}&size={size}"),
        ids=lambda told: [row["id"] for row in told["data"]],
        show=Call("owner", "GET", "/api/mobile/support-requests/{id}"),
        shown=_mobile,
        answer=Call("staff", "POST", "/api/admin/support-requests/{id}/messages", {"body": "{text}"}),
        resolve=Call("staff", "PATCH", "/api/admin/support-requests/{id}/status", {"status": "resolved"}),
        refusal=Refusal(
            Call("staff", "PATCH", "/api/admin/support-requests/{id}/status", {"status": "resolved"}),
            409,
            {"statusCode": 409, "message": _NOT_ALLOWED, "error": "Conflict"},
        ),
    ),
}
