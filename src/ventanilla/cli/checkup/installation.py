"""The installation without its data: settings, folder, libraries, clock, addresses."""

import os
import shutil
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

from ventanilla import app, issuers
from ventanilla.cli import logins
from ventanilla.cli.checkup.findings import Finding, ok, warning, wrong
from ventanilla.settings import Settings, WrongSettings
from ventanilla.store.opening import CannotOpen, refuse_unsound_sqlite

LEAST_FREE = 200 * 1024 * 1024
SCARCE_FREE = 2 * 1024 * 1024 * 1024
_RELEASED = datetime(2026, 1, 1, tzinfo=UTC)
_SOME_ZONE = "Europe/Madrid"


def examine(found: Settings, host: str) -> Iterator[Finding]:
    yield _settings(found)
    yield _sqlite()
    yield _time_zones(found)
    yield _clock()
    yield _folder(Path(found.data_dir))
    yield _space(Path(found.data_dir))
    yield from _addresses(found, host)
    yield from _openness(found, host)


def _settings(found: Settings) -> Finding:
    try:
        issuers.rules(found.auth)
        contracts = app.enabled_contracts(found)
    except WrongSettings as error:
        return wrong("settings", str(error), "correct this setting; docs/settings.md lists all of them")
    return ok("settings", f"readable; contracts: {', '.join(contract.name for contract in contracts)}")


def _sqlite() -> Finding:
    try:
        refuse_unsound_sqlite()
    except CannotOpen as error:
        return wrong("SQLite", str(error), "pip install --upgrade apsw")
    return ok("SQLite", "this version is sound")


def _time_zones(found: Settings) -> Finding:
    name = found.time_zone if found.time_zone != "UTC" else _SOME_ZONE
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return wrong("time zone", f"there are no data for {name}", "check `time_zone`; pip install --upgrade tzdata")
    return ok("time zone", found.time_zone)


def _clock() -> Finding:
    now = datetime.now(UTC)
    if now < _RELEASED:
        return wrong("clock", f"this machine believes it is {now:%Y-%m-%d}", "set the clock; run an NTP client")
    return ok("clock", f"{now:%Y-%m-%d %H:%M} UTC")


def _folder(folder: Path) -> Finding:
    existing = _existing(folder)
    if not existing.is_dir():
        return wrong("data_dir", f"{existing} is not a folder", "move that file away, or set `data_dir`")
    if not os.access(existing, os.W_OK | os.X_OK):
        return wrong(
            "data_dir",
            f"user {os.geteuid()} may not write to {existing}",
            f"chown it to the user that runs Ventanilla: chown -R {os.geteuid()} {existing}",
        )
    return ok("data_dir", f"{folder.resolve()} can be written")


def _space(folder: Path) -> Finding:
    free = shutil.disk_usage(_existing(folder)).free
    what = f"{free / 1024**3:.1f} GiB free"
    if free < LEAST_FREE:
        return wrong("space", what, f"make room on the disk of {folder}: no ticket is accepted once it is full")
    if free < SCARCE_FREE:
        return warning("space", what, f"make room on the disk of {folder} soon")
    return ok("space", what)


def _existing(folder: Path) -> Path:
    """Return the folder, or its nearest parent that is there: the first start makes the rest."""
    return next(one for one in (folder, *folder.absolute().parents) if one.exists())


def _addresses(found: Settings, host: str) -> Iterator[Finding]:
    public = not _is_local(host) or bool(found.trusted_proxies)
    if public and not found.base_url:
        yield warning(
            "base_url",
            "is not set, so links to files name the address that the desk listens on",
            'set it to the address that clients use: base_url = "https://desk.example.com"',
        )
    else:
        yield ok("base_url", found.base_url or "not set; the desk is served on this machine alone")


def _openness(found: Settings, host: str) -> Iterator[Finding]:
    if found.kinconecta.public_read:
        yield warning(
            "public_read",
            "anybody who reaches the desk can read every ticket, with names and addresses, without a token",
            "set kinconecta.public_read = false unless the network is closed",
        )
    if logins.password(Path(found.data_dir)) and not _is_local(host):
        yield warning(
            "demo",
            f"the sample staff can log in with the password in {logins.FILE_NAME}",
            "deactivate the sample accounts, or serve a desk without samples",
        )


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
