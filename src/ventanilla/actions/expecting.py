"""Changing only what the caller has seen."""

from ventanilla.core.errors import Stale

Expected = frozenset[int] | None
"""The versions that a change is meant for; None is any version."""


def require_current(version: int, expected: Expected) -> None:
    """Raise Stale unless `version` is one of those that the caller means to change."""
    if expected is not None and version not in expected:
        raise Stale
