"""Files on the wire: what type their bytes are, and how they are handed out (RFC 6266, RFC 8187)."""

import re
import unicodedata
from collections.abc import AsyncIterator, Mapping
from types import MappingProxyType
from urllib.parse import quote

from ventanilla.core.files import text_of
from ventanilla.core.thread import Attachment
from ventanilla.wirekit.answers import Answer, FileAnswer
from ventanilla.wirekit.services import Blobs

HEAD = 8 * 1024
"""Bytes at the beginning of a file that its type is told from."""

UNKNOWN = "application/octet-stream"
PLAIN_TEXT = "text/plain"
ZIP = "application/zip"

HARMLESS = frozenset(
    {
        "application/epub+zip",
        "application/gzip",
        "application/pdf",
        "application/rtf",
        "application/vnd.oasis.opendocument.presentation",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.rar",
        "application/x-7z-compressed",
        "application/x-bzip2",
        "application/x-xz",
        "audio/flac",
        "audio/mpeg",
        "audio/ogg",
        "audio/wav",
        "image/avif",
        "image/bmp",
        "image/gif",
        "image/heif",
        "image/jpeg",
        "image/png",
        "image/tiff",
        "image/webp",
        "video/mp4",
        "video/quicktime",
        "video/webm",
        PLAIN_TEXT,
        ZIP,
    }
)
"""The types that are handed out as what they are; everything else leaves as bytes of no type."""

_TOLD_BY_MAGIC = HARMLESS - {PLAIN_TEXT, ZIP}
_OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {"application/x-gzip": "application/gzip", "image/x-ms-bmp": "image/bmp", "audio/wave": "audio/wav"}
)
_TEXT_BEGINNINGS = ((r"%PDF-", "application/pdf"), (r"{\rtf", "application/rtf"))
_OFFICE_FOLDERS = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_ZIP_BEGINNING = b"PK\x03\x04"
# OpenDocument and EPUB files begin with an entry that holds their type, stored as it is.
_TOLD_TYPE = re.compile(rb"PK\x03\x04.{26}mimetype(application/[a-z0-9.+-]{1,80}?)PK", re.DOTALL)
# RFC 6266, appendix D: what some clients unquote or take for a path.
_NOT_PLAIN = re.compile(r'[^ -~]|["\\%/]')
_HTML = re.compile(r"<(!doctype html|html|head|body|script|iframe|style|title|table|div|p|a|br|h1|img|meta)[\s/>]")


def media_type(head: bytes) -> str:
    """Tell the type of a file from its first HEAD bytes, whatever its name and its sender say."""
    text = text_of(head)
    if text is not None:
        return _text_type(text)
    if head.startswith(_ZIP_BEGINNING):
        return _zip_type(head)
    if head[4:8] == b"ftyp" and head[8:12] in (b"avif", b"avis"):
        return "image/avif"  # puremagic takes it for a video
    return _binary_type(head)


async def download(attachment: Attachment, blobs: Blobs, method: str, *, sends_on: bool = True) -> Answer:
    """Hand out a file, or send the client on to where it is kept. Raises FileLost and StoreUnavailable."""
    link = await blobs.link(attachment, method) if sends_on else None
    if link is not None:
        return Answer(302, headers=(("Location", link),), media_type=None)
    return file_answer(attachment, await blobs.read(attachment))


def file_answer(attachment: Attachment, chunks: AsyncIterator[bytes]) -> FileAnswer:
    """Hand out a file as a download that no browser shows or runs in the desk's name."""
    return FileAnswer(
        200,
        headers=(("Content-Disposition", disposition(attachment.file_name)),),
        media_type=served_type(attachment.media_type),
        chunks=chunks,
        length=attachment.size,
    )


def served_type(kind: str) -> str:
    """Return the Content-Type under which a file of this type is handed out."""
    if kind == PLAIN_TEXT:
        return f"{PLAIN_TEXT}; charset=utf-8"
    return kind if kind in HARMLESS else UNKNOWN


def disposition(name: str) -> str:
    """Return the Content-Disposition of a download: the name in ASCII for old clients, then as it is."""
    bare = (character for character in unicodedata.normalize("NFKD", name) if not unicodedata.combining(character))
    fallback = _NOT_PLAIN.sub("_", "".join(bare))
    return f"attachment; filename=\"{fallback}\"; filename*=UTF-8''{quote(name, safe='!#$&+-.^_`|~')}"


def _text_type(text: str) -> str:
    for beginning, kind in _TEXT_BEGINNINGS:
        if text.startswith(beginning):
            return kind
    start = text.lstrip("\ufeff \t\r\n\f").lower()
    if not start.startswith("<"):
        return PLAIN_TEXT
    if "<svg" in start:
        return "image/svg+xml"
    if _HTML.search(start):
        return "text/html"
    return "application/xml" if start.startswith("<?xml") else PLAIN_TEXT


def _zip_type(head: bytes) -> str:
    told = _TOLD_TYPE.match(head)
    if told:
        return told[1].decode()
    if b"[Content_Types].xml" in head or b"_rels/" in head:
        return next((kind for folder, kind in _OFFICE_FOLDERS if folder in head), ZIP)
    return ZIP


def _binary_type(head: bytes) -> str:
    """Return the likeliest type that puremagic knows and we hand out; it knows many that two bytes look like."""
    import puremagic  # by the first upload and not at the start, which ought to be quick

    try:
        likely = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    kinds = (_OTHER_NAMES.get(found.mime_type, found.mime_type) for found in likely)
    return next((kind for kind in kinds if kind in _TOLD_BY_MAGIC), UNKNOWN)
