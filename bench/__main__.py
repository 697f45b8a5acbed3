"""`python -m bench`: measure, and print the table."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from bench import chart, places, progress, report
from bench.lines import Row, Window, row_of
from bench.postgres import Unavailable
from bench.scenarios import SCENARIOS
from bench.scenarios.scenario import Options, Scenario

NAMES = [scenario.name for scenario in SCENARIOS]


def main() -> None:
    wanted = _arguments()
    if wanted.write_docs:
        _write_docs()
        return
    options = _options(wanted)
    rows = [row for scenario in SCENARIOS if scenario.name in wanted.only for row in _measure(scenario, options)]
    progress.clear()
    print(report.text_table(rows))
    found = report.result(rows, options.seconds, options.repetitions)
    if not wanted.quick and wanted.only == NAMES and not wanted.large:
        _keep(found, places.LAST_RUN)
    if wanted.json:
        _keep(found, wanted.json)
    failed = [row for row in rows if row.errors]
    for row in failed:
        print(f"\n{row.what}: {row.errors} errors, the first: {row.first_error}", file=sys.stderr)
    raise SystemExit(1 if failed else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one window of 2 s each, smaller desks: to try it out")
    parser.add_argument("--only", type=_names, default=NAMES, help=f"some of {','.join(NAMES)}")
    parser.add_argument("--large", type=int, metavar="TICKETS", help="measure growth at so many instead of 1,000,000")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the results here")
    parser.add_argument("--seconds", type=float, help="length of a window")
    parser.add_argument("--repetitions", type=int, help="windows of each party")
    parser.add_argument("--write-docs", action="store_true", help="write the last run into docs/, measure nothing")
    return parser.parse_args()


def _names(text: str) -> list[str]:
    names = text.split(",")
    unknown = sorted(set(names) - set(NAMES))
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no {', '.join(unknown)}; there are {', '.join(NAMES)}")
    return names


def _options(wanted: argparse.Namespace) -> Options:
    options = Options(seconds=2, repetitions=1, large=20_000, tickets=20_000, small=5_000, requests=10_000)
    options = options if wanted.quick else Options()
    return replace(
        options,
        large=wanted.large or options.large,
        seconds=wanted.seconds or options.seconds,
        repetitions=wanted.repetitions or options.repetitions,
    )


def _measure(scenario: Scenario, options: Options) -> Sequence[Row]:
    """Let the parties of a scenario take turns, and work out its lines."""
    repetitions = scenario.repetitions or options.repetitions
    progress.say(f"{scenario.name}: setting up")
    try:
        with scenario.set_up(options) as parties:
            windows: dict[str, list[Window]] = {name: [] for name in parties}
            for repetition in range(1, repetitions + 1):
                for name, party in parties.items():
                    progress.say(f"{scenario.name}: {name}, {repetition} of {repetitions}")
                    windows[name].append(party(options.seconds))
    except Unavailable as reason:
        progress.say(f"{scenario.name}: left out, {reason}")
        return []
    return [row_of(scenario.name, line, windows) for line in scenario.lines(options)]


def _keep(found: report.Result, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(msgspec.json.format(msgspec.json.encode(found)))


def _write_docs() -> None:
    if not places.LAST_RUN.exists():
        raise SystemExit(
            "there is no run to write about; `python -m bench` makes one (--quick and --only do not count)"
        )
    found = msgspec.json.decode(places.LAST_RUN.read_bytes(), type=report.Result)
    places.DOCS.write_text(report.page(found, places.CHART.name))
    places.CHART.write_text(chart.svg(found.rows))
    print(f"written: {places.DOCS.relative_to(places.ROOT)}, {places.CHART.relative_to(places.ROOT)}")


if __name__ == "__main__":
    main()
