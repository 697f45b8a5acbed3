"""An agent's tools on a ticket: macros that change it, the bell, mentions, parting and tying tickets, its history."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser import axe
from tests.browser.conftest import OpenPage
from tests.browser.people import ALICIA, MARTA, enter
from tests.browser.tickets import DESK, PHONE, Requester, change, entries, join, notice, open_ticket, send_now, write
from tests.browser.tickets import staff as signed_in
from tests.serving import RunningDesk

pytestmark = pytest.mark.usefixtures("settled")


@pytest.fixture(scope="module")
def marta(settled: RunningDesk) -> Iterator[httpx.Client]:
    """The API, as Marta uses it: an agent."""
    join(settled, MARTA)
    with signed_in(settled, MARTA) as client:
        yield client


def made(answer: httpx.Response) -> Any:
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def test_macro_changes_the_ticket_with_the_answer_in_one_request(
    page: Page, staff: httpx.Client, ana: Requester
) -> None:
    ticket = ana.ask()
    made(
        staff.post(
            f"{DESK}/macros",
            json={
                "name": "Storm",
                "body": "The storm is over.",
                "change": {"status": "resolved", "priority": "urgent", "tags_add": ["storm"], "assignee_id": "me"},
            },
        )
    )
    asked: list[Request] = []
    change(staff, ticket, is_read=True)
    page.on("request", lambda request: asked.append(request))
    open_ticket(page, ticket)
    page.get_by_role("button", name="Macro").click()
    page.get_by_role("option", name="Storm").click()
    expect(page.get_by_label("Write a public answer")).to_have_value("The storm is over.")
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_role("button", name="Undo").click()
    also = "Also: status Resolved, priority Urgent, assignee Alicia Romero, tag storm"
    expect(page.get_by_text(also)).to_be_visible()
    expect(page.get_by_role("button", name="Only the text")).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    page.get_by_role("button", name="Answer", exact=True).click()
    send_now(page)
    expect(page.get_by_test_id("status")).to_have_text("Resolved")
    expect(page.get_by_role("button", name="Remove the tag storm")).to_be_visible()
    expect(page.get_by_role("combobox", name="Priority")).to_have_text("Urgent")
    changes = [request.url for request in asked if request.method in ("PATCH", "POST") and ticket in request.url]
    assert [url.rpartition("/")[2] for url in changes] == ["messages"]
    expect(entries(page, "answer")).to_contain_text("The storm is over.")


def test_palette_changes_the_ticket_and_writes_a_macro(page: Page, marta: httpx.Client, ana: Requester) -> None:
    ticket = ana.ask()
    made = marta.post(f"{DESK}/macros", json={"name": "By hand", "body": "Done.", "kind": "answer", "is_shared": False})
    assert made.status_code == 201, made.text
    open_ticket(page, ticket, MARTA)
    for words, command in (("low", "Priority: Low"), ("by hand", "Macro: By hand")):
        page.keyboard.press("Control+k")
        search = page.get_by_placeholder("Type a command")
        expect(search).to_be_focused()
        search.fill(words)
        page.get_by_role("option", name=command).click()
        expect(search).to_have_count(0)
    expect(page.get_by_role("combobox", name="Priority")).to_have_text("Low")
    expect(page.get_by_label("Write a public answer")).to_have_value("Done.")


def test_text_with_gaps_goes_out_only_when_somebody_is_sure(page: Page, ana: Requester) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    page.get_by_label("Write a public answer").fill("Hello {{nonsense}}")
    expect(page.get_by_text("Not filled in: nonsense", exact=True)).to_be_visible()
    page.keyboard.press("Control+Enter")
    gaps = notice(page, "This text has gaps")
    expect(gaps).to_contain_text("Not filled in: {{nonsense}}")
    expect(page.get_by_label("Write a public answer")).to_have_value("Hello {{nonsense}}")
    gaps.get_by_role("button", name="Do it anyway").click()
    send_now(page)
    expect(entries(page, "answer")).to_contain_text("Hello {{nonsense}}")


def test_bell_tells_live_what_others_did_and_leads_there(
    page: Page, open_page: OpenPage, staff: httpx.Client, marta: httpx.Client, ana: Requester
) -> None:
    ticket, other = ana.ask("Named here"), ana.ask("Given here")
    enter(page, ALICIA)
    bell = page.get_by_role("navigation").get_by_role("button", name="Notifications")
    bell.click()
    expect(page.get_by_text("Nothing yet")).to_be_visible()
    assert axe.findings(page) == []
    page.keyboard.press("Escape")
    expect(bell).to_be_focused()
    write(marta, ticket, f"@{ALICIA.name} can you look?", "note")
    expect(page.get_by_test_id("unread")).to_have_text("1")
    change(marta, other, assignee_id=staff.get(f"{DESK}/me").json()["id"])
    expect(bell).to_have_accessible_name("Notifications, 2 unread")

    page.keyboard.press("g")
    page.keyboard.press("n")
    told = page.get_by_test_id("notifications").get_by_role("listitem")
    expect(told).to_have_count(2)
    expect(told.first).to_contain_text(f"{MARTA.name} gave you a ticket")
    expect(told.last).to_contain_text(f"{MARTA.name} named you in a note")
    assert axe.findings(page) == []
    page.get_by_role("button", name=f"Mark {other} as read").click()
    expect(page.get_by_test_id("unread")).to_have_text("1")
    told.last.get_by_role("link").press("Enter")
    page.wait_for_url(f"**/tickets/{ticket}")
    expect(page.get_by_test_id("notifications")).to_have_count(0)
    expect(page.get_by_test_id("unread")).to_have_count(0)

    ana.writes(other, "Is anybody there?")
    phone = open_page(viewport=PHONE, has_touch=True, color_scheme="dark", locale="es-ES")
    enter(phone, ALICIA)
    expect(phone.get_by_test_id("unread")).to_have_text("1")
    phone.get_by_role("button", name="Avisos, 1 sin leer").click()
    expect(phone.get_by_role("listitem").first).to_contain_text("Ana García ha escrito en un ticket tuyo")
    assert axe.findings(phone) == []
    phone.get_by_role("button", name="Marcar todo como leído").click()
    expect(page.get_by_test_id("unread")).to_have_count(0)


def test_note_names_a_colleague_by_a_few_keys(page: Page, marta: httpx.Client, ana: Requester) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    people, field = page.get_by_role("listbox", name="Colleagues"), page.get_by_label("Write an internal note")
    page.keyboard.press("r")
    page.keyboard.type("Write to @mar")
    expect(people).to_have_count(0)
    page.get_by_label("Write a public answer").fill("")
    page.get_by_role("tab", name="Internal note").click()
    field.press_sequentially("Ask ana@mar, or @rui")
    expect(people.get_by_role("option")).to_have_text([re.compile(MARTA.name)])
    chosen = people.get_by_role("option", selected=True)
    expect(field).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    assert axe.findings(page) == []
    field.press("Escape")
    expect(people).to_have_count(0)
    field.press_sequentially("z, @MAR")
    expect(people.get_by_role("option")).to_have_text([re.compile(MARTA.name)])
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value(f"Ask ana@mar, or @ruiz, @{MARTA.name} ")
    expect(people).to_have_count(0)
    field.press_sequentially("now")
    field.press("Control+Enter")
    send_now(page)
    expect(page.get_by_test_id("pending")).to_have_count(0)
    told = marta.get(f"{DESK}/notifications").json()["data"][0]
    assert (told["kind"], told["ticket"]["label"]) == ("mentioned", ticket)


def test_message_becomes_a_ticket_of_its_own_linked_to_the_first(page: Page, ana: Requester) -> None:
    ticket = ana.ask()
    ana.writes(ticket, "And my router blinks **red**.")
    open_ticket(page, ticket)
    expect(page.get_by_role("button", name="Make this message a ticket of its own")).to_have_count(1)
    entries(page, "reply").last.get_by_role("button", name="Make this message").click()
    dialog = page.get_by_role("dialog", name="A ticket of its own")
    expect(dialog).to_contain_text("Ana García gets a second ticket")
    expect(dialog.locator("strong")).to_have_text("red")
    dialog.get_by_role("button", name="Open the ticket").click()
    expect(dialog.get_by_text("This is required")).to_be_visible()
    assert axe.findings(page) == []
    page.get_by_label("Subject of the new ticket").fill("Router blinks")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Router blinks")
    expect(entries(page, "reply")).to_have_count(1)
    expect(entries(page, "reply")).to_contain_text("And my router blinks red.")
    page.get_by_role("link", name=re.compile(f"{ticket} ")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Payment not received")
    expect(entries(page, "event").filter(has_text="split a message into its own ticket")).to_be_visible()


def test_other_ticket_is_found_by_words_or_by_number(page: Page, ana: Requester) -> None:
    storm, hail, ticket = ana.ask("Lightning in the tower"), ana.ask("Hail"), ana.ask("No signal")
    open_ticket(page, ticket)
    page.get_by_role("button", name="Link or merge").click()
    dialog, other = page.get_by_role("dialog"), page.get_by_role("combobox", name="The other ticket")
    other.click()
    expect(page.get_by_text("Type words of the ticket, or its number.")).to_be_visible()
    other.fill("lightn")
    option = page.get_by_role("option", name=re.compile(f"{storm} Lightning in the tower"))
    expect(option).to_contain_text("Ana García · Open")
    assert axe.findings(page) == []
    other.press("ArrowDown")
    other.press("Enter")
    expect(option).to_have_count(0)
    expect(other).to_have_value(storm)
    expect(dialog.get_by_text("Lightning in the tower", exact=True)).to_be_visible()
    dialog.get_by_role("button", name="Link", exact=True).click()
    expect(page.get_by_role("link", name=re.compile(f"{storm} "))).to_be_visible()

    page.get_by_role("button", name="Link or merge").click()
    dialog.get_by_role("radio", name="Merge into").click()
    other.fill(str(int(storm.rpartition("-")[2])))
    option.click()
    other.fill(hail)
    dialog.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_role("link", name=f"Merged into {hail}")).to_be_visible()

    page.keyboard.press("Control+k")
    page.get_by_test_id("palette").get_by_role("textbox").fill("lightn")
    page.get_by_role("option", name=re.compile("Lightning")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lightning in the tower")


def test_history_says_what_changed_in_the_language_of_the_reader(
    page: Page, open_page: OpenPage, staff: httpx.Client, ana: Requester
) -> None:
    ticket, other = ana.ask(), ana.ask("The other one")
    for field in ({"name": "Under contract", "kind": "checkbox"}, {"name": "Installed on", "kind": "date"}):
        made(staff.post(f"{DESK}/fields", json=field))
    change(staff, ticket, tags=["storm", "vip"])
    change(staff, ticket, tags=["vip", "tower"], fields={"under_contract": True, "installed_on": "2026-03-15"})
    made(staff.post(f"{DESK}/tickets/{ticket}/links", json={"other": other, "kind": "blocked_by"}))
    change(staff, ticket, status="closed", close_reason="cancelled")
    open_ticket(page, ticket)
    told = page.get_by_test_id("timeline")
    for words in (
        "Tags: added tower; removed storm",
        "Under contract: none → Yes",
        "Installed on: none → 15 Mar 2026",
        f"Link: blocked by {other}",
        "Why closed: none → Cancelled",
    ):
        expect(told).to_contain_text(words)
    expect(page.get_by_role("button", name="Cancelled")).to_be_visible()
    change(staff, other, status="closed")
    page.get_by_role("link", name=re.compile(f"{other} ")).click()
    expect(page.get_by_role("button", name="Closed without a resolution")).to_be_visible()

    phone = open_page(viewport=PHONE, has_touch=True, locale="es-ES")
    enter(phone, ALICIA, f"tickets/{ticket}")
    told = phone.get_by_test_id("timeline")
    expect(told).to_contain_text("Etiquetas: se añade tower; se quita storm")
    expect(told).to_contain_text("Under contract: sin valor → Sí")
    expect(told).to_contain_text(f"Enlace: bloqueado por {other}")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(phone.get_by_test_id("channel")).to_have_text("API de soporte")
    phone.get_by_role("button", name="Vistas de API").click()
    expect(phone.get_by_role("tab", name="support")).to_have_attribute("aria-selected", "true")
    expect(phone.get_by_role("button", name="Copiar")).to_be_visible()
    expect(phone.get_by_test_id("wire")).to_contain_text("Payment not received")


def test_who_answers_is_told_where_nobody_reads_it(page: Page, settled: RunningDesk, staff: httpx.Client) -> None:
    asked = {"roleContext": "guide", "fullName": "Zoé Díaz", "email": "zoe@example.com", "subject": "Broken page"}
    with settled.client() as zoe:
        made(zoe.post("/api/support-tickets", json={**asked, "category": "Technical", "message": "It is blank."}))
    newest = staff.get(f"{DESK}/tickets", params={"sort": "-created", "limit": 1}).json()["data"][0]
    open_ticket(page, newest["label"])
    told = page.get_by_text("This channel does not show answers to its requester.")
    expect(told).to_be_visible()
    expect(page.get_by_test_id("channel")).to_have_text("Kinconecta")
    page.get_by_role("tab", name="Internal note").click()
    expect(told).to_have_count(0)
    caller = {"requester": {"name": "Bruno", "email": "bruno@example.com"}, "subject": "By phone", "body": "He called."}
    open_ticket(page, made(staff.post(f"{DESK}/tickets", json=caller))["label"])
    expect(page.get_by_placeholder("nothing is sent to them")).to_be_visible()


def test_files_that_wait_survive_a_reload_with_the_draft(page: Page, ana: Requester, tmp_path: Path) -> None:
    bill = tmp_path / "bill.txt"
    bill.write_text("four euros")
    open_ticket(page, ana.ask())
    page.get_by_test_id("chooser").set_input_files(bill)
    expect(page.get_by_role("button", name="Remove bill.txt")).to_be_visible()
    with page.expect_response(lambda response: "/draft" in response.url and response.request.method == "PUT"):
        page.get_by_label("Write a public answer").fill("The bill")
    page.reload()
    expect(page.get_by_label("Write a public answer")).to_have_value("The bill")
    expect(page.get_by_role("button", name="Remove bill.txt")).to_have_count(1)
    page.get_by_role("button", name="Answer", exact=True).click()
    send_now(page)
    expect(entries(page, "answer").get_by_role("link", name="bill.txt")).to_be_visible()
    expect(page.get_by_test_id("pending")).to_have_count(0)
    page.reload()
    expect(entries(page, "answer").get_by_role("link", name="bill.txt")).to_be_visible()
    expect(page.get_by_role("button", name="Remove bill.txt")).to_have_count(0)
