"""What tests of the queue do beside the browser, and look for in it."""

import time
from typing import Any

import httpx
from playwright.sync_api import Locator, Page, expect

TICKETS = "/api/desk/v1/tickets"
_INDEXED_SECONDS = 30


def open_ticket(staff: httpx.Client, subject: str, **more: object) -> dict[str, Any]:
    body = {"requester": {"name": "Ana Pérez", "email": "ana@example.com"}, "subject": subject, "body": "Help, please."}
    made = staff.post(TICKETS, json=body | more)
    assert made.status_code == 201, made.text
    answer: dict[str, Any] = made.json()
    return answer


def resolve_all(staff: httpx.Client) -> None:
    left = [row["id"] for row in staff.get(TICKETS, params={"query": "is:open", "limit": 200}).json()["data"]]
    if left:
        done = staff.post(f"{TICKETS}/bulk", json={"ids": left, "change": {"status": "resolved"}})
        assert done.status_code == 200, done.text


def wait_until_found(staff: httpx.Client, query: str, count: int) -> None:
    """Wait until the words are indexed, which SQLite does behind."""
    deadline = time.monotonic() + _INDEXED_SECONDS
    while len(staff.get(TICKETS, params={"query": query}).json()["data"]) < count:
        assert time.monotonic() < deadline, f"not found within {_INDEXED_SECONDS} s: {query}"
        time.sleep(0.05)


def rows(page: Page) -> Locator:
    return page.locator("[data-ticket]")


def row(page: Page, ticket: dict[str, Any]) -> Locator:
    return page.locator(f"[data-ticket='{ticket['id']}']")


def see_subjects(page: Page, *subjects: str) -> None:
    expect(rows(page).get_by_role("link")).to_have_text(list(subjects))
