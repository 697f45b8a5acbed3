"""The console in a real Chromium: how much it loads, how soon there are rows, how it scrolls."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from bench.clerk import Session
from bench.lines import Window
from bench.parties import Party
from bench.postgres import Unavailable
from bench.servers import Server
from ventanilla.web import files

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
_PATIENCE_MS = 60_000
_LONGEST_SCROLL = 12
"""Windows: scrolling ends there if the list does not."""
_WATCH_FOR_ROWS = """
new MutationObserver((_, observer) => {
  if (!document.querySelector('[data-ticket]')) return
  window.rowsAt = performance.now()
  observer.disconnect()
}).observe(document, { childList: true, subtree: true })
"""
_SCRIPTS = "performance.getEntriesByType('resource').map((one) => one.name).filter((name) => name.endsWith('.js'))"
_SCROLL = """
async ([tickets, most]) => {
  const box = document.querySelector('[data-testid=rows]')
  const frames = []
  let [rows, last, reached] = [0, performance.now(), 0]
  const end = last + most
  while (last < end && reached < tickets) {
    box.scrollTop += box.clientHeight
    const now = await new Promise(requestAnimationFrame)
    frames.push(now - last)
    last = now
    const shown = box.querySelectorAll('[data-ticket]')
    rows = Math.max(rows, shown.length)
    reached = Number(shown[shown.length - 1]?.getAttribute('aria-rowindex') ?? 1) - 1
  }
  frames.sort((a, b) => a - b)
  return { frame: frames[Math.floor(frames.length * 0.95)], rows, reached }
}
"""


def find() -> str:
    """Return the path of a Chromium. Raises Unavailable where there is none, or no console."""
    path = next((found for found in map(shutil.which, _NAMES) if found), None)
    if path is None:
        raise Unavailable("there is no Chromium")
    if not files.load():
        raise Unavailable("the console is not built: make app")
    return path


@contextmanager
def chromium(path: str) -> Iterator[Any]:
    """Lend a browser. While it is there, nothing else can run an event loop."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield browser
        browser.close()


def looking(browser: Any, desk: Server, session: Session, tickets: int) -> Party:
    """Return a party that opens the queue with an empty cache and scrolls to its end."""
    url = f"http://{desk.host}:{desk.port}"

    def run(seconds: float) -> Window:
        context = browser.new_context(base_url=url, viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": session.name, "value": session.value, "url": url}])
        context.add_init_script(_WATCH_FOR_ROWS)
        page = context.new_page()
        page.goto("/desk/?view=all-open")
        page.locator("[data-ticket]").first.wait_for(timeout=_PATIENCE_MS)
        rows_at, scripts = page.evaluate("window.rowsAt"), page.evaluate(_SCRIPTS)
        scrolled = page.evaluate(_SCROLL, [tickets, 1_000 * _LONGEST_SCROLL * seconds])
        context.close()
        return Window({"seconds": rows_at / 1_000, "kilobytes": _kilobytes(scripts), **scrolled})

    return run


def _kilobytes(scripts: list[str]) -> float:
    """Return how large scripts are as gzip, whatever the browser took."""
    built = files.load()
    names = {urlsplit(script).path.removeprefix("/desk/") for script in scripts}
    return sum(len(built[name].packed.get("gzip", built[name].content)) for name in names) / 1_000
