"""Notices: seen, few, and never over what is needed next."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import axe
from tests.browser.conftest import OpenPage
from tests.browser.people import ALICIA, enter
from tests.browser.queue import open_ticket, resolve_all, rows

MOST_HIGH = 110
"""Pixels: three lines beside the sidebar, where the ticket and who has it are named, and the button below."""
VIEWPORTS = ({"width": 1280, "height": 800}, {"width": 390, "height": 844})


@pytest.fixture(autouse=True)
def tickets(staff: httpx.Client) -> list[dict[str, Any]]:
    resolve_all(staff)
    return [open_ticket(staff, subject) for subject in ("The lift stands still", "The door is open")]


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_notices_are_one_of_a_kind_and_cover_no_bar_and_no_field(
    open_page: OpenPage, viewport: dict[str, int], tickets: list[dict[str, Any]]
) -> None:
    page = open_page(viewport=viewport, reduced_motion="no-preference")
    enter(page, ALICIA)
    expect(rows(page)).to_have_count(2)
    page.locator("[data-ticket] a").first.focus()
    for _ in range(3):
        page.keyboard.press("a")
        expect(page.get_by_role("button", name="Undo")).to_be_visible()
    rows(page).get_by_role("checkbox").first.click()
    see_free(page, page.get_by_test_id("bulk"), page.get_by_role("navigation", name="Main"))
    page.goto(f"/desk/tickets/{tickets[0]['label']}")
    text = page.get_by_role("textbox", name="Write a public answer")
    text.fill("It moves again.")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(notices(page)).to_have_count(1)
    page.keyboard.press("Escape")
    send = page.get_by_role("button", name="Answer", exact=True)
    send.scroll_into_view_if_needed()
    fields = page.locator("main aside").get_by_role("combobox")
    see_free(page, send, text, page.get_by_role("navigation", name="Main"), *fields.all())
    notices(page).first.press("Escape")
    expect(notices(page)).to_have_count(0)


def notices(page: Page) -> Locator:
    return page.get_by_role("region", name="Notices").get_by_role("listitem")


def see_free(page: Page, *needed: Locator) -> None:
    """Expect one small notice, and each of these parts, where it is there, beside it."""
    expect(notices(page)).to_have_count(1)
    axe.settle(page)
    (box,) = notices(page).evaluate_all("all => all.map((one) => one.getBoundingClientRect().toJSON())")
    assert box["height"] <= MOST_HIGH, (box, notices(page).inner_text())
    for part in needed:
        if part.count():
            assert not overlap(box, part.bounding_box()), part


def overlap(one: Any, other: Any) -> bool:
    return all(
        one[start] < other[start] + other[size] and other[start] < one[start] + one[size]
        for start, size in (("x", "width"), ("y", "height"))
    )
