"""How long something may take: what the design promises where a test has the machine to itself, as in `make faults`."""

import os

IS_ALONE = "VENTANILLA_FAULT_ROUNDS" in os.environ
BESIDE_OTHERS = 60.0


def at_most(seconds: float) -> float:
    """Return the limit; beside other tests, where the cores are busy, time decides nothing but that nobody hangs."""
    return seconds if IS_ALONE else max(seconds, BESIDE_OTHERS)
