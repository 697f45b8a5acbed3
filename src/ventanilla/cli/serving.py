"""Running the server: bind, open the desk, serve, stop without dropping what was accepted."""

import asyncio
import contextlib
import fcntl
import gc
import resource
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator, Sequence

import uvicorn
import uvloop

from ventanilla import app, settings
from ventanilla.actions import links
from ventanilla.cli.workers import supervise
from ventanilla.core.credentials import LinkKind
from ventanilla.settings import Settings, WrongSettings
from ventanilla.store.opening import SQLITE_PREFIX, sqlite_path
from ventanilla.wirekit import link_pages, logs, opaque
from ventanilla.wirekit.bell import Bell
from ventanilla.wirekit.deadlines import DeadlineProtocol

KEEP_ALIVE_SECONDS = 30
STOP_SECONDS = 30
BACKLOG = 4096
MOST_FILES = 65_536


class Server(uvicorn.Server):
    """uvicorn's server, which on SIGTERM or SIGINT answers what it has accepted and then returns to its caller."""

    def __init__(self, config: uvicorn.Config, bell: Bell, greeting: str = "", setup: str = "") -> None:
        super().__init__(config)
        self._bell = bell
        self._greeting = greeting
        self._setup = setup

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        # Announced only now: whoever waits for this line may send SIGTERM at once.
        await super().startup(sockets)
        print(f"Ventanilla listens on {_address(sockets)}", file=sys.stderr)
        if self._setup:
            print(f"There is no admin yet. Open this to make the first one: {self._setup}", file=sys.stderr)
        if self._greeting:
            print(self._greeting, flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, but serve whoever has connected by then: closing the listener alone would cut them off."""
        loop = asyncio.get_running_loop()
        self._bell.silence()
        waiting = self._stop_listening(sockets or [])
        for protocol in self.server_state.connections:
            protocol.shutdown()
        for connection in waiting:
            _, last = await loop.connect_accepted_socket(self._protocol, connection)
            last.shutdown()
        await super().shutdown(sockets)

    def _stop_listening(self, sockets: list[socket.socket]) -> list[socket.socket]:
        """Return the connections that were made and not taken yet."""
        listeners = [listener.dup() for listener in sockets]
        for server in self.servers:
            server.close()
        waiting = [connection for listener in listeners for connection in _accepted(listener)]
        for listener in listeners:
            listener.close()
        return waiting

    def _protocol(self) -> DeadlineProtocol:
        return DeadlineProtocol(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


class SideServer(uvicorn.Server):
    """uvicorn's server beside the main one, to which it leaves the signals."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def serve(host: str, port: int, workers: int, *, welcome: bool) -> None:
    """Serve until told to stop. Raises WrongSettings and store.opening.CannotOpen before anything is served."""
    found = settings.load()
    if workers != 1 and found.database.startswith(SQLITE_PREFIX):
        raise WrongSettings(f"--workers {workers}: SQLite is written by one process; use one worker, or PostgreSQL")
    logs.set_up(found.logs.level, found.logs.format)
    _allow_connections()
    with _sole_server(found), _listen(host, port) as listener:
        if workers == 1:
            uvloop.run(_serve(found, listener, welcome, 0))
        else:
            raise SystemExit(supervise(workers, lambda number: uvloop.run(_serve(found, listener, welcome, number))))


@contextlib.contextmanager
def _sole_server(found: Settings) -> Iterator[None]:
    """Hold the lock of a SQLite desk while it is served. Raises WrongSettings when another process holds it."""
    if not found.database.startswith(SQLITE_PREFIX):
        yield
        return
    path = sqlite_path(found.database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_name(f"{path.name}.serving").open("w")
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise WrongSettings(f"{path} is being served by another process, and SQLite is written by one") from None
    except OSError as error:
        raise WrongSettings(f"{path} cannot be opened: {error}") from error
    with lock:
        yield


async def _serve(found: Settings, listener: socket.socket, welcome: bool, number: int) -> None:
    """Serve as the process of this number, of one or of several on the same listener."""
    application = await app.build(found, base_url=_address([listener]))
    setup = await setup_link(application) if number == 0 else ""
    greeting = await _greeting(application, _address([listener]), setup) if welcome else ""
    config = uvicorn.Config(
        application,
        http=DeadlineProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(found.trusted_proxies),
        forwarded_allow_ips=found.trusted_proxies,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    application.start_housekeeping()
    # What was loaded by now stays: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    try:
        async with _metrics_served(application, number):
            await Server(config, application.services.bell, greeting, "" if welcome else setup).serve([listener])
    finally:
        await application.close()


@contextlib.asynccontextmanager
async def _metrics_served(application: app.Application, number: int) -> AsyncIterator[None]:
    """Serve the metrics of this process beside the desk, if they are wanted: each process on a port of its own."""
    wanted = application.settings.metrics
    if application.metrics is None:
        yield
        return
    from ventanilla.telemetry.page import MetricsPage

    with _listen(wanted.host, wanted.port + number, "metrics: ") as listener:
        server = SideServer(
            uvicorn.Config(
                MetricsPage(application.metrics, application.services),
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=1,
            )
        )
        serving = asyncio.create_task(server.serve([listener]))
        try:
            yield
        finally:
            server.should_exit = True
            await serving


async def setup_link(application: app.Application) -> str:
    """Return a new link that makes the first admin, blank where there is one. The link of the start before ends."""
    token = opaque.make()
    if not await application.services.desk.write(links.offer_setup, opaque.digest(token)):
        return ""
    return _reachable(application.services.links.absolute(link_pages.path_of(LinkKind.SETUP, token)))


async def _greeting(application: app.Application, address: str, setup: str) -> str:
    from ventanilla.cli import welcome

    return await welcome.text(application, _reachable(address), setup)


def _reachable(address: str) -> str:
    """Return an address that a browser on this machine can open."""
    return address.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")


def _listen(host: str, port: int, what: str = "") -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except (OSError, OverflowError) as error:
        advice = "" if what else "; --port takes another one"
        raise WrongSettings(f"{what}cannot listen on {host}, port {port}: {error}{advice}") from error


def _accepted(listener: socket.socket) -> Iterator[socket.socket]:
    """Accept every connection that waits."""
    listener.setblocking(False)
    with contextlib.suppress(OSError):
        while True:
            connection, _ = listener.accept()
            connection.setblocking(False)
            yield connection


def _address(listeners: Sequence[socket.socket] | None) -> str:
    assert listeners
    host, port = listeners[0].getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _allow_connections() -> None:
    """Raise the soft limit of open files, often 1,024: each connection is a file."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if most == resource.RLIM_INFINITY else min(MOST_FILES, most)
    if now != resource.RLIM_INFINITY and now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
