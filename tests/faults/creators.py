"""Clients that open tickets without rest, through whatever happens to the desk."""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from urllib.parse import urlsplit
from uuid import uuid4

from tests.edges.line import CRASH, USER, request
from tests.serving import token

PAUSE = 0.01
"""Seconds before a client knocks again at a desk that is not there."""
COME_AGAIN = 0.2
"""Seconds before a client comes again to a desk that is there and cannot help: sooner than it is asked to."""
LONGEST_ANSWER = 30.0


@dataclass
class Tally:
    """What all clients of a run have seen together."""

    acknowledged: dict[int, str] = field(default_factory=dict)
    """Subject by id."""
    sent: int = 0
    unanswered: int = 0
    replayed: int = 0
    unavailable: int = 0
    """Answers that said to come again later."""
    slowest: float = 0.0
    """Seconds until the answer that took longest, whatever it said."""
    last_acknowledged: float = 0.0
    """When, by the monotonic clock."""


class Creator:
    """One client: it opens one ticket after the other, and sends each again under its key until it is told its id.

    Of several addresses of one desk it stays with one until that fails, then goes on to the next.
    """

    def __init__(self, urls: Sequence[str], name: str, tally: Tally) -> None:
        self._addresses = cycle([urlsplit(url) for url in urls])
        self._address = next(self._addresses)
        self._name = name
        self._token = token(name, name=name.title())
        self._tally = tally
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def work(self, stop: asyncio.Event) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            subject = f"{self._name} {number}"
            self._note(subject, await self._until_answered(subject))
        self._hang_up()

    def _note(self, subject: str, answer: tuple[int, Mapping[str, str], bytes]) -> None:
        status, headers, body = answer
        assert status == 201, body
        opened = json.loads(body)["data"]
        assert opened["subject"] == subject
        assert self._tally.acknowledged.setdefault(opened["id"], subject) == subject
        self._tally.replayed += "idempotency-replayed" in headers
        self._tally.last_acknowledged = time.monotonic()

    async def _until_answered(self, subject: str) -> tuple[int, Mapping[str, str], bytes]:
        body = json.dumps(CRASH | {"subject": subject}).encode()
        asked = request("POST", USER, self._token, f"Idempotency-Key: {uuid4()}", body=body)
        while True:
            try:
                answer = await self._ask(asked)
            except (OSError, asyncio.IncompleteReadError):
                self._hang_up()
                await asyncio.sleep(PAUSE)
                continue
            if answer[0] != 503:
                return answer
            _check_unavailable(answer)
            self._tally.unavailable += 1
            await asyncio.sleep(COME_AGAIN)

    async def _ask(self, asked: bytes) -> tuple[int, Mapping[str, str], bytes]:
        if self._line is None:
            self._line = await asyncio.open_connection(self._address.hostname, self._address.port)
        reader, writer = self._line
        began = time.monotonic()
        writer.write(asked)
        self._tally.sent += 1
        try:
            async with asyncio.timeout(LONGEST_ANSWER) as patience:
                return await _heard(reader)
        except (OSError, asyncio.IncompleteReadError):
            assert not patience.expired(), "a request hangs"
            self._tally.unanswered += 1
            raise
        finally:
            self._tally.slowest = max(self._tally.slowest, time.monotonic() - began)

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line[1].close()
            self._line = None
        self._address = next(self._addresses)


def _check_unavailable(answer: tuple[int, Mapping[str, str], bytes]) -> None:
    _, headers, body = answer
    assert int(headers["retry-after"]) > 0
    assert json.loads(body)["statusCode"] == 503, body


async def _heard(reader: asyncio.StreamReader) -> tuple[int, Mapping[str, str], bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
    return int(head[0].split()[1]), headers, await reader.readexactly(int(headers["content-length"]))
