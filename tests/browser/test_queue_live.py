"""The queue while the desk is at work: what is found, comes, changes and goes, what others wrote, what breaks off."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.conftest import OpenPage
from tests.browser.people import ALICIA, sign_in
from tests.browser.queue import open_ticket, resolve_all, rows, see_subjects, wait_until_found

PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def nothing_open(staff: httpx.Client) -> None:
    """Nothing that another test left open is in the way."""
    resolve_all(staff)


def test_found_words_are_shown_where_they_stand_the_best_first(
    page: Page, open_page: OpenPage, staff: httpx.Client
) -> None:
    open_ticket(staff, "The gearbox", body="It makes a noise.")
    open_ticket(staff, "A noise", body="<i>Since</i> Monday the GEARBOXES grind, the Gearbox of the lift too.")
    open_ticket(staff, "Something else", body="No word of it.")
    wait_until_found(staff, "gearbox", 2)
    sign_in(page, ALICIA)
    expect(rows(page)).to_have_count(3)
    page.get_by_role("textbox", name="Filter").fill("is:open gearbox")
    page.keyboard.press("Enter")
    see_subjects(page, "The gearbox", "A noise")
    expect(page.get_by_label("Order")).to_have_value("relevance")
    snippet = rows(page).nth(1).get_by_test_id("snippet")
    expect(snippet).to_have_text("<i>Since</i> Monday the GEARBOXES grind, the Gearbox of the lift too.")
    expect(snippet.locator("mark")).to_have_text(["GEARBOXES", "Gearbox"])
    expect(rows(page).first.get_by_role("link").locator("mark")).to_have_text("gearbox")
    assert axe.findings(page) == []
    page.get_by_label("Order").select_option(label="Newest first")
    see_subjects(page, "A noise", "The gearbox")
    page.get_by_role("button", name="Clear the filter").click()
    expect(page.get_by_label("Order")).to_have_value("-updated")
    expect(page.get_by_label("Order").locator("option[value=relevance]")).to_have_count(0)
    phone = open_page(viewport=PHONE, color_scheme="dark")
    sign_in(phone, ALICIA, "?query=gearbox")
    expect(rows(phone).get_by_test_id("snippet").locator("mark")).to_have_text(["GEARBOXES", "Gearbox"])
    assert axe.findings(phone) == []
