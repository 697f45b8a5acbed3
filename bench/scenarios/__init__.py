"""What is measured: each scenario sets its parties up, and its lines say what is read from them."""

from bench.scenarios import console, growth, queue, running, search, tickets
from bench.scenarios.scenario import Scenario

SCENARIOS: tuple[Scenario, ...] = (
    *tickets.SCENARIOS,
    *queue.SCENARIOS,
    *console.SCENARIOS,
    *growth.SCENARIOS,
    *running.SCENARIOS,
    *search.SCENARIOS,
)
