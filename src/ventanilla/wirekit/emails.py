"""Telling an e-mail address from other text (email-validator, RFC 5322 as people use it)."""

from functools import lru_cache


@lru_cache(maxsize=4096)
def is_email(text: str) -> bool:
    """Tell whether `text` is an address with a dotted domain; nothing is looked up, internal domains count."""
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(text, check_deliverability=False, globally_deliverable=False)
    except (EmailNotValidError, UnicodeError):
        return False
    return "." in found.domain
