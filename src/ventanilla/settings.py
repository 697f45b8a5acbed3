"""Every setting, typed, with its default; documented for operators in docs/settings.md.

A TOML file named by VENTANILLA_CONFIG (else `ventanilla.toml` in the working folder, if it is there); each key can be
overridden by the environment: VENTANILLA_DATA_DIR, VENTANILLA_RATE_LIMITS__ENABLED, …
"""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from ventanilla.core.sla import DEFAULT_HOURS
from ventanilla.core.words import Priority

PREFIX = "VENTANILLA_"
CONFIG_VARIABLE = "VENTANILLA_CONFIG"
DEFAULT_FILE = Path("ventanilla.toml")

Count = Annotated[int, Meta(ge=1, le=1_000_000_000)]
Hours = Annotated[int, Meta(ge=1, le=100_000)]

BLOCKED_EXTENSIONS = [
    *(
        ".apk",
        ".app",
        ".bat",
        ".bin",
        ".cmd",
        ".com",
        ".cpl",
        ".dll",
        ".dmg",
        ".exe",
        ".gadget",
        ".hta",
        ".inf",
        ".iso",
    ),
    *(".jar", ".js", ".jse", ".lnk", ".mjs", ".msc", ".msi", ".msp", ".php", ".pif", ".pl", ".ps1", ".psm1", ".py"),
    *(".rb", ".reg", ".scr", ".sh", ".so", ".vb", ".vbe", ".vbs", ".ws", ".wsc", ".wsf", ".wsh", ".xll"),
]


class RateLimitSettings(Struct, forbid_unknown_fields=True, frozen=True):
    """Requests that are let through: by one person, from one address, and public tickets from one address."""

    enabled: bool = True
    person_per_minute: Count = 600
    address_per_minute: Count = 600
    public_creates_per_minute: Count = 30
    login_failures_per_account: Count = 5
    login_failures_per_address: Count = 30
    lookup_failures_per_address: Count = 10
    lookup_failures_per_label: Count = 20


class KinconectaSettings(Struct, forbid_unknown_fields=True, frozen=True):
    public_read: bool = False


class ContractSettings(Struct, forbid_unknown_fields=True, frozen=True):
    enabled: list[str] | None = None
    """None: every contract there is."""


class AttachmentSettings(Struct, forbid_unknown_fields=True, frozen=True):
    max_bytes: Count = 25 * 1024 * 1024
    max_files: Count = 10
    blocked: list[str] = msgspec.field(default_factory=lambda: list(BLOCKED_EXTENSIONS))
    refuse_programs: bool = True


class IssuerSettings(Struct, forbid_unknown_fields=True, frozen=True):
    """A trusted issuer of tokens. Exactly one of the five key settings says where its keys come from."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    algorithm: Literal["HS256", "RS256", "ES256", "EdDSA"]
    issuer: str | None = None
    audience: str | None = None
    secret: str | None = None
    secret_file: str | None = None
    public_key_file: str | None = None
    jwks_file: str | None = None
    jwks_url: str | None = None
    claims: dict[str, str | list[str]] = {}
    staff_roles: list[str] | None = None
    require_expiry: bool = True
    email_verified: bool = False


class AuthSettings(Struct, forbid_unknown_fields=True, frozen=True):
    issuers: list[IssuerSettings] = []
    own_issuer: bool = True
    login_hours: Hours = 8


class SlaHours(Struct, forbid_unknown_fields=True, frozen=True):
    low: Hours = DEFAULT_HOURS[Priority.LOW]
    normal: Hours = DEFAULT_HOURS[Priority.NORMAL]
    high: Hours = DEFAULT_HOURS[Priority.HIGH]
    urgent: Hours = DEFAULT_HOURS[Priority.URGENT]
    critical: Hours = DEFAULT_HOURS[Priority.CRITICAL]


class SlaSettings(Struct, forbid_unknown_fields=True, frozen=True):
    hours: SlaHours = SlaHours()


class CorsSettings(Struct, forbid_unknown_fields=True, frozen=True):
    origins: list[str] = []


class LogSettings(Struct, forbid_unknown_fields=True, frozen=True):
    level: Literal["debug", "info", "warning", "error"] = "info"
    requests: bool = True


class Settings(Struct, forbid_unknown_fields=True, frozen=True):
    data_dir: str = "./data"
    database_url: str | None = None
    base_url: str = ""
    time_zone: str = "UTC"
    trusted_proxies: list[str] = []
    rate_limits: RateLimitSettings = RateLimitSettings()
    kinconecta: KinconectaSettings = KinconectaSettings()
    contracts: ContractSettings = ContractSettings()
    attachments: AttachmentSettings = AttachmentSettings()
    auth: AuthSettings = AuthSettings()
    sla: SlaSettings = SlaSettings()
    cors: CorsSettings = CorsSettings()
    logs: LogSettings = LogSettings()

    @property
    def database(self) -> str:
        """The database's address: what is set, or the SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{Path(self.data_dir) / 'desk.sqlite3'}"


class WrongSettings(Exception):
    """The settings cannot be used; the text names the line and what was expected."""


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of the file and the environment. Raises WrongSettings."""
    environment = os.environ if environment is None else environment
    path, text = _file(environment)
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongSettings(f"{path}: {error}") from error
    overridden = _override(tree, environment)
    try:
        return msgspec.convert(tree, Settings, strict=True)
    except msgspec.ValidationError as error:
        raise WrongSettings(_explain(str(error), path, text, overridden)) from error


def _file(environment: Mapping[str, str]) -> tuple[Path, str]:
    named = environment.get(CONFIG_VARIABLE)
    path = Path(named) if named else DEFAULT_FILE
    if not named and not path.exists():
        return path, ""
    try:
        return path, path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSettings(f"{path} cannot be read: {error}") from error


def _override(tree: dict[str, Any], environment: Mapping[str, str]) -> dict[str, str]:
    """Put the values of the environment into `tree`; returns which path came from which variable."""
    used: dict[str, str] = {}
    for variable, text in sorted(environment.items()):
        if not variable.startswith(PREFIX) or variable in (CONFIG_VARIABLE, *NOT_SETTINGS):
            continue
        *tables, key = variable.removeprefix(PREFIX).lower().split("__")
        table = tree
        for name in tables:
            table = table.setdefault(name, {})
            if not isinstance(table, dict):
                raise WrongSettings(f"{variable}: {name} is not a table")
        table[key] = _value(text)
        used[".".join([*tables, key])] = variable
    return used


NOT_SETTINGS = ("VENTANILLA_TEST_DATABASE_URL",)


def _value(text: str) -> Any:
    """Read a value as TOML would; what is none is text."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


_AT = re.compile(r" - at `\$\.?([^`]*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `([^`]+)`")


def _explain(fault: str, path: Path, text: str, overridden: Mapping[str, str]) -> str:
    at = _AT.search(fault)
    where = at[1] if at else ""
    message = _AT.sub("", fault)
    unknown = _UNKNOWN.search(message)
    if unknown:
        where = f"{where}.{unknown[1]}".lstrip(".")
        message = "there is no such setting (docs/settings.md lists them)"
    variable = overridden.get(where)
    if variable:
        return f"{variable}: {message}"
    line = _line_of(where, text)
    return f"{path}{f', line {line}' if line else ''}: {where}: {message}"


def _line_of(where: str, text: str) -> int | None:
    """Return the line on which the key of `auth.issuers[1].algorithm` stands, as near as it can be told."""
    *tables, key = re.sub(r"\[(?:\d+|\.\.\.)\]", "", where).split(".")
    position = re.search(r"\[(\d+)\]", where)
    wanted_table, nth = ".".join(tables), int(position[1]) if position else 0
    table, seen, fallback = "", -1, None
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[{1,2}\s*([^\]]+?)\s*\]{1,2}", line)
        if header and "=" not in line.partition("#")[0]:
            table = header[1]
            seen += table == wanted_table
            if table in (where, wanted_table):
                fallback = fallback or number
        elif re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", line) and table == wanted_table and seen in (nth, -1):
            return number
    return fallback
