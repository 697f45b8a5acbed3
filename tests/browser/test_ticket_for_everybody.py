"""The ticket page with all that opens on it: light and dark, wide and on a phone, in English and Spanish."""

import re
from base64 import b64decode

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.conftest import OpenPage
from tests.browser.people import ALICIA, MARTA, enter
from tests.browser.test_ticket_files import DOT
from tests.browser.tickets import DESK, PHONE, Requester, change, entries, join, open_ticket, staff, write
from tests.serving import RunningDesk

LONG_SUBJECT = "A rather long subject that does not fit on the line of a phone, whatever it is about"
_KEYS = re.compile(r"\b(ticket|tying|states|common|problems|notices|shell)\.[a-z]\w+")
_ENGLISH = re.compile(r"\b(the|your|answer|with|of|is|wrote|changed|to)\b", re.I)
_TEXTS = """() => [document.body.innerText, ...[...document.querySelectorAll('[aria-label], [placeholder], [title]')]
  .flatMap((element) => ['aria-label', 'placeholder', 'title'].map((name) => element.getAttribute(name) ?? ''))]
  .join('\\n')"""


@pytest.fixture(scope="module")
def ticket(settled: RunningDesk) -> str:
    """A ticket with some of everything, and somebody else at it."""
    join(settled, MARTA)
    ana = Requester(settled)
    with ana.client, staff(settled) as client, staff(settled, MARTA) as marta:
        other, ticket = ana.ask("Una más"), ana.ask(LONG_SUBJECT, "Con `code` y https://example.org/x\n\n> una cita")
        macro = {"name": "Pagado", "body": "Hola {{nobody}}", "kind": "answer", "change": {"priority": "low"}}
        assert client.post(f"{DESK}/macros", json={**macro, "is_shared": True}).status_code == 201
        for position, (kind, name) in enumerate((("checkbox", "Seguro"), ("number", "Puestos"), ("date", "Compra"))):
            field = {"name": name, "key": kind, "kind": kind, "position": position}
            assert client.post(f"{DESK}/fields", json=field).status_code == 201
        change(client, ticket, tags=["vip", "una etiqueta bastante larga para un lado estrecho"], assignee_id=None)
        assert client.post(f"{DESK}/tickets/{ticket}/links", json={"other": other, "kind": "blocks"}).status_code == 200
        sent = client.post(f"{DESK}/tickets/{ticket}/attachments", files=[("files", ("factura.txt", b"1"))])
        write(client, ticket, "Una nota", "note", attachment_ids=[sent.json()[0]["id"]])
        pictures = [("files", (name, b64decode(DOT))) for name in ("uno.png", "dos.png")]
        sent = client.post(f"{DESK}/tickets/{ticket}/attachments", files=pictures)
        write(client, ticket, "Dos fotos", "note", attachment_ids=[file["id"] for file in sent.json()])
        write(marta, ticket, "Una respuesta con `código`")
        for at in (ticket, other):
            assert marta.put(f"{DESK}/tickets/{at}/presence", json={"state": "typing"}).status_code == 204
    return ticket


def sound(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe.findings_in_both_themes(page) == []


def close(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("phone", [False, True])
def test_axe_finds_nothing_whatever_is_open(open_page: OpenPage, ticket: str, phone: bool) -> None:
    page = open_page(**({"viewport": PHONE, "has_touch": True} if phone else {}))
    open_ticket(page, ticket)
    expect(entries(page, "answer")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Macro").click()
    expect(page.get_by_placeholder("Find a macro")).to_be_focused()
    sound(page)
    page.get_by_role("option", name="Pagado").click()
    expect(page.get_by_text("Also: ")).to_be_visible()
    expect(page.get_by_text("Not filled in: nobody")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_test_id("preview")).to_be_visible()
    page.get_by_role("tab", name="Internal note").click()
    sound(page)
    page.get_by_role("button", name="Preview").click()
    page.get_by_label("Write an internal note").fill("")
    if phone:
        page.get_by_role("button", name="Details").click()
        expect(page.get_by_role("combobox", name="Priority")).to_be_visible()
        sound(page)
    else:
        page.get_by_role("button", name="API views").click()
        expect(page.get_by_test_id("wire")).to_be_visible()
        sound(page)
        close(page)
    page.get_by_role("button", name="Link or merge").click()
    expect(page.get_by_role("dialog", name="Link or merge")).to_be_visible()
    sound(page)
    page.get_by_role("radio", name="Merge into").click()
    sound(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Link or merge")).to_have_count(0)
    before = page.get_by_role("combobox", name="Priority").inner_text()
    page.get_by_role("combobox", name="Priority").click()
    expect(page.get_by_role("option", name="Low")).to_be_visible()
    page.get_by_role("option", name="Urgent").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("combobox", name="Priority")).to_have_text(before)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_a_picture(open_page: OpenPage, ticket: str, scheme: str) -> None:
    page = open_page(color_scheme=scheme, viewport=PHONE, has_touch=True)
    open_ticket(page, ticket)
    page.get_by_role("button", name="Look at uno.png").click()
    expect(page.get_by_test_id("picture")).to_have_js_property("naturalWidth", 1)
    sound(page)
    page.get_by_role("button", name="In full size").click()
    sound(page)
    close(page)


def test_nothing_is_left_in_english_for_who_reads_spanish(open_page: OpenPage, ticket: str) -> None:
    page = open_page(locale="es-ES")
    enter(page, ALICIA, f"tickets/{ticket}")
    expect(page.get_by_label("Escribir una respuesta pública")).to_be_visible()
    expect(page.get_by_test_id("status")).to_have_text("En curso")
    expect(page.get_by_role("combobox", name="Prioridad")).to_have_text("Alta")
    expect(entries(page, "event").first).to_be_visible()
    see_spanish(page)
    page.get_by_role("tab", name="Nota interna").click()
    page.get_by_role("button", name="Macro").click()
    page.get_by_role("option", name="Pagado").click()
    see_spanish(page)
    page.get_by_role("button", name=re.compile("Vincular|Enlazar")).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    see_spanish(page)
    close(page)
    page.get_by_role("button", name="Ver uno.png").last.click()
    expect(page.get_by_role("dialog", name="uno.png")).to_be_visible()
    see_spanish(page)
    close(page)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog").get_by_role("option").first).to_be_visible()
    see_spanish(page)
    close(page)
    page.get_by_role("combobox", name="Prioridad").click()
    page.get_by_role("option", name="Urgente").click()
    expect(page.get_by_role("region", name="Avisos").get_by_role("button", name="Deshacer")).to_be_visible()
    see_spanish(page)
    page.get_by_role("button", name="Deshacer").click()
    expect(page.get_by_role("combobox", name="Prioridad")).to_have_text("Alta")


def see_spanish(page: Page) -> None:
    text = page.evaluate(_TEXTS).replace(LONG_SUBJECT, "")
    assert _KEYS.findall(text) == []
    assert [line for line in text.splitlines() if _ENGLISH.search(line)] == []
