"""What a ticket is, changed where it stands: fields of the desk's own, snoozing, tags, area; and who asks."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.people import MARTA
from tests.browser.tickets import DESK, Requester, change, choose, join, notice, open_ticket, staff
from tests.serving import RunningDesk

FIELDS: tuple[dict[str, Any], ...] = (
    {"name": "Serial", "key": "serial", "kind": "text"},
    {"name": "Seats", "key": "seats", "kind": "number"},
    {"name": "Plan", "key": "plan", "kind": "choice", "choices": ["Gold", "Silver"]},
    {"name": "Bought", "key": "bought", "kind": "date"},
    {"name": "Insured", "key": "insured", "kind": "checkbox"},
    {"name": "Site", "key": "site", "kind": "text", "is_required": True},
)


@pytest.fixture(scope="module")
def alicia(settled: RunningDesk) -> Iterator[httpx.Client]:
    """The API, as Alicia uses it beside the browser."""
    with staff(settled) as client:
        for position, field in enumerate(FIELDS):
            made = client.post(f"{DESK}/fields", json={**field, "position": position})
            assert made.status_code == 201, made.text
        yield client


def kept(client: httpx.Client, ticket: str) -> Any:
    return client.get(f"{DESK}/tickets/{ticket}").json()


def undo(page: Page, field: str) -> None:
    notice(page, f"Changed: {field}").last.get_by_role("button", name="Undo").click()
    expect(notice(page, "It is as it was").last).to_be_visible()


def test_every_kind_of_field_is_filled_in_and_taken_back(page: Page, alicia: httpx.Client, ana: Requester) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    for name, typed, value in (
        ("Serial", "X-1", "X-1"),
        ("Seats", "12.5", 12.5),
        ("Bought", "2026-03-15", "2026-03-15"),
    ):
        page.get_by_label(name).fill(typed)
        page.keyboard.press("Enter")
        expect(notice(page, f"Changed: {name}")).to_be_visible()
        assert kept(alicia, ticket)["fields"] == {name.lower(): value}
        undo(page, name)
        expect(page.get_by_label(name)).to_have_value("")
    choose(page, "Plan", "Gold")
    expect(page.get_by_role("combobox", name="Plan")).to_have_text("Gold")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("combobox", name="Plan")).to_have_text("none")
    page.get_by_role("switch", name="Insured").click()
    expect(page.get_by_role("switch", name="Insured")).to_be_checked()
    assert kept(alicia, ticket)["fields"] == {"insured": True}
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("switch", name="Insured")).not_to_be_checked()
    assert kept(alicia, ticket)["fields"] == {}


def test_value_that_is_refused_stays_in_its_field_and_is_marked(
    page: Page, alicia: httpx.Client, ana: Requester
) -> None:
    ticket = ana.ask()
    change(alicia, ticket, fields={"site": "Cuenca"})
    open_ticket(page, ticket)
    refusals: list[str] = []
    page.on("response", lambda response: refusals.append(response.url) if response.status == 422 else None)
    site = page.get_by_label("Site")
    site.fill("")
    site.press("Enter")
    expect(site).to_have_attribute("aria-invalid", "true")
    expect(notice(page, "Something has to be corrected")).to_be_visible()
    page.get_by_label("Serial").focus()
    site.press("Escape")
    expect(site).to_have_value("Cuenca")
    expect(site).not_to_have_attribute("aria-invalid", "true")
    assert len(refusals) == 1
    page.get_by_label("Category").fill("shipping")
    page.get_by_label("Serial").focus()
    expect(notice(page, "Changed: Category")).to_be_visible()
    assert kept(alicia, ticket)["category"] == "shipping"


def test_snoozed_ticket_comes_back_by_hand_by_the_clock_and_by_a_reply(
    page: Page, alicia: httpx.Client, ana: Requester
) -> None:
    ticket = ana.ask()
    page.clock.install()
    open_ticket(page, ticket)
    snooze = page.get_by_role("combobox", name="Snooze")
    choose(page, "Snooze", "For an hour")
    expect(snooze).to_have_text(re.compile(r"\d\d:\d\d"))
    away = datetime.fromisoformat(kept(alicia, ticket)["snoozed_until"]) - datetime.now(UTC)
    assert timedelta(minutes=59) < away < timedelta(minutes=61)
    expect(page.get_by_test_id("snoozed")).to_contain_text("Snoozed until")
    choose(page, "Snooze", "Until a day and time…")
    page.get_by_label("Until when").fill("2020-01-01T10:00")
    page.get_by_role("button", name="Snooze", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("Choose a time that is still to come")
    assert axe.findings(page) == []
    page.get_by_label("Until when").fill("2090-03-15T10:30")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_test_id("snoozed")).to_contain_text("15 Mar")
    assert kept(alicia, ticket)["snoozed_until"].startswith("2090-03-15")
    choose(page, "Snooze", "Wake it now")
    expect(page.get_by_test_id("snoozed")).to_have_count(0)
    expect(snooze).to_have_text("Not snoozed")
    undo(page, "Snooze")
    expect(snooze).to_have_text(re.compile(r"\d\d:\d\d"))
    ana.reply(ticket, "Has it gone out?")
    expect(snooze).to_have_text("Not snoozed")
    choose(page, "Snooze", "For an hour")
    expect(snooze).to_have_text(re.compile(r"\d\d:\d\d"))
    page.clock.fast_forward("01:01:00")
    expect(snooze).to_have_text("Not snoozed")


def test_tag_is_put_on_once_however_it_is_written_and_taken_off(
    page: Page, alicia: httpx.Client, ana: Requester
) -> None:
    ticket = ana.ask()
    change(alicia, ticket, tags=["Avería"])
    open_ticket(page, ticket)
    box = page.get_by_label("Add a tag")
    box.fill("averia")
    box.press("Enter")
    box.fill("march")
    box.press("Enter")
    expect(page.get_by_role("button", name="Remove the tag march")).to_be_visible()
    box.fill("half")
    page.get_by_test_id("timeline").click()
    expect(box).not_to_be_focused()
    expect(box).to_have_value("half")
    assert kept(alicia, ticket)["tags"] == ["Avería", "march"]
    page.get_by_role("button", name="Remove the tag Avería").click()
    expect(page.get_by_role("button", name="Remove the tag Avería")).to_have_count(0)
    undo(page, "Tags")
    expect(page.get_by_role("button", name="Remove the tag Avería")).to_be_visible()


def test_ticket_that_was_moved_comes_back_with_its_assignee(
    page: Page, settled: RunningDesk, alicia: httpx.Client, ana: Requester
) -> None:
    join(settled, MARTA)
    ticket = ana.ask()
    open_ticket(page, ticket)
    choose(page, "Assignee", MARTA.name)
    expect(page.get_by_role("combobox", name="Assignee")).to_have_text(MARTA.name)
    page.get_by_label("Area").fill("Pagos")
    page.get_by_label("Area").press("Enter")
    expect(page.get_by_role("combobox", name="Assignee")).to_have_text("Nobody")
    notice(page, "Changed: Area").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("combobox", name="Assignee")).to_have_text(MARTA.name)
    expect(page.get_by_label("Area")).to_have_value("MESA")


def test_other_tickets_of_the_requester_are_a_click_away(page: Page, settled: RunningDesk) -> None:
    berta = Requester(settled, "Berta Sanz")
    with berta.client:
        first, second = berta.ask("The first"), berta.ask("The second")
    open_ticket(page, second)
    card = page.get_by_role("region", name="Requester")
    expect(card).to_contain_text("Berta Sanz")
    expect(card).to_contain_text("ana@example.org")
    card.get_by_role("link", name="The first").click()
    expect(page.get_by_role("heading", level=1, name="The first")).to_be_focused()
    page.wait_for_url(f"**/tickets/{first}")
    expect(card.get_by_role("link")).to_have_text(re.compile("The second"))
