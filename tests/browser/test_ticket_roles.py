"""The ticket page for each role: it offers what they may, and a ticket that leaves their sight is gone at once."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.people import ALICIA, LEO, RAUL, Person
from tests.browser.tickets import DESK, Requester, change, choose, entries, join, notice, open_ticket, send_now, staff
from tests.serving import RunningDesk

CARMEN = Person("Carmen Ríos", "carmen@example.org", "eleven keys on one ring")


@pytest.fixture(scope="module", autouse=True)
def everybody(settled: RunningDesk) -> None:
    join(settled, LEO, "light_agent")
    join(settled, RAUL, "area_agent", "Redes")
    join(settled, CARMEN, "supervisor")


def options(page: Page, field: str) -> list[str]:
    page.get_by_role("combobox", name=field).click()
    expect(page.get_by_role("option").first).to_be_visible()
    found = page.get_by_role("option").all_inner_texts()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    return found


def test_light_agent_reads_and_writes_notes_and_no_more(page: Page, settled: RunningDesk, ana: Requester) -> None:
    ticket = ana.ask()
    with staff(settled) as client:
        change(client, ticket, tags=["vip"])
    open_ticket(page, ticket, LEO)
    expect(entries(page, "reply")).to_contain_text("It has not arrived yet.")
    expect(page.get_by_role("tab")).to_have_text(["Internal note"])
    for name in ("Answer", "Answer and resolve", "Attach files", "Link or merge"):
        expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)
    for field in ("Status", "Priority", "Assignee", "Area", "Category", "Snooze", "Add a tag"):
        expect(page.get_by_label(field, exact=True)).to_be_disabled()
    expect(page.get_by_role("button", name="Remove the tag vip")).to_be_disabled()
    for key in ("e", "a", "r"):
        page.keyboard.press(key)
    page.keyboard.press("n")
    page.keyboard.type("She is a friend of mine")
    page.keyboard.press("Control+Enter")
    send_now(page)
    expect(page.get_by_test_id("pending")).to_have_count(0)
    expect(page.get_by_test_id("status")).to_have_text("Open")
    expect(page.get_by_role("combobox", name="Assignee")).to_have_text("Nobody")
    assert len(ana.sees(ticket)["messages"]) == 1


def test_area_agent_works_on_tickets_of_the_area(page: Page, settled: RunningDesk, ana: Requester) -> None:
    ticket = ana.ask()
    with staff(settled) as client:
        change(client, ticket, area="Redes")
    open_ticket(page, ticket, RAUL)
    for field in ("Priority", "Area", "Category"):
        expect(page.get_by_label(field, exact=True)).to_be_disabled()
    assert options(page, "Assignee") == ["Nobody", RAUL.name]
    page.keyboard.press("a")
    expect(page.get_by_role("combobox", name="Assignee")).to_have_text(RAUL.name)
    expect(page.get_by_role("combobox", name="Assignee")).to_be_disabled()
    page.get_by_label("Write a public answer").fill("I look into it")
    page.get_by_role("button", name="Answer", exact=True).click()
    send_now(page)
    expect(page.get_by_test_id("status")).to_have_text("In progress")
    assert options(page, "Status") == ["In progress", "Pending", "Resolved", "Closed"]
    choose(page, "Status", "Resolved")
    expect(notice(page, "Changed: Status")).to_be_visible()
    expect(notice(page, "Changed: Status").get_by_role("button", name="Undo")).to_have_count(0)
    assert options(page, "Status") == ["Resolved", "Closed"]
    assert ana.sees(ticket)["status"] == "resolved"


def test_ticket_that_is_moved_away_is_gone_at_once(page: Page, settled: RunningDesk, ana: Requester) -> None:
    ticket, foreign = ana.ask("Here and gone"), ana.ask("Never here")
    with staff(settled) as client:
        change(client, ticket, area="Redes")
        open_ticket(page, ticket, RAUL)
        page.get_by_label("Write a public answer").fill("Half a")
        expect(page.get_by_role("region", name="Requester")).not_to_contain_text("Never here")
        change(client, ticket, area="Pagos")
        expect(page.get_by_text("This ticket is not here")).to_be_visible()
        expect(page.get_by_text("Here and gone")).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        expect(page).to_have_title("Ticket · Ventanilla")
    page.goto(f"/desk/tickets/{foreign}")
    expect(page.get_by_text("This ticket is not here")).to_be_visible()


def test_ticket_that_went_into_one_out_of_sight_says_so_and_takes_no_text(
    page: Page, settled: RunningDesk, ana: Requester
) -> None:
    ticket, foreign = ana.ask(), ana.ask("Never here")
    with staff(settled) as client:
        change(client, ticket, area="Redes")
        merged = client.post(f"{DESK}/tickets/{ticket}/merge", json={"into": foreign})
        assert merged.status_code == 200, merged.text
    open_ticket(page, ticket, RAUL)
    expect(page.get_by_test_id("merged")).to_contain_text("Merged into a ticket that you may not see.")
    expect(page.get_by_role("region", name="Write")).to_have_count(0)
    expect(page.get_by_text(foreign)).to_have_count(0)


def test_supervisor_gives_moves_and_opens_again(page: Page, settled: RunningDesk, ana: Requester) -> None:
    ticket = ana.ask()
    with staff(settled) as client:
        change(client, ticket, status="closed")
        open_ticket(page, ticket, CARMEN)
        choose(page, "Status", "In progress")
        expect(page.get_by_test_id("status")).to_have_text("In progress")
        assert "Open" not in options(page, "Status")
        choose(page, "Assignee", ALICIA.name)
        expect(page.get_by_role("combobox", name="Assignee")).to_have_text(ALICIA.name)
        choose(page, "Priority", "Critical")
        expect(page.get_by_role("combobox", name="Priority")).to_have_text("Critical")
        page.get_by_label("Area").fill("Redes")
        page.keyboard.press("Enter")
        expect(page.get_by_role("combobox", name="Assignee")).to_have_text("Nobody")
        found = client.get(f"{DESK}/tickets/{ticket}").json()
    assert (found["status"], found["priority"], found["area"]) == ("in_progress", "critical", "Redes")


def test_closed_ticket_is_not_resolved_by_a_key(open_page: OpenPage, settled: RunningDesk, ana: Requester) -> None:
    ticket = ana.ask()
    page = open_page()
    with staff(settled) as client:
        change(client, ticket, status="closed")
        open_ticket(page, ticket)
        page.keyboard.press("e")
        page.keyboard.press("a")
        expect(page.get_by_role("combobox", name="Assignee")).to_have_text(ALICIA.name)
        assert client.get(f"{DESK}/tickets/{ticket}").json()["status"] == "closed"
