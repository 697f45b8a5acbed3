"""Tickets in the browser: who asks, who of the staff works on them, and the parts of their page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.people import ALICIA, Person, enter
from tests.serving import RunningDesk, token

DESK = "/api/desk/v1"
PHONE = {"width": 390, "height": 844}


class Requester:
    """Somebody who asks through contract 3 and sees there what its users see."""

    def __init__(self, server: RunningDesk, name: str = "Ana García", email: str = "ana@example.org") -> None:
        self._server = server
        self._ids: dict[str, str] = {}
        self.client = server.client(token(f"ticket-{name}", name=name, email=email))

    def ask(self, subject: str = "Payment not received", body: str = "It has not **arrived** yet.") -> str:
        """Return the label of the new ticket."""
        asked = {"subject": subject, "body": body, "category": "billing", "priority": "high"}
        answer = self.client.post("/v1/support/tickets", json=asked)
        assert answer.status_code == 201, answer.text
        # With a token: nobody's password has to be looked at.
        with self._server.client(token("watcher", rol="MESA")) as watcher:
            newest = watcher.get(f"{DESK}/tickets", params={"sort": "-created", "limit": 1}).json()
        label = str(newest["data"][0]["label"])
        self._ids[label] = answer.json()["id"]
        return label

    def reply(self, ticket: str, body: str) -> None:
        sent = self.client.post(f"/v1/support/tickets/{self._ids[ticket]}/messages", json={"body": body})
        assert sent.status_code == 201, sent.text

    def sees(self, ticket: str) -> Any:
        return self.client.get(f"/v1/support/tickets/{self._ids[ticket]}").json()

    def writes(self, ticket: str, body: str) -> None:
        answer = self.client.post(f"/v1/support/tickets/{self._ids[ticket]}/messages", json={"body": body})
        assert answer.status_code == 201, answer.text


@contextmanager
def staff(server: RunningDesk, person: Person = ALICIA) -> Iterator[httpx.Client]:
    """Lend a client with a session of the native API."""
    with server.client() as client:
        client.headers["Origin"] = server.url
        signed = client.post(f"{DESK}/session", json={"email": person.email, "password": person.password})
        assert signed.status_code == 200, signed.text
        yield client


def join(server: RunningDesk, person: Person, role: str = "agent", area: str | None = None) -> None:
    """Let somebody come in by an invitation."""
    invited = {"name": person.name, "email": person.email, "role": role, **({"areas": [area]} if area else {})}
    with staff(server) as admin, server.client() as theirs:
        made = admin.post(f"{DESK}/agents", json=invited)
        assert made.status_code == 201, made.text
        link = made.json()["invitation"]["url"].partition("=")[2]
        theirs.headers["Origin"] = server.url
        accepted = {"token": link, "password": person.password}
        assert theirs.post(f"{DESK}/invitations/accept", json=accepted).status_code == 200


def change(client: httpx.Client, ticket: str, **patch: Any) -> Any:
    """Change a ticket by the API, whatever its version; returns it."""
    changed = client.patch(f"{DESK}/tickets/{ticket}", json=patch, headers={"If-Match": "*"})
    assert changed.status_code == 200, changed.text
    return changed.json()


def write(client: httpx.Client, ticket: str, body: str, kind: str = "answer", **more: Any) -> None:
    """Write into a ticket by the API."""
    written = client.post(f"{DESK}/tickets/{ticket}/messages", json={"kind": kind, "body": body, **more})
    assert written.status_code == 201, written.text


def open_ticket(page: Page, ticket: str, person: Person = ALICIA) -> None:
    enter(page, person, f"tickets/{ticket}")
    expect(page.get_by_test_id("timeline")).to_be_visible()
    expect(page.get_by_role("status", name="Loading")).to_have_count(0)


def entries(page: Page, kind: str) -> Locator:
    return page.get_by_test_id("timeline").locator(f"[data-kind={kind}]")


def send_now(page: Page) -> None:
    page.get_by_role("button", name="Send now").click()


def notice(page: Page, text: str) -> Locator:
    return page.get_by_role("region", name="Notices").get_by_role("listitem").filter(has_text=text)


def choose(page: Page, field: str, option: str) -> None:
    page.get_by_role("combobox", name=field).click()
    page.get_by_role("option", name=option, exact=True).click()


@contextmanager
def held(page: Page, url: str | re.Pattern[str]) -> Iterator[None]:
    """Let requests to `url` wait until the end of the block."""
    waiting: list[Route] = []
    is_over = False
    page.route(url, lambda route: route.continue_() if is_over else waiting.append(route))
    yield
    is_over = True
    for route in waiting:
        route.continue_()
