"""Every setting, typed, with its default; documented for operators in docs/settings.md."""

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from ventanilla.core.sla import DEFAULT_HOURS
from ventanilla.core.words import Priority

Count = Annotated[int, Meta(ge=1, le=1_000_000_000)]
Hours = Annotated[int, Meta(ge=1, le=100_000)]

# fmt: off
BLOCKED_EXTENSIONS = [
    ".apk", ".app", ".bat", ".bin", ".cmd", ".com", ".cpl", ".dll", ".dmg",
    ".exe", ".gadget", ".hta", ".inf", ".iso", ".jar", ".js", ".jse", ".lnk", ".mjs",
    ".msc", ".msi", ".msp", ".php", ".pif", ".pl", ".ps1", ".psm1", ".py",
    ".rb", ".reg", ".scr", ".sh", ".so", ".vb", ".vbe", ".vbs", ".ws", ".wsc", ".wsf", ".wsh",
    ".xll",
]
# fmt: on


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


class S3Settings(Struct, forbid_unknown_fields=True, frozen=True):
    """What is left blank is taken from the usual AWS_* variables."""

    endpoint: str = ""
    public_endpoint: str = ""
    region: str = ""
    access_key_id: str = ""
    secret_access_key: str = ""
    path_style: bool = True


class AttachmentSettings(Struct, forbid_unknown_fields=True, frozen=True):
    store: str = ""
    """`s3://bucket/prefix`; blank: a folder in `data_dir`."""
    downloads: Literal["redirect", "proxy"] = "redirect"
    max_bytes: Count = 25 * 1024 * 1024
    max_files: Count = 10
    blocked: list[str] = msgspec.field(default_factory=lambda: list(BLOCKED_EXTENSIONS))
    refuse_programs: bool = True
    s3: S3Settings = S3Settings()


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


class SessionSettings(Struct, forbid_unknown_fields=True, frozen=True):
    idle_hours: Hours = 12
    life_hours: Hours = 14 * 24


class SlaHours(Struct, forbid_unknown_fields=True, frozen=True):
    low: Hours = DEFAULT_HOURS[Priority.LOW]
    normal: Hours = DEFAULT_HOURS[Priority.NORMAL]
    high: Hours = DEFAULT_HOURS[Priority.HIGH]
    urgent: Hours = DEFAULT_HOURS[Priority.URGENT]
    critical: Hours = DEFAULT_HOURS[Priority.CRITICAL]


class SlaSettings(Struct, forbid_unknown_fields=True, frozen=True):
    hours: SlaHours = SlaHours()
    warning_minutes: Annotated[int, Meta(ge=1, le=100_000)] = 30


class CorsSettings(Struct, forbid_unknown_fields=True, frozen=True):
    origins: list[str] = []


class LogSettings(Struct, forbid_unknown_fields=True, frozen=True):
    format: Literal["json", "text"] = "json"
    level: Literal["debug", "info", "warning", "error"] = "info"
    requests: bool = True


class MetricsSettings(Struct, forbid_unknown_fields=True, frozen=True):
    host: str = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65_535)] = 0
    """0: no metrics."""


class TraceSettings(Struct, forbid_unknown_fields=True, frozen=True):
    endpoint: str = ""
    """The address of a collector (OTLP/HTTP); blank: that of OTEL_EXPORTER_OTLP_ENDPOINT, or no traces."""


class Settings(Struct, forbid_unknown_fields=True, frozen=True):
    name: Annotated[str, Meta(min_length=1, max_length=100)] = "Ventanilla"
    data_dir: str = "./data"
    database_url: str | None = None
    database_pooled: bool = False
    base_url: str = ""
    time_zone: str = "UTC"
    trusted_proxies: list[str] = []
    rate_limits: RateLimitSettings = RateLimitSettings()
    kinconecta: KinconectaSettings = KinconectaSettings()
    contracts: ContractSettings = ContractSettings()
    attachments: AttachmentSettings = AttachmentSettings()
    auth: AuthSettings = AuthSettings()
    sessions: SessionSettings = SessionSettings()
    sla: SlaSettings = SlaSettings()
    cors: CorsSettings = CorsSettings()
    logs: LogSettings = LogSettings()
    metrics: MetricsSettings = MetricsSettings()
    traces: TraceSettings = TraceSettings()

    @property
    def database(self) -> str:
        """The database's address: what is set, or the SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{Path(self.data_dir) / 'desk.sqlite3'}"
