"""Secrets that mean nothing by themselves: of sessions, links and API keys. Shown once, known by their hash."""

import secrets
from hashlib import sha256

API_KEY = "vk_"
"""How an API key begins, so that it is told from a JWT, and found by whoever scans for leaked secrets."""
SHOWN = 11
"""So many characters of a key are kept to tell it from others; 48 of its 256 random bits."""


def make(prefix: str = "") -> str:
    """Return a secret of 256 random bits."""
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """Return what the store knows a secret by. Nothing slower is needed: nobody guesses 256 bits."""
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()
