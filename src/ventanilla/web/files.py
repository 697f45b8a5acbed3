"""The console's built files, read once: a request never touches the disk."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).parent / "app"
INDEX = "index.html"
ASSETS = "assets/"
"""Names below it carry a hash of what is in them."""

CODINGS: Mapping[str, str] = MappingProxyType({"br": ".br", "gzip": ".gz"})
"""Content codings, best first, and the suffix of a file that is packed so."""

_MEDIA_TYPES = MappingProxyType(
    {
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".png": "image/png",
        ".svg": "image/svg+xml; charset=utf-8",
        ".webmanifest": "application/manifest+json",
        ".woff2": "font/woff2",
    }
)


@dataclass(frozen=True, slots=True)
class File:
    """`packed` holds the same content by coding."""

    content: bytes
    media_type: str
    digest: str
    packed: Mapping[str, bytes]


def load(folder: Path = FOLDER) -> Mapping[str, File]:
    """Return the files by their path below `folder`; none when the console was not built."""
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix in _MEDIA_TYPES and path.is_file()]
    return {path.relative_to(folder).as_posix(): _read(path) for path in paths}


def _read(path: Path) -> File:
    content = path.read_bytes()
    twins = {coding: path.with_name(path.name + suffix) for coding, suffix in CODINGS.items()}
    return File(
        content,
        _MEDIA_TYPES[path.suffix],
        hashlib.sha256(content).hexdigest()[:32],
        {coding: twin.read_bytes() for coding, twin in twins.items() if twin.is_file()},
    )
