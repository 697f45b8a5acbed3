"""The settings of macros and views, and the views in the sidebar: each page used in one sitting."""

import re
from typing import Any

import httpx
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.arranging import (
    ANY,
    HOSTILE,
    HOSTILE_TEXT,
    choose,
    clear,
    close_notices,
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
from tests.browser.tickets import DESK, PHONE
from tests.serving import RunningDesk


def test_macro_is_made_changed_removed_and_brought_back(page: Page, staff: httpx.Client) -> None:
    clear(staff, "macros")
    enter(page, ALICIA, "settings/macros")
    see_heading(page, "Macros")
    expect(page.get_by_text("No macros yet")).to_be_visible()
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    save_button = dialog.get_by_role("button", name="Save")
    save_button.click()
    expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
    dialog.get_by_label("Name", exact=True).fill("Paid out")
    dialog.get_by_label("Text", exact=True).fill("Hello , **it is paid**. {{foo}}")
    dialog.get_by_label("Text", exact=True).evaluate("area => area.setSelectionRange(6, 6)")
    dialog.get_by_role("button", name="Requester’s first name").click()
    expect(dialog.get_by_label("Text", exact=True)).to_have_value(
        "Hello {{requester.first_name}}, **it is paid**. {{foo}}"
    )
    preview = dialog.get_by_test_id("macro-preview")
    expect(preview).to_contain_text("Hello Ana, it is paid.")
    expect(preview.locator("strong")).to_have_text("it is paid")
    expect(dialog.get_by_text("Nobody knows {{foo}}")).to_be_visible()
    pick(page, "Status", "Resolved")
    pick(page, "Assignee", "Whoever uses it")
    dialog.get_by_label("Add a tag").fill("paid")
    dialog.get_by_label("Add a tag").press("Enter")
    see_all_well(page)
    save(page)
    see_rows(page, "Paid out")
    expect(rows(page)).to_contain_text("Public answer · Resolved · Assignee: Whoever uses it · + paid")
    (macro,) = listed(staff, "macros")
    assert macro["change"] == {"status": "resolved", "assignee_id": "me", "tags_add": ["paid"]}
    see_all_well(page)
    choose(page, "Paid out", "Edit")
    dialog.get_by_label("Name", exact=True).fill("Paid")
    dialog.get_by_role("radio", name="Internal note").click()
    pick(page, "Status", "Leave as it is")
    dialog.get_by_label("For everybody").click()
    save(page)
    expect(page.get_by_role("list", name="Macros for everybody")).to_contain_text("Internal note · Assignee")
    choose(page, "Paid", "Remove")
    expect(page.get_by_text("No macros yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    see_rows(page, "Paid")
    (macro,) = listed(staff, "macros")
    assert (macro["kind"], macro["is_shared"]) == ("note", True)
    assert macro["change"] == {"assignee_id": "me", "tags_add": ["paid"]}


def test_macros_are_put_into_another_order_by_keys_menu_and_hand(page: Page, staff: httpx.Client) -> None:
    clear(staff, "macros")
    for name in ("One", "Two", "Three"):
        made(staff, "macros", name=name, body="x", kind="answer", change={}, position=0, is_shared=False)
    enter(page, ALICIA, "settings/macros")
    see_rows(page, "One", "Two", "Three")
    handle = page.get_by_role("button", name=re.compile("^Move Three"))
    handle.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    see_rows(page, "Three", "One", "Two")
    expect(handle).to_be_focused()
    expect(page.get_by_text("Three is now in place 1 of 3")).to_be_attached()
    choose(page, "Three", "Move down")
    see_rows(page, "One", "Three", "Two")
    page.get_by_role("button", name=re.compile("^Move Two")).drag_to(rows(page).first)
    see_rows(page, "Two", "One", "Three")
    expect(page.get_by_role("alert")).to_have_count(0)
    with page.expect_response(lambda response: response.request.method == "PATCH"):
        page.keyboard.press("Escape")
        choose(page, "Two", "Move down")
    see_rows(page, "One", "Two", "Three")
    page.reload()
    see_rows(page, "One", "Two", "Three")


def test_macro_that_somebody_else_changed_keeps_what_was_typed(page: Page, staff: httpx.Client) -> None:
    clear(staff, "macros")
    macro = made(staff, "macros", name="Mine", body="x", kind="answer", change={}, position=0, is_shared=False)
    enter(page, ALICIA, "settings/macros")
    choose(page, "Mine", "Edit")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Text", exact=True).fill("What I typed")
    changed = staff.patch(f"{DESK}/macros/{macro['id']}", json={"body": "Theirs"}, headers=ANY)
    assert changed.status_code == 200
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Somebody was faster")).to_be_visible()
    expect(dialog.get_by_label("Text", exact=True)).to_have_value("What I typed")
    assert axe.findings(page) == []
    dialog.get_by_role("button", name="Show what is there now").click()
    expect(dialog.get_by_label("Text", exact=True)).to_have_value("Theirs")
    dialog.get_by_label("Text", exact=True).fill("What I typed")
    save(page)
    assert listed(staff, "macros")[0]["body"] == "What I typed"


def test_hostile_macro_never_runs(page: Page, staff: httpx.Client) -> None:
    clear(staff, "macros")
    made(
        staff,
        "macros",
        name=HOSTILE,
        body=HOSTILE_TEXT,
        kind="answer",
        change={"tags_add": [HOSTILE[:50]], "area": HOSTILE},
        position=0,
        is_shared=True,
    )
    enter(page, ALICIA, "settings/macros")
    see_rows(page, HOSTILE)
    choose(page, HOSTILE, "Edit")
    preview = page.get_by_role("dialog").get_by_test_id("macro-preview")
    expect(preview).to_contain_text("<script>alert(3)</script>")
    assert preview.locator("img, script, svg, a:not([href^='https://'])").count() == 0
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    choose(page, HOSTILE, "Remove")
    expect(page.get_by_text(f"{HOSTILE} is removed", exact=True)).to_be_visible()


def test_who_may_not_share_looks_at_the_shared_and_makes_their_own(
    open_page: OpenPage, crew: RunningDesk, staff: httpx.Client
) -> None:
    clear(staff, "macros")
    leo = open_page(viewport=PHONE, color_scheme="dark")
    enter(leo, LEO, "settings/macros")
    expect(leo.get_by_text("No macros yet")).to_be_visible()
    made(staff, "macros", name="Of all", body="x", kind="answer", change={}, position=0, is_shared=True)
    leo.reload()
    see_rows(leo, "Of all")
    expect(leo.get_by_role("button", name="What to do with")).to_have_count(0)
    leo.get_by_role("button", name="New macro").click()
    dialog = leo.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("Mine")
    dialog.get_by_label("Text", exact=True).fill("Look again")
    expect(dialog.get_by_label("For everybody")).to_have_count(0)
    assert axe.findings(leo) == []
    save(leo)
    see_rows(leo, "Of all", "Mine")
    close_notices(leo)
    assert axe.findings(leo) == []


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
