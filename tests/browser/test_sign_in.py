"""Before somebody is in: the sign-in page in both languages and themes, at the desk and on the phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.conftest import OpenPage

PHONE = {"width": 390, "height": 844}


def test_browser_chooses_the_language_until_the_person_does(open_page: OpenPage) -> None:
    page = open_page(locale="es-MX")
    page.goto("/desk/sign-in")
    expect(page.get_by_role("heading", name="Entrar")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page).to_have_title("Sign in · Ventanilla")


def test_theme_follows_the_system_until_the_person_chooses(open_page: OpenPage) -> None:
    page = open_page(color_scheme="dark")
    page.goto("/desk/sign-in")
    expect(page.locator("html.dark")).to_have_count(1)
    page.get_by_role("button", name="Light").click()
    expect(page.locator("html.light")).to_have_count(1)
    page.reload()
    expect(page.locator("html.light")).to_have_count(1)


def test_blank_fields_are_told_before_anything_is_sent(page: Page) -> None:
    page.goto("/desk/sign-in")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("This is required")).to_have_count(2)
    expect(page.get_by_label("E-mail address")).to_be_focused()
    page.get_by_label("E-mail address").fill("ana")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Write an e-mail address like ana@example.com")).to_be_visible()


@pytest.mark.parametrize("phone", [False, True])
def test_axe_finds_nothing(open_page: OpenPage, phone: bool) -> None:
    page = open_page(**({"viewport": PHONE} if phone else {}))
    for path in ("sign-in", "setup", "welcome#token=none", "reset"):
        page.goto(f"/desk/{path}")
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Checking your link")
        assert axe.findings_in_both_themes(page) == []
    page.goto("/desk/sign-in")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("This is required")).to_have_count(2)
    assert axe.findings_in_both_themes(page) == []
