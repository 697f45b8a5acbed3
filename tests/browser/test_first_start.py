"""The first minutes of a desk: its first admin comes by the link that the server prints."""

from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.people import ALICIA, see_heading, setup_link
from tests.serving import RunningDesk


def test_first_admin_is_made_by_the_printed_link_and_that_works_once(page: Page, server: RunningDesk) -> None:
    page.goto(setup_link(server))
    see_heading(page, "Set up your desk")
    assert axe.findings(page) == []
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("This is required")).to_have_count(2)
    page.get_by_label("Your name").fill(ALICIA.name)
    page.get_by_label("E-mail address").fill(ALICIA.email)
    page.get_by_label("Password", exact=True).fill(ALICIA.password)
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/desk/")
    page.goto("/desk/settings/people")
    expect(page.get_by_test_id("person")).to_contain_text(f"{ALICIA.name} (you)")
    page.goto(setup_link(server))
    see_heading(page, "This link no longer works")
    assert axe.findings(page) == []
