"""The operator's settings.

A TOML file named by VENTANILLA_CONFIG (else `ventanilla.toml` in the working folder, if it is there); each key can be
overridden by the environment: VENTANILLA_DATA_DIR, VENTANILLA_RATE_LIMITS__ENABLED, …
"""

import os
from collections.abc import Mapping

import msgspec

from ventanilla.settings import source, values
from ventanilla.settings.shape import AttachmentSettings as AttachmentSettings
from ventanilla.settings.shape import AuthSettings as AuthSettings
from ventanilla.settings.shape import IssuerSettings as IssuerSettings
from ventanilla.settings.shape import RateLimitSettings as RateLimitSettings
from ventanilla.settings.shape import Settings as Settings
from ventanilla.settings.source import WrongSettings as WrongSettings
from ventanilla.settings.values import is_origin as is_origin


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of the file and the environment. Raises WrongSettings."""
    given = source.read(os.environ if environment is None else environment)
    try:
        found = msgspec.convert(given.tree, Settings, strict=True)
    except msgspec.ValidationError as error:
        where, message = values.explain(str(error))
        raise WrongSettings(given.located(where, message)) from error
    for where, message in values.faults(found):
        raise WrongSettings(given.located(where, message))
    return found


def wrong(where: str, message: str) -> WrongSettings:
    """Return the error for a setting that only its user can find wrong; it names the line or variable of `where`.

    `where` is a path like `contracts.enabled` or `auth.issuers[0].secret`.
    """
    try:
        return WrongSettings(source.read(os.environ).located(where, message))
    except WrongSettings:
        return WrongSettings(f"{where}: {message}")
