"""What the tests of contract 2 say over and over."""

from typing import Any
from uuid import uuid4

import httpx

TICKETS = "/api/tickets"
AUTH = "/api/auth"
PASSWORD = "correct horse battery staple"

PRINTER: dict[str, Any] = {
    "nombre": "Ana García",
    "email": "ana.garcia@example.com",
    "tipo": "INCIDENTE",
    "categoria": "Sistemas",
    "descripcion": "La impresora no imprime desde ayer.",
    "prioridad": "ALTA",
}

Ticket = dict[str, Any]


def opened(anyone: httpx.Client, **changes: Any) -> Ticket:
    """What somebody is told who opens a ticket."""
    answer = anyone.post(f"{TICKETS}/crear", json=PRINTER | changes)
    assert answer.status_code == 200, answer.text
    ticket: Ticket = answer.json()
    return ticket


def looked_up(anyone: httpx.Client, ticket: Ticket, email: str = "ana.garcia@example.com") -> Ticket:
    """The ticket as its requester sees it."""
    answer = anyone.post(f"{TICKETS}/consultar", json={"label": ticket["ticketLabel"], "email": email})
    assert answer.status_code == 200, answer.text
    found: Ticket = answer.json()
    return found


def detail(staff: httpx.Client, ticket: Ticket) -> dict[str, Any]:
    """The ticket and its history as staff see them."""
    answer = staff.get(f"{TICKETS}/{ticket['ticketUuid']}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ask(staff: httpx.Client, ticket: Ticket, verb: str, **body: Any) -> httpx.Response:
    return staff.post(f"{TICKETS}/{ticket['ticketUuid']}/{verb}", json=body)


def done(staff: httpx.Client, ticket: Ticket, verb: str, **body: Any) -> str:
    """Ask for something that is not refused, and return what is said to it."""
    answer = ask(staff, ticket, verb, **body)
    assert answer.status_code == 200, answer.text
    message: str = answer.json()["message"]
    return message


def update(staff: httpx.Client, ticket: Ticket, estado: str, **changes: Any) -> str:
    body = {"prioridad": "ALTA", "area": "MESA", "respuesta": "Lo estamos mirando."} | changes
    return done(staff, ticket, "actualizar", estado=estado, **body)


def new_user(**changes: Any) -> dict[str, Any]:
    """A body for POST /api/auth/users, with an address that nobody has."""
    email = f"{uuid4().hex[:12]}@desk.example"
    return {"email": email, "password": PASSWORD, "nombre": "Marta Ruiz", "rol": "MESA"} | changes


def add_user(admin: httpx.Client, **changes: Any) -> dict[str, Any]:
    """Make a staff account; returns the body it was made with, and its id."""
    body = new_user(**changes)
    answer = admin.post(f"{AUTH}/users", json=body)
    assert answer.status_code == 200, answer.text
    return body | {"id": answer.json()["id"]}


def log_in(anyone: httpx.Client, user: dict[str, Any], password: str = PASSWORD) -> httpx.Response:
    return anyone.post(f"{AUTH}/login", json={"email": user["email"], "password": password})
