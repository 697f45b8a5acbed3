"""What a file that somebody sends may be called, and which files are programs."""

import codecs
import re
import unicodedata

from ventanilla.core.errors import Fault, InvalidInput, Rule

LONGEST_NAME = 255
"""Bytes in UTF-8: what common file systems take."""

# NFC makes a name at most three times shorter, and takes long for a long one.
_LONGEST_BEFORE_NFC = 3 * LONGEST_NAME

_PROGRAM_BEGINNINGS = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",  # Mach-O, 32 and 64 bits, either byte order
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",  # Mach-O for several machines, and Java classes
    b"\xca\xfe\xba\xbf",
    b"\xbe\xba\xfe\xca",
    b"\xbf\xba\xfe\xca",
    b"\0asm",
    b"dex\n",
    b"L\0\0\0\x01\x14\x02\0",  # a Windows shortcut
    b"#!",
    b"<?php",
)
_WINDOWS_PROGRAM = b"MZ"

# Characters that turn the direction of writing: with one, "gpj.exe" looks like "exe.jpg".
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = ("Cc", "Cs", "Zl", "Zp")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


def clean_name(sent: str, field: str) -> str:
    """Return the name of a file without its path and without what a reader cannot see, in NFC.

    Raises InvalidInput for `field` when nothing is left of it, or more than 255 bytes.
    """
    last = sent.replace("\\", "/").rpartition("/")[2]
    name = "".join(character for character in last if _is_seen(character)).strip().rstrip(" .")
    if len(name) <= _LONGEST_BEFORE_NFC:
        name = unicodedata.normalize("NFC", name)
    if not 0 < len(name.encode()) <= LONGEST_NAME:
        raise InvalidInput(Fault(field, Rule.FILE_NAME, LONGEST_NAME))
    return name


def extension_of(name: str) -> str:
    """Return what stands behind the last dot, with it, in lower case; "" when there is no dot."""
    _, dot, last = unicodedata.normalize("NFKC", name).rpartition(".")
    return f"{dot}{last.lower()}" if dot else ""


def text_of(head: bytes) -> str | None:
    """Return the beginning of a file as text, None when it is not UTF-8 or holds control characters."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return None
    return None if _CONTROLS.search(text) else text


def is_program(head: bytes) -> bool:
    """Tell by its first bytes whether a file is a program or a script that some machine would run."""
    if head.startswith(_WINDOWS_PROGRAM):
        return text_of(head) is None
    return head.startswith(_PROGRAM_BEGINNINGS)


def _is_seen(character: str) -> bool:
    return character not in _DIRECTIONS and unicodedata.category(character) not in _UNSEEN
