"""Tickets that belong together: linked, merged and parted again, by the dialog."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.tickets import DESK, Requester, choose, entries, open_ticket, staff, write
from tests.serving import RunningDesk


def ask_how(page: Page, how: str) -> Locator:
    """Open the dialog and say how; returns the field for the other ticket."""
    page.get_by_role("button", name="Link or merge").click()
    if how == "Merge into":
        page.get_by_role("radio", name=how).click()
    else:
        choose(page, "How", how)
    return page.get_by_label("The other ticket")


def do_it(page: Page, what: str = "Link") -> None:
    page.get_by_role("dialog").get_by_role("button", name=what, exact=True).click()


def test_tickets_are_linked_seen_from_both_sides_and_parted(page: Page, ana: Requester) -> None:
    first, second = ana.ask("The router is off"), ana.ask("No network")
    open_ticket(page, second)
    other = ask_how(page, "blocked by")
    other.fill("TKT-2026-99999")
    do_it(page)
    expect(page.get_by_role("dialog")).to_contain_text("names no ticket")
    expect(other).to_have_value("TKT-2026-99999")
    other.fill(second)
    do_it(page)
    expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    other.fill(first.lower())
    do_it(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    links = page.get_by_role("region", name="Links")
    expect(links).to_contain_text(f"blocked by{first} The router is off")
    expect(entries(page, "event").last).to_contain_text("linked it")
    links.get_by_role("link", name=first).click()
    expect(page.get_by_role("heading", level=1, name="The router is off")).to_be_visible()
    expect(links).to_contain_text(f"blocks{second} No network")
    page.get_by_role("button", name=f"Remove the link to {second}").click()
    expect(links.get_by_role("link")).to_have_count(0)
    expect(page.get_by_role("button", name="Link or merge")).to_be_focused()


def test_merged_ticket_shows_in_the_other_and_comes_out_as_it_was(
    page: Page, settled: RunningDesk, ana: Requester
) -> None:
    kept, double = ana.ask("Charged twice"), ana.ask("Charged twice, again")
    with staff(settled) as client:
        write(client, double, "Written in the double")
        open_ticket(page, double)
        ask_how(page, "Merge into").fill(kept)
        expect(page.get_by_role("dialog")).to_contain_text("It can be taken out again")
        do_it(page, "Merge")
        expect(page.get_by_test_id("status")).to_have_text("Closed")
        for words in (f"merged it into {kept}", "Status: In progress → Closed"):
            expect(entries(page, "event").last).to_contain_text(words)
        expect(page.get_by_test_id("merged")).to_have_text(f"Merged into {kept}")
        expect(page.get_by_label("Write a public answer")).to_have_count(0)
        page.get_by_test_id("merged").get_by_role("link").click()
        expect(page.get_by_role("heading", level=1, name="Charged twice", exact=True)).to_be_visible()
        expect(entries(page, "answer")).to_contain_text("Written in the double")
        expect(entries(page, "answer").get_by_role("button", name="Make this message")).to_have_count(0)
        expect(entries(page, "event")).to_have_count(1)
        expect(entries(page, "event")).to_contain_text(f"merged {double} into this one")
        expect(entries(page, "event")).not_to_contain_text("Status")
        entries(page, "event").get_by_role("link", name=double).click()
        expect(page.get_by_role("heading", level=1, name="again")).to_be_visible()
        page.get_by_role("button", name="Take it out again").click()
        expect(page.get_by_test_id("status")).to_have_text("In progress")
        expect(entries(page, "event").last).to_contain_text(f"unmerged it from {kept}")
        expect(page.get_by_role("link", name=f"Merged into {kept}")).to_have_count(0)
        assert client.get(f"{DESK}/tickets/{double}").json()["merged_into"] is None
