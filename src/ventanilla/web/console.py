"""Serving the console: a page for every path below /desk, its hashed files for ever, under a strict policy."""

import re
from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from ventanilla.web.files import ASSETS, CODINGS, INDEX, File, load
from ventanilla.wirekit.answers import Answer, RawHeaders
from ventanilla.wirekit.endpoint import send_answer
from ventanilla.wirekit.request import Request
from ventanilla.wirekit.services import Services

HOME = "/desk"
METHODS = ("GET", "HEAD")
YEAR_SECONDS = 31_536_000

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types vue"
)
"""Content-Security-Policy (shared/security.md R8). `vue` is the one policy of trusted types that Vue itself makes."""

_SECURITY: RawHeaders = (
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
_REFUSED = re.compile(r"q\s*=\s*0(\.0*)?")
_NOT_BUILT = b"The console is not part of this installation. In a checkout, `make run` builds it.\n"


class Console:
    """Answers `/`, `/desk` and what is below; everything else goes to `otherwise`."""

    def __init__(self, services: Services, otherwise: ASGIApp) -> None:
        self._services = services
        self._otherwise = otherwise
        self._files = load()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or not (path in ("/", HOME) or path.startswith(f"{HOME}/")):
            await self._otherwise(scope, receive, send)
            return
        request = Request(scope, receive, {}, self._services)
        answer = self._answer(request)
        answer.security = (*_SECURITY, (b"cache-control", _caching(request.path, answer.status)))
        await send_answer(send, request, answer)

    def _answer(self, request: Request) -> Answer:
        if request.method not in METHODS:
            return _text(405, b"Method not allowed\n", (("Allow", ", ".join(METHODS)),))
        if request.path in ("/", HOME):
            return Answer(307, headers=(("Location", f"{HOME}/"),), media_type=None)
        if not self._files:
            return _text(503, _NOT_BUILT)
        file = self._file(request.path.removeprefix(f"{HOME}/"))
        return _text(404, b"Not found\n") if file is None else _sent(request, file)

    def _file(self, name: str) -> File | None:
        """Return the file of this name. Any other name is a page of the console, which its script finds."""
        found = self._files.get(name)
        return found if found or name.startswith(ASSETS) else self._files[INDEX]


def _sent(request: Request, file: File) -> Answer:
    """Answer with the file in the best coding that the client takes, or with 304 (RFC 9110 §12.5.3, §13.1.2)."""
    coding = _coding(request.headers.get(b"accept-encoding", b"").decode("latin-1"), file.packed)
    etag = f'"{file.digest}{f"-{coding}" if coding else ""}"'
    headers: tuple[tuple[str, str], ...] = (("ETag", etag), ("Vary", "Accept-Encoding"))
    if etag.encode() in request.headers.get(b"if-none-match", b""):
        return Answer(304, headers=headers, media_type=None)
    if coding:
        headers = (*headers, ("Content-Encoding", coding))
    return Answer(200, file.packed.get(coding, file.content), headers, file.media_type)


def _coding(accepted: str, packed: Mapping[str, bytes]) -> str:
    """Return the best coding that is there and accepted; empty for none."""
    wanted = set()
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        if not _REFUSED.fullmatch(weight.strip()):
            wanted.add(name.strip())
    return next((coding for coding in CODINGS if coding in wanted and coding in packed), "")


def _caching(path: str, status: int) -> bytes:
    """Pages are asked for again each time; the hash in the name of an asset makes it good for ever."""
    if status in (200, 304) and path.startswith(f"{HOME}/{ASSETS}"):
        return f"public, max-age={YEAR_SECONDS}, immutable".encode()
    return b"no-cache"


def _text(status: int, text: bytes, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    return Answer(status, text, headers, "text/plain; charset=utf-8")
