"""Spans of requests that share a commit, on both engines, sent to a real collector."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send

from tests.actions.drafts import a_draft
from tests.conftest import Clock, context_of, database_file
from tests.people import ANA, BRUNO
from tests.telemetry.collector import ERROR, Collector, running_collector
from ventanilla.actions.opening import TicketDraft, open_ticket
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.core.people import Actor
from ventanilla.store.engines.postgres import PostgresDesk
from ventanilla.store.opening import open_sqlite
from ventanilla.telemetry.tracing import Tracing

pytestmark = pytest.mark.parametrize("engine", ["sqlite", "postgres"])


@dataclass
class Traced:
    """A desk behind the smallest of applications: a request opens a ticket, or does what `action` says."""

    tracing: Tracing
    desk: Desk

    async def requests(self, count: int) -> None:
        """Have several requests at once."""
        await asyncio.gather(*(self.request() for _ in range(count)))

    async def request(self, action: object = open_ticket, actor: Actor = ANA) -> None:
        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            await self.tracing.traced_desk(self.desk).write(action, actor, a_draft())  # type: ignore[arg-type]
            await send({"type": "http.response.start", "status": 204, "headers": []})

        scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
        await self.tracing.traced_app(app)(scope, _nothing, _nowhere)


@pytest.fixture
def collector() -> Iterator[Collector]:
    with running_collector() as collector:
        yield collector


@pytest.fixture
def traced(
    engine: str,
    collector: Collector,
    tmp_path: Path,
    clock: Clock,
    runner: asyncio.Runner,
    request: pytest.FixtureRequest,
) -> Iterator[Traced]:
    tracing = Tracing(f"{collector.url}/v1/traces")
    context = replace(context_of(clock), observer=tracing.commits)
    desk: Desk
    if engine == "sqlite":
        desk = open_sqlite(database_file(tmp_path), context)
    else:
        desk = PostgresDesk(request.getfixturevalue("postgres_url"), context)
    yield Traced(tracing, desk)
    runner.run(desk.close())


async def test_requests_that_share_a_commit_are_linked_to_it(traced: Traced, collector: Collector) -> None:
    await traced.requests(5)
    await traced.tracing.close()
    commit = collector.one("commit")
    assert commit.attributes == {"ventanilla.commit.actions": 5}
    writes = {write.id: write for write in collector.named("write opening.open_ticket")}
    assert {commit.parent, *commit.links} == set(writes)
    assert len({write.trace for write in writes.values()}) == 5
    assert commit.trace == writes[commit.parent].trace
    for linked in commit.links:
        assert writes[linked].links == (commit.id,)
        assert writes[linked].attributes["ventanilla.commit.actions"] == 5


async def test_later_request_does_not_join_an_earlier_one_s_trace(traced: Traced, collector: Collector) -> None:
    await traced.request()
    await traced.requests(2)
    await traced.desk.write(open_ticket, ANA, a_draft())
    await traced.tracing.close()
    requests = collector.named("POST")
    assert len({request.trace for request in requests}) == 3
    for request in requests:
        (write,) = collector.children(request)
        assert write.trace == request.trace
    assert sorted(commit.attributes["ventanilla.commit.actions"] for commit in collector.named("commit")) == [1, 2]


async def open_and_break(tx: Transaction, actor: Actor, draft: TicketDraft) -> None:
    await open_ticket(tx, actor, draft)
    raise ZeroDivisionError("what-somebody-wrote")


async def test_action_that_breaks_is_an_error_of_its_own_transaction(traced: Traced, collector: Collector) -> None:
    async def breaking() -> None:
        with pytest.raises(ZeroDivisionError):
            await traced.request(open_and_break, BRUNO)

    await asyncio.gather(traced.request(), breaking())
    await traced.tracing.close()
    failed = collector.one("write test_commit_spans.open_and_break")
    assert (failed.status, failed.attributes["error.type"]) == (ERROR, "ZeroDivisionError")
    assert collector.one("write opening.open_ticket").status == 0
    assert b"what-somebody-wrote" not in b"".join(collector.bodies)


async def _nothing() -> Message:
    raise AssertionError("no request here has a body")


async def _nowhere(message: Message) -> None:
    """Nobody listens."""
