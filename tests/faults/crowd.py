"""A crowd of clients that open tickets, and somebody beside them who asks the desk how it is."""

import asyncio
import http.client
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tests.faults.creators import Creator, Tally
from tests.faults.ledger import Ledger, read_postgres_ledger
from tests.serving import CONFIG, RunningDesk

LONGEST_STEP = 60.0
PROBE_SECONDS = 0.025


class Crowd:
    """Clients of one or several replicas, each beginning with another of them."""

    def __init__(self, replicas: Sequence[RunningDesk], size: int, named: str) -> None:
        self.tally = Tally()
        self._stop = asyncio.Event()
        urls = [replica.url for replica in replicas]
        clients = [
            Creator(urls[n % len(urls) :] + urls[: n % len(urls)], f"{named} {n}", self.tally) for n in range(size)
        ]
        self._tasks = [asyncio.create_task(client.work(self._stop)) for client in clients]

    async def until_acknowledged(self, more: int) -> float:
        """Wait for so many more tickets; returns the seconds it took."""
        began, wanted = time.monotonic(), len(self.tally.acknowledged) + more
        while len(self.tally.acknowledged) < wanted:
            assert time.monotonic() < began + LONGEST_STEP, "the clients get no answers"
            for task in self._tasks:
                if task.done():
                    task.result()
            await asyncio.sleep(0.002)
        return time.monotonic() - began

    async def finish(self) -> Tally:
        """Let every client end the ticket it is at."""
        self._stop.set()
        await asyncio.wait_for(asyncio.gather(*self._tasks), LONGEST_STEP)
        return self.tally

    def disperse(self) -> None:
        for task in self._tasks:
            task.cancel()


@asynccontextmanager
async def crowd_at(*replicas: RunningDesk, size: int, named: str = "client") -> AsyncIterator[Crowd]:
    crowd = Crowd(replicas, size, named)
    try:
        yield crowd
    finally:
        crowd.disperse()


async def settled(url: str, tally: Tally) -> Ledger:
    """Return the ledger of a database where nothing was done but open the tickets of `tally`; hold it to that."""
    ledger = await read_postgres_ledger(url)
    lost = [number for number, subject in tally.acknowledged.items() if ledger.subjects.get(number) != subject]
    assert lost == []
    assert ledger.subjects == tally.acknowledged, "a ticket nobody was told of, or one opened twice"
    assert set(ledger.faults().values()) == {0}, ledger.faults()
    return ledger


@dataclass
class Probe:
    """What one path answered: when, how, after how many seconds."""

    path: str
    seen: list[tuple[float, int, float]] = field(default_factory=list)

    def statuses(self) -> set[int]:
        return {status for _, status, _ in self.seen}

    def seconds_until(self, status: int, since: float) -> float:
        """Return how long after `since` it first answered with `status`."""
        return next(when for when, found, _ in self.seen if when >= since and found == status) - since

    def percentile(self, share: float) -> float:
        took = sorted(seconds for _, _, seconds in self.seen)
        return took[min(len(took) - 1, int(len(took) * share))]


@contextmanager
def probing(desk: RunningDesk, path: str) -> Iterator[Probe]:
    """Ask for `path` again and again from a thread: what the test itself does must not hold it up."""
    probe, stop = Probe(path), threading.Event()
    thread = threading.Thread(target=_probe, args=(desk.url, probe, stop))
    thread.start()
    try:
        yield probe
    finally:
        stop.set()
        thread.join()


def _probe(url: str, probe: Probe, stop: threading.Event) -> None:
    address = urlsplit(url)
    assert address.hostname is not None
    line = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
    while not stop.wait(PROBE_SECONDS):
        began = time.monotonic()
        line.request("GET", probe.path)
        answer = line.getresponse()
        answer.read()
        ended = time.monotonic()
        probe.seen.append((ended, answer.status, ended - began))
    line.close()


def replica(folder: Path, database_url: str) -> RunningDesk:
    return RunningDesk(folder, config=f'database_url = "{database_url}"\n{CONFIG}')


@asynccontextmanager
async def running(*desks: RunningDesk) -> AsyncIterator[None]:
    """Start the desks at once; they are killed in the end if they still run."""
    try:
        await asyncio.gather(*(asyncio.to_thread(desk.start) for desk in desks))
        yield
    finally:
        for desk in desks:
            await asyncio.to_thread(desk.kill)
