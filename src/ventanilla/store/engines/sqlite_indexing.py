"""Keeping the full text of a SQLite desk up to date behind the commits (docs/decisions/0011-search.md)."""

import asyncio
import contextlib
import contextvars
from collections.abc import Awaitable, Callable

from ventanilla.core.errors import DeskError

INDEXING_SECONDS = 0.25
"""After a commit, until its messages are indexed for the search: what comes meanwhile is indexed with them."""


class SearchIndexing:
    """Takes `step` after `step`, each a transaction of its own, until one returns False: there is nothing left."""

    def __init__(self, step: Callable[[], Awaitable[bool]]) -> None:
        self._step = step
        self._due: asyncio.TimerHandle | None = None
        self._work: asyncio.Task[None] | None = None
        self._is_behind = True
        """Whether something may have been written that the search does not know of."""

    def note(self) -> None:
        """Take note that something is being written."""
        self._is_behind = True

    def soon(self) -> None:
        """Catch up in a while, unless there is nothing to do or it is being done."""
        if self._is_behind and self._due is None and self._work is None:
            self._due = asyncio.get_running_loop().call_later(INDEXING_SECONDS, self._start)

    async def catch_up(self) -> None:
        """Let the search find all that was committed before."""
        if self._work is not None:
            await asyncio.wait([self._work])
        await self._index()

    def stop(self) -> None:
        if self._due is not None:
            self._due.cancel()
        if self._work is not None:
            self._work.cancel()

    def _start(self) -> None:
        self._due = None
        self._work = asyncio.get_running_loop().create_task(self._keep_up(), context=contextvars.Context())

    async def _keep_up(self) -> None:
        try:
            # What a full disk or a broken one hinders is tried again after the next commit.
            with contextlib.suppress(DeskError):
                await self._index()
        finally:
            self._work = None

    async def _index(self) -> None:
        while self._is_behind:
            self._is_behind = False
            while await self._step():
                pass
