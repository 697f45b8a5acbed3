"""The settings of what stands around the tickets: views, macros and tags, each page used in one sitting."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser import axe
from tests.browser.conftest import OpenPage
from tests.browser.people import ALICIA, LEO, MARTA, enter, see_heading
from tests.browser.queue import open_ticket
from tests.browser.tickets import DESK, PHONE, join
from tests.serving import RunningDesk

HOSTILE = '"><img src=x onerror=alert(1)><svg onload=alert(2)>'
"""As the name of anything; it has to fit into a tag's fifty characters with little to spare."""
HOSTILE_TEXT = (
    "<script>alert(3)</script> [a](javascript:alert(4)) [b](data:text/html,x) [c](vbscript:x) "
    "[d](java&#9;script:alert(5)) <a href='//evil.example'>e</a> ![f](https://evil.example/x.png) "
    "{{constructor.constructor('alert(6)')()}}"
)
PALETTE = ("gray", "red", "orange", "amber", "green", "teal", "blue", "indigo", "purple", "pink")


def rows(page: Page) -> Locator:
    return page.get_by_test_id("arranged")


def see_rows(page: Page, *names: str) -> None:
    expect(rows(page).get_by_test_id("name")).to_have_text(list(names))


def choose(page: Page, name: str, what: str) -> None:
    """Choose something from the menu of a row."""
    page.get_by_role("button", name=f"What to do with {name}", exact=True).click()
    page.get_by_role("menuitem", name=what).click()


def pick(page: Page, label: str, option: str) -> None:
    page.get_by_role("dialog").get_by_label(label, exact=True).click()
    page.get_by_role("option", name=option).click()


def save(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def see_all_well(page: Page) -> None:
    """The page as it stands, in both themes and on a phone, when its notices have gone."""
    usual = page.viewport_size
    close_notices(page)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        assert axe.findings(page) == []
    page.set_viewport_size(ViewportSize(width=PHONE["width"], height=PHONE["height"]))
    assert axe.findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert usual
    page.set_viewport_size(usual)


def close_notices(page: Page) -> None:
    notices = page.get_by_role("region", name=re.compile("F8")).get_by_role("listitem")
    for _ in range(notices.count()):
        notices.first.get_by_role("button", name="Close").click()
    expect(notices).to_have_count(0)


def made(client: httpx.Client, what: str, **body: Any) -> dict[str, Any]:
    answer = client.post(f"{DESK}/{what}", json=body)
    assert answer.status_code == 201, answer.text
    thing: dict[str, Any] = answer.json()
    return thing


def listed(client: httpx.Client, what: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"{DESK}/{what}").json()["data"]
    return found


def clear(client: httpx.Client, what: str) -> None:
    for thing in listed(client, what):
        if not thing.get("is_builtin"):
            gone = client.delete(f"{DESK}/{what}/{thing['id']}", headers={"If-Match": "*"})
            assert gone.status_code == 204, gone.text


@pytest.fixture(scope="module")
def crew(settled: RunningDesk) -> RunningDesk:
    """The desk with Marta, an agent, and Leo, a light agent."""
    join(settled, MARTA)
    join(settled, LEO, "light_agent")
    return settled


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
    changed = staff.patch(f"{DESK}/macros/{macro['id']}", json={"body": "Theirs"}, headers={"If-Match": "*"})
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
        assert staff.patch(f"{DESK}/tags/{tag['id']}", json=change, headers={"If-Match": "*"}).status_code == 200
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
