"""The queue while the desk is at work: what is found, comes, changes and goes, what others wrote, what breaks off."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.arranging import close_notices
from tests.browser.conftest import OpenPage
from tests.browser.people import ALICIA, LEO, MARTA, enter, see_heading
from tests.browser.queue import TICKETS, open_ticket, resolve_all, row, rows, see_subjects, wait_until_found
from tests.browser.tickets import DESK, PHONE, change, join, write
from tests.browser.watching import keep_from_asking
from tests.serving import RunningDesk

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(2)>",
    "<script src=//evil.example/x.js></script>",
    "</textarea><iframe srcdoc='<script>alert(3)</script>'>",
    "javascript:alert(4)",
    "[x](javascript:alert(5))",
    "![x](https://evil.example/x.png)",
    "{{constructor.constructor('alert(6)')()}}",
    "@:queue.title {0} %s | two",
    "\u202egnp.exe <math href=javascript:alert(7)>",
)
HOSTILE_EMAIL = "'onmouseover=alert`8`{{x}}@example.org"
"""What V6 and V7 of the security notes try, and what a template or a catalogue of texts might take for its own."""


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
    enter(page, ALICIA)
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
    enter(phone, ALICIA, "?query=gearbox")
    expect(rows(phone).get_by_test_id("snippet").locator("mark")).to_have_text(["GEARBOXES", "Gearbox"])
    assert axe.findings(phone) == []


def test_filter_is_written_with_help(page: Page, staff: httpx.Client) -> None:
    open_ticket(staff, "The network is slow", area="Red de Norte", tags=["vip"], priority="high")
    open_ticket(staff, "The chair is broken")
    enter(page, ALICIA)
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
    expect(rows(page).get_by_role("link")).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type(" tag:v")
    expect(options).to_have_text(["vip"])
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    page.keyboard.press("Escape")
    expect(box).not_to_be_focused()
    expect(box).to_have_value('is:open priority:high area:"Red de Norte"')
    see_subjects(page, "The network is slow")
    page.get_by_role("button", name="Clear the filter").click()
    see_subjects(page, "The chair is broken", "The network is slow")
    expect(page.get_by_role("link", name="The network is slow")).to_be_focused()
    page.get_by_role("button", name="How to filter").click()
    assert axe.findings(page) == []
    page.get_by_role("button", name="newer_than:7d").click()
    expect(box).to_have_value("newer_than:7d")
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


def test_ticket_from_outside_comes_in_live_and_moves_no_row(
    page: Page, server: RunningDesk, staff: httpx.Client
) -> None:
    for subject in ("First", "Second", "Third"):
        open_ticket(staff, subject)
    keep_from_asking(page)
    enter(page, ALICIA)
    see_subjects(page, "Third", "Second", "First")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Second")).to_be_focused()
    before = page.get_by_role("link", name="Second").bounding_box()
    voucher = {"roleContext": "tourist", "fullName": "Ana Pérez", "email": "ana@example.com", "subject": "Lost voucher"}
    with server.client() as client:
        asked = client.post("/api/support-tickets", json=voucher | {"category": "Booking", "message": "It is gone."})
        assert asked.status_code == 201, asked.text
    expect(page.get_by_test_id("new")).to_have_text("1 new")
    see_subjects(page, "Third", "Second", "First")
    expect(page.get_by_role("link", name="Second")).to_be_focused()
    assert page.get_by_role("link", name="Second").bounding_box() == before
    page.get_by_test_id("new").click()
    see_subjects(page, "Lost voucher", "Third", "Second", "First")


def test_changed_ticket_changes_where_it_stands(page: Page, staff: httpx.Client) -> None:
    first, second = open_ticket(staff, "First"), open_ticket(staff, "Second")
    keep_from_asking(page)
    enter(page, ALICIA)
    see_subjects(page, "Second", "First")
    change(staff, first["label"], priority="critical", subject="First, and burning")
    expect(row(page, first)).to_contain_text("Critical")
    see_subjects(page, "Second", "First, and burning")
    change(staff, second["label"], status="resolved")
    expect(row(page, second)).to_contain_text("no longer here")
    see_subjects(page, "Second", "First, and burning")


def test_ticket_that_leaves_the_sight_of_an_area_agent_is_gone_at_once(
    open_page: OpenPage, server: RunningDesk, staff: httpx.Client
) -> None:
    join(server, MARTA, "area_agent", "Redes")
    stays, goes = open_ticket(staff, "It stays", area="Redes"), open_ticket(staff, "It goes", area="Redes")
    reader, worker = open_page(), open_page()
    for page in (reader, worker):
        keep_from_asking(page)
    enter(reader, MARTA)
    see_subjects(reader, "It goes", "It stays")
    reader.keyboard.press("j")
    reader.keyboard.press("x")
    enter(worker, MARTA, f"tickets/{goes['label']}")
    expect(worker.get_by_test_id("timeline")).to_contain_text("Help, please.")
    change(staff, goes["label"], area="Legal")
    expect(rows(reader)).to_have_count(1)
    see_subjects(reader, "It stays")
    expect(reader.get_by_test_id("bulk")).to_have_count(0)
    expect(worker.get_by_text("Help, please.")).to_have_count(0)
    for page in (reader, worker):
        page.wait_for_function("text => !document.documentElement.outerHTML.includes(text)", arg="It goes")
    change(staff, goes["label"], area="Redes")
    expect(reader.get_by_test_id("new")).to_have_text("1 new")
    assert stays["label"] in reader.content()


def test_many_are_assigned_answered_and_refused_together(page: Page, server: RunningDesk, staff: httpx.Client) -> None:
    join(server, LEO, "agent")
    told = {"name": "Paid out", "body": "Dear {{requester.first_name}}, it is paid.", "kind": "answer", "position": 0}
    made = staff.post(f"{DESK}/macros", json=told | {"change": {"status": "resolved"}, "is_shared": True})
    assert made.status_code == 201, made.text
    tickets = [open_ticket(staff, subject) for subject in ("Bulk one", "Bulk two", "Bulk three")]
    change(staff, tickets[0]["label"], status="closed", close_reason="cancelled")
    enter(page, LEO, "?view=everything&sort=-number")
    expect(row(page, tickets[0])).to_be_visible()
    pick(page, *tickets)
    bulk = page.get_by_test_id("bulk")
    bulk.get_by_role("button", name="Assign to", exact=True).click()
    page.get_by_role("menuitem", name=ALICIA.name).click()
    refused = page.get_by_test_id("refused")
    expect(refused).to_contain_text("Not changed: 1. Changed: 2.")
    expect(refused.get_by_role("listitem")).to_have_text(
        f"{tickets[0]['label']}The state of the ticket does not allow this"
    )
    close_notices(page)
    assert axe.findings(page) == []
    refused.get_by_role("button", name="Close").click()
    row(page, tickets[0]).get_by_role("checkbox").click()
    expect(row(page, tickets[1])).to_contain_text(ALICIA.name)
    expect(row(page, tickets[2])).to_contain_text(ALICIA.name)
    bulk.get_by_role("button", name="Macro").click()
    page.get_by_role("menuitem", name="Paid out").click()
    expect(row(page, tickets[1])).to_contain_text("Resolved")
    for ticket in tickets[1:]:
        said = staff.get(f"{TICKETS}/{ticket['id']}/timeline").json()["data"]
        assert [entry["body"] for entry in said if entry["kind"] == "answer"] == ["Dear Ana, it is paid."]


def test_what_others_wrote_is_text_and_nothing_else(open_page: OpenPage, staff: httpx.Client) -> None:
    for text in HOSTILE:
        named = {"name": text, "email": HOSTILE_EMAIL}
        made = open_ticket(staff, text, requester=named, area=text[:60], tags=[text[:50]], body=f"gearbox {text}")
        write(staff, made["label"], f"gearbox {text}")
        view = {"name": text, "query": "is:open", "sort": "-number", "icon": "", "is_shared": False, "position": 0}
        columns = ["subject", "requester", "area", "tags", "number"]
        assert staff.post(f"{DESK}/views", json=view | {"columns": columns}).status_code == 201
    wait_until_found(staff, "gearbox is:open", len(HOSTILE))
    wide = open_page(viewport={"width": 1800, "height": 900})
    enter(wide, ALICIA, "?query=gearbox&sort=number")
    see_subjects(wide, *HOSTILE)
    expect(wide.get_by_test_id("snippet").first).to_have_text(f"gearbox {HOSTILE[0]}")
    for text in HOSTILE:
        wide.get_by_role("navigation", name="Views").get_by_text(text, exact=True).click()
        see_heading(wide, text)
        expect(rows(wide)).to_have_count(len(HOSTILE))
    cells = rows(wide).last.get_by_role("cell")
    expect(cells.filter(has_text=HOSTILE[0])).to_have_count(4)
    expect(cells.get_by_title(HOSTILE_EMAIL)).to_be_visible()
    box = wide.get_by_role("combobox", name="Filter")
    box.press_sequentially("tag:onload")
    expect(wide.locator("#filter-suggestions").get_by_role("option")).to_have_text([f'"{HOSTILE[1]}"'])
    box.fill("status:<img/src=x/onerror=alert(9)>")
    box.press("Enter")
    expect(wide.locator("#filter-error")).to_contain_text("<img/src=x/onerror=alert(9)>")
    phone = open_page(viewport=PHONE)
    enter(phone, ALICIA, "?query=gearbox&sort=number")
    see_subjects(phone, *HOSTILE)


def test_work_goes_on_after_the_session_and_the_network_were_gone(page: Page, staff: httpx.Client) -> None:
    open_ticket(staff, "Card charged twice")
    open_ticket(staff, "Invoice")
    enter(page, ALICIA)
    expect(rows(page)).to_have_count(2)
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog", name="New ticket")
    typed = {"Name of the requester": "Luis Soto", "E-mail address": "luis@example.com", "Subject": "The lift stands"}
    for label, text in typed.items():
        dialog.get_by_label(label).fill(text)
    dialog.get_by_label("What it is about").fill("Since this morning.")
    end_other_sessions(staff)
    dialog.get_by_role("button", name="Open the ticket").click()
    again = page.get_by_role("dialog", name="Your session ended")
    again.get_by_label("Password", exact=True).fill(ALICIA.password)
    again.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk/tickets/TKT-*")
    found = staff.get(TICKETS, params={"query": "is:open", "sort": "number"}).json()["data"]
    assert [one["subject"] for one in found] == ["Card charged twice", "Invoice", "The lift stands"]
    page.go_back()
    expect(rows(page)).to_have_count(3)
    page.context.set_offline(True)
    box = page.get_by_role("combobox", name="Filter")
    box.fill("from:ana")
    box.press("Enter")
    expect(page.get_by_test_id("connection")).to_be_visible()
    expect(box).to_have_value("from:ana")
    page.context.set_offline(False)
    see_subjects(page, "Invoice", "Card charged twice")
    expect(page.get_by_test_id("connection")).to_have_count(0)
    expect(box).to_have_value("from:ana")


def pick(page: Page, *tickets: dict[str, Any]) -> None:
    for ticket in tickets:
        row(page, ticket).get_by_role("checkbox").click()


def end_other_sessions(staff: httpx.Client) -> None:
    for session in staff.get(f"{DESK}/sessions").json()["data"]:
        if not session["is_current"]:
            assert staff.delete(f"{DESK}/sessions/{session['id']}", headers={"If-Match": "*"}).status_code == 204
