"""The queue while the desk is at work: what is found, comes, changes and goes, what others wrote, what breaks off."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.conftest import OpenPage
from tests.browser.people import ALICIA, enter, sign_in
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
    page.get_by_role("combobox", name="Filter").fill("is:open gearbox")
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


def test_filter_is_written_with_help(page: Page, staff: httpx.Client) -> None:
    open_ticket(staff, "The network is slow", area="Red de Norte", tags=["vip"], priority="high")
    open_ticket(staff, "The chair is broken")
    sign_in(page, ALICIA)
    expect(rows(page)).to_have_count(2)
    page.keyboard.press("/")
    box, options = (
        page.get_by_role("combobox", name="Filter"),
        page.locator("#filter-suggestions").get_by_role("option"),
    )
    page.keyboard.type("is:open pri")
    expect(options).to_have_text(["priority:How pressing it is"])
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(box).to_have_value("is:open priority:")
    expect(options).to_have_text(["critical", "urgent", "high", "normal", "low"])
    assert axe.findings(page) == []
    page.keyboard.type("hi")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.keyboard.type("area:nor")
    expect(options).to_have_text(['"Red de Norte"'])
    options.first.click()
    expect(box).to_have_value('is:open priority:high area:"Red de Norte" ')
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    see_subjects(page, "The network is slow")
    page.keyboard.type(" tag:v")
    expect(options).to_have_text(["vip"])
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    see_subjects(page, "The chair is broken", "The network is slow")
    page.get_by_role("button", name="How to filter").click()
    assert axe.findings(page) == []
    page.get_by_role("button", name="created>7d").click()
    expect(box).to_have_value("created>7d")
    see_subjects(page, "The chair is broken", "The network is slow")


def test_filter_help_and_errors_speak_spanish_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE, locale="es-ES", color_scheme="dark")
    enter(page, ALICIA)
    box, options = (
        page.get_by_role("combobox", name="Filtro"),
        page.locator("#filter-suggestions").get_by_role("option"),
    )
    box.press_sequentially("es")
    expect(options).to_have_text(["estado:En qué punto está", "es:Una situación: abierto, sin leer, vencido…"])
    options.first.click()
    expect(options).to_have_text(["abierto", "en_curso", "pendiente", "resuelto", "cerrado"])
    assert axe.findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    box.press_sequentially("dormido router")
    box.press("Enter")
    error = page.locator("#filter-error")
    expect(error.locator("p").last).to_contain_text("«estado:dormido» debe ser")
    expect(error.locator(".underline")).to_have_text("estado:dormido")
    expect(page.get_by_text("El filtro no se entiende")).to_be_visible()
    assert axe.findings(page) == []
