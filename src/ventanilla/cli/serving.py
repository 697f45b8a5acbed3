"""Running the server: bind, open the desk, serve, stop without dropping what was accepted."""

import asyncio
import contextlib
import gc
import signal
import socket
import sys
from collections.abc import Iterator

import uvicorn
import uvloop

from ventanilla import app, settings
from ventanilla.settings import Settings, WrongSettings
from ventanilla.wirekit import logs
from ventanilla.wirekit.deadlines import DeadlineProtocol

KEEP_ALIVE_SECONDS = 30
STOP_SECONDS = 30
BACKLOG = 4096


class Server(uvicorn.Server):
    """uvicorn's server, which on SIGTERM or SIGINT answers what it has accepted and then returns to its caller."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


def serve(host: str, port: int, workers: int) -> None:
    """Serve until told to stop. Raises WrongSettings and store.opening.CannotOpen before anything is served."""
    found = settings.load()
    if workers != 1:
        raise WrongSettings(f"--workers {workers}: SQLite is written by one process; use one worker")
    logs.set_up(found.logs.level)
    with _listen(host, port) as listener:
        uvloop.run(_serve(found, listener))


async def _serve(found: Settings, listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    application = await app.build(found, base_url=address)
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
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    print(f"Ventanilla listens on {address}", file=sys.stderr)
    application.start_housekeeping()
    # What was loaded by now stays: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    try:
        await Server(config).serve([listener])
    finally:
        await application.close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except (OSError, OverflowError) as error:
        raise WrongSettings(f"cannot listen on {host}, port {port}: {error}") from error
