"""Two agents on one ticket at the same time, and a desk that says no, says wait, or is not there for a while."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.people import MARTA
from tests.browser.tickets import DESK, Requester, change, choose, entries, join, notice, open_ticket, send_now, staff
from tests.browser.watching import keep_from_asking
from tests.serving import CONFIG, RunningDesk

ANSWER = "Write a public answer"
_PLACE = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
  done(document.querySelector('textarea').getBoundingClientRect().y))))"""
"""Where the text box is, once the page stands still."""
_ASKING = """() => {
  window.asked = {}
  void (async () => { while (!asked.isEnough) asked.status = (await fetch('/api/desk/v1/me')).status })()
}"""
"""Leaves no request of the agent's for anything else, until it is enough."""


@pytest.fixture(scope="module", autouse=True)
def marta(settled: RunningDesk) -> Iterator[httpx.Client]:
    """The API, as Marta uses it beside the browser."""
    join(settled, MARTA)
    with staff(settled, MARTA) as client:
        yield client


def go_deaf(page: Page) -> None:
    """Keep the page from hearing what others do, so that it does not know the newest version."""
    page.route("**/v1/events*", lambda route: route.abort())


def test_two_agents_see_each_other_write_and_lose_nothing(open_page: OpenPage, ana: Requester) -> None:
    ticket = ana.ask()
    alicia, marta = open_page(), open_page()
    open_ticket(alicia, ticket)
    open_ticket(marta, ticket, MARTA)
    presence = alicia.get_by_test_id("presence")
    expect(presence).to_have_text("Marta Ruiz is looking at this")
    expect(marta.get_by_test_id("presence")).to_have_text("Alicia Romero is looking at this")
    marta.keyboard.press("r")
    marta.keyboard.type("On its way")
    expect(presence).to_have_text("Marta Ruiz is typing…")
    alicia.keyboard.press("r")
    alicia.keyboard.type("Half a thought")
    for _ in range(7):
        alicia.keyboard.press("ArrowLeft")
    marta.get_by_role("button", name="Answer", exact=True).click()
    send_now(marta)
    expect(entries(alicia, "answer")).to_contain_text("On its way")
    expect(presence).to_have_text("Marta Ruiz is looking at this")
    alicia.keyboard.type("long ")
    expect(alicia.get_by_label(ANSWER)).to_have_value("Half a long thought")
    place = alicia.evaluate(_PLACE)
    marta.get_by_label(ANSWER).fill("And\n\nmuch\n\nmore")
    marta.get_by_role("button", name="Answer", exact=True).click()
    send_now(marta)
    expect(entries(alicia, "answer")).to_have_count(2)
    alicia.wait_for_function(f"(place) => ({_PLACE})().then((now) => Math.abs(now - place) <= 1)", arg=place)
    marta.get_by_role("link", name="To the queue").click()
    expect(presence).to_have_text("")


def test_who_signs_out_takes_leave_of_the_others_first(open_page: OpenPage, ana: Requester) -> None:
    ticket = ana.ask()
    alicia, marta = open_page(), open_page()
    open_ticket(alicia, ticket)
    open_ticket(marta, ticket, MARTA)
    presence = alicia.get_by_test_id("presence")
    marta.get_by_label(ANSWER).fill("Half")
    expect(presence).to_have_text("Marta Ruiz is typing…")
    said: list[str] = []
    marta.on("request", lambda request: said.append(f"{request.method} {request.url.rpartition('/')[2]}"))
    marta.get_by_test_id("account").click()
    marta.get_by_role("menuitem", name="Sign out").click()
    marta.wait_for_url("**/desk/sign-in")
    deeds = [one for one in said if one in ("PUT presence", "DELETE session")]
    assert deeds[-2:] == ["PUT presence", "DELETE session"], said
    expect(presence).to_have_text("")


def test_change_that_came_before_the_events_did_is_seen(page: Page, marta: httpx.Client, ana: Requester) -> None:
    ticket = ana.ask()
    keep_from_asking(page)
    held: list[Route] = []
    page.route("**/v1/events*", lambda route: held.append(route))
    with page.expect_request("**/v1/events*"):
        open_ticket(page, ticket)
    change(marta, ticket, priority="urgent")
    held.pop().continue_()
    expect(page.get_by_role("combobox", name="Priority")).to_have_text("Urgent")


def test_who_was_faster_is_told_and_both_ways_out_work(page: Page, marta: httpx.Client, ana: Requester) -> None:
    ticket = ana.ask()
    go_deaf(page)
    open_ticket(page, ticket)
    change(marta, ticket, priority="urgent")
    choose(page, "Priority", "Low")
    told = notice(page, "Marta Ruiz was faster")
    expect(told).to_contain_text("Changed meanwhile: Priority.")
    expect(page.get_by_role("combobox", name="Priority")).to_have_text("Urgent")
    told.get_by_role("button", name="Close").click()
    assert marta.get(f"{DESK}/tickets/{ticket}").json()["priority"] == "urgent"

    change(marta, ticket, priority="critical", tags=["theirs"])
    choose(page, "Priority", "Low")
    expect(told).to_contain_text("Priority")
    expect(page.get_by_role("button", name="Remove the tag theirs")).to_be_visible()
    told.get_by_role("button", name="Do it anyway").click()
    expect(page.get_by_role("combobox", name="Priority")).to_have_text("Low")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("combobox", name="Priority")).to_have_text("Critical")


def test_tags_that_two_put_on_at_once_are_all_there(page: Page, marta: httpx.Client, ana: Requester) -> None:
    ticket = ana.ask()
    go_deaf(page)
    open_ticket(page, ticket)
    change(marta, ticket, tags=["theirs"])
    page.get_by_label("Add a tag").fill("mine")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Do it anyway").click()
    for tag in ("theirs", "mine"):
        expect(page.get_by_role("button", name=f"Remove the tag {tag}")).to_be_visible()


def test_answer_that_is_refused_comes_back_to_its_place(page: Page, marta: httpx.Client, ana: Requester) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    page.get_by_label(ANSWER).fill("Too late")
    page.get_by_role("button", name="Answer", exact=True).click()
    change(marta, ticket, status="closed")
    expect(page.get_by_test_id("status")).to_have_text("Closed")
    send_now(page)
    expect(notice(page, "The ticket is closed")).to_be_visible()
    expect(page.get_by_label(ANSWER)).to_have_value("Too late")
    expect(entries(page, "answer")).to_have_count(0)


def test_change_whose_version_was_lost_on_the_way_is_refused_and_nothing_typed_is_lost(
    page: Page, ana: Requester
) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    page.route(
        "**/tickets/*",
        lambda route: route.continue_(
            headers={name: value for name, value in route.request.headers.items() if name != "if-match"}
        ),
    )
    page.get_by_label(ANSWER).fill("Still here")
    choose(page, "Priority", "Low")
    expect(notice(page, "Load the page again")).to_be_visible()
    expect(page.get_by_role("combobox", name="Priority")).to_have_text("High")
    expect(page.get_by_label(ANSWER)).to_have_value("Still here")


def test_note_and_answer_wait_out_a_crash_one_after_the_other(page: Page, settled: RunningDesk, ana: Requester) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    settled.kill()
    page.keyboard.press("n")
    page.get_by_label("Write an internal note").fill("The first")
    page.get_by_role("button", name="Add the note").click()
    page.get_by_role("tab", name="Answer").click()
    page.get_by_label(ANSWER).fill("The second")
    page.get_by_role("button", name="Answer", exact=True).click()
    notice(page, "Your answer goes out").get_by_role("button", name="Send now").click()
    waiting = page.get_by_test_id("timeline").locator("article").filter(has=page.get_by_test_id("pending"))
    expect(waiting).to_contain_text(["The first", "The second"])
    expect(page.get_by_test_id("pending")).to_have_text(["Waits for the connection"] * 2)
    settled.arguments = ("--port", settled.url.rsplit(":", 1)[1])
    settled.start()
    expect(page.get_by_test_id("pending")).to_have_count(0)
    expect(page.get_by_test_id("timeline").locator("article")).to_contain_text(["arrived", "The first", "The second"])


def test_answer_waits_out_a_crash_and_goes_out_once(page: Page, settled: RunningDesk, ana: Requester) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    settled.kill()
    page.get_by_label(ANSWER).fill("Written while the desk was away")
    page.get_by_role("button", name="Answer", exact=True).click()
    send_now(page)
    expect(page.get_by_test_id("connection")).to_contain_text("No connection")
    choose(page, "Priority", "Low")
    waits = notice(page, "Not saved yet: Priority")
    expect(waits.get_by_role("button", name="Try again")).to_be_visible()
    priority = page.get_by_role("combobox", name="Priority")
    expect(priority).to_have_text("Low")
    expect(priority).to_have_accessible_description("Not saved yet")
    settled.start_again()
    expect(page.get_by_test_id("pending")).to_have_count(0)
    expect(page.get_by_test_id("connection")).to_have_count(0)
    expect(waits).to_have_count(0)
    expect(priority).to_have_text("Low")
    expect(priority).to_have_accessible_description("")
    bodies = [message["body"] for message in ana.sees(ticket)["messages"]]
    assert bodies.count("Written while the desk was away") == 1


def test_answer_waits_for_its_turn_when_there_were_too_many(
    open_page: OpenPage, settled: RunningDesk, ana: Requester
) -> None:
    ticket = ana.ask()
    assert settled.stop() == 0
    settled.config = CONFIG.replace("enabled = false", "enabled = true\nperson_per_minute = 180")
    settled.start_again()
    page = open_page()
    open_ticket(page, ticket)
    page.get_by_label(ANSWER).fill("In its turn")
    page.evaluate(_ASKING)
    page.wait_for_function("() => asked.status === 429")
    page.get_by_role("button", name="Answer", exact=True).click()
    send_now(page)
    expect(page.get_by_test_id("connection")).to_contain_text("Too many requests")
    page.evaluate("asked.isEnough = true")
    expect(page.get_by_test_id("pending")).to_have_count(0)
    assert ana.sees(ticket)["messages"][-1]["body"] == "In its turn"
