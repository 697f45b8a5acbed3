"""What files may be called, and which of them are programs."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.errors import InvalidInput, Rule
from ventanilla.core.files import clean_name, extension_of, is_program, text_of


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/etc/shadow", "shadow"),
        ("C:\\Users\\Ana\\foto.png", "foto.png"),
        ("%2e%2e%2fx.txt", "%2e%2e%2fx.txt"),
        ("a/\x00b.txt", "b.txt"),
        ("fac\r\ntura.pdf", "factura.pdf"),
        ("factura\u202egpj.pdf", "facturagpj.pdf"),
        ("x.exe. ", "x.exe"),
        (".htaccess", ".htaccess"),
        ("  смета год.txt ", "смета год.txt"),
        ("写真.png", "写真.png"),
        ("می‌خواهم.txt", "می‌خواهم.txt"),
        ("an\u0303o.txt", "a\u00f1o.txt"),
    ],
)
def test_name_keeps_what_a_reader_can_read_and_nothing_else(sent: str, kept: str) -> None:
    assert clean_name(sent, "file") == kept


@pytest.mark.parametrize("sent", ["", "..", "a/", "...", "\u202e", "\x00", "ñ" * 128, "a" * 256, "e\u0301" * 5_000])
def test_name_that_is_none_or_too_long_is_refused(sent: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        clean_name(sent, "file")
    assert [(fault.field, fault.rule, fault.limit) for fault in refused.value.faults] == [("file", Rule.FILE_NAME, 255)]


def test_name_of_255_bytes_is_just_short_enough() -> None:
    assert len(clean_name("ñ" * 127 + "a", "file").encode()) == 255


@given(st.text())
def test_any_name_comes_out_whole_and_comes_out_the_same_again(sent: str) -> None:
    try:
        name = clean_name(sent, "file")
    except InvalidInput:
        return
    assert "/" not in name
    assert "\\" not in name
    assert not any(unicodedata.category(character) == "Cc" for character in name)
    assert clean_name(name, "file") == name


@pytest.mark.parametrize(
    ("name", "extension"),
    [("A.EXE", ".exe"), ("a.png.exe", ".exe"), ("a．ｅｘｅ", ".exe"), ("README", ""), (".htaccess", ".htaccess")],
)
def test_extension_is_what_stands_behind_the_last_dot(name: str, extension: str) -> None:
    assert extension_of(name) == extension


@pytest.mark.parametrize(
    "head",
    [
        b"\x7fELF\x02\x01\x01\x00",
        b"MZ\x90\x00\x03\x00",
        b"\xcf\xfa\xed\xfe\x07\x00",
        b"\xca\xfe\xba\xbe\x00\x00\x00\x34",
        b"\x00asm\x01\x00\x00\x00",
        b"#!/bin/sh\necho hello\n",
        b"L\x00\x00\x00\x01\x14\x02\x00\x00\x00",
        b"<?php system($_GET['x']);",
    ],
)
def test_program_is_known_by_its_first_bytes(head: bytes) -> None:
    assert is_program(head)


@pytest.mark.parametrize(
    "head", [b"", b"MZ is what Jos\xc3\xa9 wrote", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"# Notes\n"]
)
def test_what_is_no_program_is_not_taken_for_one(head: bytes) -> None:
    assert not is_program(head)


def test_text_may_be_cut_in_the_middle_of_a_character() -> None:
    assert text_of("año".encode()[:2]) == "a"
    assert text_of(b"a\xff") is None
    assert text_of(b"a\x00b") is None
