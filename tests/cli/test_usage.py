"""A command line that is wrong is answered with one line that says so, and nothing is done."""

import pytest

from tests.cli.commands import Terminal


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("nothing", "No such command 'nothing'; `ventanilla --help` tells more"),
        ("user ad", "No such command 'ad'. Did you mean 'add'? `ventanilla user --help` tells more"),
        ("demo --everything", "No such option: --everything; `ventanilla demo --help` tells more"),
        ("keys create", "Missing argument 'name'; `ventanilla keys create --help` tells more"),
        ("serve --port x", "argument --port: invalid int value: 'x'; `ventanilla serve --help` tells more"),
    ],
)
def test_a_wrong_command_line_is_told_in_one_line(terminal: Terminal, line: str, complaint: str) -> None:
    assert terminal.fail(*line.split(), code=2) == f"ventanilla: {complaint}\n"
    assert not terminal.data.exists()


def test_a_command_without_its_second_word_shows_which_there_are(terminal: Terminal) -> None:
    told = terminal.fail("user", code=2)
    assert told.startswith("Usage: ventanilla user ")
    assert {"add", "invite", "list"} <= set(told.split())
