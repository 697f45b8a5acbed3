"""What a page must never do: break its policy, complain, throw, ask another host, open a dialog."""

import re

from playwright.sync_api import ConsoleMessage, Dialog, Page, Request

_REPORT_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', (event) =>
  window.__violation(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`))
"""
_REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (4\d\d|503) ")


def keep_from_asking(page: Page) -> None:
    """Keep the page from asking anew every few seconds: what it shows of others' work then came as an event."""
    page.add_init_script("window.setInterval = () => 0")


class Watch:
    """Collects in `wrong` what went wrong on `page`, which belongs to the desk at `url`."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.wrong: list[str] = []
        self._url = url
        page.expose_function("__violation", lambda text: self.wrong.append(f"policy: {text}"))
        page.add_init_script(_REPORT_VIOLATIONS)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("request", self._asked)
        page.on("dialog", self._opened)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not self._is_refusal(message):
            self.wrong.append(f"{message.type}: {message.text} ({message.location['url']})")

    def _is_refusal(self, message: ConsoleMessage) -> bool:
        """Tell whether Chromium only mentions that the API said no, or was not there, which it does by itself."""
        url = message.location["url"]
        if message.text.startswith("Failed to load resource: net::ERR_"):
            return url.startswith(f"{self._url}/")
        return url.startswith(f"{self._url}/api/desk/") and _REFUSED.match(message.text) is not None

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self._url}/", "data:", "blob:")):
            self.wrong.append(f"another host: {request.url}")

    def _opened(self, dialog: Dialog) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()
