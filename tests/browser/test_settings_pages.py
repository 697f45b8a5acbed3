"""The settings of macros, used in one sitting, and all pages of these settings in Spanish."""

import re

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
    wait_until_kept,
)
from tests.browser.conftest import OpenPage
from tests.browser.people import ALICIA, LEO, enter, see_heading
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
    expect(dialog.get_by_text("Unknown variable {{foo}}")).to_be_visible()
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
    see_rows(page, "One", "Three", "Two")
    expect(handle).to_be_focused()
    page.keyboard.press("ArrowUp")
    see_rows(page, "Three", "One", "Two")
    expect(handle).to_be_focused()
    expect(page.get_by_text("Three is now in place 1 of 3")).to_be_attached()
    choose(page, "Three", "Move down")
    see_rows(page, "One", "Three", "Two")
    page.get_by_role("button", name=re.compile("^Move Two")).drag_to(rows(page).first)
    see_rows(page, "Two", "One", "Three")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.keyboard.press("Escape")
    choose(page, "Two", "Move down")
    see_rows(page, "One", "Two", "Three")
    wait_until_kept(staff, "macros", "One", "Two", "Three")
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


def test_one_of_many_macros_is_found_by_its_name(page: Page, staff: httpx.Client) -> None:
    clear(staff, "macros")
    for number in range(13):
        made(staff, "macros", name=f"Número {number}", body="x")
    enter(page, ALICIA, "settings/macros")
    expect(rows(page)).to_have_count(13)
    page.get_by_label("Find by name").fill("numero 12")
    see_rows(page, "Número 12")
    expect(page.get_by_role("button", name=re.compile("^Move"))).to_have_count(0)
    choose(page, "Número 12", "Move up")
    page.get_by_label("Find by name").fill("")
    expect(rows(page).nth(11)).to_contain_text("Número 12")
    assert axe.findings(page) == []


def test_pages_speak_spanish_on_a_phone(open_page: OpenPage, staff: httpx.Client) -> None:
    clear(staff, "macros")
    clear(staff, "views")
    made(staff, "macros", name="Pagado", body="x", change={"status": "resolved"})
    made(staff, "views", name="Urgentes", query="is:open")
    page = open_page(viewport=PHONE, color_scheme="dark", locale="es-ES")
    for path, heading in (("views", "Vistas"), ("macros", "Macros"), ("tags", "Etiquetas"), ("fields", "Campos")):
        enter(page, ALICIA, f"settings/{path}")
        see_heading(page, heading)
        expect(page.get_by_role("link", name=heading)).to_be_in_viewport()
        expect(page.get_by_role("status", name="Cargando")).to_have_count(0)
        assert axe.findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
