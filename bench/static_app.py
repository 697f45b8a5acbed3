"""A static JSON answer from the desk's own HTTP server, router and endpoint: no token, limit, log or database.

python -m bench.static_app FILE
"""

import socket
import sys
from pathlib import Path
from typing import Any, cast

import msgspec
import uvicorn

from bench.messages import OWN
from ventanilla.core.errors import DeskError
from ventanilla.wirekit.answers import Answer
from ventanilla.wirekit.contract import Caller, Contract, Route
from ventanilla.wirekit.deadlines import DeadlineProtocol
from ventanilla.wirekit.limits import Limits
from ventanilla.wirekit.request import Request
from ventanilla.wirekit.routing import Router
from ventanilla.wirekit.services import Services


class _Bare:
    """What an endpoint asks of its services when nothing is limited and nothing is logged."""

    limits = Limits()
    is_https = False
    observers = ()


def router(body: bytes) -> Router:
    async def answer(_request: Request) -> Answer:
        return Answer(200, body)

    route = Route(method="GET", path=OWN, handler=answer, summary="Always the same", caller=Caller.ANYONE)
    contract = Contract(
        name="static",
        title="Static",
        language="en",
        prefixes=(OWN,),
        routes=(route,),
        answer_error=_answer_error,
        error_shape=msgspec.Struct,
    )
    return Router([contract], cast(Services, _Bare()), _nothing)


def _answer_error(error: DeskError, _request: Request) -> Answer:
    raise error


async def _nothing(_scope: Any, _receive: Any, _send: Any) -> None:
    raise RuntimeError("the benchmark asks for nothing else")


def main() -> None:
    app = router(Path(sys.argv[1]).read_bytes())
    with socket.create_server(("127.0.0.1", 0), backlog=4096) as listener:
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        config = uvicorn.Config(
            app,
            http=DeadlineProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
        )
        uvicorn.Server(config).run([listener])


if __name__ == "__main__":
    main()
