"""`ventanilla keys`: API keys made, listed and ended on the command line."""

import json
from pathlib import Path

import httpx
import pytest

from tests.cli.commands import Terminal
from tests.serving import RunningDesk

ME = "/api/desk/v1/me"


def made(printed: str) -> tuple[str, str]:
    """The id and the key that were printed."""
    told, shown = printed.splitlines()
    return told.split()[-1], shown.split()[-1]


def keys(terminal: Terminal) -> list[list[str]]:
    """Every key without what differs from run to run: how it begins, and its id."""
    return [line.split("\t")[1:-1] for line in terminal.succeed("keys", "list").splitlines()]


def test_a_program_works_with_its_key_until_it_is_revoked(tmp_path: Path) -> None:
    desk = RunningDesk(tmp_path).start()
    terminal = Terminal(tmp_path, {"VENTANILLA_CONFIG": str(tmp_path / "ventanilla.toml")})
    uuid, key = made(terminal.succeed("keys", "create", "Web shop", "--scope", "write"))
    _, other = made(terminal.succeed("keys", "create", "Reports"))

    def status(secret: str) -> int:
        return httpx.get(desk.url + ME, headers={"Authorization": f"Bearer {secret}"}).status_code

    assert (status(key), status(other)) == (200, 200)
    assert terminal.succeed("keys", "revoke", uuid).startswith("Web shop (vk_")
    assert (status(key), status(other)) == (401, 200)
    terminal.succeed("keys", "revoke", other[:11])
    assert status(other) == 401
    assert keys(terminal) == []
    assert desk.stop() == 0


def test_keys_are_listed_as_they_were_made_and_never_shown_again(terminal: Terminal) -> None:
    _, shop = made(terminal.succeed("keys", "create", "Web shop", "--scope", "admin", "--role", "admin"))
    printed = terminal.succeed("keys", "create", "Bot", "--role", "area", "--area", "Redes", "--days", "365")
    assert keys(terminal) == [
        ["Web shop", "ADMIN", "admin", "-", "-"],
        ["Bot", "AREA of Redes", "read", printed.partition(" until ")[2][:10], "-"],
    ]
    listed = terminal.succeed("keys", "list")
    assert listed.startswith(shop[:11])
    assert shop not in listed


def test_the_security_log_keeps_what_is_done_to_keys_on_the_command_line(terminal: Terminal) -> None:
    done = [terminal.run("keys", "create", "Web shop")]
    uuid, key = made(done[0].stdout)
    done += [terminal.run("keys", "revoke", uuid), terminal.run("keys", "revoke", uuid)]
    told = [json.loads(one.stderr.splitlines()[0]) for one in done]
    assert [(one["message"], one["target"]) for one in told] == [
        ("key_added ok", uuid),
        ("key_ended ok", uuid),
        ("key_ended failed", None),
    ]
    assert key not in "".join(one.stderr for one in done)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["create", " "], "the name must have 1 to 150 characters"),
        (["create", "Bot", "--role", "AREA"], "areas is required"),
        (
            ["revoke", "vk_nothing12"],
            "vk_nothing12: no key has this id or begins so; `ventanilla keys list` shows them",
        ),
    ],
)
def test_what_would_be_no_key_is_refused(terminal: Terminal, arguments: list[str], complaint: str) -> None:
    assert terminal.fail("keys", *arguments).splitlines()[-1] == f"ventanilla: {complaint}"
    assert keys(terminal) == []
