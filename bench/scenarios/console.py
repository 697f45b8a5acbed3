"""The console in a browser, on a large desk."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from bench import browser, clerk, servers
from bench.desks import filled
from bench.lines import Bar, Line
from bench.scenarios.scenario import Options, Parties, Scenario


@contextmanager
def _set_up(options: Options) -> Iterator[Parties]:
    with ExitStack() as stack:
        path = browser.find()
        at = stack.enter_context(filled("sqlite", options.tickets))
        invitation = clerk.invite(at)
        desk = stack.enter_context(servers.desk(at))
        session = clerk.sign_in(desk, invitation)
        chromium = stack.enter_context(browser.chromium(path))
        yield {"ours": browser.looking(chromium, desk, session, options.tickets)}


def _lines(options: Options) -> tuple[Line, ...]:
    where = f"console, {options.tickets:,} open tickets"
    return (
        Line(what="console: scripts of the first load, gzip", unit="kilobytes", goal=Bar(figure_at_most=250)),
        Line(what=f"{where}: first rows, empty cache", unit="seconds", goal=Bar(figure_at_most=1)),
        Line(what=f"{where}: rows scrolled through", unit="reached"),
        Line(what=f"{where}: 95 of 100 frames meanwhile", unit="frame"),
        Line(what=f"{where}: most rows in the page", unit="rows", goal=Bar(figure_at_most=60)),
    )


SCENARIOS = (Scenario(name="console", set_up=_set_up, lines=_lines),)
