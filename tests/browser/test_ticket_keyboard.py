"""A morning with no mouse: from the queue to the answer and on to the next ticket; focus that is never lost."""

import re
from typing import Literal

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import ALICIA, enter
from tests.browser.tickets import DESK, Requester, change, entries, held, notice, open_ticket, staff
from tests.serving import RunningDesk

ANSWER = "Write a public answer"


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, role: Literal["button", "combobox"], name: str) -> None:
    walk_to(page, "Tab", page.get_by_role(role, name=name, exact=True))


def walk_to(page: Page, key: str, target: Locator) -> None:
    """Press a key until the focus is there: what cannot be reached so is not there for everybody."""
    for _ in range(40):
        if target.evaluate("element => element === document.activeElement"):
            return
        before = page.evaluate_handle("document.activeElement")
        page.keyboard.press(key)
        # A menu moves the focus a moment after the key.
        page.wait_for_function("before => before !== document.activeElement", arg=before)
    raise AssertionError(f"{target} cannot be reached")


def see_focus(page: Page) -> None:
    expect(page.locator(":focus")).to_have_count(1)


def test_morning_without_a_mouse(page: Page, settled: RunningDesk, ana: Requester) -> None:
    second, first = ana.ask("The second"), ana.ask("The first")
    with staff(settled) as client:
        macro = {"name": "Paid out", "body": "Hello {{requester.first_name}}, it is paid.", "kind": "answer"}
        made = client.post(f"{DESK}/macros", json=macro | {"change": {"tags_add": ["paid"]}, "is_shared": False})
        assert made.status_code == 201, made.text
    enter(page, ALICIA)
    expect(page.get_by_role("link", name="The first")).to_be_visible()
    press(page, "j")
    expect(page.get_by_role("link", name="The first")).to_be_focused()
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1, name="The first")).to_be_focused()
    press(page, "r")
    expect(page.get_by_label(ANSWER)).to_be_focused()
    tab_to(page, "button", "Macro")
    press(page, "Enter")
    expect(page.get_by_placeholder("Find a macro")).to_be_focused()
    page.keyboard.type("paid")
    expect(page.get_by_role("option", name="Paid out")).to_have_attribute("data-highlighted", "")
    press(page, "Enter")
    expect(page.get_by_label(ANSWER)).to_have_value("Hello Ana, it is paid.")
    expect(page.get_by_label(ANSWER)).to_be_focused()
    press(page, "Control+Shift+Enter")
    expect(entries(page, "answer")).to_contain_text("Goes out in a moment")
    see_focus(page)
    press(page, "F8")
    tab_to(page, "button", "Send now")
    press(page, "Enter")
    expect(page.get_by_test_id("status")).to_have_text("Resolved")
    expect(page.get_by_role("button", name="Remove the tag paid")).to_be_visible()
    see_focus(page)
    press(page, "Shift+J")
    page.wait_for_url(f"**/tickets/{second}")
    expect(page.get_by_role("heading", level=1, name="The second")).to_be_focused()
    press(page, "g", "q")
    expect(page.get_by_role("link", name="The second")).to_be_visible()
    expect(page.get_by_role("link", name="The first")).to_have_count(0)
    seen = ana.sees(first)
    assert (seen["status"], seen["messages"][-1]["body"]) == ("resolved", "Hello Ana, it is paid.")


def test_keys_go_on_in_the_list_that_a_ticket_was_opened_from(page: Page, settled: RunningDesk, ana: Requester) -> None:
    later, sooner = ana.ask("The later one"), ana.ask("The sooner one")
    with staff(settled) as client:
        for ticket in (later, sooner):
            change(client, ticket, tags=["trail"])
    open_ticket(page, sooner)
    press(page, "Shift+J")
    notice(page, "You did not come from a list").get_by_role("button", name="To the queue").click()
    page.wait_for_url("**/desk/")

    first = re.compile(r"/v1/tickets\?(?!.*after=).*limit=\d+")
    page.route(first, lambda route: route.continue_(url=re.sub(r"limit=\d+", "limit=1", route.request.url)))
    with held(page, re.compile(r"/v1/tickets\?.*after=")):
        page.goto("/desk/?view=everything&query=tag:trail")
        page.get_by_role("link", name="The sooner one").click()
        page.wait_for_url(f"**/tickets/{sooner}")
    place = page.get_by_test_id("trail")
    expect(place).to_contain_text("1 of 1+")
    press(page, "Shift+K")
    expect(notice(page, "This is the first of")).to_be_visible()
    press(page, "Shift+J")
    expect(page.get_by_role("heading", level=1, name="The later one")).to_be_focused()
    expect(place).to_contain_text("2 of 2")
    press(page, "Shift+J")
    expect(notice(page, "This was the last of")).to_be_visible()
    press(page, "?")
    expect(page.get_by_test_id("shortcuts")).to_contain_text("Next ticket of the list")
    press(page, "Escape", "Control+k")
    expect(page.get_by_placeholder("Type a command")).to_be_focused()
    page.keyboard.type("previous ticket")
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1, name="The sooner one")).to_be_visible()
    press(page, "r")
    page.keyboard.type("Answered")
    press(page, "Control+Shift+Enter", "Shift+J")
    expect(page.get_by_role("heading", level=1, name="The later one")).to_be_focused()
    press(page, "Shift+K")
    expect(page.get_by_role("heading", level=1, name="The sooner one")).to_be_focused()
    expect(page.get_by_label(ANSWER)).to_have_value("")
    place.get_by_role("button", name="Next ticket of the list").click()
    expect(page.get_by_role("heading", level=1, name="The later one")).to_be_visible()


def test_escape_leaves_a_text_and_the_keys_are_commands_again(page: Page, ana: Requester) -> None:
    open_ticket(page, ana.ask())
    press(page, "r")
    page.keyboard.type("Not now")
    press(page, "Escape")
    see_focus(page)
    press(page, "e")
    expect(page.get_by_test_id("status")).to_have_text("Resolved")
    expect(page.get_by_label(ANSWER)).to_have_value("Not now")


def test_focus_comes_back_when_a_dialog_closes(page: Page, ana: Requester) -> None:
    open_ticket(page, ana.ask())
    for name in ("API views", "Link or merge"):
        tab_to(page, "button", name)
        press(page, "Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        press(page, "Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("button", name=name)).to_be_focused()
    for opening in ("Control+k", "?"):
        press(page, opening)
        expect(page.get_by_role("dialog")).to_be_visible()
        press(page, "Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("button", name="Link or merge")).to_be_focused()
    press(page, "Control+k")
    expect(page.get_by_placeholder("Type a command")).to_be_focused()
    page.keyboard.type("api views")
    press(page, "Enter")
    expect(page.get_by_role("dialog", name="API views")).to_be_visible()
    press(page, "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    see_focus(page)


def test_list_of_keys_tells_those_of_a_ticket_and_they_do_it(page: Page, ana: Requester) -> None:
    open_ticket(page, ana.ask())
    press(page, "?")
    keys = page.get_by_test_id("shortcuts")
    for words in ("Resolve", "Assign to me", "Write a public answer", "Write an internal note", "Next entry", "Send"):
        expect(keys).to_contain_text(words)
    press(page, "Escape")
    expect(keys).to_have_count(0)
    press(page, "a")
    expect(page.get_by_role("combobox", name="Assignee")).to_have_text(ALICIA.name)


def test_property_is_changed_by_keys(page: Page, ana: Requester) -> None:
    open_ticket(page, ana.ask())
    for field, choice in (
        ("Status", "In progress"),
        ("Priority", "Urgent"),
        ("Assignee", ALICIA.name),
        ("Snooze", "For a week"),
    ):
        tab_to(page, "combobox", field)
        press(page, "Enter")
        expect(page.get_by_role("option", selected=True)).to_be_focused()
        walk_to(page, "ArrowDown", page.get_by_role("option", name=choice))
        press(page, "Enter")
        expect(notice(page, f"Changed: {field}")).to_be_visible()
        expect(page.get_by_role("combobox", name=field)).to_be_focused()
    expect(page.get_by_test_id("status")).to_have_text("In progress")
