"""The key that opens one ticket to whoever holds it. Only its hash is kept."""

from hashlib import sha256
from hmac import compare_digest


def is_access_key(access_key: str | None, access_key_hash: bytes | None) -> bool:
    """Tell whether a key is the one of this hash; no key is none."""
    if access_key is None or access_key_hash is None:
        return False
    return compare_digest(access_key_hash, hash_access_key(access_key))


def hash_access_key(access_key: str) -> bytes:
    return sha256(access_key.encode("utf-8", "surrogatepass")).digest()
