"""Who watches the desk, from settings: logs, metrics, traces. What is not wanted is not even imported."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ventanilla.settings import Settings, WrongSettings, wrong
from ventanilla.store.transaction import CommitObserver
from ventanilla.wirekit.log_lines import RENDERS, LogLines
from ventanilla.wirekit.logs import RequestLog
from ventanilla.wirekit.security_log import SecurityLog

if TYPE_CHECKING:
    from ventanilla.telemetry.metrics import Metrics
    from ventanilla.telemetry.tracing import Tracing

TRACES_PATH = "/v1/traces"
"""Where a collector takes spans over OTLP/HTTP, below its address."""

SPOKEN_PROTOCOL = "http/protobuf"
_TRACES_PACKAGES = ("opentelemetry.sdk.trace", "opentelemetry.exporter.otlp.proto.http")
_ENDPOINT_VARIABLES = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_PROTOCOL_VARIABLES = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")


@dataclass(frozen=True, slots=True)
class Observers:
    """Those who watch one desk; `requests` as `wirekit.services.Services` takes them."""

    metrics: "Metrics | None"
    tracing: "Tracing | None"
    requests: tuple[Callable[..., None], ...]

    @property
    def commits(self) -> CommitObserver:
        """All who want to be told of commits, as one."""
        return _CommitObservers(one for one in (self.metrics, self.tracing and self.tracing.commits) if one)


def observers(settings: Settings, environment: Mapping[str, str] = os.environ) -> Observers:
    """Return the observers that the settings ask for. Raises WrongSettings."""
    lines = LogLines(RENDERS[settings.logs.format])
    log = RequestLog(lines) if settings.logs.requests else None
    metrics, tracing = _metrics(settings), _tracing(settings, environment)
    told = (log, SecurityLog(lines), metrics and metrics.answered, tracing and tracing.requests.answered)
    return Observers(metrics, tracing, tuple(one for one in told if one))


def together(*several: CommitObserver) -> CommitObserver:
    """Return several observers as one."""
    return _CommitObservers(several)


class _CommitObservers(tuple[CommitObserver, ...]):
    """Several as one."""

    __slots__ = ()

    def began(self, actions: int) -> None:
        for observer in self:
            observer.began(actions)

    def committed(self, actions: int, seconds: float) -> None:
        for observer in self:
            observer.committed(actions, seconds)

    def failed(self, actions: int) -> None:
        for observer in self:
            observer.failed(actions)


def _metrics(settings: Settings) -> "Metrics | None":
    if not settings.metrics.port:
        return None
    from ventanilla.telemetry.metrics import Metrics

    return Metrics()


def _tracing(settings: Settings, environment: Mapping[str, str]) -> "Tracing | None":
    endpoint = traces_endpoint(settings, environment)
    if endpoint is None:
        return None
    from ventanilla.telemetry.tracing import Tracing

    return Tracing(endpoint)


def traces_endpoint(settings: Settings, environment: Mapping[str, str] = os.environ) -> str | None:
    """Return the full address that spans are sent to, None when traces are off. Raises WrongSettings."""
    if environment.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return None
    if settings.traces.endpoint:
        _require_packages(lambda message: wrong("traces.endpoint", message))
        return settings.traces.endpoint + TRACES_PATH
    variable = _first_set(_ENDPOINT_VARIABLES, environment)
    if variable is None or environment.get("OTEL_TRACES_EXPORTER", "").strip() == "none":
        return None
    _check_variables(variable, environment)
    _require_packages(lambda message: WrongSettings(f"{variable}: {message}"))
    is_full = variable == _ENDPOINT_VARIABLES[0]
    return environment[variable] if is_full else environment[variable].removesuffix("/") + TRACES_PATH


def _require_packages(refusal: Callable[[str], WrongSettings]) -> None:
    if not all(_is_installed(package) for package in _TRACES_PACKAGES):
        raise refusal("traces need packages that are not installed: pip install 'ventanilla[traces]'")


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:  # of a package around it
        return False


def _check_variables(endpoint: str, environment: Mapping[str, str]) -> None:
    """Refuse what the exporter would only fail at later, span by span."""
    if not _is_address(environment[endpoint]):
        raise WrongSettings(f"{endpoint}: expected an address like http://127.0.0.1:4318")
    protocol = _first_set(_PROTOCOL_VARIABLES, environment)
    if protocol and environment[protocol].strip() != SPOKEN_PROTOCOL:
        raise WrongSettings(f"{protocol}: traces are sent by {SPOKEN_PROTOCOL} alone; OTEL_TRACES_EXPORTER=none: not")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _first_set(variables: tuple[str, ...], environment: Mapping[str, str]) -> str | None:
    return next((name for name in variables if environment.get(name)), None)
