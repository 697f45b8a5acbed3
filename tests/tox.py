"""A TCP proxy that fails on demand, for whatever the desk talks to over a network (faults.md, F6 to F10)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PIECE = 64 * 1024


class Proxy:
    """Passes everything on to `host:port` until it is told otherwise. Lives in the loop that started it."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._passing = asyncio.Event()
        self._passing.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()
        self.port = 0
        self.latency = 0.0
        """Seconds that everything takes longer, each way."""
        self.rate = 0
        """Bytes that pass in a second, each way of each connection; 0: as many as there are."""
        self.altered: tuple[bytes, bytes] | None = None
        """What is replaced wherever it passes, and by what."""
        self._before_cut: int | None = None

    async def listen(self) -> None:
        """Take connections, on the same port as before."""
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    async def refuse(self) -> None:
        """Refuse new connections and cut the others, until `listen`."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self.cut()

    def cut(self) -> None:
        """Reset every connection there is."""
        for writer in self._writers:
            writer.transport.abort()

    def cut_after(self, count: int) -> None:
        """Let so many bytes more pass, both ways together, then reset every connection, and new ones at once."""
        self._before_cut = count

    def blackhole(self) -> None:
        """Take connections and bytes and pass on nothing, not even that a connection was closed, until `heal`."""
        self._passing.clear()

    def heal(self) -> None:
        """Pass on again, first what was held back, as it is and as fast as it can."""
        self.rate, self.altered, self._before_cut = 0, None, None
        self._passing.set()

    async def close(self) -> None:
        """Refuse everything, and wait until nobody is served any more."""
        self.heal()
        await self.refuse()
        if self._serving:
            await asyncio.wait(self._serving)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving = asyncio.current_task()
        assert serving is not None
        self._serving.add(serving)
        serving.add_done_callback(self._serving.discard)
        self._writers.add(writer)
        try:
            await self._passing.wait()
            there_reader, there_writer = await asyncio.open_connection(*self._target)
            self._writers.add(there_writer)
            await asyncio.gather(self._pump(reader, there_writer), self._pump(there_reader, writer))
            self._writers.discard(there_writer)
        except OSError:
            writer.transport.abort()
        finally:
            self._writers.discard(writer)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        piece = b"more"
        while piece:
            try:
                piece = await reader.read(PIECE)
            except OSError:
                piece = b""
            await self._passing.wait()
            for slice_ in self._slices(piece):
                if self.rate:
                    await asyncio.sleep(len(slice_) / self.rate)
                loop.call_later(self.latency, _pass_on, writer, slice_)
            self._count(len(piece))

    def _slices(self, piece: bytes) -> list[bytes]:
        if self.altered:
            piece = piece.replace(*self.altered)
        if not self.rate or not piece:
            return [piece]
        step = max(1, self.rate // 10)
        return [piece[start : start + step] for start in range(0, len(piece), step)]

    def _count(self, passed: int) -> None:
        if self._before_cut is not None:
            self._before_cut -= passed
            if self._before_cut < 0:
                self.cut()


@asynccontextmanager
async def proxy_to(host: str, port: int, at: int = 0) -> AsyncIterator[Proxy]:
    """Run a proxy on port `at`, or on a free one."""
    proxy = Proxy(host, port)
    proxy.port = at
    await proxy.listen()
    try:
        yield proxy
    finally:
        await proxy.close()


def _pass_on(writer: asyncio.StreamWriter, piece: bytes) -> None:
    """Write a piece; an empty one is the end of what that side says."""
    if writer.is_closing():
        return
    if piece:
        writer.write(piece)
    else:
        writer.close()
