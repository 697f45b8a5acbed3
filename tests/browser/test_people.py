"""How people come in, are invited, change themselves and are let go."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.conftest import OpenPage
from tests.browser.people import ALICIA, RAUL, Person, enter, fill_in, see_heading, sign_in
from tests.serving import RunningDesk

PHONE = {"width": 390, "height": 844}
CLIPBOARD = ["clipboard-read", "clipboard-write"]


pytestmark = pytest.mark.usefixtures("settled")


def invite(page: Page, person: Person, role: str = "Agent", area: str = "") -> str:
    """Invite as the admin on the page of people; returns the link, which is copied by its button."""
    page.get_by_role("button", name="Invite someone").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(person.name)
    dialog.get_by_label("E-mail address").fill(person.email)
    dialog.get_by_label("Role").click()
    page.get_by_role("option", name=role, exact=False).first.click()
    if area:
        dialog.get_by_label("Area").fill(area)
    dialog.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("heading", name=f"Invitation for {person.name}")).to_be_visible()
    link = page.get_by_label("Link").input_value()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link
    page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
    return link


def test_whoever_is_not_signed_in_is_asked_to_and_then_led_on(page: Page) -> None:
    page.goto("/")
    see_heading(page, "Sign in")
    page.goto("/desk/settings/people")
    see_heading(page, "Sign in")
    fill_in(page, ALICIA)
    see_heading(page, "People")
    assert page.url.endswith("/desk/settings/people")


def test_sign_in_leads_to_no_other_place(page: Page) -> None:
    for next_page in ("//evil.example/", "https://evil.example/", "/\\evil.example"):
        page.goto(f"/desk/sign-in?next={next_page}")
        fill_in(page, ALICIA)
        page.wait_for_url("**/desk/")


def test_wrong_password_says_so_and_keeps_the_address(page: Page) -> None:
    page.goto("/desk/sign-in")
    fill_in(page, Person(ALICIA.name, ALICIA.email, "not this one"))
    expect(page.get_by_role("alert").filter(has_text="You are not signed in")).to_be_visible()
    expect(page.get_by_label("E-mail address")).to_have_value(ALICIA.email)


def test_invited_person_comes_in_by_the_link_and_may_not_manage(open_page: OpenPage) -> None:
    admin = open_page(permissions=CLIPBOARD)
    enter(admin, ALICIA, "settings/people")
    link = invite(admin, RAUL, role="Area agent", area="Redes")
    expect(admin.get_by_role("button", name="Invite someone")).to_be_focused()
    row = admin.get_by_test_id("person").filter(has_text=RAUL.email)
    expect(row).to_contain_text("Invited")
    raul = open_page()
    raul.goto(link)
    see_heading(raul, f"Welcome, {RAUL.name}")
    raul.get_by_label("Password").first.fill("short")
    raul.get_by_role("button", name="Join").click()
    expect(raul.get_by_text("Use at least 8 characters")).to_be_visible()
    raul.get_by_label("Password").first.fill(RAUL.password)
    raul.get_by_role("button", name="Join").click()
    raul.wait_for_url("**/desk/")
    raul.goto("/desk/settings/profile")
    expect(raul.get_by_text("Area agent · Redes")).to_be_visible()
    expect(raul.get_by_role("link", name="People")).to_have_count(0)
    admin.reload()
    expect(row).to_contain_text("Active")
    again = open_page()
    again.goto(link)
    see_heading(again, "This link no longer works")


def test_changing_somebody_shows_at_once_and_deactivating_can_be_undone(open_page: OpenPage) -> None:
    nuria = Person("Nuria Campos", "nuria@example.org", "seven umbrellas, none dry")
    page = open_page(permissions=CLIPBOARD)
    enter(page, ALICIA, "settings/people")
    link = invite(page, nuria)
    hers = open_page()
    hers.goto(link)
    hers.get_by_label("Password").first.fill(nuria.password)
    hers.get_by_role("button", name="Join").click()
    hers.wait_for_url("**/desk/")
    row = page.get_by_test_id("person").filter(has_text=nuria.email)
    page.reload()
    row.get_by_role("button").click()
    page.get_by_role("menuitem", name="Edit").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Nuria Campos Gil")
    page.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("Nuria Campos Gil")
    row.get_by_role("button").click()
    page.get_by_role("menuitem", name="Deactivate").click()
    expect(row).to_contain_text("Deactivated")
    hers.goto("/desk/settings/profile")
    see_heading(hers, "Sign in")
    page.get_by_role("button", name="Undo").click()
    expect(row).to_contain_text("Active")
    fill_in(hers, nuria)
    see_heading(hers, "Profile")


def test_person_changes_name_signature_language_and_theme_for_every_browser(open_page: OpenPage) -> None:
    page = open_page()
    enter(page, ALICIA, "settings/profile")
    page.get_by_label("Signature").fill("Alicia · Support")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    page.get_by_role("radio", name="Dark").click()
    expect(page.locator("html.dark")).to_have_count(1)
    page.get_by_role("radio", name="Español").click()
    see_heading(page, "Perfil")
    elsewhere = open_page()
    sign_in(elsewhere, ALICIA, "settings/profile")
    see_heading(elsewhere, "Perfil")
    expect(elsewhere.locator("html.dark")).to_have_count(1)
    expect(elsewhere.get_by_label("Firma")).to_have_value("Alicia · Support")
    elsewhere.get_by_role("radio", name="English").click()
    see_heading(elsewhere, "Profile")
    elsewhere.get_by_role("radio", name="Like the system").click()
    expect(elsewhere.locator("html.light")).to_have_count(1)
    page.reload()
    see_heading(page, "Profile")
    expect(page.locator("html.light")).to_have_count(1)


def test_new_password_ends_other_sessions(open_page: OpenPage) -> None:
    page, other = open_page(), open_page()
    enter(page, ALICIA, "settings/profile")
    enter(other, ALICIA, "settings/profile")
    page.get_by_label("Current password").fill("not this one")
    page.get_by_label("New password").fill("a kettle on the window sill")
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_label("Current password")).to_be_focused()
    page.get_by_label("Current password").fill(ALICIA.password)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("Password changed", exact=True)).to_be_visible()
    expect(page.get_by_label("Current password")).to_have_value("")
    other.reload()
    see_heading(other, "Sign in")


def test_session_of_another_browser_can_be_ended(open_page: OpenPage) -> None:
    page, other = open_page(), open_page()
    sign_in(other, ALICIA)
    enter(page, ALICIA, "settings/profile")
    expect(page.get_by_text("This browser")).to_have_count(1)
    ends = page.get_by_role("button", name="End the session in")
    expect(ends.first).to_be_visible()
    before = ends.count()
    ends.first.click()
    expect(ends).to_have_count(before - 1)


def test_session_that_ends_while_typing_loses_nothing(open_page: OpenPage) -> None:
    page = open_page()
    enter(page, ALICIA, "settings/profile")
    page.get_by_label("Signature").fill("typed before the session ended")
    page.context.clear_cookies()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Your session ended")).to_be_visible()
    assert axe.findings(page) == []
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("E-mail address")).to_have_value(ALICIA.email)
    expect(dialog.get_by_label("Password", exact=True)).to_be_focused()
    dialog.get_by_label("Password", exact=True).fill(ALICIA.password)
    dialog.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_label("Signature")).to_have_value("typed before the session ended")


def test_key_is_shown_once_works_and_can_be_deleted(open_page: OpenPage, server: RunningDesk) -> None:
    page = open_page(permissions=CLIPBOARD)
    enter(page, ALICIA, "settings/keys")
    expect(page.get_by_text("No keys yet")).to_be_visible()
    page.keyboard.press("c")
    page.get_by_label("What it is for").fill("Nightly export")
    page.get_by_role("button", name="Make the key").click()
    key = page.get_by_label("Key", exact=True).input_value()
    assert key.startswith("vk_")
    page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
    with server.client(key) as program:
        assert program.get("/api/desk/v1/me").status_code == 200
        page.get_by_role("button", name="Delete the key Nightly export").click()
        page.get_by_role("button", name="Delete", exact=True).click()
        expect(page.get_by_text("No keys yet")).to_be_visible()
        assert program.get("/api/desk/v1/me").status_code == 401


def test_signing_out_leaves_nothing_behind(page: Page) -> None:
    sign_in(page, ALICIA)
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("menuitem", name="Sign out").click()
    see_heading(page, "Sign in")
    page.go_back()
    see_heading(page, "Sign in")


@pytest.mark.parametrize("phone", [False, True])
def test_axe_finds_nothing_in_the_settings(open_page: OpenPage, phone: bool) -> None:
    page = open_page(**({"viewport": PHONE} if phone else {}))
    enter(page, ALICIA, "settings/profile")
    for path, heading, button in (
        ("profile", "Profile", None),
        ("people", "People", "Invite someone"),
        ("keys", "API keys", "New key"),
    ):
        page.goto(f"/desk/settings/{path}")
        see_heading(page, heading)
        expect(page.get_by_role("status", name="Loading")).to_have_count(0)
        assert axe.findings_in_both_themes(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if button:
            page.get_by_role("button", name=button).click()
            expect(page.get_by_role("dialog")).to_be_visible()
            assert axe.findings_in_both_themes(page) == []
