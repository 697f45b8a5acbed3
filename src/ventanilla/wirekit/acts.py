"""What a route does that its operator must be able to look up later: who did it, when, from where (OWASP ASVS 16.3)."""

from enum import StrEnum


class Act(StrEnum):
    LOGIN = "login"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_DEACTIVATED = "account_deactivated"
    REFUSED = "refused"
    """Any other request that was answered with 401, 403 or 429."""
