"""`ventanilla token`: a token that the desk believes, or a line that says why there is none."""

import json
from base64 import urlsafe_b64decode
from typing import Any

import pytest

from tests.cli.commands import Terminal


def claims_of(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    claims: dict[str, Any] = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


def test_token_says_what_was_asked_for(terminal: Terminal) -> None:
    claims = claims_of(terminal.succeed("token", "--sub", "rosa", "--role", "AREA", "--area", "Redes", "--hours", "2"))
    assert (claims["sub"], claims["role"], claims["area"]) == ("rosa", "AREA", "Redes")
    assert claims["exp"] - claims["iat"] == 2 * 3600
    several = terminal.succeed("token", "--sub", "rosa", "--role", "AREA", "--area", "Redes", "--area", "Pagos")
    assert claims_of(several)["area"] == ["Redes", "Pagos"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--sub", ""], "--sub: the id of a person has 1 to 255 characters"),
        (["--sub", "x" * 256], "--sub: the id of a person has 1 to 255 characters"),
        (["--sub", "rosa", "--role", "amdin"], "--role amdin: there are user, admin, ADMIN, MESA, AREA, agent"),
        (["--sub", "rosa", "--role", "AREA"], "--role AREA needs --area: without one, it sees no ticket"),
        (["--sub", "rosa", "--email", "rosa"], "--email: rosa is no e-mail address"),
    ],
)
def test_token_that_would_be_of_no_use_is_not_made(terminal: Terminal, arguments: list[str], complaint: str) -> None:
    assert terminal.fail("token", *arguments) == f"ventanilla: {complaint}\n"
    assert not terminal.data.exists()
