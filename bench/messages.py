"""HTTP requests as bytes, made before the clock runs. Every server gets the same ones."""

import json
from collections.abc import Iterable

from bench import people
from bench.clerk import Session

OWN = "/api/mobile/support-requests"
DESK = "/api/desk/v1/tickets"
COUNTS = "/api/desk/v1/counts"

_BODY = {
    "category": "account",
    "subject": "Unable to log in",
    "message": "I cannot log in on Android. It says that the password is wrong, but it is not: the web takes it.",
}


def creates(who: Iterable[int]) -> list[bytes]:
    body = json.dumps(_BODY).encode()
    return [_request("POST", OWN, people.token(person), body) for person in who]


def gets(who: Iterable[int], tickets: int) -> list[bytes]:
    return [_request("GET", f"{OWN}/{people.ticket_of(person, tickets)}", people.token(person)) for person in who]


def lists(who: Iterable[int]) -> list[bytes]:
    return [_request("GET", f"{OWN}?page=1&size=20", people.token(person)) for person in who]


def searches(query: str) -> list[bytes]:
    return [_request("GET", f"{DESK}?query={query}", people.admin_token())]


def signed_in(target: str, session: Session) -> bytes:
    """A request of the console, which is known by its cookie."""
    return _sent("GET", target, f"Cookie: {session.name}={session.value}")


def statics(path: str) -> list[bytes]:
    return [_request("GET", path, people.token(0))]


def _request(method: str, target: str, token: str, body: bytes | None = None) -> bytes:
    return _sent(method, target, f"Authorization: Bearer {token}", body)


def _sent(method: str, target: str, who: str, body: bytes | None = None) -> bytes:
    head = f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\n{who}\r\n"
    if body is not None:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + (body or b"")
