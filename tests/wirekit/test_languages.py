"""The language that a caller likes best, of those that the desk speaks (RFC 9110 §12.5.4)."""

import pytest

from ventanilla.wirekit.languages import preferred


@pytest.mark.parametrize(
    ("header", "spoken"),
    [
        ("es", "es"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("en;q=0.3, ES;q=0.7", "es"),
        ("fr, es;q=0.1", "es"),
        ("fr", "en"),
        ("es;q=0", "en"),
        ("*", "en"),
        ("*;q=0.1, es;q=0.2", "es"),
        ("", "en"),
        ("es;q=high", "en"),
        ("es;q=0.5;q=0.5", "en"),
        ("," * 10_000 + "es", "en"),
    ],
)
def test_the_first_wish_that_can_be_met_is_met(header: str, spoken: str) -> None:
    assert preferred(header, ("en", "es")) == spoken
