"""Create, get and list on a large desk, against the same on a small one: the cost must not grow with the queue."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace

from bench import servers
from bench.desks import Engine, filled
from bench.lines import Bar, Line
from bench.parties import loaded
from bench.scenarios.scenario import Options, Parties, Scenario
from bench.scenarios.tickets import Requests, creates, gets, lists

_DEEDS: dict[str, Requests] = {"get": gets, "list": lists, "create": creates}
"""Reading comes first, before creating makes the desks larger."""
_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def _set_up(engine: Engine) -> Callable[[Options], AbstractContextManager[Parties]]:
    @contextmanager
    def set_up(options: Options) -> Iterator[Parties]:
        with ExitStack() as stack:
            large, small = (replace(options, tickets=tickets) for tickets in (options.large, options.small))
            desks = [
                (size, stack.enter_context(servers.desk(stack.enter_context(filled(engine, of.tickets)))), of)
                for size, of in (("large", large), ("small", small))
            ]
            yield {
                f"{deed}, {size}": loaded(desk, requests(of)[: _people(options)])
                for deed, requests in _DEEDS.items()
                for size, desk, of in desks
            }

    return set_up


def _people(options: Options) -> int:
    """Return how many people are active on either desk: as many as the small one has."""
    return len(creates(replace(options, tickets=options.small)))


def _lines(engine: Engine) -> Callable[[Options], tuple[Line, ...]]:
    def lines(options: Options) -> tuple[Line, ...]:
        return tuple(
            Line(
                what=f"{deed} at {options.large:,} tickets, {_NAMES[engine]}",
                against=f"at {options.small:,} tickets",
                ours=f"{deed}, large",
                theirs=f"{deed}, small",
                goal=Bar(ratio_at_least=0.8),
                stretch=Bar(ratio_at_least=0.95),
            )
            for deed in _DEEDS
        )

    return lines


SCENARIOS = (
    Scenario(name="growth-sqlite", set_up=_set_up("sqlite"), lines=_lines("sqlite")),
    Scenario(name="growth-postgres", set_up=_set_up("postgresql"), lines=_lines("postgresql")),
)
