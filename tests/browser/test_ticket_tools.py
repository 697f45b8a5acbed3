"""An agent's tools on a ticket: macros that change it, the bell, mentions, parting and tying tickets, its history."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.tickets import DESK, Requester, entries, open_ticket, send_now

pytestmark = pytest.mark.usefixtures("settled")


def made(answer: httpx.Response) -> Any:
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def test_macro_changes_the_ticket_with_the_answer_in_one_request(
    page: Page, staff: httpx.Client, ana: Requester
) -> None:
    ticket = ana.ask()
    made(
        staff.post(
            f"{DESK}/macros",
            json={
                "name": "Storm",
                "body": "The storm is over.",
                "change": {"status": "resolved", "priority": "urgent", "tags_add": ["storm"], "assignee_id": "me"},
            },
        )
    )
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    open_ticket(page, ticket)
    page.get_by_role("button", name="Macro").click()
    page.get_by_role("option", name="Storm").click()
    expect(page.get_by_label("Write a public answer")).to_have_value("The storm is over.")
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("also changes")).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    page.get_by_role("button", name="Answer", exact=True).click()
    send_now(page)
    expect(page.get_by_test_id("status")).to_have_text("Resolved")
    expect(page.get_by_role("button", name="Remove the tag storm")).to_be_visible()
    expect(page.get_by_role("combobox", name="Priority")).to_have_text("Urgent")
    changes = [request.url for request in asked if request.method in ("PATCH", "POST") and ticket in request.url]
    assert [url.rpartition("/")[2] for url in changes] == ["messages"]
    expect(entries(page, "answer")).to_contain_text("The storm is over.")
