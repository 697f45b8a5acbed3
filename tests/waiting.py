"""Waiting for a good moment, where the desk counts by the clock of the wall."""

import time


def leave_the_end_of(period: float, margin: float) -> None:
    """Wait for the next period when this one is over in less than `margin`; all in seconds."""
    left = period - time.time() % period
    if left < margin:
        time.sleep(left)
