"""Lines of the log: one line each, whatever is in them; tracebacks that tell where, and not what was written."""

import asyncio
import io
import json
from datetime import UTC, datetime

import asyncpg
import pytest

from ventanilla.core.errors import StoreUnavailable
from ventanilla.wirekit import tracebacks
from ventanilla.wirekit.log_lines import RENDERS, LogLines, as_json, as_text

NOON = datetime(2026, 3, 15, 12, 0, 0, 250_000, UTC)
FACTS = {"at": NOON, "level": "info", "logger": "ventanilla", "message": "Año nuevo", "status": 200, "route": None}


def test_json_line_has_every_fact_by_name() -> None:
    line = as_json(FACTS)
    assert json.loads(line) == FACTS | {"at": "2026-03-15T12:00:00.250000Z"}
    assert "Año" in line


def test_text_line_has_time_level_message_and_the_rest() -> None:
    assert as_text(FACTS) == "2026-03-15T12:00:00Z info    Año nuevo status=200"


@pytest.mark.parametrize("style", RENDERS)
def test_line_stays_one_line_whatever_stands_in_it(style: str) -> None:
    nasty = "a\nb\rc\x1b[2Jd\x00e\u2028f\x85g"
    line = RENDERS[style](FACTS | {"message": nasty, "address": nasty})
    assert not {"\n", "\r", "\x1b", "\x00"} & set(line)


def test_traceback_stands_below_its_line_and_cannot_begin_another() -> None:
    lines = as_text(FACTS | {"exception": "one\ntwo\x1b\r\n"}).splitlines()
    assert lines[1:] == ["    one", "    two\\x1b\\x0d"]


class Broken(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")


def test_log_that_cannot_be_written_fails_nobody() -> None:
    LogLines(as_json, Broken()).write("info", "ventanilla", "something", {})


class Counting(io.StringIO):
    writes = 0

    def write(self, text: str) -> int:
        self.writes += 1
        return super().write(text)


async def test_lines_of_one_turn_of_the_loop_are_written_together_at_its_end() -> None:
    out = Counting()
    lines = LogLines(as_text, out)
    for turn in (1, 2):
        for place in (1, 2):
            lines.write("info", "ventanilla", f"line {turn}.{place}", {})
        assert out.writes == turn - 1
        await asyncio.sleep(0)
    assert out.writes == 2
    assert [line.rpartition("line ")[2] for line in out.getvalue().splitlines()] == ["1.1", "1.2", "2.1", "2.2"]


def text_of(raising: object) -> str:
    with pytest.raises(Exception) as caught:
        raising()  # type: ignore[operator]
    return tracebacks.as_text(caught.value)


def divide() -> None:
    raise ZeroDivisionError("division by zero")


def look_up() -> None:
    dict[str, str]()["planted"]


def convert() -> None:
    int("planted")


def chain() -> None:
    try:
        convert()
    except ValueError as error:
        raise StoreUnavailable(detail="the database is away") from error


def test_traceback_tells_where_and_what() -> None:
    text = text_of(divide)
    assert "test_log_lines.py" in text
    assert "in divide" in text
    assert text.endswith("builtins.ZeroDivisionError: division by zero\n")


@pytest.mark.parametrize("raising", [look_up, convert])
def test_value_that_an_error_quotes_is_not_told(raising: object) -> None:
    text = text_of(raising)
    assert "planted" not in text.replace('()["planted"]', "").replace('int("planted")', "")
    assert "Error: (not told" in text


def test_causes_are_told_first() -> None:
    text = text_of(chain)
    assert text.index("builtins.ValueError: (not told") < text.index("StoreUnavailable: the database is away")


def test_errors_that_cause_each_other_come_to_an_end() -> None:
    first, second = ZeroDivisionError("one"), ZeroDivisionError("two")
    first.__cause__, second.__cause__ = second, first
    assert tracebacks.as_text(first).count("ZeroDivisionError") == 2


def test_detail_and_values_of_postgres_are_not_told() -> None:
    check = asyncpg.CheckViolationError('new row violates "unlucky"\nDETAIL:  Failing row contains (planted).')
    assert tracebacks.as_text(check).endswith('CheckViolationError: new row violates "unlucky"\n')
    value = asyncpg.InvalidTextRepresentationError('invalid input syntax for type json: "planted"')
    assert "planted" not in tracebacks.as_text(value)
