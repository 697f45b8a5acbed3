"""A desk, a real Chromium and a page that fails its test when anything goes wrong behind the scenes."""

import contextlib
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import chromium, people, tickets
from tests.browser.tickets import Requester
from tests.browser.watching import Watch
from tests.serving import RunningDesk

HERE = Path(__file__).parent
PATIENCE_MS = 60_000
"""For whatever a test waits for: two busy cores must not decide it."""

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
)

LEISURE = """(() => {
  const later = window.setTimeout
  window.setTimeout = (act, ms, ...rest) => later(act, ms >= 6_000 && ms <= 12_000 ? ms * 6 : ms, ...rest)
})()"""
"""What a person has ten seconds for (undo, send now, try again) stays a minute: two busy cores must not miss it."""

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try a test of the browser that fails once more; the summary tells (docs/decisions/0014)."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Give a second try a desk and a browser of its own: what the first one left may be half done or dead."""
    if getattr(item, "execution_count", 1) == 1 or not isinstance(item, pytest.Function):
        return
    for fixture in chain(*item._fixtureinfo.name2fixturedefs.values()):
        if fixture.scope == "module":
            with contextlib.suppress(Exception):
                fixture.finish(item._request)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """One server on an empty SQLite desk for all tests of a file."""
    running = RunningDesk(tmp_path_factory.mktemp("desk")).start()
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def settled(server: RunningDesk) -> RunningDesk:
    """The server, with Alicia as its first admin."""
    people.set_up(server)
    return server


@pytest.fixture(scope="module")
def staff(settled: RunningDesk) -> Iterator[httpx.Client]:
    """The API, as Alicia uses it beside the browser."""
    with tickets.staff(settled) as client:
        yield client


@pytest.fixture(scope="module")
def crew(settled: RunningDesk) -> RunningDesk:
    """The desk with Marta, an agent, and Leo, a light agent."""
    tickets.join(settled, people.MARTA)
    tickets.join(settled, people.LEO, "light_agent")
    return settled


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Not for the whole session: its event loop would be in the way of the asynchronous tests of other files.
    path = chromium.find()
    assert path is not None, chromium.ADVICE
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser, server: RunningDesk) -> Iterator[OpenPage]:
    """Open a page of a browser of its own: nothing is shared but the desk. The keywords are those of a context.

    Nothing fades or slides, unless a test wants to see it: a movement is time, and a state between two others.
    """
    watches: list[Watch] = []

    def open_page(**options: object) -> Page:
        usual = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB", "reduced_motion": "reduce"}
        wanted = {**usual, **options}
        context = browser.new_context(base_url=server.url, **wanted)  # type: ignore[arg-type]
        context.add_init_script(LEISURE)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        watches.append(Watch(page, server.url))
        return page

    yield open_page
    for watch in watches:
        watch.page.context.close()
    assert [wrong for watch in watches for wrong in watch.wrong] == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


@pytest.fixture
def ana(settled: RunningDesk) -> Iterator[Requester]:
    ana = Requester(settled)
    yield ana
    ana.client.close()
