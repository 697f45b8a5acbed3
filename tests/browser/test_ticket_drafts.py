"""What somebody types into a ticket is never lost: not by a desk that dies, not by a tab that is closed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.people import ALICIA, MARTA, enter
from tests.browser.tickets import Requester, entries, notice, open_ticket, send_now
from tests.serving import RunningDesk

pytestmark = pytest.mark.usefixtures("settled")

ANSWER = "Write a public answer"
NOTE = "Write an internal note"


def type_and_save(page: Page, text: str) -> None:
    with page.expect_response(lambda response: "/draft" in response.url and response.request.method == "PUT"):
        page.keyboard.type(text)


def close_tab(page: Page) -> Page:
    """Close it as a crash does, and open another one of the same browser."""
    context = page.context
    page.close()
    return context.new_page()


def test_what_is_typed_while_the_desk_is_away_outlives_the_tab(page: Page, server: RunningDesk, ana: Requester) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    page.keyboard.press("r")
    type_and_save(page, "Saved there")
    server.kill()
    page.keyboard.type(", and this not")
    page = close_tab(page)
    server.start_again()
    open_ticket(page, ticket)
    expect(page.get_by_label(ANSWER)).to_have_value("Saved there, and this not")
    expect(page.get_by_text("This answer was not sent.")).to_have_count(0)


def test_answer_in_a_tab_that_is_closed_while_the_desk_is_away_is_back_in_its_place(
    page: Page, server: RunningDesk, ana: Requester
) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    server.kill()
    page.get_by_label(ANSWER).fill("Nobody has this yet")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_label(ANSWER)).to_have_value("")
    page = close_tab(page)
    server.start_again()
    open_ticket(page, ticket)
    expect(page.get_by_label(ANSWER)).to_have_value("Nobody has this yet")
    expect(page.get_by_text("This answer was not sent.")).to_be_visible()
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        assert axe.findings(page) == []
    page.get_by_role("button", name="Answer", exact=True).click()
    send_now(page)
    expect(page.get_by_test_id("pending")).to_have_count(0)
    bodies = [message["body"] for message in ana.sees(ticket)["messages"]]
    assert bodies.count("Nobody has this yet") == 1
    page.reload()
    expect(entries(page, "answer")).to_have_count(1)
    expect(page.get_by_label(ANSWER)).to_have_value("")


def test_note_and_answer_that_were_not_sent_are_told_of_in_the_queue_and_marked_in_the_ticket(
    page: Page, server: RunningDesk, ana: Requester
) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    server.kill()
    page.keyboard.press("n")
    page.get_by_label(NOTE).fill("She is cross")
    page.get_by_role("button", name="Add the note").click()
    expect(page.get_by_role("region", name="Write")).to_be_focused()
    page.get_by_role("tab", name="Answer").click()
    page.get_by_label(ANSWER).fill("Dear Ana")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_test_id("pending")).to_have_count(2)
    page = close_tab(page)
    server.start_again()
    enter(page, ALICIA)
    expect(page.locator("[data-ticket]").filter(has_text="A message of yours was not sent")).to_contain_text(ticket)
    page.get_by_role("link", name=f"2 messages were not sent, the first in {ticket}").click()
    expect(page.get_by_role("tab").get_by_test_id("unsent")).to_have_count(2)
    assert axe.findings(page) == []
    page.get_by_role("tab", name="Answer").click()
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label(ANSWER)).to_be_focused()
    expect(page.get_by_label(ANSWER)).to_have_value("Dear Ana")


def test_answer_whose_confirmation_was_lost_is_not_offered_again(page: Page, ana: Requester) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    page.route("**/messages", lambda route: (route.fetch(), route.abort()))
    page.get_by_label(ANSWER).fill("It did arrive")
    page.get_by_role("button", name="Answer", exact=True).click()
    with page.expect_event("requestfailed", lambda request: "/messages" in request.url):
        send_now(page)
    expect(page.get_by_test_id("pending")).to_have_count(0)
    page = close_tab(page)
    open_ticket(page, ticket)
    expect(entries(page, "answer")).to_contain_text("It did arrive")
    expect(page.get_by_label(ANSWER)).to_have_value("")
    expect(page.get_by_text("This answer was not sent.")).to_have_count(0)


def test_note_and_answer_have_a_text_each(page: Page, ana: Requester) -> None:
    open_ticket(page, ana.ask())
    page.keyboard.press("n")
    page.keyboard.type("She is cross")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.get_by_label(ANSWER)).to_have_value("")
    type_and_save(page, "Dear Ana")
    page.reload()
    expect(page.get_by_label(ANSWER)).to_have_value("Dear Ana")
    page.get_by_role("tab", name="Internal note").click()
    expect(page.get_by_label(NOTE)).to_have_value("She is cross")
    page.get_by_role("button", name="Add the note").click()
    expect(notice(page, "Your note is added in a moment")).to_be_visible()
    send_now(page)
    expect(page.get_by_test_id("pending")).to_have_count(0)
    page.get_by_role("tab", name="Answer").click()
    expect(page.get_by_label(ANSWER)).to_have_value("Dear Ana")
    page.get_by_label(ANSWER).fill("\n".join(["line"] * 12))
    grown = page.get_by_label(ANSWER).evaluate("box => [box.clientHeight, box.scrollHeight, innerHeight]")
    assert grown[0] == grown[1] > 200
    page.get_by_label(ANSWER).fill("\n".join(["line"] * 80))
    assert page.get_by_label(ANSWER).bounding_box()["height"] <= grown[2] / 2 + 1  # type: ignore[index]


def test_browser_that_keeps_nothing_warns_before_text_is_lost(page: Page, server: RunningDesk, ana: Requester) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    open_ticket(page, ana.ask())
    asks = "() => !dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    page.keyboard.press("r")
    type_and_save(page, "Safe")
    page.wait_for_function(f"() => !({asks})()")
    server.kill()
    page.keyboard.type(" and not")
    page.wait_for_function(asks)
    server.start_again()
    page.wait_for_function(f"() => !({asks})()")


def test_sign_out_takes_along_what_was_just_typed_and_leaves_none_of_it_here(page: Page, ana: Requester) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    page.get_by_label(ANSWER).fill("Out at once")
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_role("tab", name="Internal note").click()
    page.get_by_label(NOTE).fill("Going home")
    page.get_by_test_id("account").click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.wait_for_url("**/desk/sign-in")
    assert ana.sees(ticket)["messages"][-1]["body"] == "Out at once"
    assert "Out at once" not in page.evaluate("JSON.stringify(localStorage)")
    open_ticket(page, ticket)
    expect(page.get_by_label(NOTE)).to_have_value("Going home")


def sign_out(page: Page) -> None:
    page.get_by_test_id("account").click()
    page.get_by_role("menuitem", name="Sign out").click()


def test_who_signs_out_says_what_becomes_of_a_text_that_the_desk_has_no_room_for(
    page: Page, crew: RunningDesk, ana: Requester
) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    page.get_by_label(ANSWER).fill("Dear Ana")
    page.get_by_role("tab", name="Internal note").click()
    page.get_by_label(NOTE).fill("She is cross")
    dialog = page.get_by_role("dialog", name="Some of what you wrote was not sent")
    sign_out(page)
    expect(dialog).to_contain_text("One text is on this device alone")
    assert axe.findings(page) == []
    dialog.get_by_role("button", name="Stay").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_label(NOTE)).to_have_value("She is cross")
    sign_out(page)
    dialog.get_by_role("button", name="Keep and sign out").click()
    page.wait_for_url("**/desk/sign-in")

    open_ticket(page, ticket, MARTA)
    expect(page.get_by_label(ANSWER)).to_have_value("")
    page.get_by_role("tab", name="Internal note").click()
    expect(page.get_by_label(NOTE)).to_have_value("")
    sign_out(page)
    page.wait_for_url("**/desk/sign-in")

    open_ticket(page, ticket)
    expect(page.get_by_label(NOTE)).to_have_value("She is cross")
    page.get_by_role("tab", name="Answer").click()
    expect(page.get_by_label(ANSWER)).to_have_value("Dear Ana")
    sign_out(page)
    dialog.get_by_role("button", name="Discard and sign out").click()
    page.wait_for_url("**/desk/sign-in")
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "Dear Ana" not in kept
    assert "cross" not in kept


def test_who_signs_out_while_the_desk_is_away_is_asked_at_once_and_not_signed_out_later(
    page: Page, server: RunningDesk, ana: Requester
) -> None:
    with page.expect_response(lambda response: "SignOutDialog" in response.url):
        open_ticket(page, ana.ask())
        page.keyboard.press("r")
        type_and_save(page, "Saved there")
    server.kill()
    page.keyboard.type(", and this not")
    expect(page.get_by_test_id("connection")).to_contain_text("No connection")
    sign_out(page)
    dialog = page.get_by_role("dialog", name="Some of what you wrote was not sent")
    dialog.get_by_role("button", name="Keep and sign out").click()
    expect(dialog.get_by_role("alert")).to_contain_text("The desk cannot be reached: you are not signed out yet")
    assert axe.findings(page) == []
    dialog.get_by_role("button", name="Stay").click()
    with page.expect_response(lambda response: "/draft" in response.url and response.ok):
        server.start_again()
    expect(page.get_by_test_id("connection")).to_have_count(0)
    expect(dialog).to_have_count(0)
    expect(page.get_by_label(ANSWER)).to_have_value("Saved there, and this not")
    assert page.evaluate("fetch('/api/desk/v1/me').then((answer) => answer.status)") == 200
