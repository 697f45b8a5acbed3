"""What `make run` shows a newcomer works as it is pasted."""

import json
import re
import subprocess
from collections.abc import Iterator

import httpx
import pytest

from tests.cli.commands import Terminal
from tests.contracts.doors import FOREIGN
from tests.serving import RunningDesk
from ventanilla.cli.samples import people
from ventanilla.core.people import Role

CONFIG = 'data_dir = "{data_dir}"\n'


def curls(text: str) -> list[str]:
    """Cut the commands out of the text, as somebody with a mouse would."""
    return re.findall(r"^curl .*?(?=\n\n|\n*\Z)", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk as `make run` brings it up, on a free port."""
    folder = tmp_path_factory.mktemp("welcome")
    desk = RunningDesk(folder, config=CONFIG, arguments=("--port", "0", "--welcome"))
    Terminal(folder).succeed("demo", "--if-empty", "--tickets", "60")
    desk.start()
    httpx.get(f"{desk.url}/healthz").raise_for_status()
    yield desk
    assert desk.stop() == 0


@pytest.fixture(scope="module")
def welcome(server: RunningDesk) -> str:
    begin = server.log.index("Ventanilla is ready")
    return server.log[begin:].split("\n{", 1)[0]


def paste(command: str) -> tuple[int, str]:
    """Run a command in a shell; returns the status of the answer and its body."""
    with_status = f"{command} -w '\\n%{{http_code}}'"
    done = subprocess.run(["bash", "-c", with_status], capture_output=True, text=True, timeout=30, check=True)
    body, _, status = done.stdout.rpartition("\n")
    return int(status), body


def test_there_is_a_command_for_every_contract(welcome: str) -> None:
    names = {contract.name for contract in FOREIGN}
    assert len(curls(welcome)) == len(names) + ("mesa" in names)
    for contract in FOREIGN:
        assert f"# {contract.title}: open a ticket" in welcome


def test_every_command_works_as_pasted(welcome: str) -> None:
    for command in curls(welcome):
        status, body = paste(command)
        assert status == (200 if "/api/tickets/" in command else 201), (command, body)
        assert json.loads(body)


def test_password_that_is_shown_is_the_one_that_is_kept(welcome: str, server: RunningDesk) -> None:
    kept = (server.data / "demo-login.txt").read_text().strip()
    assert f"Password of each: {kept}\n" in welcome
    assert "mesa@example.org" in welcome


def test_first_admin_comes_by_the_link_that_is_shown_and_nobody_else_is_one(welcome: str, server: RunningDesk) -> None:
    (token,) = re.findall(rf"^    {server.url}/desk/setup#token=(\S+)$", welcome, re.MULTILINE)
    answer = httpx.post(f"{server.url}/api/desk/v1/links/check", json={"token": token})
    assert (answer.status_code, answer.json()["kind"]) == (200, "setup")
    assert [member for member in people().staff if member.role is Role.ADMIN] == []


def test_page_that_is_named_is_there(welcome: str) -> None:
    (page,) = re.findall(r"http://\S+/docs", welcome)
    assert httpx.get(page).status_code == 200


def test_welcome_without_samples_names_no_login(terminal: Terminal) -> None:
    desk = RunningDesk(terminal.folder, config=CONFIG, arguments=("--port", "0", "--welcome")).start()
    httpx.get(f"{desk.url}/healthz").raise_for_status()
    text = desk.log
    assert desk.stop() == 0
    assert "Ventanilla is ready" in text
    assert "Password" not in text
    assert "/api/tickets/consultar" not in text


def test_welcome_of_a_desk_that_trusts_other_issuers_leaves_the_token_to_the_reader(terminal: Terminal) -> None:
    config = CONFIG + "[auth]\nown_issuer = false\n"
    desk = RunningDesk(terminal.folder, config=config, arguments=("--port", "0", "--welcome")).start()
    httpx.get(f"{desk.url}/healthz").raise_for_status()
    text = desk.log
    assert desk.stop() == 0
    assert "Bearer $TOKEN" in text
