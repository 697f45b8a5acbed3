"""What is around every page: rail, palette, keyboard, focus, and what happens when the desk is away."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.conftest import OpenPage
from tests.browser.people import ALICIA, enter, see_heading
from tests.serving import RunningDesk
from ventanilla.web import files

pytestmark = pytest.mark.usefixtures("settled")


def find_command(page: Page, words: str, placeholder: str = "Type a command") -> None:
    page.keyboard.press("Control+k")
    expect(page.get_by_placeholder(placeholder)).to_be_focused()
    page.keyboard.type(words)


def see_first(page: Page, name: str) -> None:
    """Expect it to be what Enter runs."""
    expect(page.get_by_role("option").first).to_contain_text(name)
    expect(page.get_by_role("option").first).to_have_attribute("data-highlighted", "")


def test_palette_finds_commands_and_runs_them_by_keyboard_alone(page: Page) -> None:
    enter(page, ALICIA)
    for words, heading in (("people", "People"), ("keys", "API keys"), ("profile", "Profile")):
        find_command(page, f"go to {words}")
        see_first(page, heading)
        assert axe.findings(page) == []
        page.keyboard.press("Enter")
        see_heading(page, heading)
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_palette_changes_theme_and_language(page: Page) -> None:
    enter(page, ALICIA)
    for words in ("Theme: Dark", "Idioma"):
        find_command(page, words.lower())
        expect(page.get_by_role("option")).to_have_count(1)
        see_first(page, words)
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("html.dark[lang=es]")).to_have_count(1)
    find_command(page, "language", "Escribe un comando")
    see_first(page, "Language")
    page.keyboard.press("Enter")
    expect(page.locator("html[lang=en]")).to_have_count(1)


def test_question_mark_lists_the_keys_that_work_here(page: Page) -> None:
    enter(page, ALICIA, "settings/people")
    page.keyboard.press("?")
    keys = page.get_by_test_id("shortcuts")
    expect(keys).to_contain_text("Invite someone")
    expect(keys).to_contain_text("Go to Queue")
    expect(keys).to_contain_text("Go to Settings")
    assert axe.findings(page) == []
    page.keyboard.press("c")
    expect(page.get_by_role("heading", name="Invite someone")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.press("s")
    see_heading(page, "Profile")


def test_keys_are_text_while_somebody_types(page: Page) -> None:
    enter(page, ALICIA, "settings/profile")
    page.get_by_label("Signature").fill("")
    page.get_by_label("Signature").press_sequentially("g q ? c")
    expect(page.get_by_label("Signature")).to_have_value("g q ? c")
    see_heading(page, "Profile")


def test_keyboard_starts_at_the_heading_of_a_new_page_and_can_skip_the_rail(page: Page) -> None:
    enter(page, ALICIA, "settings/profile")
    page.get_by_role("link", name="People").click()
    expect(page.get_by_role("heading", level=1, name="People")).to_be_focused()
    page.reload()
    see_heading(page, "People")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_unknown_page_says_so_and_leads_back(page: Page) -> None:
    enter(page, ALICIA)
    page.goto("/desk/no/such/page")
    see_heading(page, "This page does not exist")
    assert axe.findings(page) == []
    page.get_by_role("link", name="To the queue").click()
    page.wait_for_url("**/desk/")


def test_change_made_without_a_network_is_kept_and_goes_out_by_itself(open_page: OpenPage) -> None:
    page = open_page()
    enter(page, ALICIA, "settings/profile")
    page.wait_for_load_state("networkidle")
    page.get_by_label("Signature").fill("typed in a tunnel")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_test_id("connection")).to_contain_text("No connection")
    assert axe.findings(page) == []
    expect(page.get_by_label("Signature")).to_have_value("typed in a tunnel")
    page.context.set_offline(False)
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    expect(page.get_by_test_id("connection")).to_have_count(0)


def test_person_waits_out_a_restart_of_the_desk(open_page: OpenPage, server: RunningDesk) -> None:
    page = open_page()
    enter(page, ALICIA, "settings/profile")
    page.wait_for_load_state("networkidle")
    name = page.get_by_label("Signature")
    place = name.bounding_box()
    assert server.stop() == 0
    # Nobody asked for anything: the events stopped.
    expect(page.get_by_test_id("connection")).to_be_visible()
    assert name.bounding_box() == place
    page.get_by_label("Signature").fill("typed during the restart")
    page.get_by_role("button", name="Save").click()
    server.start_again()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_label("Signature")).to_have_value("typed during the restart")


def test_first_load_of_the_queue_is_small(open_page: OpenPage) -> None:
    page = open_page()
    enter(page, ALICIA)
    page.reload()
    expect(page.locator("[data-count=all-open]")).not_to_be_empty()
    entries = "performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)"
    loaded = {path.removeprefix("/desk/") for path in page.evaluate(entries) if path.endswith(".js")}
    built = files.load()
    sizes = [len(built[name].packed.get("gzip", built[name].content)) for name in loaded]
    assert len(sizes) > 5
    assert sum(sizes) <= 250_000


def test_page_stays_still_for_who_wants_little_motion(open_page: OpenPage) -> None:
    page = open_page(reduced_motion="reduce")
    enter(page, ALICIA)
    page.keyboard.press("Control+k")
    expect(page.get_by_placeholder("Type a command")).to_be_focused()
    longest = page.evaluate(
        "Math.max(0, ...document.getAnimations().map((one) => Number(one.effect.getComputedTiming().endTime)))"
    )
    assert longest <= 1
