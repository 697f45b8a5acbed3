"""Files on their way into a message: dropped, pasted, several at once, too large, of a wrong kind, taken away again."""

import re
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.tickets import DESK, Requester, entries, notice, open_ticket, send_now, write
from tests.serving import CONFIG, RunningDesk

ANSWER = "Write a public answer"
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
"""A picture of one point."""

_TRANSFER = """(files) => {
  const transfer = new DataTransfer()
  for (const { name, type, text, size, base64 } of files) {
    if (!name) { transfer.setData('text/plain', text); continue }
    const bytes = base64 ? Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0)) : text ?? new Uint8Array(size)
    transfer.items.add(new File([bytes], name, { type }))
  }
  return transfer
}"""
_PASTE = """(field, transfer) => field.dispatchEvent(
  new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }))"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk that takes files of 100 kB."""
    limited = CONFIG + "[attachments]\nmax_bytes = 100_000\n"
    running = RunningDesk(tmp_path_factory.mktemp("desk"), limited).start()
    yield running
    assert running.stop() == 0


def drop(page: Page, *files: dict[str, Any]) -> None:
    transfer = page.evaluate_handle(_TRANSFER, list(files))
    page.get_by_label(ANSWER).dispatch_event("dragover", {"dataTransfer": transfer})
    page.get_by_label(ANSWER).dispatch_event("drop", {"dataTransfer": transfer})


def paste(page: Page, *files: dict[str, Any]) -> bool:
    """Return whether the browser pastes the text itself."""
    transfer = page.evaluate_handle(_TRANSFER, list(files))
    return bool(page.get_by_label(ANSWER).evaluate(_PASTE, transfer))


def waiting(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=f"Remove {name}")


def test_files_come_by_drop_and_paste_and_go_out_with_the_answer(page: Page, ana: Requester) -> None:
    ticket = ana.ask()
    open_ticket(page, ticket)
    page.get_by_label(ANSWER).fill("Three files")
    drop(page, {"name": "a.txt", "text": "A"}, {"name": "b.txt", "text": "B"}, {"name": "gone.txt", "text": "C"})
    for name in ("a.txt", "b.txt", "gone.txt"):
        expect(waiting(page, name)).to_be_visible()
    assert not paste(page, {"name": "point.png", "type": "image/png", "base64": DOT})
    expect(waiting(page, "point.png")).to_be_visible()
    waiting(page, "gone.txt").click()
    expect(waiting(page, "gone.txt")).to_have_count(0)
    page.get_by_role("button", name="Answer", exact=True).click()
    send_now(page)
    answer = entries(page, "answer")
    expect(page.get_by_test_id("pending")).to_have_count(0)
    expect(answer.get_by_role("link")).to_have_count(3)
    assert sorted(answer.get_by_role("link").all_inner_texts()) == ["a.txt", "b.txt", "point.png"]
    picture = answer.locator("img")
    expect(picture).to_have_js_property("naturalWidth", 1)
    assert len(ana.sees(ticket)["messages"][-1]["body"]) == len("Three files")


def test_picture_is_looked_at_in_large_and_so_are_its_neighbours(
    page: Page, staff: httpx.Client, ana: Requester
) -> None:
    ticket = ana.ask()
    names = ("first.png", "second.png", "text.txt")
    files = [("files", (name, b64decode(DOT) if name.endswith("png") else b"x")) for name in names]
    sent = staff.post(f"{DESK}/tickets/{ticket}/attachments", files=files)
    assert sent.status_code == 201, sent.text
    write(staff, ticket, "Two pictures", attachment_ids=[file["id"] for file in sent.json()])
    open_ticket(page, ticket)
    small = entries(page, "answer").get_by_role("button", name=re.compile("Look at"))
    expect(small).to_have_count(2)
    small.first.press("Enter")
    dialog = page.get_by_role("dialog", name="first.png")
    expect(dialog).to_contain_text("Picture 1 of 2")
    expect(dialog.get_by_test_id("picture")).to_have_js_property("naturalWidth", 1)
    page.keyboard.press("ArrowRight")
    dialog = page.get_by_role("dialog", name="second.png")
    expect(dialog).to_contain_text("Picture 2 of 2")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.get_by_role("dialog", name="first.png").get_by_role("button", name="Next picture").click()
    with page.expect_download() as download:
        dialog.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "second.png"
    dialog.get_by_role("button", name="In full size").click()
    expect(dialog.get_by_role("button", name="Fit into the window")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(small.first).to_be_focused()


def test_file_that_cannot_go_is_named_and_the_others_go(page: Page, ana: Requester) -> None:
    open_ticket(page, ana.ask())
    drop(
        page,
        {"name": "huge.pdf", "size": 100_001},
        {"name": "good.txt", "text": "good"},
        {"name": "run.exe", "text": "MZ"},
    )
    expect(waiting(page, "good.txt")).to_be_visible()
    too_large = notice(page, "huge.pdf was not attached")
    expect(too_large).to_contain_text("A file may have at most 100 kB")
    expect(too_large.get_by_role("button", name="Try again")).to_have_count(0)
    expect(notice(page, "run.exe was not attached")).to_contain_text("must be no program and no script")
    for name in ("huge.pdf", "run.exe"):
        expect(waiting(page, name)).to_have_count(0)


def test_pasted_and_dragged_text_is_text(page: Page, ana: Requester) -> None:
    open_ticket(page, ana.ask())
    cells = {"text": "1\t2"}
    assert paste(page, cells, {"name": "cells.png", "type": "image/png", "base64": DOT})
    prevented = page.get_by_label(ANSWER).evaluate(
        """(field, transfer) => !field.dispatchEvent(
          new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))""",
        page.evaluate_handle(_TRANSFER, [cells]),
    )
    assert not prevented
    expect(waiting(page, "cells.png")).to_have_count(0)
