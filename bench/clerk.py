"""A member of staff with an account: invited by the command line, signed in as the console signs in."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass

import httpx

from bench import servers
from bench.desks import Filled
from bench.servers import Server

EMAIL = "clerk@example.com"
PASSWORD = "a lamp beside the ledger"
_TOKEN = re.compile(r"#token=([\w-]+)")


@dataclass(frozen=True, slots=True)
class Session:
    """What the browser keeps of somebody who signed in."""

    name: str
    value: str


def invite(at: Filled) -> str:
    """Make the clerk's account and return the secret of the link. The desk must not be serving yet."""
    command = [sys.executable, "-m", "ventanilla", "user", "invite", EMAIL, "--name", "Clara Clerk", "--role", "ADMIN"]
    environment = servers.clean_environment() | servers.desk_environment(at)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    found = _TOKEN.search(done.stdout)
    if found is None:
        raise RuntimeError(f"the clerk could not be invited:{os.linesep}{done.stdout}{done.stderr}")
    return found[1]


def sign_in(server: Server, invitation: str) -> Session:
    """Choose a password; whoever does that is signed in."""
    url = f"http://{server.host}:{server.port}"
    form = {"token": invitation, "password": PASSWORD}
    with httpx.Client(base_url=url, headers={"Origin": url}, timeout=30) as client:
        client.post("/api/desk/v1/invitations/accept", json=form).raise_for_status()
        return next(Session(cookie.name, cookie.value or "") for cookie in client.cookies.jar)
