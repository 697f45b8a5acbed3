"""Files that contract 4 refuses, and those that it must not serve as what they are."""

import gzip
from typing import Any

import httpx
import pytest
from tests.contracts.kinconecta import (
    NOTES,
    PNG,
    TICKETS,
    VOUCHER,
    files_of,
    key_of,
    newest_id,
    on_disk,
    opened,
    opened_with,
    parts,
    refused,
    sent,
)
from tests.serving import RunningDesk

MEBIBYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("setup.exe", PNG),
        ("SETUP.EXE", PNG),
        ("photo.png.exe", PNG),
        ("setup.exe. ", PNG),
        ("setup.e\u202exe", PNG),
        ("page.hta", b"text"),
        ("installer.msi", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("photo.png", b"MZ\x90\x00\x03\x00\x00\x00"),
        ("photo.png", b"\x7fELF\x02\x01\x01\x00"),
        ("photo.png", b"\xfe\xed\xfa\xcf\x00\x00"),
        ("photo.png", b"\xca\xfe\xba\xbe\x00\x00\x00\x34"),
        ("photo.png", b"\x00asm\x01\x00\x00\x00"),
        ("photo.png", b"L\x00\x00\x00\x01\x14\x02\x00"),
        ("notes.txt", b"#!/bin/sh\nrm -rf /\n"),
    ],
)
def test_program_is_refused_by_name_and_by_bytes(
    anyone: httpx.Client, alicia: httpx.Client, server: RunningDesk, name: str, content: bytes
) -> None:
    before, newest = on_disk(server), newest_id(alicia)
    error = refused(sent(anyone, ("good.txt", NOTES), (name, content)), 400)
    assert error["errors"] == {"attachments": "must be no program and no script"}
    assert (on_disk(server), newest_id(alicia)) == (before, newest)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.txt", b"", "must not be empty"),
        ("ñ" * 128, NOTES, "must have a name of 1 to 255 bytes"),
        ("..", NOTES, "must have a name of 1 to 255 bytes"),
        ("\u202e", NOTES, "must have a name of 1 to 255 bytes"),
    ],
)
def test_file_without_bytes_or_without_a_name_is_refused(
    anyone: httpx.Client, alicia: httpx.Client, server: RunningDesk, name: str, content: bytes, why: str
) -> None:
    before, newest = on_disk(server), newest_id(alicia)
    assert refused(sent(anyone, (name, content)), 400)["errors"] == {"attachments": why}
    assert (on_disk(server), newest_id(alicia)) == (before, newest)


def test_bytes_without_a_name_are_refused(anyone: httpx.Client, server: RunningDesk) -> None:
    before = on_disk(server)
    nameless = b'--x\r\nContent-Disposition: form-data; name="attachments"; filename=""\r\n\r\nbytes\r\n--x--'
    answer = anyone.post(TICKETS, content=nameless, headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert refused(answer, 400)["errors"] == {"attachments": "must have a name of 1 to 255 bytes"}
    assert on_disk(server) == before


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../x.txt", "x.txt"),
        ("..\\x.txt", "x.txt"),
        ("/etc/x", "x"),
        ("a/\x85b", "b"),
        ("factura\u202egpj.pdf", "facturagpj.pdf"),
        (".htaccess", ".htaccess"),
        ("CON", "CON"),
        ("=1+1|{{7*7}}%s.txt", "=1+1|{{7*7}}%s.txt"),
        ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"),
    ],
)
def test_name_is_data_and_never_a_path(anyone: httpx.Client, server: RunningDesk, name: str, kept: str) -> None:
    before = on_disk(server)
    (file,) = opened_with(anyone, (name, NOTES))["attachments"]
    assert file["fileName"] == kept
    (path,) = on_disk(server) - before
    assert len(path.name) == 32
    assert anyone.get(file["fileUrl"]).content == NOTES


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"),
        ("x.svg.png", b"<?xml version='1.0'?><svg onload='alert(1)'/>", "image/svg+xml"),
        ("x.png", b"<!DOCTYPE html><script>alert(1)</script>", "text/html"),
        ("x.xhtml", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "text/html"),
        ("x.xml", b"<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='#'?><x/>", "application/xml"),
        ("x.txt", "<script>alert(1)</script>".encode("utf-16"), "application/octet-stream"),
    ],
)
def test_what_a_browser_would_run_leaves_as_bytes_of_no_type(
    anyone: httpx.Client, name: str, content: bytes, kind: str
) -> None:
    (file,) = opened_with(anyone, (name, content))["attachments"]
    assert file["mimeType"] == kind
    answer = anyone.get(file["fileUrl"])
    assert (answer.headers["Content-Type"], answer.content) == ("application/octet-stream", content)
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_image_that_is_a_script_as_well_is_no_image(anyone: httpx.Client) -> None:
    (file,) = opened_with(anyone, ("x.gif", b"GIF89a/*        */=1;alert(1)"))["attachments"]
    assert anyone.get(file["fileUrl"]).headers["Content-Type"] == "text/plain; charset=utf-8"


def test_text_of_more_than_a_mebibyte_is_refused(anyone: httpx.Client, server: RunningDesk) -> None:
    before = on_disk(server)
    files = parts("attachments", ("a.txt", NOTES))
    refused(anyone.post(TICKETS, data=VOUCHER | {"note": "x" * (MEBIBYTE)}, files=files), 413)
    assert on_disk(server) == before


def test_file_in_another_field_is_refused_not_dropped(anyone: httpx.Client, server: RunningDesk) -> None:
    ticket, before = opened(anyone), on_disk(server)
    error = refused(anyone.post(TICKETS, data=VOUCHER, files=parts("photo", ("a.txt", NOTES))), 400)
    assert error["errors"] == {"photo": "must be one of: attachments"}
    how: dict[str, Any] = {"headers": key_of(ticket)}
    refused(anyone.post(files_of(ticket), files=parts("attachments", ("a.txt", NOTES)), **how), 400)
    assert refused(anyone.post(files_of(ticket), files={"file": ("", b"")}, **how), 400)["errors"] == {
        "file": "is required"
    }
    refused(anyone.post(files_of(ticket), json={"file": "x"}, **how), 415)
    assert on_disk(server) == before


def test_form_whose_fields_break_a_rule_leaves_no_file(
    anyone: httpx.Client, alicia: httpx.Client, server: RunningDesk
) -> None:
    before, newest = on_disk(server), newest_id(alicia)
    files = parts("attachments", ("a.txt", NOTES))
    assert refused(anyone.post(TICKETS, data=VOUCHER | {"email": "x"}, files=files), 400)["errors"] == {
        "email": "must be a valid e-mail address"
    }
    assert set(refused(anyone.post(TICKETS, files=files), 400)["errors"]) == set(VOUCHER)
    assert (on_disk(server), newest_id(alicia)) == (before, newest)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no form at all",
        b'--x\r\nContent-Disposition: form-data; name="attachments"; filename="a.txt"\r\n\r\nhalf of it',
        b'--x\r\nContent-Disposition: form-data; name="subject"\r\n\r\n\xff\xfe\r\n--x--\r\n',
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n' * 101 + b"--x--",
    ],
)
def test_broken_form_is_refused_and_leaves_nothing(anyone: httpx.Client, server: RunningDesk, body: bytes) -> None:
    before = on_disk(server)
    answer = anyone.post(TICKETS, content=body, headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert refused(answer, 400)["message"] == "The body is not valid multipart/form-data"
    assert on_disk(server) == before


def test_compressed_form_is_refused_unopened(anyone: httpx.Client) -> None:
    bomb = gzip.compress(bytes(1_000_000))
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Encoding": "gzip"}
    refused(anyone.post(TICKETS, content=bomb, headers=headers), 415)
