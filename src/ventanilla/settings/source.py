"""Where settings are written: the file and the environment, and which line or variable a setting comes from."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ventanilla.settings import values

PREFIX = "VENTANILLA_"
CONFIG_VARIABLE = "VENTANILLA_CONFIG"
DEFAULT_FILE = Path("ventanilla.toml")
NOT_SETTINGS = (CONFIG_VARIABLE, "VENTANILLA_TEST_DATABASE_URL")

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([\w.\"' -]+?)\s*=")
_INDEX = re.compile(r"\[(\d+|\.\.\.)\]")


class WrongSettings(Exception):
    """The settings cannot be used; the text, one line, names the place and what was expected."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the operator wrote. `variables` tells which path of `tree` came from which environment variable."""

    path: Path
    text: str
    tree: dict[str, Any]
    variables: Mapping[str, str]

    def located(self, where: str, message: str) -> str:
        """Return `message` with the line or variable that the setting at `where` comes from."""
        message = " ".join(message.split())
        for path, variable in self.variables.items():
            if where == path or where.startswith((f"{path}.", f"{path}[")) or path.startswith(f"{where}."):
                return f"{variable}: {message}"
        line = line_of(where, self.text)
        if line is None:
            return f"{self.path}: {where}: {message}" if self.text else f"{where}: {message}"
        return f"{self.path}, line {line}: {where}: {message}"


def read(environment: Mapping[str, str]) -> Given:
    """Return what file and environment say. Raises WrongSettings when the file cannot be read or is no TOML."""
    path, text = _file(environment)
    try:
        tree = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WrongSettings(f"{path}: {' '.join(str(error).split())}") from error
    return Given(path, text, tree, _override(tree, environment))


def _file(environment: Mapping[str, str]) -> tuple[Path, str]:
    named = environment.get(CONFIG_VARIABLE)
    path = Path(named) if named else DEFAULT_FILE
    if not named and not path.exists():
        return path, ""
    try:
        return path, path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSettings(f"{path} cannot be read: {error}") from error


def _override(tree: dict[str, Any], environment: Mapping[str, str]) -> dict[str, str]:
    """Put the values of the environment into `tree`; returns which path came from which variable."""
    used: dict[str, str] = {}
    for variable, text in sorted(environment.items()):
        if not variable.startswith(PREFIX) or variable in NOT_SETTINGS:
            continue
        *tables, key = path = variable.removeprefix(PREFIX).lower().split("__")
        table = tree
        for name in tables:
            table = table.setdefault(name, {})
            if not isinstance(table, dict):
                raise WrongSettings(f"{variable}: {name} is not a table")
        value = _value(text)
        table[key] = text if values.is_text(path) and not isinstance(value, str) else value
        used[".".join(path)] = variable
    return used


def _value(text: str) -> Any:
    """Read a value as TOML would; what is none is text."""
    try:
        found = tomllib.loads(f"value = {text}")
    except (tomllib.TOMLDecodeError, RecursionError):
        return text
    return found["value"] if len(found) == 1 else text


def line_of(where: str, text: str) -> int | None:
    """Return the line on which the setting at `where` (or the nearest table around it) stands, from 1."""
    names, index = _INDEX.sub("", where).split("."), _INDEX.search(where)
    nth = int(index[1]) + 1 if index and index[1].isdigit() else None
    best, best_length = None, 0
    table: list[str] = []
    arrays: Counter[tuple[str, ...]] = Counter()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            full = table = _parts(header[2])
            arrays[tuple(table)] += header[1] == "[["
        elif key := _KEY.match(line):
            full = table + _parts(key[1])
        else:
            continue
        is_other = nth is not None and arrays[tuple(table)] not in (0, nth)
        if names[: len(full)] == full and len(full) > best_length and not is_other:
            best, best_length = number, len(full)
    return best


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]
