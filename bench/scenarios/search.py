"""A word looked for in the messages of a large desk, by the console's own list."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from bench import messages, servers
from bench.desks import Engine, filled
from bench.lines import Bar, Line
from bench.parties import loaded
from bench.preload import MESSAGES_EACH
from bench.scenarios.scenario import Options, Parties, Scenario

CLIENTS = 8
QUERIES = {"rare": "order+{number}", "common": "thursday", "beginning": "promis"}
"""The number of one ticket; a word, and the beginning of one, that stand in every message."""
_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def _set_up(engine: Engine) -> Callable[[Options], AbstractContextManager[Parties]]:
    @contextmanager
    def set_up(options: Options) -> Iterator[Parties]:
        with ExitStack() as stack:
            desk = servers.desk(stack.enter_context(filled(engine, options.large)))
            at = stack.enter_context(desk)
            yield {
                kind: loaded(at, messages.searches(query.format(number=options.large // 2)), CLIENTS)
                for kind, query in QUERIES.items()
            }

    return set_up


def _lines(engine: Engine) -> Callable[[Options], tuple[Line, ...]]:
    def lines(options: Options) -> tuple[Line, ...]:
        said = options.large * MESSAGES_EACH
        return tuple(
            Line(
                what=f"search a word in {said:,} messages p99, {kind}, {_NAMES[engine]}, {CLIENTS} clients",
                ours=kind,
                unit="p99",
                goal=Bar(figure_at_most=200),
                stretch=Bar(figure_at_most=50),
            )
            for kind in QUERIES
        )

    return lines


SCENARIOS = (
    Scenario(name="search-sqlite", set_up=_set_up("sqlite"), lines=_lines("sqlite")),
    Scenario(name="search-postgres", set_up=_set_up("postgresql"), lines=_lines("postgresql")),
)
