"""What no contract takes, whatever its routes and words: each is refused with the same status by all of them."""

from collections.abc import Mapping
from typing import Any

JSON = {"Content-Type": "application/json"}

UNREADABLE: Mapping[str, tuple[bytes, int]] = {
    "nothing": (b"", 400),
    "no JSON": (b"asunto=Hola", 400),
    "half of it": (b'{"body": "Hello"', 400),
    "an array": (b"[]", 400),
    "a text": (b'"hello"', 400),
    "null": (b"null", 400),
    "NaN": (b'{"body": NaN}', 400),
    "a key twice": (b'{"body": "a", "body": "b"}', 400),
    "invalid UTF-8": (b'{"body": "\xff\xfe"}', 400),
    "a raw NUL": (b'{"body": "\x00"}', 400),
    "a number without end": (b'{"body": ' + b"9" * 5_000 + b"}", 400),
    "too deep": (b'{"a":' * 33 + b"1" + b"}" * 33, 400),
    "far too deep": (b"[" * 100_000, 400),
    "too large": (b'{"a": "' + b"a" * 1_048_576 + b'"}', 413),
}
"""Bodies that are announced as JSON, and the status for each."""

WRONG_VALUES: Mapping[str, Any] = {
    "NUL": "text with \x00 in it",
    "an escape sequence": "text with \x1b[2J in it",
    "half a surrogate pair": "text with \ud800 in it",
    "a number": 12,
    "a truth": True,
    "an array": ["text"],
    "an object": {"$ne": ""},
}
"""What no text field takes."""

CONTROLS = ("NUL", "an escape sequence")
"""The wrong values that a password may hold all the same: it is taken to the letter."""

OTHER_TYPES: tuple[Mapping[str, str], ...] = (
    {},
    {"Content-Type": ""},
    {"Content-Type": "text/plain"},
    {"Content-Type": "application/x-www-form-urlencoded"},
    {"Content-Type": "application/json; charset=utf-16"},
    {**JSON, "Content-Encoding": "gzip"},
)
"""Headers of a body that is not JSON in UTF-8: 415."""
