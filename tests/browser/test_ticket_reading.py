"""What an agent looked at is read, until they say otherwise; and what they gave away by mistake comes back whole."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.people import MARTA, enter
from tests.browser.queue import rows
from tests.browser.tickets import DESK, Requester, change, entries, join, notice
from tests.browser.tickets import staff as signed_in
from tests.serving import RunningDesk


@pytest.fixture(scope="module")
def marta(settled: RunningDesk) -> Iterator[httpx.Client]:
    """The API, as Marta uses it: an agent."""
    join(settled, MARTA)
    with signed_in(settled, MARTA) as client:
        yield client


def is_reading(answer: Response) -> bool:
    return answer.request.method == "PATCH" and answer.ok and bool(answer.json()["is_read"])


def test_ticket_that_was_looked_at_is_read_until_it_is_marked_unread(
    page: Page, marta: httpx.Client, ana: Requester
) -> None:
    ticket = ana.ask("Look at me")
    change(marta, ticket, assignee_id=marta.get(f"{DESK}/me").json()["id"])
    enter(page, MARTA)
    mine = rows(page).filter(has_text="Look at me")
    expect(mine).to_contain_text("Unread")
    with page.expect_response(is_reading):
        mine.get_by_role("link").click()
    expect(page.get_by_test_id("timeline")).to_be_visible()
    with page.expect_response(is_reading), page.expect_response("**/notifications/read"):
        ana.writes(ticket, "Still nothing")
    expect(entries(page, "reply").last).to_contain_text("Still nothing")
    expect(page.get_by_test_id("unread")).to_have_count(0)
    page.keyboard.press("u")
    expect(notice(page, f"{ticket}: unread again")).to_be_visible()
    expect(page.get_by_role("button", name="Mark as unread")).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.press("q")
    expect(mine).to_contain_text("Unread")
    change(marta, ticket, status="closed")
    page.goto(page.url.partition("?")[0] + "?view=everything")
    expect(mine).to_be_visible()
    expect(mine).not_to_contain_text("Unread")


def test_selected_tickets_given_away_by_mistake_are_open_and_nobodys_again(
    page: Page, marta: httpx.Client, ana: Requester
) -> None:
    tickets = [ana.ask("By mistake"), ana.ask("By mistake too")]
    enter(page, MARTA)
    mistaken = rows(page).filter(has_text="By mistake")
    expect(mistaken).to_have_count(2)
    mistaken.first.get_by_role("checkbox").click()
    mistaken.last.get_by_role("checkbox").click()
    page.get_by_role("button", name="Assign to me").click()
    expect(page.get_by_text("2 tickets changed", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 tickets changed back", exact=True)).to_be_visible()
    for ticket in tickets:
        now = marta.get(f"{DESK}/tickets/{ticket}").json()
        assert (now["status"], now["assignee"]) == ("open", None)
