"""The settings of tags and custom fields, and where they show: each page used in one sitting."""

import re

import httpx
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.arranging import (
    ANY,
    HOSTILE,
    choose,
    clear,
    listed,
    made,
    pick,
    rows,
    save,
    see_all_well,
    see_rows,
)
from tests.browser.conftest import OpenPage
from tests.browser.people import ALICIA, LEO, MARTA, enter, see_heading
from tests.browser.queue import open_ticket
from tests.browser.tickets import DESK, PHONE
from tests.serving import RunningDesk

PALETTE = ("gray", "red", "orange", "amber", "green", "teal", "blue", "indigo", "purple", "pink")


def test_tag_is_made_coloured_renamed_and_removed_and_shows_everywhere(
    page: Page, open_page: OpenPage, staff: httpx.Client
) -> None:
    clear(staff, "tags")
    enter(page, ALICIA, "settings/tags")
    see_heading(page, "Tags")
    expect(page.get_by_text("No tags yet")).to_be_visible()
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("vip")
    dialog.get_by_role("radio", name="Red").click()
    expect(dialog.get_by_test_id("looks")).to_have_class(re.compile("bg-red-100"))
    see_all_well(page)
    save(page)
    ticket = open_ticket(staff, "With every colour", tags=["vip", *PALETTE])
    for color in PALETTE:
        (tag,) = staff.get(f"{DESK}/tags", params={"prefix": color}).json()["data"]
        change = {"color": color}
        assert staff.patch(f"{DESK}/tags/{tag['id']}", json=change, headers=ANY).status_code == 200
    page.reload()
    see_rows(page, *sorted([*PALETTE, "vip"]))
    see_all_well(page)
    page.get_by_label("Find a tag").fill("VI")
    see_rows(page, "vip")
    choose(page, "vip", "Edit")
    dialog.get_by_label("Name", exact=True).fill("teal")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
    dialog.get_by_label("Name", exact=True).fill("vip guest")
    save(page)
    see_rows(page, "vip guest")
    page.get_by_role("link", name="On 1 ticket").click()
    row = page.locator(f"[data-ticket='{ticket['id']}']")
    expect(row.get_by_test_id("tag").first).to_have_text("amber")
    expect(row.get_by_test_id("tag").first).to_have_class(re.compile("bg-amber-100"))
    see_all_well(page)
    page.goto(f"/desk/tickets/{ticket['label']}")
    expect(page.get_by_test_id("tag")).to_have_count(len(PALETTE) + 1)
    expect(page.get_by_test_id("tag").last).to_have_class(re.compile("bg-red-100"))
    see_all_well(page)
    page.goto("/desk/settings/tags")
    choose(page, "vip guest", "Remove")
    expect(page.get_by_role("dialog")).to_contain_text("It is taken off 1 ticket. This cannot be undone.")
    assert axe.findings(page) == []
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    see_rows(page, *sorted(PALETTE))
    assert "vip guest" not in staff.get(f"{DESK}/tickets/{ticket['id']}").json()["tags"]


def test_hostile_tag_never_runs_and_who_may_not_change_it_looks_at_it(
    open_page: OpenPage, crew: RunningDesk, staff: httpx.Client
) -> None:
    clear(staff, "tags")
    leo = open_page(viewport=PHONE, color_scheme="dark")
    enter(leo, LEO, "settings/tags")
    expect(leo.get_by_text("Your colleagues have not made any.")).to_be_visible()
    expect(leo.get_by_role("button", name="New tag")).to_have_count(0)
    hostile = HOSTILE[:50]
    ticket = open_ticket(staff, "Hostile", tags=[hostile])
    marta = open_page()
    enter(marta, MARTA, "settings/tags")
    see_rows(marta, hostile)
    expect(marta.get_by_role("button", name="New tag")).to_be_visible()
    expect(marta.get_by_role("button", name="What to do with")).to_have_count(0)
    expect(marta.get_by_text("Supervisors and administrators rename")).to_be_visible()
    expect(marta.get_by_text("On 1 ticket")).to_be_visible()
    marta.goto("/desk/")
    row = marta.locator(f"[data-ticket='{ticket['id']}']")
    expect(row.get_by_test_id("tag")).to_have_text(hostile)
    row.get_by_role("link").click()
    expect(marta.get_by_test_id("tag")).to_contain_text(hostile)
    alicia = open_page()
    enter(alicia, ALICIA, "settings/tags")
    choose(alicia, hostile, "Edit")
    expect(alicia.get_by_test_id("looks")).to_have_text(hostile)
    alicia.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    choose(alicia, hostile, "Remove")
    alicia.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(alicia.get_by_text(f"{hostile} is removed", exact=True)).to_be_visible()


def test_field_of_each_kind_is_made_changed_and_taken_out_of_use(page: Page, staff: httpx.Client) -> None:
    clear(staff, "fields")
    enter(page, ALICIA, "settings/fields")
    see_heading(page, "Fields")
    expect(page.get_by_text("No fields yet")).to_be_visible()
    dialog = page.get_by_role("dialog")
    for kind in ("Text", "Number", "Date", "Yes or no"):
        page.keyboard.press("c")
        dialog.get_by_label("Name", exact=True).fill(f"A {kind}")
        pick(page, "Kind", kind)
        save(page)
    page.keyboard.press("c")
    dialog.get_by_label("Name", exact=True).fill("Contract")
    pick(page, "Kind", "Choice")
    dialog.get_by_label("Key").fill("Not a key")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_label("Options")).to_be_focused()
    dialog.get_by_label("Options").fill("Private\n\nCompany\n")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_label("Key")).to_be_focused()
    dialog.get_by_label("Key").fill("contract")
    dialog.get_by_label("Required").click()
    see_all_well(page)
    save(page)
    see_rows(page, "A Text", "A Number", "A Date", "A Yes or no", "Contract")
    expect(rows(page).last).to_contain_text("Choice · field.contract: · Private, Company")
    see_all_well(page)
    choose(page, "Contract", "Move up")
    see_rows(page, "A Text", "A Number", "A Date", "Contract", "A Yes or no")
    page.goto("/desk/")
    see_heading(page, "All open")
    page.keyboard.press("n")
    dialog.get_by_label("Name of the requester").fill("Luis Soto")
    dialog.get_by_label("E-mail address").fill("luis@example.com")
    dialog.get_by_label("Subject").fill("He called")
    dialog.get_by_label("What it is about").fill("It stands still.")
    dialog.get_by_role("button", name="Open the ticket").click()
    expect(dialog.get_by_label("Contract")).to_be_focused()
    assert axe.findings(page) == []
    pick(page, "Contract", "Company")
    dialog.get_by_role("button", name="Open the ticket").click()
    page.wait_for_url("**/desk/tickets/TKT-*")
    expect(page.get_by_role("combobox", name="Contract")).to_have_text("Company")
    page.goto("/desk/settings/fields")
    choose(page, "Contract", "Edit")
    expect(dialog.get_by_label("Kind")).to_have_count(0)
    dialog.get_by_label("Options").fill("Private\nState")
    save(page)
    page.go_back()
    expect(page.get_by_role("combobox", name="Contract")).to_have_text("Company")
    page.goto("/desk/settings/fields")
    choose(page, "Contract", "Remove")
    assert axe.findings(page) == []
    dialog.get_by_role("button", name="Remove").click()
    expect(dialog).to_contain_text("Tickets have values in “Contract”")
    dialog.get_by_role("button", name="Take out of use").click()
    expect(rows(page).filter(has_text="Contract")).to_contain_text("Out of use")
    page.get_by_role("button", name="Undo").click()
    expect(rows(page).filter(has_text="Contract")).to_contain_text("Required")
    choose(page, "Contract", "Take out of use")
    choose(page, "A Text", "Remove")
    dialog.get_by_role("button", name="Remove").click()
    see_rows(page, "A Number", "A Date", "Contract", "A Yes or no")
    see_all_well(page)


def retire_fields(client: httpx.Client) -> None:
    for field in listed(client, "fields"):
        off = client.patch(f"{DESK}/fields/{field['id']}", json={"is_active": False}, headers=ANY)
        assert off.status_code == 200, off.text


def test_hostile_field_never_runs_and_only_admins_arrange_fields(
    open_page: OpenPage, crew: RunningDesk, staff: httpx.Client
) -> None:
    retire_fields(staff)
    made(staff, "fields", name=HOSTILE, kind="choice", choices=[HOSTILE, "javascript:alert(3)"], key="hostile")
    ticket = open_ticket(staff, "Hostile", fields={"hostile": HOSTILE})
    alicia = open_page()
    enter(alicia, ALICIA, "settings/fields")
    expect(rows(alicia).filter(has_text=HOSTILE)).to_be_visible()
    choose(alicia, HOSTILE, "Edit")
    expect(alicia.get_by_label("Options")).to_have_value(f"{HOSTILE}\njavascript:alert(3)")
    alicia.goto(f"/desk/tickets/{ticket['label']}")
    expect(alicia.get_by_role("combobox", name=HOSTILE)).to_have_text(HOSTILE)
    marta = open_page(viewport=PHONE, color_scheme="dark", locale="es-ES")
    enter(marta, MARTA, "settings/fields")
    see_heading(marta, "Campos")
    expect(marta.get_by_text("Los campos los gestiona administración")).to_be_visible()
    expect(marta.get_by_role("link", name="Campos")).to_have_count(0)
    assert axe.findings(marta) == []
