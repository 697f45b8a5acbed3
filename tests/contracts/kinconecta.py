"""Contract 4 in as few words as a test wants to spend on it."""

from pathlib import Path
from typing import Any

import httpx
from tests.serving import RunningDesk

TICKETS = "/api/support-tickets"
VOUCHER = {
    "roleContext": "tourist",
    "fullName": "Ana Pérez",
    "email": "ana@example.com",
    "subject": "Lost voucher",
    "category": "Booking",
    "message": "I cannot find the voucher of my tour.",
}
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
NOTES = "Reserva nº 17: mañana a las 9".encode()

Named = tuple[str, bytes]


def opened(client: httpx.Client, **changes: object) -> dict[str, Any]:
    """Open a ticket and return it as the answer shows it, access key and all."""
    ticket: dict[str, Any] = told(client.post(TICKETS, json=VOUCHER | changes), 201)
    return ticket


def opened_with(client: httpx.Client, *files: Named, **changes: str) -> dict[str, Any]:
    answer = client.post(TICKETS, data=VOUCHER | changes, files=parts("attachments", *files))
    ticket: dict[str, Any] = told(answer, 201)
    return ticket


def sent(client: httpx.Client, *files: Named) -> httpx.Response:
    """Try to open a ticket with files."""
    return client.post(TICKETS, data=VOUCHER, files=parts("attachments", *files))


def attached(client: httpx.Client, ticket: dict[str, Any], *files: Named, **how: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = told(client.post(files_of(ticket), files=parts("file", *files), **how), 201)
    return found


def parts(field: str, *files: Named) -> list[tuple[str, tuple[str, bytes, str]]]:
    """The files as clients send them; the type that they claim is a lie."""
    return [(field, (name, content, "text/html")) for name, content in files]


def told(answer: httpx.Response, status: int) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def refused(answer: httpx.Response, status: int) -> dict[str, Any]:
    """Return the error, having looked at its shape."""
    error: dict[str, Any] = told(answer, status)
    assert list(error)[:5] == ["status", "error", "message", "path", "timestamp"]
    assert (error["status"], error["path"]) == (status, answer.request.url.path)
    return error


def path_of(ticket: dict[str, Any]) -> str:
    return f"{TICKETS}/{ticket['id']}"


def files_of(ticket: dict[str, Any]) -> str:
    return f"{path_of(ticket)}/attachments"


def key_of(ticket: dict[str, Any]) -> dict[str, str]:
    """The header that opens the ticket."""
    return {"X-Access-Key": ticket["accessKey"]}


def on_disk(desk: RunningDesk) -> set[Path]:
    """Every file that the desk holds or is taking in."""
    return {path for path in (desk.data / "attachments").rglob("*") if path.is_file()}


def newest_id(alicia: httpx.Client) -> int:
    """The id of the ticket that was opened last, as an admin sees it."""
    rows = told(alicia.get(TICKETS, params={"size": 1}), 200)
    return int(rows[0]["id"]) if rows else 0
