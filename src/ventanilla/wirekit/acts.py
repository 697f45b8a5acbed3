"""What a route does that its operator must be able to look up later: who did it, when, from where (OWASP ASVS 16.3)."""

from enum import StrEnum


class Act(StrEnum):
    LOGIN = "login"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_DEACTIVATED = "account_deactivated"
    LOGOUT = "logout"
    SESSION_ENDED = "session_ended"
    PASSWORD_CHANGED = "password_changed"
    FIRST_ADMIN_MADE = "first_admin_made"
    INVITATION_MADE = "invitation_made"
    INVITATION_ACCEPTED = "invitation_accepted"
    RESET_MADE = "reset_made"
    RESET_ACCEPTED = "reset_accepted"
    KEY_ADDED = "key_added"
    KEY_ENDED = "key_ended"
    REFUSED = "refused"
    """Any other request that was answered with 401, 403 or 429."""
