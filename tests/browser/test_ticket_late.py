"""What ends late on the ticket page never undoes what somebody did meanwhile."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from playwright.sync_api import Page, Route, expect

from tests.browser.tickets import DESK, Requester, notice, open_ticket

ANSWER, NOTE = "Write a public answer", "Write an internal note"


@contextmanager
def held(page: Page, url: str) -> Iterator[None]:
    """Let requests to `url` wait until the end of the block."""
    waiting: list[Route] = []
    is_over = False
    page.route(url, lambda route: route.continue_() if is_over else waiting.append(route))
    yield
    is_over = True
    for route in waiting:
        route.continue_()


def add_macro(staff: httpx.Client, name: str, body: str, kind: str = "answer") -> None:
    macro = {"name": name, "body": body, "kind": kind, "change": {}, "is_shared": False}
    made = staff.post(f"{DESK}/macros", json=macro)
    assert made.status_code == 201, made.text


def choose_macro(page: Page, name: str) -> None:
    page.get_by_role("button", name="Macro").click()
    with page.expect_request("**/render"):
        page.get_by_role("option", name=name).click()


def test_macro_that_comes_late_leaves_what_was_done_meanwhile(page: Page, staff: httpx.Client, ana: Requester) -> None:
    add_macro(staff, "Greeting", "Dear {{requester.first_name}}")
    add_macro(staff, "Call", "She was called.", "note")
    open_ticket(page, ana.ask())
    preview, text = page.get_by_role("button", name="Preview"), page.get_by_test_id("preview")

    with held(page, "**/render"):
        choose_macro(page, "Greeting")
        preview.click()
    expect(text).to_have_text("Dear Ana")
    expect(preview).to_be_focused()
    expect(preview).to_have_attribute("aria-pressed", "true")

    preview.click()
    with held(page, "**/render"):
        choose_macro(page, "Call")
        page.get_by_label(ANSWER).fill("Dear Ana, it is")
    expect(notice(page, "The macro wrote into the note")).to_be_visible()
    expect(page.get_by_label(ANSWER)).to_have_value("Dear Ana, it is")
    page.get_by_role("tab", name="Internal note").click()
    expect(page.get_by_label(NOTE)).to_have_value("She was called.")

    choose_macro(page, "Greeting")
    expect(page.get_by_label(ANSWER)).to_be_focused()
    expect(page.get_by_label(ANSWER)).to_have_value("Dear Ana, it is\n\nDear Ana")


def test_removed_link_does_not_take_the_focus_from_a_text(page: Page, staff: httpx.Client, ana: Requester) -> None:
    ticket, other = ana.ask(), ana.ask("The other one")
    linked = staff.post(f"{DESK}/tickets/{ticket}/links", json={"other": other, "kind": "related"})
    assert linked.status_code == 200, linked.text
    open_ticket(page, ticket)
    with held(page, "**/links/**"):
        with page.expect_request("**/links/**"):
            page.get_by_role("button", name=f"Remove the link to {other}").click()
        page.get_by_label(ANSWER).click()
        page.keyboard.type("Dear ")
    expect(page.get_by_role("link", name=re.compile(f"{other} "))).to_have_count(0)
    page.keyboard.type("Ana")
    expect(page.get_by_label(ANSWER)).to_have_value("Dear Ana")
