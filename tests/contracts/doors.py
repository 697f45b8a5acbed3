"""How a ticket is opened through each contract, and what that contract calls it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import httpx

from ventanilla.contracts import REGISTRY


@dataclass(frozen=True)
class Door:
    """One contract's call that opens a ticket.

    `find_id` takes the id out of the answer; `parameter` is what the contract's paths call it.
    """

    path: str
    body: Mapping[str, Any]
    find_id: Callable[[Any], Any]
    parameter: str = "id"

    def open(self, client: httpx.Client, **changes: object) -> str:
        """Open a ticket and return its id as it stands in paths."""
        answer = client.post(self.path, json={**self.body, **changes})
        assert answer.is_success, answer.text
        return str(self.find_id(answer.json()))


FOREIGN = tuple(contract for contract in REGISTRY if contract.name != "desk")
"""The contracts of others: requesters open tickets through each of them."""

DOORS: Mapping[str, Door] = {
    "debuta": Door(
        "/api/soporte",
        {"categoria": "pagos", "asunto": "Cobro doble", "descripcion": "Me cobraron dos veces la misma reserva."},
        lambda told: told["ticket"]["_id"],
    ),
    "mesa": Door(
        "/api/tickets/crear",
        {
            "nombre": "Ana Pérez",
            "email": "ana@example.com",
            "tipo": "INCIDENTE",
            "categoria": "Acceso",
            "descripcion": "No puedo entrar en el portal desde ayer.",
            "prioridad": "ALTA",
        },
        lambda told: told["ticketUuid"],
        parameter="uuid",
    ),
    "support": Door(
        "/v1/support/tickets",
        {"subject": "Cannot log in", "body": "The app says that my password is wrong.", "category": "account"},
        lambda told: told["id"],
    ),
    "kinconecta": Door(
        "/api/support-tickets",
        {
            "roleContext": "tourist",
            "fullName": "Ana Pérez",
            "email": "ana@example.com",
            "subject": "Lost voucher",
            "category": "booking",
            "message": "I cannot find the voucher of my tour.",
        },
        lambda told: told["id"],
    ),
    "mobile": Door(
        "/api/mobile/support-requests",
        {"category": "technical", "subject": "App crashes", "message": "The app crashes on checkout."},
        lambda told: told["data"]["id"],
    ),
}

AT_THE_DESK = replace(DOORS["mobile"], parameter="ref")
"""How a requester's ticket comes before the native API, which is for staff alone."""


def door(contract: str) -> Door:
    """Return how a requester opens a ticket that the routes of this contract can name."""
    return DOORS.get(contract, AT_THE_DESK)
