"""What a value may be, beyond its type, and how a wrong one is explained."""

import re
import zoneinfo
from collections.abc import Iterator, Sequence
from functools import cache
from ipaddress import ip_network
from urllib.parse import urlsplit

from msgspec import inspect

from ventanilla.settings.shape import AttachmentSettings, S3Settings, Settings

_AT = re.compile(r" - at `(?:key in )?\$\.?([^`]*)`$")
# What every S3 server takes: names of buckets as AWS has them, and plain characters after them.
_S3_ADDRESS = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[\w!'()-][\w.!'()-]*)*", re.ASCII)
_UNKNOWN = re.compile(r"Object contains unknown field `([^`]+)`")
_MISSING = re.compile(r"Object missing required field `([^`]+)`")
_KINDS = {
    "array": 'a list like ["a", "b"]',
    "bool": "true or false",
    "float": "a fraction",
    "int": "a whole number",
    "object": "a table",
    "str": "text",
    "null": "",
}
_EXPECTED = re.compile(r"Expected `([^`]+)`(.*?)(?:, got `([^`]+)`)?$")


def explain(fault: str) -> tuple[str, str]:
    """Return the path of the setting that msgspec found wrong, and a sentence about it."""
    at = _AT.search(fault)
    where, message = at[1] if at else "", _AT.sub("", fault)
    if unknown := _UNKNOWN.match(message):
        return f"{where}.{unknown[1]}".lstrip("."), "there is no such setting (docs/settings.md lists them)"
    if missing := _MISSING.match(message):
        return where, f"{missing[1]} is missing"
    if words := _words(_names(where)):
        return where, f"expected one of {', '.join(words)}"
    if expected := _EXPECTED.match(message):
        kinds = [_KINDS.get(kind, kind) for kind in expected[1].split(" | ")]
        got = f", got {_KINDS.get(expected[3], expected[3])}" if expected[3] else ""
        return where, f"expected {' or '.join(kind for kind in kinds if kind)}{expected[2]}{got}"
    return where, message


def is_text(path: Sequence[str]) -> bool:
    """Tell whether the setting at this path is text, which stands in the environment as it is."""
    kind = _kind(path)
    return isinstance(kind, inspect.StrType | inspect.LiteralType)


def faults(found: Settings) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with values whose type is right: path and sentence."""
    if not found.data_dir:
        yield "data_dir", "expected a folder"
    if not _is_zone(found.time_zone):
        yield "time_zone", f"{found.time_zone!r} is no time zone; write it like Europe/Madrid"
    for number, proxy in enumerate(found.trusted_proxies):
        if not _is_network(proxy):
            yield f"trusted_proxies[{number}]", f"{proxy!r} is no address or network; write it like 10.0.0.0/8"
    for number, extension in enumerate(found.attachments.blocked):
        if not extension.startswith("."):
            yield f"attachments.blocked[{number}]", f"{extension!r} does not begin with a dot; write it like .exe"
    yield from _address_faults(found)
    yield from _store_faults(found.attachments)


def _address_faults(found: Settings) -> Iterator[tuple[str, str]]:
    if found.base_url and not is_origin(found.base_url, path=True):
        yield "base_url", "expected an address like https://desk.example.com, without a slash at its end"
    for number, origin in enumerate(found.cors.origins):
        if origin != "*" and not is_origin(origin, path=False):
            yield f"cors.origins[{number}]", f"{origin!r} is no origin; write it like https://app.example.com"
    if found.traces.endpoint and not is_origin(found.traces.endpoint, path=True):
        yield "traces.endpoint", "expected an address like http://127.0.0.1:4318, without a slash at its end"


def _store_faults(found: AttachmentSettings) -> Iterator[tuple[str, str]]:
    if found.store and not _S3_ADDRESS.fullmatch(found.store):
        yield "attachments.store", "expected an address like s3://bucket/prefix, without a slash at its end"
    for name in ("endpoint", "public_endpoint"):
        address = getattr(found.s3, name)
        if address and not is_origin(address, path=False):
            yield f"attachments.s3.{name}", "expected an address like https://s3.example.com, without a path"
    if bool(found.s3.access_key_id) != bool(found.s3.secret_access_key):
        missing = "secret_access_key" if found.s3.access_key_id else "access_key_id"
        yield "attachments.s3", f"{missing} is missing: set both, or neither to take AWS_ACCESS_KEY_ID and its like"
    if not found.store and found.s3 != S3Settings():
        yield "attachments.s3", 'is for files in a bucket: set attachments.store = "s3://bucket" too, or leave this out'


def is_origin(text: str, *, path: bool) -> bool:
    """Tell whether this is `https://host:port`, and with `path` perhaps more; never with a slash at its end."""
    try:
        parts = urlsplit(text)
        port_is_good = parts.port is None or parts.port > 0
    except ValueError:
        return False
    bare = not parts.query and not parts.fragment and parts.username is None and (path or not parts.path)
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and port_is_good
        and bare
        and text.isprintable()
        and " " not in text
        and not text.endswith(("/", "?", "#"))
    )


def _is_zone(name: str) -> bool:
    try:
        return name == "UTC" or bool(zoneinfo.ZoneInfo(name))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _is_network(text: str) -> bool:
    if text == "*":
        return True
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def _words(path: Sequence[str]) -> tuple[str, ...]:
    kind = _kind(path)
    return tuple(str(value) for value in kind.values) if isinstance(kind, inspect.LiteralType) else ()


def _names(where: str) -> Sequence[str]:
    return re.sub(r"\[[^\]]*\]", "", where).split(".")


@cache
def _root() -> inspect.Type:
    return inspect.type_info(Settings)


def _kind(path: Sequence[str]) -> inspect.Type | None:
    """Return the type of the setting at a path; None where there is none."""
    kind: inspect.Type | None = _root()
    for name in path:
        kind = _field(_bare(kind), name)
    return _bare(kind)


def _field(kind: inspect.Type | None, name: str) -> inspect.Type | None:
    if isinstance(kind, inspect.ListType):
        kind = kind.item_type
    if not isinstance(kind, inspect.StructType):
        return None
    return next((field.type for field in kind.fields if field.encode_name == name), None)


def _bare(kind: inspect.Type | None) -> inspect.Type | None:
    """Return the type without "or nothing"."""
    if isinstance(kind, inspect.Metadata):
        return _bare(kind.type)
    if isinstance(kind, inspect.UnionType):
        (kind, *others) = (one for one in kind.types if not isinstance(one, inspect.NoneType))
        return None if others else kind
    return kind
