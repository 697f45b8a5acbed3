"""The settings of saved views, and their menu in the sidebar of the queue."""

import re
from typing import Any

import httpx
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.arranging import (
    HOSTILE,
    choose,
    clear,
    listed,
    made,
    rows,
    save,
    see_all_well,
    see_rows,
)
from tests.browser.conftest import OpenPage
from tests.browser.people import ALICIA, MARTA, enter, see_heading
from tests.browser.tickets import PHONE
from tests.serving import RunningDesk


def view(client: httpx.Client, name: str, **more: Any) -> dict[str, Any]:
    return made(client, "views", name=name, query="is:open", **more)


def test_view_is_renamed_shared_arranged_removed_and_brought_back(page: Page, staff: httpx.Client) -> None:
    clear(staff, "views")
    enter(page, ALICIA, "settings/views")
    see_heading(page, "Views")
    expect(page.get_by_text("No views of your own yet")).to_be_visible()
    for name in ("Alpha", "Beta"):
        view(staff, name)
    page.reload()
    see_rows(page, "Alpha", "Beta")
    choose(page, "Alpha", "Edit")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("Urgent")
    dialog.get_by_label("Filter").fill("status:asleep")
    dialog.get_by_label("Order").click()
    page.get_by_role("option", name="Due first").click()
    dialog.get_by_role("checkbox", name="Tags").click()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_label("Filter")).to_be_focused()
    see_all_well(page)
    dialog.get_by_label("Filter").fill("priority:urgent")
    save(page)
    see_rows(page, "Urgent", "Beta")
    expect(rows(page).first).to_contain_text("priority:urgent · Due first")
    assert "tags" in next(one for one in listed(staff, "views") if one["name"] == "Urgent")["columns"]
    choose(page, "Urgent", "Move down")
    see_rows(page, "Beta", "Urgent")
    choose(page, "Urgent", "Share with everybody")
    expect(page.get_by_role("list", name="Views for everybody")).to_contain_text("Urgent")
    see_all_well(page)
    choose(page, "Urgent", "Stop sharing")
    see_rows(page, "Beta", "Urgent")
    choose(page, "Beta", "Remove")
    see_rows(page, "Urgent")
    page.get_by_role("button", name="Undo").last.click()
    see_rows(page, "Beta", "Urgent")
    rows(page).get_by_role("link", name="Urgent").click()
    see_heading(page, "Urgent")


def test_sidebar_has_a_menu_for_each_own_view(page: Page, staff: httpx.Client) -> None:
    clear(staff, "views")
    for name in ("Alpha", "Beta"):
        view(staff, name)
    enter(page, ALICIA)
    sidebar = page.get_by_role("navigation", name="Views")
    sidebar.get_by_role("link", name="Beta").click()
    see_heading(page, "Beta")
    sidebar.get_by_role("link", name="Beta").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="What to do with Beta")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Edit")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_label("Name", exact=True).fill("Gamma")
    save(page)
    see_heading(page, "Gamma")
    choose(page, "Gamma", "Move up")
    expect(sidebar.get_by_role("link", name=re.compile("Alpha|Gamma")).first).to_contain_text("Gamma")
    choose(page, "Gamma", "Remove")
    see_heading(page, "All open")
    page.get_by_role("button", name="Undo").click()
    expect(sidebar.get_by_role("link", name="Gamma")).to_be_visible()
    see_all_well(page)


def test_hostile_view_never_runs_and_who_may_not_share_only_looks_at_it(
    open_page: OpenPage, crew: RunningDesk, staff: httpx.Client
) -> None:
    clear(staff, "views")
    made(staff, "views", name=HOSTILE, query='"><img src=x onerror=alert(1)>', icon="x onload=alert(2)", is_shared=True)
    marta = open_page()
    enter(marta, MARTA)
    sidebar = marta.get_by_role("navigation", name="Views")
    sidebar.get_by_role("link", name=HOSTILE).click()
    see_heading(marta, HOSTILE)
    expect(sidebar.get_by_role("button")).to_have_count(0)
    marta.goto("/desk/settings/views")
    see_rows(marta, HOSTILE)
    expect(marta.get_by_text("You may look at these.")).to_be_visible()
    expect(marta.get_by_role("button", name="What to do with")).to_have_count(0)
    alicia = open_page()
    enter(alicia, ALICIA, "settings/views")
    choose(alicia, HOSTILE, "Edit")
    expect(alicia.get_by_role("dialog").get_by_label("Filter")).to_have_value('"><img src=x onerror=alert(1)>')
    alicia.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    choose(alicia, HOSTILE, "Remove")
    expect(alicia.get_by_text(f"{HOSTILE} is removed", exact=True)).to_be_visible()


def test_view_is_changed_from_the_sidebar_on_a_phone(open_page: OpenPage, staff: httpx.Client) -> None:
    clear(staff, "views")
    view(staff, "Alpha")
    page = open_page(viewport=PHONE, has_touch=True)
    enter(page, ALICIA)
    page.get_by_role("button", name="Views").click()
    choose(page, "Alpha", "Edit")
    dialog = page.get_by_role("dialog", name="Edit Alpha")
    dialog.get_by_label("Name", exact=True).fill("Gamma")
    assert axe.findings(page) == []
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog", name="Views").get_by_role("link", name="Gamma")).to_be_visible()
