"""Which version of a thing a caller has or means to change: ETag, If-Match, If-None-Match (RFC 9110 §8.8.3, §13.1)."""

import re
from typing import Annotated

import msgspec
from msgspec import Meta, UnsetType

from ventanilla.wirekit.answers import Answer
from ventanilla.wirekit.errors import BadRequest, IfMatchMissing

Expected = frozenset[int] | None
"""The versions that a change is meant for; None is any version."""

_TAGS = re.compile(r'\s*(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"\s*(?:,\s*(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"\s*)*')
_TAG = re.compile(r'(W/)?"([^"]*)"')
_VERSION = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


class IfMatch(msgspec.Struct, frozen=True):
    """The header of a change."""

    if_match: Annotated[
        str | UnsetType, Meta(description='The ETag of what is changed, as `"7"`; `*` for whatever stands there.')
    ] = msgspec.field(default=msgspec.UNSET, name="If-Match")


class IfNoneMatch(msgspec.Struct, frozen=True):
    """The header of a look at what one has seen before."""

    if_none_match: Annotated[
        str | UnsetType, Meta(description="The ETag of what the caller has; 304 when that is still the newest.")
    ] = msgspec.field(default=msgspec.UNSET, name="If-None-Match")


def etag(version: int) -> tuple[str, str]:
    """Return the ETag header of a version."""
    return ("ETag", f'"{version}"')


def expected(if_match: bytes | None) -> Expected:
    """Read If-Match: only strong tags name a version. Raises IfMatchMissing and BadRequest."""
    if if_match is None:
        raise IfMatchMissing
    header = if_match.decode("latin-1").strip()
    if header == "*":
        return None
    if not _TAGS.fullmatch(header):
        raise BadRequest
    return frozenset(int(tag) for weak, tag in _TAG.findall(header) if not weak and _VERSION.fullmatch(tag))


def is_held(if_none_match: bytes | None, version: int) -> bool:
    """Read If-None-Match, where weak tags count as well."""
    if if_none_match is None:
        return False
    header = if_none_match.decode("latin-1").strip()
    return header == "*" or any(tag == str(version) for _, tag in _TAG.findall(header))


def not_modified(version: int) -> Answer:
    return Answer(304, headers=(etag(version),), media_type=None)


DECLARED = {"ETag": "The version of what the answer shows, for If-Match and If-None-Match."}
"""For `Route.answer_headers`."""
