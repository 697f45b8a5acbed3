"""Finding the endpoint of a path: a dictionary for fixed paths, patterns for those with parts."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from starlette.types import ASGIApp, Receive, Scope, Send

from ventanilla.core.errors import NotFound
from ventanilla.wirekit.contract import Contract
from ventanilla.wirekit.endpoint import Endpoint, Fallback
from ventanilla.wirekit.errors import WrongMethod
from ventanilla.wirekit.services import Services

_NO_PARAMETERS: Mapping[str, str] = {}


class _Pattern(NamedTuple):
    regex: re.Pattern[str]
    methods: dict[str, Endpoint]


class Router:
    """All contracts as one ASGI application; what belongs to none of them goes to `otherwise`."""

    def __init__(self, contracts: Iterable[Contract], services: Services, otherwise: ASGIApp) -> None:
        self._fixed: dict[str, dict[str, Endpoint]] = {}
        self._patterns: dict[str, dict[str, _Pattern]] = {}
        """By the part of the path before its first variable, so that few have to be tried."""
        self._prefixes: list[tuple[str, Fallback]] = []
        self._otherwise = otherwise
        for contract in contracts:
            self._add(contract, services)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._otherwise(scope, receive, send)
            return
        path: str = scope["path"]
        methods, parameters = self._find(path.rstrip("/") or "/")
        endpoint = methods.get("GET" if scope["method"] == "HEAD" else scope["method"])
        if endpoint is not None:
            await endpoint(scope, receive, send, parameters)
            return
        fallback = self._fallback(path)
        if fallback is None:
            await self._otherwise(scope, receive, send)
        else:
            await fallback(scope, receive, send, WrongMethod(tuple(methods)) if methods else NotFound())

    def _add(self, contract: Contract, services: Services) -> None:
        fallback = Fallback(contract, services)
        self._prefixes += [(prefix, fallback) for prefix in contract.prefixes]
        for route in contract.routes:
            endpoint = Endpoint(contract, route, services)
            if "{" not in route.path:
                self._fixed.setdefault(route.path, {})[route.method] = endpoint
                continue
            alike = self._patterns.setdefault(route.path.partition("{")[0], {})
            alike.setdefault(route.path, _Pattern(_regex(route.path), {})).methods[route.method] = endpoint

    def _find(self, path: str) -> tuple[dict[str, Endpoint], Mapping[str, str]]:
        fixed = self._fixed.get(path)
        if fixed is not None:
            return fixed, _NO_PARAMETERS
        for beginning, alike in self._patterns.items():
            if path.startswith(beginning):
                for pattern in alike.values():
                    match = pattern.regex.fullmatch(path)
                    if match:
                        return pattern.methods, match.groupdict()
        return {}, _NO_PARAMETERS

    def _fallback(self, path: str) -> Fallback | None:
        for prefix, fallback in self._prefixes:
            if path == prefix or path.startswith(prefix + "/"):
                return fallback
        return None


def _regex(path: str) -> re.Pattern[str]:
    """Return what matches a path like `/tickets/{id}`: each part in braces is one segment of any text."""
    words = re.split(r"\{(\w+)\}", path)
    parts = (f"(?P<{word}>[^/]+)" if number % 2 else re.escape(word) for number, word in enumerate(words))
    return re.compile("".join(parts))
