"""Taking turns."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from weakref import WeakValueDictionary


class Turns:
    """One at a time for each key, so that guesses sent all at once are counted like those sent one by one."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def of(self, keys: Iterable[str]) -> AsyncIterator[None]:
        """Wait for a turn with all of `keys`. Callers name them in the same order, or they wait for each other."""
        async with AsyncExitStack() as held:
            for key in keys:
                await held.enter_async_context(self._locks.setdefault(key, asyncio.Lock()))
            yield
