"""What type the bytes of a file are, and how it is handed out."""

import io
import re
import zipfile
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.wirekit.files import HARMLESS, UNKNOWN, disposition, media_type

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRITER = "application/vnd.oasis.opendocument.text"


def zipped(**files: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return whole.getvalue()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "image/jpeg"),
        (b"GIF89a\x01\x00\x01\x00\x80\x00\x00", "image/gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00", "image/avif"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2", "video/mp4"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "application/pdf"),
        (b"%PDF-1.4\nall of it is text\n", "application/pdf"),
        (b"{\\rtf1\\ansi hello}", "application/rtf"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "application/gzip"),
        (zipped(**{"notes.txt": "hello"}), "application/zip"),
        (zipped(**{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), WORD),
        (zipped(mimetype=WRITER, **{"content.xml": "<x/>"}), WRITER),
        ("Año: 2026\r\n\tñandú".encode(), "text/plain"),
        (b'{"a": 1}', "text/plain"),
        (b"BM is short for Bruno Mars", "text/plain"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"),
        (b"<?xml version='1.0'?><!-- hi --><svg/>", "image/svg+xml"),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><script>alert(1)</script>", "text/html"),
        (b"<script>alert(1)</script>", "text/html"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'></html>", "text/html"),
        (b"<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='x'?><x/>", "application/xml"),
        ("<html>".encode("utf-16"), UNKNOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, UNKNOWN),
        (b"\x00\x01\x02\x03", UNKNOWN),
    ],
)
def test_type_is_told_from_the_bytes(head: bytes, kind: str) -> None:
    assert media_type(head) == kind


def test_image_that_is_a_script_as_well_counts_as_text() -> None:
    assert media_type(b"GIF89a/*" + b" " * 20 + b"*/=1;alert(1)") == "text/plain"


def test_nothing_that_a_browser_would_run_is_among_the_harmless_types() -> None:
    assert not [kind for kind in HARMLESS if re.search("html|svg|xml$|script|flash", kind)]


@given(st.binary(max_size=600))
def test_any_bytes_have_a_type(head: bytes) -> None:
    assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", media_type(head))


def test_download_is_named_twice_in_ascii_and_as_it_is() -> None:
    assert disposition("informe año.pdf") == (
        "attachment; filename=\"informe ano.pdf\"; filename*=UTF-8''informe%20a%C3%B1o.pdf"
    )
    assert disposition('a";\\x%41/写.txt').startswith('attachment; filename="a_;_x_41__.txt"; ')


@given(st.text(min_size=1).filter(lambda name: name.isprintable()))
def test_any_name_survives_the_header(name: str) -> None:
    header = disposition(name)
    assert re.fullmatch(r"attachment; filename=\"[ !#-\[\]-~]*\"; filename\*=UTF-8''[\x21-\x7e]*", header)
    assert unquote(header.rpartition("''")[2]) == name
