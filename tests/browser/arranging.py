"""What tests of the settings do on their pages and beside the browser, and what they put where it could hurt."""

import time
from typing import Any

import httpx
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser import axe
from tests.browser.tickets import DESK, PHONE

HOSTILE = '"><img src=x onerror=alert(1)><svg onload=alert(2)>'
"""As the name of anything; it has to fit into a tag's fifty characters with little to spare."""
HOSTILE_TEXT = (
    "<script>alert(3)</script> [a](javascript:alert(4)) [b](data:text/html,x) [c](vbscript:x) "
    "[d](java&#9;script:alert(5)) <a href='//evil.example'>e</a> ![f](https://evil.example/x.png) "
    "{{constructor.constructor('alert(6)')()}}"
)
ANY = {"If-Match": "*"}
_LONGEST = 30


def rows(page: Page) -> Locator:
    return page.get_by_test_id("arranged")


def see_rows(page: Page, *names: str) -> None:
    expect(rows(page).get_by_test_id("name")).to_have_text(list(names))


def choose(page: Page, name: str, what: str) -> None:
    """Choose something from the menu of a row."""
    page.get_by_role("button", name=f"What to do with {name}", exact=True).click()
    page.get_by_role("menuitem", name=what).click()
    # A menu that is still closing takes the focus back from whatever is written into next.
    expect(page.get_by_role("menu")).to_have_count(0)


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
    # By script: one that goes by itself just now cannot be clicked any more.
    page.evaluate("document.querySelectorAll('[aria-label*=F8] [data-slot=close]').forEach((button) => button.click())")
    expect(page.locator("[aria-label*=F8] li")).to_have_count(0)


def made(client: httpx.Client, what: str, **body: Any) -> dict[str, Any]:
    answer = client.post(f"{DESK}/{what}", json=body)
    assert answer.status_code == 201, answer.text
    thing: dict[str, Any] = answer.json()
    return thing


def listed(client: httpx.Client, what: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"{DESK}/{what}").json()["data"]
    return found


def wait_until_kept(client: httpx.Client, what: str, *names: str) -> None:
    """Wait until the desk has them in this order, which the page shows sooner."""
    deadline = time.monotonic() + _LONGEST
    while [thing["name"] for thing in listed(client, what)] != list(names):
        assert time.monotonic() < deadline, listed(client, what)
        time.sleep(0.05)


def clear(client: httpx.Client, what: str) -> None:
    for thing in listed(client, what):
        if not thing.get("is_builtin"):
            gone = client.delete(f"{DESK}/{what}/{thing['id']}", headers=ANY)
            assert gone.status_code == 204, gone.text
