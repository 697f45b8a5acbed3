"""How text is made fit to keep (contracts/README.md, "What every contract shares")."""

import unicodedata

_NEWLINES = str.maketrans({"\r": "\n"})
_ALLOWED_CONTROLS = frozenset("\t\n")

# Putting a run of combining marks into order costs its length squared. No script needs more than 30 (UAX #15, §13).
_LONGEST_RUN = 30
_CHEAP_LENGTH = 1_000
# Their class is 0, but they come apart into marks that have to be put into order.
_MARKS_IN_DISGUISE = frozenset("\u0f73\u0f75\u0f81")


class ControlCharacter(ValueError):
    """The text holds NUL, another control character, half a surrogate pair, or marks piled up without end."""


def tidy(text: str) -> str:
    """Return `text` in NFC, trimmed, with every line end as a newline.

    Raises ControlCharacter for NUL and other control characters but tab and newline, for lone surrogates, and for a
    long text that piles up more combining marks on one character than any script does.
    """
    if text.isascii():
        if text.isprintable():
            return text.strip()
    elif len(text) > _CHEAP_LENGTH and _piles_up_marks(text):
        raise ControlCharacter
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


def _piles_up_marks(text: str) -> bool:
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) or character in _MARKS_IN_DISGUISE else 0
        if run > _LONGEST_RUN:
            return True
    return False
