"""Telling the address of a picture from other text."""

from urllib.parse import urlsplit


def is_https(text: str) -> bool:
    """Tell whether `text` is an https address and nothing else: no script, no blanks, no name and password in it."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    is_plain = text.isprintable() and not any(character in text for character in " \"'<>\\`")
    return parts.scheme == "https" and bool(parts.hostname) and parts.username is None and is_plain
