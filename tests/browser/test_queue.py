"""The queue: views, filter, order, selection, keyboard, what comes in while it is looked at."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.conftest import OpenPage
from tests.browser.people import ALICIA, enter, see_heading
from tests.browser.queue import TICKETS, open_ticket, resolve_all, rows, see_subjects, wait_until_found

PHONE = {"width": 390, "height": 844}
SUBJECTS = ("Card charged twice", "Cannot sign in", "Invoice for March")


@pytest.fixture(autouse=True)
def tickets(staff: httpx.Client) -> list[dict[str, Any]]:
    """Three open tickets, and nothing else open."""
    resolve_all(staff)
    return [open_ticket(staff, subject) for subject in SUBJECTS]


def test_view_is_opened_from_the_sidebar_where_each_has_its_count(page: Page, staff: httpx.Client) -> None:
    me = staff.get("/api/desk/v1/me").json()
    open_ticket(staff, "Mine alone", assignee_id=me["id"])
    enter(page, ALICIA)
    see_heading(page, "All open")
    see_subjects(page, "Mine alone", *reversed(SUBJECTS))
    expect(page.locator("[data-count=all-open]")).to_have_text("4")
    expect(page.locator("[data-count=mine]")).to_have_text("1")
    page.get_by_role("navigation", name="Views").get_by_role("link", name=re.compile("^Mine")).click()
    page.wait_for_url("**/desk/?view=mine")
    see_subjects(page, "Mine alone")


def test_filter_narrows_the_view_and_a_wrong_word_is_explained(page: Page) -> None:
    enter(page, ALICIA)
    box = page.get_by_role("combobox", name="Filter")
    box.fill("card")
    box.press("Enter")
    see_subjects(page, "Card charged twice")
    box.fill("card state:asleep")
    box.press("Enter")
    expect(page.locator("#filter-error")).to_contain_text("written field.state:asleep")
    expect(box).to_have_attribute("aria-invalid", "true")
    assert axe.findings(page) == []
    box.fill("zzz")
    box.press("Enter")
    expect(page.get_by_text("No ticket matches")).to_be_visible()
    expect(page.locator("#filter-error")).to_be_empty()
    page.get_by_role("button", name="Clear the filter").last.click()
    see_subjects(page, *reversed(SUBJECTS))
    page.keyboard.press("/")
    page.keyboard.type("status:")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    expect(box).not_to_be_focused()


def test_filter_that_finds_nothing_here_is_looked_for_in_everything(page: Page) -> None:
    enter(page, ALICIA, "?view=mine")
    page.get_by_role("combobox", name="Filter").fill("invoice is:open")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Look in everything").click()
    see_heading(page, "Found in: Everything")
    expect(page.get_by_test_id("found")).to_have_text("1 ticket")
    see_subjects(page, "Invoice for March")
    page.get_by_role("combobox", name="Filter").fill("zzz")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No ticket matches")).to_be_visible()
    expect(page.get_by_role("button", name="Look in everything")).to_have_count(0)


def test_filter_is_kept_as_a_view(page: Page) -> None:
    enter(page, ALICIA)
    page.get_by_role("combobox", name="Filter").fill("invoice")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save as a view").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Invoices")
    assert axe.findings(page) == []
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    see_heading(page, "Invoices")
    see_subjects(page, "Invoice for March")
    expect(page.get_by_role("navigation", name="Views").get_by_role("link", name="Invoices 1")).to_be_visible()


def test_head_of_a_column_and_the_menu_change_the_order(page: Page) -> None:
    enter(page, ALICIA)
    see_subjects(page, *reversed(SUBJECTS))
    page.get_by_role("columnheader", name="Changed").get_by_role("button").click()
    see_subjects(page, *SUBJECTS)
    expect(page.get_by_role("columnheader", name="Changed")).to_have_attribute("aria-sort", "ascending")
    page.get_by_label("Order").select_option(label="Newest first")
    see_subjects(page, *reversed(SUBJECTS))
    expect(page.get_by_role("columnheader", name="Changed")).to_have_attribute("aria-sort", "none")


def test_selected_tickets_are_resolved_together_and_that_is_undone(
    page: Page, staff: httpx.Client, tickets: list[dict[str, Any]]
) -> None:
    enter(page, ALICIA)
    boxes = rows(page).get_by_role("checkbox")
    boxes.first.click()
    boxes.last.click(modifiers=["Shift"])
    bar = page.get_by_test_id("bulk")
    expect(bar).to_contain_text("3 selected")
    assert axe.findings(page) == []
    bar.get_by_role("button", name="Status").click()
    page.get_by_role("menuitem", name="Resolved").click()
    expect(page.get_by_text("Nothing to do here")).to_be_visible()
    expect(bar).to_have_count(0)
    assert {staff.get(f"{TICKETS}/{one['id']}").json()["status"] for one in tickets} == {"resolved"}
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("3 tickets changed back", exact=True)).to_be_visible()
    expect(rows(page)).to_have_count(3)
    assert {staff.get(f"{TICKETS}/{one['id']}").json()["status"] for one in tickets} == {"open"}


def test_tag_is_added_to_those_a_ticket_has(page: Page, staff: httpx.Client) -> None:
    tagged = open_ticket(staff, "Tagged before", tags=["vip"])
    enter(page, ALICIA)
    expect(rows(page)).to_have_count(4)
    page.get_by_role("checkbox", name="Select all").click()
    page.get_by_role("button", name="Tag").click()
    page.get_by_role("textbox", name="Name of the tag").fill("march")
    page.keyboard.press("Enter")
    expect(page.get_by_text("4 tickets changed", exact=True)).to_be_visible()
    assert sorted(staff.get(f"{TICKETS}/{tagged['id']}").json()["tags"]) == ["march", "vip"]
    expect(page.get_by_test_id("bulk")).to_contain_text("4 selected")


def test_keyboard_alone_walks_selects_and_opens(page: Page, tickets: list[dict[str, Any]]) -> None:
    enter(page, ALICIA)
    expect(rows(page)).to_have_count(3)
    page.keyboard.press("?")
    expect(page.get_by_test_id("shortcuts")).to_contain_text("Open the ticket")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("shortcuts")).to_have_count(0)
    for keys, subject in (("j", SUBJECTS[2]), ("j", SUBJECTS[1]), ("j", SUBJECTS[0]), ("k", SUBJECTS[1])):
        page.keyboard.press(keys)
        expect(page.get_by_role("link", name=subject)).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("Shift+K")
    expect(page.get_by_test_id("bulk")).to_contain_text("2 selected")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("bulk")).to_have_count(0)
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Filter")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name=SUBJECTS[1])).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator(f"[data-ticket='{tickets[1]['id']}']")).to_contain_text(ALICIA.name)
    expect(page.get_by_text(f"{tickets[1]['label']}: assigned to {ALICIA.name}", exact=True)).to_be_visible()
    see_subjects(page, *reversed(SUBJECTS))
    expect(page.get_by_role("link", name=SUBJECTS[1])).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/tickets/{tickets[1]['label']}")


def test_keyboard_keeps_its_place_when_a_row_leaves_and_comes_back(page: Page, tickets: list[dict[str, Any]]) -> None:
    enter(page, ALICIA, "?view=unassigned")
    see_subjects(page, *reversed(SUBJECTS))
    for subject in (SUBJECTS[2], SUBJECTS[1]):
        page.keyboard.press("j")
        expect(page.get_by_role("link", name=subject)).to_be_focused()
    page.keyboard.press("a")
    see_subjects(page, SUBJECTS[2], SUBJECTS[0])
    expect(page.get_by_role("link", name=SUBJECTS[0])).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text(f"{tickets[1]['label']}: changed back", exact=True)).to_be_visible()
    expect(rows(page)).to_have_count(3)
    expect(page.get_by_role("link", name=SUBJECTS[0])).to_be_focused()


def test_words_filter_by_themselves_and_the_keyboard_goes_on_in_the_list(page: Page, staff: httpx.Client) -> None:
    for word in ("card", "sign"):
        wait_until_found(staff, f"is:open {word}", 1)
    enter(page, ALICIA)
    see_subjects(page, *reversed(SUBJECTS))
    box = page.get_by_role("combobox", name="Filter")
    box.press_sequentially("car")
    see_subjects(page, SUBJECTS[0])
    box.press_sequentially("d")
    page.wait_for_url("**query=card")
    page.go_back()
    see_subjects(page, *reversed(SUBJECTS))
    expect(box).to_have_value("")
    box.fill("sign")
    see_subjects(page, SUBJECTS[1])
    box.press("ArrowDown")
    expect(page.get_by_role("link", name=SUBJECTS[1])).to_be_focused()
    page.get_by_role("button", name="Clear the filter").click()
    see_subjects(page, *reversed(SUBJECTS))
    expect(page.get_by_role("link", name=SUBJECTS[1])).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("link", name=SUBJECTS[2])).to_be_focused()
    box.press_sequentially("pri")
    expect(page.locator("#filter-suggestions")).to_be_visible()
    page.get_by_role("link", name=SUBJECTS[0]).click()
    page.wait_for_url("**/desk/tickets/TKT-*")


def test_ticket_that_comes_in_waits_until_it_is_let_in(page: Page, staff: httpx.Client) -> None:
    enter(page, ALICIA)
    see_subjects(page, *reversed(SUBJECTS))
    open_ticket(staff, "Just now")
    pill = page.get_by_test_id("new")
    expect(pill).to_have_text("1 new")
    see_subjects(page, *reversed(SUBJECTS))
    expect(page.locator("[data-count=all-open]")).to_have_text("4")
    pill.click()
    see_subjects(page, "Just now", *reversed(SUBJECTS))
    expect(pill).to_have_count(0)


def test_ticket_is_opened_for_somebody_who_called(page: Page, staff: httpx.Client) -> None:
    enter(page, ALICIA)
    expect(rows(page)).to_have_count(3)
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name of the requester").fill("Luis Soto")
    dialog.get_by_label("E-mail address").fill("luis")
    dialog.get_by_label("Subject").fill("He called about the lift")
    dialog.get_by_label("What it is about").fill("It stands still.")
    dialog.get_by_label("Area").fill("Lifts")
    dialog.get_by_label("Category").fill("repair")
    dialog.get_by_role("combobox", name="Assignee").click()
    page.get_by_role("option", name=ALICIA.name).click()
    dialog.get_by_role("button", name="Open the ticket").click()
    expect(dialog.get_by_label("E-mail address")).to_be_focused()
    assert axe.findings(page) == []
    dialog.get_by_label("E-mail address").fill("luis@example.com")
    dialog.get_by_role("button", name="Open the ticket").click()
    page.wait_for_url("**/desk/tickets/TKT-*")
    made = staff.get(f"{TICKETS}/{page.url.rsplit('/', 1)[1]}").json()
    assert (made["subject"], made["requester"]["email"]) == ("He called about the lift", "luis@example.com")
    assert (made["area"], made["category"], made["assignee"]["name"]) == ("Lifts", "repair", ALICIA.name)


def test_long_queue_is_loaded_as_it_is_scrolled(page: Page, staff: httpx.Client) -> None:
    for number in range(120):
        open_ticket(staff, f"One of many {number}")
    enter(page, ALICIA)
    expect(page.get_by_role("link", name="One of many 119")).to_be_visible()
    assert rows(page).count() < 60
    page.get_by_test_id("rows").evaluate("box => { setInterval(() => box.scrollTo(0, box.scrollHeight), 50) }")
    expect(page.get_by_role("link", name=SUBJECTS[0])).to_be_visible()
    assert rows(page).count() < 60


@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, PHONE])
def test_queue_is_there_for_everybody(open_page: OpenPage, viewport: dict[str, int]) -> None:
    page = open_page(viewport=viewport)
    enter(page, ALICIA)
    expect(rows(page)).to_have_count(3)
    assert axe.findings_in_both_themes(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_views_slide_in_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE)
    enter(page, ALICIA)
    page.get_by_role("button", name="Views").click()
    page.get_by_role("dialog").get_by_role("link", name="Everything").click()
    see_heading(page, "Everything")
    expect(page.get_by_role("dialog")).to_have_count(0)
    rows(page).get_by_role("checkbox").first.click()
    expect(page.get_by_test_id("bulk")).to_contain_text("1 selected")
    assert axe.findings(page) == []


def test_queue_speaks_spanish(open_page: OpenPage) -> None:
    page = open_page(locale="es-ES")
    page.goto("/desk/")
    page.get_by_label("Correo").fill(ALICIA.email)
    page.get_by_label("Contraseña", exact=True).fill(ALICIA.password)
    page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_role("columnheader", name="Asunto")).to_be_visible()
    page.get_by_role("combobox", name="Filtro").fill("estado:dormido")
    page.keyboard.press("Enter")
    expect(page.locator("#filter-error")).to_contain_text("dormido")
