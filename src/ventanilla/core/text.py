"""How text is made fit to keep (contracts/README.md, "What every contract shares")."""

import unicodedata

_NEWLINES = str.maketrans({"\r": "\n"})
_ALLOWED_CONTROLS = frozenset("\t\n")


class ControlCharacter(ValueError):
    """The text holds NUL, another control character, or half a surrogate pair."""


def tidy(text: str) -> str:
    """Return `text` in NFC, trimmed, with every line end as a newline.

    Raises ControlCharacter for NUL and other control characters but tab and newline, and for lone surrogates.
    """
    if text.isascii():
        if text.isprintable():
            return text.strip()
    else:
        text = unicodedata.normalize("NFC", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").translate(_NEWLINES)
    if any(_is_forbidden(character) for character in text if not character.isprintable()):
        raise ControlCharacter
    return text.strip()


def fold(text: str) -> str:
    """Return the form in which words are compared: without case and accents, blanks and underscores alike."""
    bare = text
    if not text.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "_".join(bare.casefold().replace("_", " ").split())


def _is_forbidden(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") and character not in _ALLOWED_CONTROLS
