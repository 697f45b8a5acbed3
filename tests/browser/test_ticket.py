"""How an agent works on a ticket: reading, answering, noting, changing, with others at the same time."""

import os
import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import axe
from tests.browser.people import ALICIA, enter
from tests.browser.tickets import DESK, Requester, entries, open_ticket, send_now, staff
from tests.serving import RunningDesk

pytestmark = pytest.mark.usefixtures("settled")


def test_morning_of_an_agent(page: Page, server: RunningDesk, ana: Requester) -> None:
    ticket = ana.ask()
    with staff(server) as client:
        macro = {
            "name": "Paid out",
            "body": "Hello {{requester.first_name}}, it is paid.",
            "kind": "answer",
            "change": {},
        }
        made = client.post(f"{DESK}/macros", json=macro | {"is_shared": False, "position": 0})
        assert made.status_code == 201, made.text
    open_ticket(page, ticket)
    expect(entries(page, "reply").locator("strong")).to_have_text("arrived")
    page.get_by_role("button", name="Macro").click()
    page.get_by_role("option", name="Paid out").click()
    expect(page.get_by_label("Write a public answer")).to_have_value("Hello Ana, it is paid.")
    page.get_by_role("button", name="Answer and resolve").click()
    expect(entries(page, "answer")).to_contain_text("Goes out in a moment")
    assert len(ana.sees(ticket)["messages"]) == 1
    send_now(page)
    expect(page.get_by_test_id("status")).to_have_text("Resolved")
    seen = ana.sees(ticket)
    assert (seen["status"], seen["messages"][-1]["body"]) == ("resolved", "Hello Ana, it is paid.")


def test_answer_can_be_taken_back(page: Page, ana: Requester) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    page.keyboard.press("r")
    page.keyboard.type("Too early")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Write a public answer")).to_have_value("")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Write a public answer")).to_have_value("Too early")
    assert len(ana.sees(ticket)["messages"]) == 1


def test_answer_that_waits_is_not_lost_when_the_page_goes(page: Page, server: RunningDesk, ana: Requester) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    page.keyboard.press("r")
    page.keyboard.type("Sent while leaving")
    page.keyboard.press("Control+Enter")
    expect(entries(page, "answer")).to_contain_text("Sent while leaving")
    page.goto("/docs")
    page.goto(f"/desk/tickets/{ticket}")
    expect(entries(page, "answer")).to_contain_text("Sent while leaving")
    assert ana.sees(ticket)["messages"][-1]["body"] == "Sent while leaving"


def test_answer_goes_out_with_the_page_although_its_draft_is_still_on_its_way(
    page: Page, server: RunningDesk, ana: Requester
) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    page.get_by_label("Write a public answer").fill("Sent while leaving")
    os.kill(server.pid, signal.SIGSTOP)
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(entries(page, "answer")).to_contain_text("Goes out in a moment")
    page.goto("about:blank")
    os.kill(server.pid, signal.SIGCONT)
    page.goto(f"/desk/tickets/{ticket}")
    expect(entries(page, "answer")).to_contain_text("Sent while leaving")
    assert ana.sees(ticket)["messages"][-1]["body"] == "Sent while leaving"


def test_note_is_told_apart_and_never_public(page: Page, ana: Requester) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    page.keyboard.press("n")
    expect(page.get_by_label("Write an internal note")).to_be_focused()
    expect(page.get_by_text("Only the staff of this desk reads notes.")).to_be_visible()
    page.keyboard.type("She rang twice")
    page.get_by_role("button", name="Add the note").click()
    send_now(page)
    note = entries(page, "note")
    expect(note).to_contain_text("Internal note")
    expect(page.get_by_test_id("pending")).to_have_count(0)
    expect(note.locator("header .iconify, header svg").first).to_be_visible()
    color = "getComputedStyle(document.querySelector('[data-kind=%s]')).backgroundColor"
    assert page.evaluate(color % "note") != page.evaluate(color % "reply")
    assert "She rang twice" not in str(ana.sees(ticket))


def test_draft_survives_a_reload(page: Page, ana: Requester) -> None:
    open_ticket(page, ana.ask())
    page.keyboard.press("n")
    with page.expect_response(lambda response: "/draft" in response.url and response.request.method == "PUT"):
        page.keyboard.type("Half a thou")
    page.reload()
    expect(page.get_by_label("Write an internal note")).to_have_value("Half a thou")


def test_what_is_typed_before_the_draft_came_is_kept_too(page: Page, server: RunningDesk, ana: Requester) -> None:
    ticket = ana.ask()
    with staff(server) as client:
        draft = {"body": "Begun yesterday", "kind": "note"}
        assert client.put(f"{DESK}/tickets/{ticket}/draft", json=draft).status_code == 200
    asked: list[Route] = []
    page.route("**/draft", lambda route: asked.append(route) if route.request.method == "GET" else route.continue_())
    with page.expect_request("**/draft"):
        open_ticket(page, ticket)
    page.keyboard.press("n")
    page.keyboard.type("and today")
    with page.expect_response(lambda response: "/draft" in response.url and response.request.method == "PUT"):
        asked.pop().continue_()
    page.unroute("**/draft")
    page.reload()
    expect(page.get_by_label("Write an internal note")).to_have_value("Begun yesterday\n\nand today")


def test_change_is_one_click_and_can_be_undone(page: Page, server: RunningDesk, ana: Requester) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    page.get_by_role("combobox", name="Priority").click()
    page.get_by_role("option", name="Urgent").click()
    expect(page.get_by_role("combobox", name="Priority")).to_have_text("Urgent")
    expect(entries(page, "event").last).to_contain_text("changed Priority: High → Urgent")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("combobox", name="Priority")).to_have_text("High")
    page.get_by_label("Add a tag").fill("vip")
    page.get_by_label("Add a tag").press("Enter")
    expect(page.get_by_role("button", name="Remove the tag vip")).to_be_visible()
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement?.blur()")
    page.keyboard.press("a")
    expect(page.get_by_role("combobox", name="Assignee")).to_have_text(ALICIA.name)
    page.get_by_role("combobox", name="Assignee").click()
    page.get_by_role("option", name="Nobody").click()
    expect(entries(page, "event").last).to_contain_text(f"took the assignment back Assignee: {ALICIA.name} → ")


def test_file_goes_along_with_an_answer(page: Page, ana: Requester, tmp_path: Path) -> None:
    ticket = ana.ask()
    bill = tmp_path / "bill.txt"
    bill.write_text("four euros")
    open_ticket(page, ticket)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Attach files").click()
    chooser.value.set_files(bill)
    expect(page.get_by_role("button", name="Remove bill.txt")).to_be_visible()
    page.get_by_label("Write a public answer").fill("The bill")
    page.get_by_role("button", name="Answer", exact=True).click()
    send_now(page)
    answer = entries(page, "answer")
    expect(page.get_by_test_id("pending")).to_have_count(0)
    with page.expect_download() as download:
        answer.get_by_role("link", name="bill.txt").click()
    assert download.value.path().read_text() == "four euros"


HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
LINKS = (
    "[a](javascript:alert(3)) [b](data:text/html,x) [c](vbscript:x) "
    "[d](java&#9;script:alert(4)) <a href='//evil.example'>e</a>"
)


def test_what_others_wrote_never_runs(page: Page, server: RunningDesk, tmp_path: Path) -> None:
    mallory = Requester(server, f"Mal {HOSTILE}")
    with mallory.client:
        ticket = mallory.ask(f"Subject {HOSTILE}", f"{HOSTILE}\n\n{LINKS}\n\nhttps://example.org/fine")
    with staff(server) as client:
        files = [
            ("files", (name, b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(5)'/>"))
            for name in ("a.svg", "b.svg.png", "<img src=x onerror=alert(6)>.html")
        ]
        sent = client.post(f"{DESK}/tickets/{ticket}/attachments", files=files)
        ids = [file["id"] for file in sent.json()] if sent.status_code == 201 else []
        message = {"kind": "note", "body": HOSTILE + LINKS, "attachment_ids": ids, "assign_to_me": False}
        assert client.post(f"{DESK}/tickets/{ticket}/messages", json=message).status_code == 201
        tagged = client.patch(
            f"{DESK}/tickets/{ticket}", json={"tags": ["<img src=x onerror=alert(7)>"]}, headers={"If-Match": "*"}
        )
        assert tagged.status_code == 200, tagged.text
    open_ticket(page, ticket)
    expect(entries(page, "note")).to_be_visible()
    shown = page.get_by_test_id("timeline")
    assert shown.locator("img[src=x], script, svg[onload]").count() == 0
    expect(entries(page, "reply")).to_contain_text("<img src=x onerror=alert(1)>")
    hrefs = shown.locator("a").evaluate_all("links => links.map((link) => link.href)")
    assert "https://example.org/fine" in hrefs
    assert [
        href for href in hrefs if not re.match(rf"https://example\.org/|{re.escape(server.url)}/api/desk/", href)
    ] == []
    page.get_by_label("Write a public answer").fill(HOSTILE + LINKS)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_test_id("preview")).to_contain_text("<script>")
    assert page.get_by_test_id("preview").locator("a, img, script").count() == 0


def test_due_time_and_wires_explain_themselves(page: Page, ana: Requester) -> None:
    open_ticket(page, ana.ask())
    page.get_by_role("button", name=re.compile("left")).focus()
    expect(page.get_by_role("tooltip")).to_contain_text("Target for priority High")
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).not_to_be_visible()
    page.get_by_role("button", name="API views").click()
    for contract in ("debuta", "mesa", "support", "kinconecta", "mobile"):
        page.get_by_role("tab", name=contract).click()
        expect(page.get_by_test_id("wire")).to_contain_text("Payment not received")
    assert axe.findings(page) == []


def test_keyboard_goes_through_the_timeline_and_resolves(page: Page, ana: Requester) -> None:
    open_ticket(page, ana.ask())
    page.keyboard.press("j")
    expect(entries(page, "reply").first).to_be_focused()
    page.keyboard.press("e")
    expect(page.get_by_test_id("status")).to_have_text("Resolved")


def test_ticket_that_is_not_in_sight_is_not_there(page: Page) -> None:
    enter(page, ALICIA, "tickets/TKT-2026-99999")
    expect(page.get_by_text("This ticket is not here")).to_be_visible()
    assert axe.findings(page) == []
