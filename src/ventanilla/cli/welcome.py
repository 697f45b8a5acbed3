"""What `serve --welcome` prints: where to go, who may log in, and one command per contract to try it with."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ventanilla.actions.ports import Transaction
from ventanilla.app import Application, enabled_contracts
from ventanilla.cli import logins
from ventanilla.cli.samples import people
from ventanilla.core.filters import Cursor, Order, Page, TicketFilter
from ventanilla.core.moments import moment
from ventanilla.core.ticket_row import TicketRow
from ventanilla.core.words import Channel

TOKEN_SECONDS = 12 * 60 * 60
_PAGE = 200
_MOST_PAGES = 10


@dataclass(frozen=True, slots=True)
class Sample:
    """A request that opens a ticket. `needs_token` is False where the contract looks at none."""

    path: str
    body: Mapping[str, Any]
    needs_token: bool = True


SAMPLES: Mapping[str, Sample] = {
    "debuta": Sample(
        "/api/soporte",
        {
            "categoria": "problema_tecnico",
            "asunto": "La app se cierra",
            "descripcion": "Se cierra al subir un video de más de un minuto.",
        },
    ),
    "mesa": Sample(
        "/api/tickets/crear",
        {
            "nombre": "Ana García",
            "email": "ana@example.com",
            "tipo": "INCIDENTE",
            "categoria": "Redes y conectividad",
            "asunto": "Sin conexión",
            "descripcion": "No hay red en la planta 3 desde las ocho.",
            "prioridad": "ALTA",
        },
        needs_token=False,
    ),
    "support": Sample(
        "/v1/support/tickets",
        {
            "subject": "Charged twice",
            "body": "My card shows two charges for March.",
            "category": "billing",
            "priority": "high",
        },
    ),
    "kinconecta": Sample(
        "/api/support-tickets",
        {
            "roleContext": "tourist",
            "fullName": "Ana García",
            "email": "ana@example.com",
            "subject": "The guide did not come",
            "category": "booking",
            "message": "We waited for forty minutes at the meeting point.",
        },
    ),
    "mobile": Sample(
        "/api/mobile/support-requests",
        {
            "category": "technical",
            "subject": "App crashes on checkout",
            "message": "The app closes as soon as I tap Pay.",
        },
    ),
}


async def text(application: Application, address: str, setup: str = "") -> str:
    """Return the whole text for a desk that is reached at `address`, with tokens that are good for 12 hours.

    `setup` is the link that makes the first admin, blank where there is one.
    """
    parts = [_where_to_go(application, address), _first_admin(setup), _staff_login(application, address)]
    token = _token(application)
    for contract in enabled_contracts(application.settings):
        sample = SAMPLES.get(contract.name)
        if sample:
            command = _curl(address + sample.path, sample.body, token if sample.needs_token else None)
            parts.append(f"# {contract.title}: open a ticket\n{command}")
        if contract.name == Channel.MESA:
            parts += await _look_up(application, address)
    return "\n\n".join(part for part in parts if part) + "\n"


def _where_to_go(application: Application, address: str) -> str:
    base = application.settings.base_url or address
    return f"\nVentanilla is ready: {base}/desk\nEvery route, to read and to try: {base}/docs\nStop it with Ctrl-C."


def _first_admin(setup: str) -> str:
    return f"Open this to make the first admin (good once, for 24 hours):\n\n    {setup}" if setup else ""


def _staff_login(application: Application, address: str) -> str:
    password = logins.password(Path(application.settings.data_dir))
    if password is None:
        return ""
    emails = ", ".join(member.email for member in people().staff)
    base = application.settings.base_url or address
    return f"Staff of the sample desk, who sign in at {base}/desk: {emails}\nPassword of each: {password}"


def _token(application: Application) -> str:
    """Return a token for Ana, or the name of a shell variable on a desk that trusts no tokens of its own."""
    if not application.settings.auth.own_issuer:
        return "$TOKEN"
    ana = people().ana
    claims = {"role": "user", "name": ana.name, "email": f"{ana.id}@example.com"}
    return application.services.token_maker.token(ana.id, TOKEN_SECONDS, claims)


async def _look_up(application: Application, address: str) -> list[str]:
    ticket = await application.services.desk.scan(_newest_of_mesa)
    if ticket is None:
        return []
    body = {"label": str(ticket.label), "email": ticket.contact_email}
    return [f"# Mesa de Ayuda: look up a ticket\n{_curl(f'{address}/api/tickets/consultar', body, None)}"]


async def _newest_of_mesa(tx: Transaction) -> TicketRow | None:
    after = None
    for _ in range(_MOST_PAGES):
        rows = await tx.tickets.rows(TicketFilter(), Order.NEWEST, Page(size=_PAGE, after=after))
        for ticket in rows:
            if ticket.channel is Channel.MESA:
                return ticket
        if len(rows) < _PAGE:
            return None
        after = Cursor(moment(rows[-1].created_at), rows[-1].id)
    return None


def _curl(url: str, body: Mapping[str, Any], token: str | None) -> str:
    lines = [f"curl -sS {url}", "-H 'Content-Type: application/json'"]
    if token:
        lines.append(f'-H "Authorization: Bearer {token}"')
    quoted = json.dumps(body, ensure_ascii=False).replace("'", "'\\''")
    return " \\\n  ".join([*lines, f"-d '{quoted}'"])
