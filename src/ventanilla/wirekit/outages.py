"""What the log tells while the store is away or full: at most a line a second, however many ask."""

import logging
from time import monotonic

from ventanilla.core.errors import StoreUnavailable

SECONDS = 1.0

logger = logging.getLogger("ventanilla.store")


class OutageLog:
    """Tells why the store does not do what was asked."""

    def __init__(self) -> None:
        self._silent_until = 0.0

    def note(self, error: StoreUnavailable) -> None:
        now = monotonic()
        if now >= self._silent_until:
            self._silent_until = now + SECONDS
            logger.error("the store is not available: %s", error.detail or type(error).__name__)
