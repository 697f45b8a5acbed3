"""The docs page: Swagger UI from the `swagger-ui-py` package, our page around it, nothing from afar."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of the page and all its files."""

_HTML = "text/html; charset=utf-8"
_SCRIPT = "text/javascript; charset=utf-8"
_STYLE = "text/css; charset=utf-8"
_PNG = "image/png"

_OURS = {"": _HTML, "start.js": _SCRIPT}
_SWAGGER_UI = {
    "swagger-ui-bundle.js": _SCRIPT,
    "swagger-ui.css": _STYLE,
    "favicon-16x16.png": _PNG,
    "favicon-32x32.png": _PNG,
}


class PageFile(NamedTuple):
    content: bytes
    media_type: str


def find(name: str) -> PageFile | None:
    """Return the file that the page calls `name`, the page itself for an empty name; None when there is none."""
    if name in _OURS:
        return _read(Path(__file__).parent / (name or "index.html"), _OURS[name])
    if name in _SWAGGER_UI:
        return _read(_swagger_ui() / name, _SWAGGER_UI[name])
    return None


@cache
def _read(file: Path, media_type: str) -> PageFile:
    return PageFile(file.read_bytes(), media_type)


@cache
def _swagger_ui() -> Path:
    # importlib.resources would import the package, and with it Jinja and more that is not wanted here.
    spec = find_spec("swagger_ui")
    if spec is None or spec.submodule_search_locations is None:
        raise FileNotFoundError("the package swagger-ui-py is not installed")
    return Path(spec.submodule_search_locations[0]) / "static"
