"""Named people who use the console in tests, and what they do at its door."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.serving import RunningDesk

_SETUP_LINK = re.compile(r"/desk/setup#token=[\w-]+")


@dataclass(frozen=True)
class Person:
    name: str
    email: str
    password: str


ALICIA = Person("Alicia Romero", "alicia@example.org", "a kettle on the window sill")
"""The first admin."""
RAUL = Person("Raúl Vega", "raul@example.org", "three trains to Cuenca")
MARTA = Person("Marta Ruiz", "marta@example.org", "nine olives on a plate")
LEO = Person("Leo Prat", "leo@example.org", "a ladder for the piano")


def setup_link(server: RunningDesk) -> str:
    """Return the path that the server printed for making the first admin."""
    link = _SETUP_LINK.search(server.log)
    assert link is not None, server.log
    return link.group()


def set_up(server: RunningDesk, person: Person = ALICIA) -> None:
    """Make the first admin, as the page behind the link does."""
    body = {
        "token": setup_link(server).partition("=")[2],
        "email": person.email,
        "name": person.name,
        "password": person.password,
    }
    with server.client() as client:
        assert client.post("/api/desk/v1/setup", json=body).status_code == 201


def sign_in(page: Page, person: Person, path: str = "") -> None:
    """Sign in by the form, on the way to `path`."""
    page.goto(f"/desk/{path}")
    fill_in(page, person)
    page.wait_for_url(f"**/desk/{path}")


def enter(page: Page, person: Person, path: str = "") -> None:
    """Open `path` as somebody who signed in before: quicker than the form."""
    body = {"email": person.email, "password": person.password}
    signed = page.request.post("/api/desk/v1/session", data=body, headers={"Sec-Fetch-Site": "same-origin"})
    assert signed.ok, signed.text()
    page.goto(f"/desk/{path}")
    page.locator("h1").first.wait_for(state="attached")


def fill_in(page: Page, person: Person) -> None:
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(person.password)
    page.get_by_role("button", name="Sign in").click()


def see_heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
