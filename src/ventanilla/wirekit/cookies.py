"""The cookie of a session, and the one place that decides whether to believe it (shared/security.md, R9).

A browser sends a cookie whoever had the idea of the request. So a cookie counts only on the address that is the desk's
own, and, where something is changed, only from a page of that address. A bearer token needs none of this.
"""

from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from ventanilla.core.errors import Unauthenticated
from ventanilla.wirekit.errors import CrossSite, PlainHttp, UnknownHost
from ventanilla.wirekit.request import Request

SECURE_NAME = "__Host-ventanilla"
"""Browsers take a cookie of this name only over https, from this host alone, for all of its paths."""
PLAIN_NAME = "ventanilla"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITES = (b"same-origin", b"none")
_BODIES = ("application/json", "multipart/form-data")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def own_origin(request: Request) -> str:
    """Return the origin of the desk's own pages: `base_url` where it is set, else the address that was called.

    Raises UnknownHost when the request was sent to another name, and PlainHttp when anybody on the way could read it.
    """
    host, base = request.headers.get(b"host", b"").decode("latin-1").lower(), request.services.base_url
    called = f"{request.scope['scheme']}://{host}"
    # Behind a proxy that ends TLS the scheme may differ from the one that browsers know.
    if base and _address(f"{_address(base)[0]}://{host}") == _address(base):
        return base
    if _is_loopback(host):
        return called
    if base or _address(called)[1] is None:
        raise UnknownHost
    if request.scope["scheme"] != "https":
        raise PlainHttp
    return called


def session_secret(request: Request) -> str:
    """Return what the session's cookie holds. Raises Unauthenticated without one, and whatever `own_origin` raises.

    Raises CrossSite when the request is not one that the desk's own pages make.
    """
    header = request.headers.get(b"cookie")
    if header is None:
        raise Unauthenticated
    origin = own_origin(request)
    secret = _cookie(header.decode("latin-1"), _name(origin))
    _refuse_foreign_pages(request, origin)
    if request.method not in SAFE_METHODS and not _is_own_page(request):
        raise CrossSite
    return secret


def refuse_foreign_sign_in(request: Request) -> None:
    """Let a sign-in pass that comes from the desk's own page, or from no page. Raises as `session_secret`."""
    _refuse_foreign_pages(request, own_origin(request))


def replaced_secret(request: Request) -> str | None:
    """Return what the cookie of a browser holds that signs in anew."""
    try:
        return _cookie(request.headers.get(b"cookie", b"").decode("latin-1"), _name(own_origin(request)))
    except Unauthenticated:
        return None


def given(request: Request, secret: str, life: timedelta) -> tuple[str, str]:
    """Return the header that gives a browser its session."""
    return _header(request, secret, int(life.total_seconds()))


def taken(request: Request) -> tuple[str, str]:
    """Return the header that takes the session from the browser."""
    return _header(request, "", 0)


def _header(request: Request, secret: str, seconds: int) -> tuple[str, str]:
    origin = own_origin(request)
    secure = "; Secure" if _is_secure(origin) else ""
    return ("Set-Cookie", f"{_name(origin)}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")


def _refuse_foreign_pages(request: Request, origin: str) -> None:
    """Raise CrossSite for what a page elsewhere makes a browser send; to follow a link to here is fine."""
    site, sender = request.headers.get(b"sec-fetch-site"), request.headers.get(b"origin")
    if site is not None:
        follows_link = request.method in SAFE_METHODS and request.headers.get(b"sec-fetch-mode") == b"navigate"
        if site not in _OWN_SITES and not follows_link:
            raise CrossSite
    elif sender is not None and not _is_origin(sender.decode("latin-1"), origin):
        raise CrossSite
    media_type = request.headers.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower()
    if media_type and media_type not in _BODIES:
        raise CrossSite  # a form can send the others without being asked


def _is_origin(sender: str, origin: str) -> bool:
    """Tell whether an Origin header (RFC 6454 §7: scheme, host and port, nothing else) names this origin."""
    return sender.count("/") == 2 and _address(sender.lower()) == _address(origin)


def _is_own_page(request: Request) -> bool:
    """Tell whether a browser said where the request comes from; what it said was looked at before."""
    return b"sec-fetch-site" in request.headers or b"origin" in request.headers


def _cookie(header: str, name: str) -> str:
    """Return the value of a cookie. Raises Unauthenticated when there is none, or more than one."""
    pairs = [pair.strip().partition("=") for pair in header.split(";")]
    found = [value for key, _, value in pairs if key == name]
    if len(found) != 1 or not found[0]:
        raise Unauthenticated
    return found[0]


def _name(origin: str) -> str:
    return SECURE_NAME if _is_secure(origin) else PLAIN_NAME


def _is_secure(origin: str) -> bool:
    return origin.startswith("https://")


def _is_loopback(host: str) -> bool:
    name = _address(f"http://{host}")[1]
    if name is None:
        return False
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _address(url: str) -> tuple[str, str | None, int | None]:
    """Return scheme, host and port; host None for what is no address."""
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname, parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return "", None, None
