"""F8: the S3 server is killed while files are sent. What was acknowledged is there; what was refused left nothing."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.contracts.kinconecta import TICKETS, VOUCHER, files_of, key_of, on_disk, parts, refused, told
from tests.faults.limits import IS_ALONE, at_most
from tests.seaweed import ACCESS_KEY, SECRET_KEY, S3Server, running_s3
from tests.serving import RunningDesk

ROUNDS = 3 if IS_ALONE else 1
SENDERS = 4
LOAD = 40
"""Files acknowledged before each kill."""
GIVEN_UP_AFTER = at_most(10)
NO_PROGRAM = b"a file "
"""Random bytes alone could begin like one."""
BACK_WITHIN = 120.0
"""Seconds that SeaweedFS may take to write again; it needs some 20."""


@dataclass
class Sender:
    """Sends files to a ticket of its own, one after the other, each a different one."""

    client: httpx.AsyncClient
    ticket: dict[str, Any]
    acknowledged: dict[int, bytes] = field(default_factory=dict)
    refused: int = 0
    slowest: float = 0

    async def work(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            content = NO_PROGRAM + os.urandom(20_000)
            began = time.monotonic()
            files = parts("file", ("a.dat", content))
            answer = await self.client.post(files_of(self.ticket), files=files, headers=key_of(self.ticket))
            self.slowest = max(self.slowest, time.monotonic() - began)
            if answer.status_code == 201:
                self.acknowledged[answer.json()[0]["id"]] = content
            else:
                refused(answer, 503)
                self.refused += 1
            await asyncio.sleep(0.02)

    async def look(self) -> None:
        """See that the ticket has the files that were acknowledged, no others, and each of them whole."""
        rows = told(await self.client.get(files_of(self.ticket), headers=key_of(self.ticket)), 200)
        assert {row["id"] for row in rows} == self.acknowledged.keys()
        for row in rows:
            found = await self.client.get(row["fileUrl"], follow_redirects=True)
            assert found.content == self.acknowledged[row["id"]]


@pytest.mark.faults
async def test_s3_server_that_is_killed_costs_no_acknowledged_file_and_no_text(tmp_path: Path) -> None:
    with running_s3() as server:
        desk = await asyncio.to_thread(_desk(tmp_path, server).start)
        async with _senders(desk) as senders:
            for _ in range(ROUNDS):
                await _acknowledged(senders, LOAD)
                await asyncio.to_thread(server.kill)
                texts = await _texts_while_refused(desk, senders)
                started = time.monotonic()
                await asyncio.to_thread(server.start)
                await _acknowledged(senders, 1)
                gap = time.monotonic() - started
        async with _client(desk) as reader:
            for sender in senders:
                sender.client = reader
                await sender.look()
        assert on_disk(desk) == set()
        assert await asyncio.to_thread(desk.stop) == 0
    slowest = max(sender.slowest for sender in senders)
    print(
        f"\nF8: S3 server killed {ROUNDS} times, {SENDERS} senders: {sum(len(s.acknowledged) for s in senders)} files "
        f"acknowledged, 0 lost, {sum(s.refused for s in senders)} refused, 0 half; slowest answer {slowest:.1f} s; "
        f"{texts} tickets without files opened meanwhile; files again {gap:.1f} s after its last start"
    )
    assert slowest < GIVEN_UP_AFTER


@asynccontextmanager
async def _senders(desk: RunningDesk) -> AsyncIterator[list[Sender]]:
    """Send files until the block ends."""
    stop = asyncio.Event()
    async with _client(desk) as client:
        tickets = [told(await client.post(TICKETS, json=VOUCHER), 201) for _ in range(SENDERS)]
        senders = [Sender(client, ticket) for ticket in tickets]
        async with asyncio.TaskGroup() as sending:
            for sender in senders:
                sending.create_task(sender.work(stop))
            try:
                yield senders
            finally:
                stop.set()


async def _acknowledged(senders: list[Sender], more: int) -> None:
    wanted, deadline = _total(senders) + more, time.monotonic() + BACK_WITHIN
    while _total(senders) < wanted:
        assert time.monotonic() < deadline, "no file is taken"
        await asyncio.sleep(0.02)


def _total(senders: list[Sender]) -> int:
    return sum(len(sender.acknowledged) for sender in senders)


async def _texts_while_refused(desk: RunningDesk, senders: list[Sender]) -> int:
    """Open tickets without files until each sender was refused twice; returns how many."""
    wanted, opened = [sender.refused + 2 for sender in senders], 0
    async with _client(desk) as ana:
        while any(sender.refused < count for sender, count in zip(senders, wanted, strict=True)):
            told(await ana.post(TICKETS, json=VOUCHER), 201)
            opened += 1
            await asyncio.sleep(0.05)
    return opened


def _client(desk: RunningDesk) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=desk.url, timeout=60)


def _desk(folder: Path, server: S3Server) -> RunningDesk:
    given = {
        "STORE": f"s3://{server.new_bucket()}",
        "S3__ENDPOINT": server.endpoint,
        "S3__ACCESS_KEY_ID": ACCESS_KEY,
        "S3__SECRET_ACCESS_KEY": SECRET_KEY,
    }
    return RunningDesk(folder, environment={f"VENTANILLA_ATTACHMENTS__{name}": value for name, value in given.items()})
