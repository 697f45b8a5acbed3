"""`ventanilla user`: making, listing and disabling staff accounts."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.cli.commands import ENVIRONMENT, Terminal
from tests.serving import RunningDesk

PASSWORD = "correct horse battery staple"


def add(terminal: Terminal, *arguments: str, password: str = PASSWORD) -> subprocess.CompletedProcess[str]:
    """Make an account with a password from a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "ventanilla", "user", "add", *arguments, "--password-stdin"],
        cwd=terminal.folder,
        env=ENVIRONMENT | terminal.environment,
        input=f"{password}\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def accounts(terminal: Terminal) -> list[list[str]]:
    """Every account without its id."""
    return [line.split("\t")[:-1] for line in terminal.succeed("user", "list").splitlines()]


def log_in(desk: RunningDesk, email: str, password: str = PASSWORD) -> httpx.Response:
    return httpx.post(f"{desk.url}/api/auth/login", json={"email": email, "password": password})


def test_accounts_are_listed_as_they_were_made(terminal: Terminal) -> None:
    add(terminal, "Alicia@desk.example", "--name", "Alicia Vega", "--role", "ADMIN")
    add(terminal, "raul@desk.example", "--name", "Raúl Ortega", "--role", "area", "--area", "Redes", "--area", "Pagos")
    add(terminal, "marta@desk.example")
    assert accounts(terminal) == [
        ["alicia@desk.example", "Alicia Vega", "ADMIN", "-", "active"],
        ["raul@desk.example", "Raúl Ortega", "AREA", "Redes, Pagos", "active"],
        ["marta@desk.example", "marta@desk.example", "MESA", "-", "active"],
    ]


def test_the_security_log_keeps_what_is_done_to_accounts_on_the_command_line(terminal: Terminal) -> None:
    made = [
        terminal.run("user", "add", "marta@desk.example", "--generate"),
        terminal.run("user", "invite", "leo@desk.example"),
        terminal.run("user", "reset", "marta@desk.example"),
        terminal.run("user", "disable", "marta@desk.example"),
        terminal.run("user", "disable", "nobody@desk.example"),
    ]
    told = [json.loads(done.stderr.splitlines()[0]) for done in made]
    ids = {line.split("\t")[0]: line.split("\t")[-1] for line in terminal.succeed("user", "list").splitlines()}
    marta, leo = ids["marta@desk.example"], ids["leo@desk.example"]
    assert [(one["message"], one["target"]) for one in told] == [
        ("account_added ok", marta),
        ("invitation_made ok", leo),
        ("reset_made ok", marta),
        ("account_deactivated ok", marta),
        ("account_deactivated failed", None),
    ]
    assert {(one["logger"], one["actor"]) for one in told} == {("ventanilla.security", "command line")}
    assert not any("@" in done.stderr.splitlines()[0] for done in made)


def test_an_account_logs_in_to_the_running_desk_until_it_is_disabled(tmp_path: Path) -> None:
    desk = RunningDesk(tmp_path).start()
    terminal = Terminal(tmp_path, {"VENTANILLA_CONFIG": str(tmp_path / "ventanilla.toml")})
    printed = terminal.succeed("user", "add", "marta@desk.example", "--generate")
    password = printed.split()[-1]
    logged_in = log_in(desk, "marta@desk.example", password)
    with desk.client(logged_in.json()["access_token"]) as marta:
        assert marta.get("/api/tickets/dashboard").status_code == 200
        terminal.succeed("user", "disable", "MARTA@desk.example")
        assert marta.get("/api/tickets/dashboard").status_code == 401
    assert log_in(desk, "marta@desk.example", password).status_code == 401
    assert accounts(terminal) == [["marta@desk.example", "marta@desk.example", "MESA", "-", "disabled"]]
    assert desk.stop() == 0


def test_a_password_is_asked_for_twice_and_not_shown(terminal: Terminal) -> None:
    ours, theirs = pty.openpty()
    asking = subprocess.Popen(
        [sys.executable, "-m", "ventanilla", "user", "add", "marta@desk.example"],
        cwd=terminal.folder,
        env=ENVIRONMENT,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    for question in (b"Password: ", b"confirmation: "):
        while not shown.endswith(question):
            shown += os.read(ours, 1024)
        os.write(ours, f"{PASSWORD}\n".encode())
    while b"The id is" not in shown:
        shown += os.read(ours, 1024)
    assert asking.wait(timeout=60) == 0
    os.close(ours)
    assert PASSWORD.encode() not in shown
    assert accounts(terminal) == [["marta@desk.example", "marta@desk.example", "MESA", "-", "active"]]


def test_an_account_that_breaks_a_rule_is_not_made(terminal: Terminal) -> None:
    add(terminal, "marta@desk.example")
    refusals = {
        "email is already in use": add(terminal, "Marta@desk.example"),
        "nobody is no e-mail address": add(terminal, "nobody"),
        "the password must have 8 to 200 characters": add(terminal, "raul@desk.example", password="short"),
        "the password is too common or too easy to guess; choose another": add(
            terminal, "raul@desk.example", password="iloveyou1"
        ),
        "areas is required": add(terminal, "raul@desk.example", "--role", "AREA"),
    }
    for said, done in refusals.items():
        assert (done.returncode, done.stdout, done.stderr.splitlines()[-1]) == (1, "", f"ventanilla: {said}")
    assert [account[0] for account in accounts(terminal)] == ["marta@desk.example"]


def link_of(printed: str) -> str:
    """The token of the link that a command has printed."""
    said, url = printed.splitlines()
    assert said.startswith("For ")
    return url.partition("#token=")[2]


def choose(desk: RunningDesk, kind: str, token: str, password: str) -> httpx.Response:
    told = {"token": token, "password": password}
    return httpx.post(f"{desk.url}/api/desk/v1/{kind}/accept", json=told)


def test_somebody_who_is_invited_chooses_a_password_and_can_be_given_another(tmp_path: Path) -> None:
    desk = RunningDesk(tmp_path).start()
    terminal = Terminal(tmp_path, {"VENTANILLA_CONFIG": str(tmp_path / "ventanilla.toml")})
    printed = terminal.succeed("user", "invite", "Raul@desk.example", "--role", "area", "--area", "Redes")
    assert "http://127.0.0.1:8000/desk/welcome#token=" in printed
    assert accounts(terminal) == [["raul@desk.example", "Raul@desk.example", "AREA", "Redes", "invited"]]
    again = terminal.succeed("user", "invite", "raul@desk.example")
    assert choose(desk, "invitations", link_of(printed), PASSWORD).status_code == 404
    assert choose(desk, "invitations", link_of(again), PASSWORD).status_code == 200
    assert log_in(desk, "raul@desk.example").status_code == 200
    reset = terminal.succeed("user", "reset", "raul@desk.example", VENTANILLA_BASE_URL="https://desk.example")
    assert "https://desk.example/desk/reset#token=" in reset
    assert choose(desk, "resets", link_of(reset), "another horse entirely").status_code == 200
    assert log_in(desk, "raul@desk.example").status_code == 401
    assert log_in(desk, "raul@desk.example", "another horse entirely").status_code == 200
    assert desk.stop() == 0


@pytest.mark.parametrize("role", ["ADMIN", "SUPERVISOR", "MESA", "LIGHT"])
def test_every_role_can_be_given(terminal: Terminal, role: str) -> None:
    terminal.succeed("user", "invite", "raul@desk.example", "--role", role.lower())
    assert accounts(terminal)[0][2] == role


def test_who_has_a_password_is_not_invited_and_who_has_none_is_not_reset(terminal: Terminal) -> None:
    add(terminal, "marta@desk.example")
    assert "email is already in use" in terminal.fail("user", "invite", "marta@desk.example")
    terminal.succeed("user", "invite", "raul@desk.example")
    assert "invite one that has no password" in terminal.fail("user", "reset", "raul@desk.example")
    assert "no such user" in terminal.fail("user", "reset", "nadie@desk.example")
    assert "no e-mail address" in terminal.fail("user", "invite", "nobody")


def test_without_a_terminal_a_password_has_to_come_from_somewhere(terminal: Terminal) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ventanilla", "user", "add", "marta@desk.example"],
        cwd=terminal.folder,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, accounts(terminal)) == (1, [])
    assert "--password-stdin or --generate" in done.stderr


def test_the_last_admin_and_nobody_are_not_disabled(terminal: Terminal) -> None:
    add(terminal, "alicia@desk.example", "--role", "ADMIN")
    assert "active administrator" in terminal.fail("user", "disable", "alicia@desk.example")
    assert "no such user" in terminal.fail("user", "disable", "nadie@desk.example")
    assert accounts(terminal)[0][-1] == "active"
