"""Hostile text in every field of the ticket page is shown as it was written; nothing of it runs or calls out."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.hostile import FILES, LONG, SHORT
from tests.browser.people import MARTA, Person
from tests.browser.tickets import DESK, Requester, change, entries, join, open_ticket, staff, write
from tests.serving import RunningDesk

MALLORY = Person(f"Agent {SHORT[1]}", MARTA.email, MARTA.password)
MAIL = "x'onclick=alert`1`@example.org"
_FOUND = """() => [...document.querySelectorAll('body *')].flatMap((element) => [
  ...(/^(SCRIPT|IFRAME|OBJECT|EMBED|BASE|META|LINK|MATH|VIDEO|STYLE)$/i.test(element.tagName) ? [element.tagName] : []),
  ...[...element.attributes].filter(({ name, value }) => /^on/i.test(name)
    || (/^(href|src|action|formaction|xlink:href|srcdoc|data)$/i.test(name)
      && !/^(https?:\\/\\/|\\/(?!\\/)|#|$)/.test(value)))
    .map(({ name, value }) => `${element.tagName} ${name}=${value}`),
])"""


@pytest.fixture(scope="module")
def client(settled: RunningDesk) -> Iterator[httpx.Client]:
    join(settled, MALLORY)
    with staff(settled, MALLORY) as mallory:
        yield mallory


@pytest.fixture(scope="module")
def ticket(settled: RunningDesk, client: httpx.Client) -> str:
    """A ticket with something hostile in every field."""
    mal = Requester(settled, f"Mal {SHORT[1]}", MAIL)
    with mal.client, staff(settled) as admin:
        ticket = mal.ask(SHORT[0], SHORT[3])
        for kind, choices in (("text", []), ("choice", [SHORT[1], SHORT[3]])):
            field = {"name": f"{kind} {SHORT[2]}", "key": kind, "kind": kind, "choices": choices}
            made = admin.post(f"{DESK}/fields", json={name: value for name, value in field.items() if value})
            assert made.status_code == 201, made.text
        change(client, ticket, tags=list(SHORT[:15]), category=SHORT[3], area=f"Area {SHORT[5]}", reason=LONG[0])
        change(client, ticket, fields={"text": LONG[1], "choice": SHORT[1]}, assignee_id=me(client))
        for text in (*SHORT, *LONG):
            write(client, ticket, text, "note")
        mal.reply(ticket, "\n\n".join(LONG))
        attach(client, ticket)
        for text in SHORT[:8]:
            link(client, ticket, mal.ask(text))
        card = client.get(f"{DESK}/tickets/{ticket}").json()["requester"]["id"]
        noted = client.patch(f"{DESK}/requesters/{card}", json={"notes": LONG[2]}, headers={"If-Match": "*"})
        assert noted.status_code == 200, noted.text
    macro = {"name": SHORT[1], "body": f"{LONG[11]} {{{{requester.name}}}} {{{{ticket.subject}}}}", "kind": "answer"}
    made = client.post(f"{DESK}/macros", json={**macro, "change": {}, "is_shared": False})
    assert made.status_code == 201, made.text
    return ticket


def me(client: httpx.Client) -> str:
    return str(client.get(f"{DESK}/me").json()["id"])


def link(client: httpx.Client, ticket: str, other: str) -> None:
    linked = client.post(f"{DESK}/tickets/{ticket}/links", json={"other": other, "kind": "related"})
    assert linked.status_code == 200, linked.text


def attach(client: httpx.Client, ticket: str) -> None:
    names = [*FILES, *(f"{text.replace('/', '|')}.txt" for text in SHORT[:9])]
    for some in (names[:8], names[8:]):
        files = [("files", (name, FILES.get(name, b"x"))) for name in some]
        sent = client.post(f"{DESK}/tickets/{ticket}/attachments", files=files)
        assert sent.status_code == 201, sent.text
        write(client, ticket, "files", "note", attachment_ids=[file["id"] for file in sent.json()])


def test_hostile_text_is_text_in_every_field(page: Page, ticket: str) -> None:
    open_ticket(page, ticket, MALLORY)
    expect(page.get_by_role("heading", level=1)).to_have_text(SHORT[0])
    expect(page).to_have_title(re.compile(f"^{ticket} {re.escape(SHORT[0])}"))
    for text in SHORT[:6]:
        expect(entries(page, "note").filter(has_text=text).first).to_be_visible()
    for text in SHORT[:4]:
        expect(page.get_by_role("list", name="Tags")).to_contain_text(text)
        expect(page.get_by_role("region", name="Links")).to_contain_text(text)
    expect(page.get_by_role("region", name="Requester")).to_contain_text(MAIL)
    expect(page.get_by_label(f"text {SHORT[2]}")).to_have_value(LONG[1])
    expect(page.get_by_label("Category")).to_have_value(SHORT[3])
    expect(page.get_by_role("combobox", name="Assignee")).to_have_text(MALLORY.name)
    assert page.evaluate(_FOUND) == []
    page.get_by_role("button", name="Macro").click()
    page.get_by_role("option", name=SHORT[1]).click()
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_test_id("preview")).to_contain_text(f"Mal {SHORT[1]} {SHORT[0]}")
    assert page.evaluate(_FOUND) == []
    page.get_by_role("button", name="API views").click()
    expect(page.get_by_test_id("wire")).to_contain_text("alert(1)")
    assert page.evaluate(_FOUND) == []


def test_link_in_a_message_leads_to_pages_and_mailboxes_alone(page: Page, ticket: str) -> None:
    open_ticket(page, ticket)
    expect(entries(page, "reply").last).to_contain_text("alert(51)")
    links = page.get_by_test_id("timeline").locator("a[target=_blank]")
    found = links.evaluate_all("all => all.map(({ protocol, rel }) => `${protocol} ${rel}`)")
    assert set(found) == {"https: noopener noreferrer nofollow"}


def test_file_is_downloaded_and_never_shown(page: Page, client: httpx.Client, ticket: str) -> None:
    files = {file["file_name"]: file for file in client.get(f"{DESK}/tickets/{ticket}").json()["attachments"]}
    for name in FILES:
        answer = client.get(files[name]["url"])
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
        with page.expect_download() as download:
            page.evaluate("url => { location.href = url }", files[name]["url"])
        assert download.value.suggested_filename == name
