"""Schemathesis reads the document that the server serves and sends what the document allows, and what it does not.

Whoever asks, no answer is a fault of the desk, and none is undeclared.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from tests.contracts.doors import door
from tests.serving import RunningDesk, token

from ventanilla.contracts import REGISTRY

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "allow_header_conformance",
    "ignored_auth",
)
OPTIONS = (
    *("--phases", "examples,coverage,fuzzing"),
    *("--checks", ",".join(CHECKS)),
    *("--max-examples", "10"),
    "--generation-deterministic",
    "--continue-on-failure",
    "--no-shrink",
    *("--warnings", "off"),
    *("--workers", "1"),  # two would trip over the parser of CPython 3.11 (github.com/python/cpython/issues/106905)
)


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk of its own: what is done to it here is nothing that other tests should meet."""
    running = RunningDesk(tmp_path_factory.mktemp("desk")).start()
    yield running
    assert running.stop() == 0


@pytest.mark.parametrize("who", ["nobody", "a requester", "an admin"])
def test_every_answer_is_declared_and_none_is_a_fault_of_ours(who: str, target: RunningDesk, tmp_path: Path) -> None:
    shown = {"nobody": None, "a requester": token("ana", name="Ana"), "an admin": token("alicia", rol="admin")}[who]
    tickets = {} if who == "nobody" else _open_tickets(target.client(token("ana", name="Ana")))
    # Of several settings for an operation the first one counts.
    settings = (_furniture(target.client(token("alicia", rol="admin"))) if tickets else "") + _existing(tickets)
    (tmp_path / "schemathesis.toml").write_text(settings)
    headers = ("--header", f"Authorization: Bearer {shown}") if shown else ()
    command = [str(Path(sys.executable).with_name("st")), "--no-color", "run", f"{target.url}/openapi.json"]
    done = subprocess.run([*command, *OPTIONS, *headers], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _open_tickets(ana: httpx.Client) -> dict[str, str]:
    with ana:
        return {contract.name: door(contract.name).open(ana) for contract in REGISTRY}


def _existing(tickets: dict[str, str]) -> str:
    """Return settings that put tickets which exist into the paths of each contract."""
    parts = [
        f"""[[operations]]
include-tag = "{contract}"
parameters = {{ "path.{door(contract).parameter}" = "{ticket}" }}
"""
        for contract, ticket in tickets.items()
    ]
    return "\n".join(parts)


def _furniture(admin: httpx.Client) -> str:
    """Return settings that put things which exist, and a version that counts, into the paths around the tickets."""
    bodies = {
        "views": ("view", {"name": "All", "query": "is:open", "is_shared": True}),
        "macros": ("id", {"name": "Hello", "body": "Hello {{requester.name}}", "is_shared": True}),
        "tags": ("id", {"name": f"tag {uuid4().hex[:8]}"}),
        "fields": ("id", {"name": "Line", "kind": "text"}),
    }
    with admin:
        made = {name: admin.post(f"/api/desk/v1/{name}", json=body).json()["id"] for name, (_, body) in bodies.items()}
    parts = [
        f"""[[operations]]
include-path-regex = "^/api/desk/v1/{name}/"
parameters = {{ "path.{bodies[name][0]}" = "{one}", "header.If-Match" = "*" }}
"""
        for name, one in made.items()
    ]
    return "\n".join([*parts, ""])
