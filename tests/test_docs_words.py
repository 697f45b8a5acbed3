"""What the pages name is there: files and folders, commands with their options, targets of make."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_docs import COMMANDS, PAGES, ROOT, options_of

SOURCE = ROOT / "src" / "ventanilla"
PLACES = (ROOT, SOURCE, SOURCE / "store", ROOT / "tests", ROOT / "web", ROOT / "web" / "src", ROOT / "docs")
"""Where a path of a page may begin."""
PATH = re.compile(r"`((?:[\w.-]+/)+(?:[\w.-]+\.(?:py|toml|sh|md|yml|ts|vue|json))?)`")
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
TOLD = [page for page in PAGES if page.name != "CHANGELOG.md"]
every_page = pytest.mark.parametrize("page", TOLD, ids=lambda page: str(page.relative_to(ROOT)))
MADE = {"data/", "web/node_modules/", "web/dist/", "attachments/"}
"""What is there only once something has run."""


@every_page
def test_files_that_a_page_names_are_there(page: Path) -> None:
    named = {*PATH.findall(page.read_text())} - MADE
    missing = {path for path in named if not any((place / path).exists() for place in (*PLACES, page.parent))}
    assert not missing


@every_page
def test_commands_that_a_page_names_are_there_with_their_options(page: Path) -> None:
    for name, options in commands_in(page.read_text()):
        assert name in COMMANDS, name
        assert set(re.findall(r"(--[a-z][a-z-]*)", options)) <= options_of(name) | {"--help"}, (name, options)


@every_page
def test_targets_of_make_that_a_page_names_are_there(page: Path) -> None:
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", page.read_text(), re.MULTILINE)) <= known


def commands_in(text: str) -> Iterator[tuple[str, str]]:
    """Every command line of a page, in a block or between backticks, and what follows its name."""
    pieces = [
        *re.findall(r"`([^`\n]+)`", text),
        *(line for block in BLOCK.findall(text) for line in block.splitlines()),
    ]
    for piece in pieces:
        for words, options in re.findall(r"(?:^|bin/|\$\(|\s)ventanilla ((?:[a-z]+)(?: [a-z]+)?)([^\n]*)", piece):
            two, one = f"ventanilla {words}", f"ventanilla {words.split()[0]}"
            yield (two if two in COMMANDS else one, options)
