"""Tokens made by hand, right and wrong ones, and readers that trust who signed them."""

import hmac
import time
from hashlib import sha256
from typing import Any

from tests.issuing import KEYS, SECRET, part
from ventanilla.core.errors import Unauthenticated
from ventanilla.wirekit.keys import FixedKeys, SigningKey
from ventanilla.wirekit.tokens import IssuerRule, TokenReader


def reader_for(algorithm: str, *keys: SigningKey, **rule: Any) -> TokenReader:
    return TokenReader([IssuerRule("app", algorithm, FixedKeys(keys or [KEYS[algorithm]]), **rule)])


HMAC_READER = reader_for("HS256")
EVERY_ALGORITHM = TokenReader([IssuerRule(name, name, FixedKeys([key])) for name, key in KEYS.items()])


async def refused(token: str, reader: TokenReader = EVERY_ALGORITHM) -> bool:
    try:
        await reader.actor(token)
    except Unauthenticated:
        return True
    return False


def hand_signed(**claims: Any) -> str:
    """A token whose signature is right, whatever its claims; a claim that is None is left out."""
    body = {"sub": "ana", "exp": in_an_hour()} | claims
    told = {name: value for name, value in body.items() if value is not None}
    return hmac_token(SECRET.encode(), {"alg": "HS256"}, told)


def raw_signed(claims: bytes) -> str:
    """A token whose signature is right and whose claims are these bytes."""
    return hmac_token(SECRET.encode(), {"alg": "HS256"}, claims)


def hmac_token(secret: bytes, header: dict[str, Any], claims: Any) -> str:
    """A token as an attacker makes one by hand, with any bytes for a secret."""
    signing = f"{part(header)}.{part(claims)}"
    return f"{signing}.{part(hmac.new(secret, signing.encode(), sha256).digest())}"


def in_an_hour() -> int:
    return int(time.time()) + 3600
