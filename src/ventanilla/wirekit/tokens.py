"""Bearer tokens: who a JWT says its bearer is (RFC 8725; shared/contracts/README.md, "Tokens").

The algorithm is fixed by the issuer's settings, never by the token. Any fault of a token is the same Unauthenticated.
"""

import base64
import binascii
import time
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey
from joserfc.jws import JWSRegistry

from ventanilla.core.areas import MOST_AREAS, each_once
from ventanilla.core.errors import Unauthenticated
from ventanilla.core.people import (
    OWN_ISSUER,
    STAFF_ROLE_WORDS,
    Actor,
    ActorKind,
    Identity,
    Profile,
    Role,
    email_identity,
)
from ventanilla.core.text import ControlCharacter, tidy
from ventanilla.wirekit.emails import is_email
from ventanilla.wirekit.keys import ALGORITHMS, KeySource, SigningKey

LEEWAY = 60
"""Seconds that clocks may differ."""
CACHE_SECONDS = 60
CACHE_SIZE = 10_000
LONGEST_TOKEN = 16_384
LONGEST_NAME = 150
LONGEST_SUBJECT = 255
PASSWORD_MARK = "pwd"
"""The claim by which a token of the desk's own issuer says which password it was given for."""
_LATEST_TIME = 253_402_300_799

DEFAULT_CLAIMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "subject": ("sub", "id", "userId", "user_id", "_id"),
        "name": ("name", "nombre"),
        "first_name": ("first_name",),
        "last_name": ("last_name",),
        "username": ("username", "preferred_username"),
        "email": ("email", "correo"),
        "email_verified": ("email_verified",),
        "picture": ("picture", "image"),
        "role": ("role", "rol", "roles"),
        "area": ("area", "areas"),
    }
)
_ROLE_RANK = list(Role)


@dataclass(frozen=True, slots=True)
class IssuerRule:
    """One issuer that the operator trusts, and how to read its tokens."""

    name: str
    algorithm: str
    keys: KeySource
    issuer: str | None = None
    audience: str | None = None
    claims: Mapping[str, Sequence[str]] = field(default_factory=lambda: DEFAULT_CLAIMS)
    staff_roles: Mapping[str, Role] = field(default_factory=lambda: STAFF_ROLE_WORDS)
    expiry_required: bool = True
    trusts_email: bool = False


@dataclass(frozen=True, slots=True)
class _Verified:
    actor: Actor
    not_before: float
    expires_at: float
    forgotten_at: float


class TokenReader:
    """Turns tokens into actors. Verified tokens are remembered for a minute, by their hash."""

    def __init__(self, rules: Sequence[IssuerRule], clock: Callable[[], float] = time.time) -> None:
        self._rules = rules
        self._clock = clock
        self._known: dict[bytes, _Verified] = {}

    async def actor(self, token: str) -> Actor:
        """Return the bearer. Raises Unauthenticated for any fault of the token."""
        digest = sha256(token.encode("utf-8", "surrogatepass")).digest()
        now = self._clock()
        known = self._known.get(digest)
        if known is None or known.forgotten_at <= now:
            known = await self._verify(token, now)
            self._remember(digest, known)
        if not known.not_before - LEEWAY <= now < known.expires_at + LEEWAY:
            raise Unauthenticated
        return known.actor

    def _remember(self, digest: bytes, verified: _Verified) -> None:
        if len(self._known) >= CACHE_SIZE:
            self._known.pop(next(iter(self._known)))
        self._known[digest] = verified

    async def _verify(self, token: str, now: float) -> _Verified:
        header, claims = _peek(token)
        for rule in self._rules:
            if header.get("alg") != rule.algorithm or rule.issuer not in (None, claims.get("iss")):
                continue
            for key in await rule.keys.candidates(_text(header.get("kid"))):
                checked = _checked_claims(token, key, rule)
                if checked is not None:
                    return _verified(checked, rule, now)
        raise Unauthenticated


class TokenMaker:
    """Mints tokens of the desk's own issuer, for staff accounts and for trying out."""

    def __init__(self, secret: bytes, clock: Callable[[], float] = time.time) -> None:
        self._key = OctKey.import_key(secret)
        self._clock = clock

    def token(self, subject: str, seconds: int, claims: Mapping[str, str | list[str] | None]) -> str:
        """Return a JWT for `subject` that is good for so many seconds."""
        now = int(self._clock())
        told = {name: value for name, value in claims.items() if value}
        body = {"iss": OWN_ISSUER, "sub": subject, **told, "iat": now, "nbf": now, "exp": now + seconds}
        return jwt.encode({"alg": "HS256"}, body, self._key)


def _registry(algorithm: str) -> JWSRegistry:
    """One algorithm. Headers that we do not know are passed over (RFC 7515 §4); `crit` is refused before."""
    registry = JWSRegistry(algorithms=[algorithm], strict_check_header=False)
    model = copy(registry.algorithms[algorithm])
    model.security_warning = None  # EdDSA goes by a newer name since RFC 9864; its issuers still say EdDSA
    registry.algorithms = {algorithm: model}
    return registry


_REGISTRIES = {algorithm: _registry(algorithm) for algorithm in ALGORITHMS}


def _peek(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read header and claims without believing them, to know which issuer's key to try."""
    parts = token.split(".")
    if len(parts) != 3 or len(token) > LONGEST_TOKEN:
        raise Unauthenticated
    try:
        header, claims = (msgspec.json.decode(_unbase64(part), type=dict[str, Any]) for part in parts[:2])
    except (msgspec.MsgspecError, binascii.Error, ValueError, RecursionError):
        raise Unauthenticated from None
    if "crit" in header:
        raise Unauthenticated
    return header, claims


def _unbase64(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _checked_claims(token: str, key: SigningKey | KeySet, rule: IssuerRule) -> dict[str, Any] | None:
    try:
        return dict(jwt.decode(token, key, registry=_REGISTRIES[rule.algorithm]).claims)
    except (JoseError, ValueError, TypeError, RecursionError):
        return None


def _verified(claims: Mapping[str, Any], rule: IssuerRule, now: float) -> _Verified:
    expires = _time(claims, "exp")
    if (expires is None and rule.expiry_required) or rule.issuer not in (None, claims.get("iss")):
        raise Unauthenticated
    if rule.audience is not None and not _names_audience(claims.get("aud"), rule.audience):
        raise Unauthenticated
    return _Verified(
        _actor(claims, rule),
        _time(claims, "nbf") or 0,
        _LATEST_TIME if expires is None else expires,
        now + CACHE_SECONDS,
    )


def _time(claims: Mapping[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LATEST_TIME:
        raise Unauthenticated
    return float(value)


def _names_audience(claim: Any, audience: str) -> bool:
    return claim == audience or (isinstance(claim, list) and audience in claim)


def _actor(claims: Mapping[str, Any], rule: IssuerRule) -> Actor:
    told = {name: _first(claims, keys) for name, keys in rule.claims.items()}
    subject = _text(told.get("subject"))
    if not subject or len(subject) > LONGEST_SUBJECT:
        raise Unauthenticated
    first, last = _name(told.get("first_name")), _name(told.get("last_name"))
    profile = Profile(
        name=_name(told.get("name")) or _name(f"{first} {last}"),
        email=_email(told.get("email")),
        first_name=first,
        last_name=last,
        username=_name(told.get("username")),
        picture=_picture(told.get("picture")),
    )
    vouched = profile.email and (rule.trusts_email or told.get("email_verified") is True)
    role = _role(told.get("role"), rule.staff_roles)
    return Actor(
        kind=ActorKind.AGENT if role else ActorKind.REQUESTER,
        identity=Identity(rule.name, subject),
        verified_email=email_identity(profile.email) if vouched else None,
        profile=profile,
        role=role,
        areas=_areas(told.get("area")) if role else (),
        password_mark=_text(claims.get(PASSWORD_MARK)) or None,
    )


def _first(claims: Mapping[str, Any], keys: Sequence[str]) -> Any:
    return next((claims[key] for key in keys if claims.get(key) not in (None, "")), None)


def _text(value: Any) -> str:
    """Return a claim as tidy text; what is neither text nor a whole number counts as absent."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        return ""
    try:
        return tidy(value)
    except ControlCharacter:
        return ""


def _areas(value: Any) -> tuple[str, ...]:
    """Return the areas of a claim: one, or a list of them."""
    return each_once(_text(one) for one in (value if isinstance(value, list) else [value]))[:MOST_AREAS]


def _email(value: Any) -> str:
    """Return the address of a claim; what is no address counts as absent, for it goes into mails and answers."""
    found = _text(value)
    return found if is_email(found) else ""


def _name(value: Any) -> str:
    """Return a name on one line, cut to what the contracts take for a name."""
    return " ".join(_text(value).split())[:LONGEST_NAME]


def _picture(value: Any) -> str:
    """Return the address of a picture; some issuers wrap it as `{"url": …}`."""
    found = _text(value.get("url") if isinstance(value, dict) else value)
    return found if found.startswith(("https://", "http://")) else ""


def _role(value: Any, words: Mapping[str, Role]) -> Role | None:
    """Return the strongest staff role among the words of the claim, None when there is none."""
    told = value if isinstance(value, list) else [value]
    roles = {words[word] for word in told if isinstance(word, str) and word in words}
    return min(roles, key=_ROLE_RANK.index, default=None)
