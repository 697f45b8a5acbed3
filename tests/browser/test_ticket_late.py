"""What ends late on the ticket page never undoes what somebody did meanwhile."""

import re

import httpx
from playwright.sync_api import Page, expect

from tests.browser.tickets import DESK, Requester, change, held, notice, open_ticket, send_now

ANSWER, NOTE = "Write a public answer", "Write an internal note"


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


def test_draft_that_comes_late_does_not_turn_the_note_into_an_answer(
    page: Page, staff: httpx.Client, ana: Requester
) -> None:
    ticket = ana.ask()
    draft = staff.put(f"{DESK}/tickets/{ticket}/draft", json={"kind": "answer", "body": "Dear Ana"})
    assert draft.status_code == 200, draft.text
    with page.expect_response("**/draft"), held(page, "**/draft"):
        open_ticket(page, ticket)
        page.keyboard.press("n")
        expect(page.get_by_label(NOTE)).to_be_focused()
    page.keyboard.type("She is cross")
    expect(page.get_by_label(NOTE)).to_have_value("She is cross")
    page.get_by_role("tab", name="Answer").click()
    expect(page.get_by_label(ANSWER)).to_have_value("Dear Ana")


def test_answer_that_fails_late_does_not_turn_the_page(page: Page, staff: httpx.Client, ana: Requester) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    page.get_by_label(ANSWER).fill("Too late")
    with held(page, "**/messages"):
        page.get_by_role("button", name="Answer", exact=True).click()
        send_now(page)
        change(staff, ticket, status="closed")
        page.get_by_role("link", name="To the queue").click()
        page.wait_for_url("**/desk/")
    failed = notice(page, f"Your answer to {ticket} was not sent")
    expect(failed).to_contain_text("closed")
    assert page.url.endswith("/desk/")
    failed.get_by_role("button", name="To the ticket").click()
    expect(page.get_by_label(ANSWER)).to_have_value("Too late")
