"""The console's queue on a large desk, as a signed-in browser asks for it: pages with filters, and sidebar counts."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from itertools import chain

from bench import clerk, messages, servers
from bench.desks import Engine, filled
from bench.lines import Bar, Line
from bench.parties import loaded
from bench.scenarios.scenario import Options, Parties, Scenario

CLIENTS = 8
PAGE = "view=all-open&limit=60"
"""What the console opens with."""
FILTERS = (
    *("", "&sort=due", "&sort=-priority", "&query=area:Redes", "&query=area:Redes+category:payment"),
    *("&query=assignee:none", "&query=assignee:me", "&query=priority:normal+created%3C30d", "&query=is:unread"),
    *("&query=-tag:vip", "&query=channel:mobile+-area:Legal", "&query=status:open+updated%3C2025-06-01&sort=-created"),
)
NOTHING = "&query=category:nothing"
"""What no ticket meets: every open one is looked at."""
GOAL = Bar(figure_at_most=50)
STRETCH = Bar(figure_at_most=20)
_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def _set_up(engine: Engine) -> Callable[[Options], AbstractContextManager[Parties]]:
    @contextmanager
    def set_up(options: Options) -> Iterator[Parties]:
        with ExitStack() as stack:
            at = stack.enter_context(filled(engine, options.tickets))
            invitation = clerk.invite(at)
            desk = stack.enter_context(servers.desk(at))
            session = clerk.sign_in(desk, invitation)
            pages = [messages.signed_in(f"{messages.DESK}?{PAGE}{filtered}", session) for filtered in FILTERS]
            nothing = [messages.signed_in(f"{messages.DESK}?{PAGE}{NOTHING}", session)]
            counts = [messages.signed_in(messages.COUNTS, session)]
            # Whoever looks at a page looks at the sidebar beside it.
            both = list(chain.from_iterable(zip(pages, counts * len(pages), strict=True)))
            yield {
                "view": loaded(desk, both, CLIENTS),
                "pages": loaded(desk, pages, CLIENTS),
                "counts": loaded(desk, counts, CLIENTS),
                "nothing": loaded(desk, nothing, CLIENTS),
            }

    return set_up


def _lines(engine: Engine) -> Callable[[Options], tuple[Line, ...]]:
    def lines(options: Options) -> tuple[Line, ...]:
        where = f"{options.tickets:,} open tickets, {_NAMES[engine]}, {CLIENTS} clients"
        return (
            Line(
                what=f"queue view with filters and counts p99, {where}",
                ours="view",
                unit="p99",
                goal=GOAL,
                stretch=STRETCH,
            ),
            Line(what=f"its pages of 60 alone p99, {where}", ours="pages", unit="p99", goal=GOAL, stretch=STRETCH),
            Line(what=f"its counts alone p99, {where}", ours="counts", unit="p99", goal=GOAL, stretch=STRETCH),
            Line(what=f"a filter that nothing meets p99, {where}", ours="nothing", unit="p99"),
        )

    return lines


SCENARIOS = (
    Scenario(name="queue-sqlite", set_up=_set_up("sqlite"), lines=_lines("sqlite")),
    Scenario(name="queue-postgres", set_up=_set_up("postgresql"), lines=_lines("postgresql")),
)
