"""`ventanilla doctor`: what is wrong with this installation, and how to mend it."""

import asyncio
from collections.abc import Iterator

import msgspec

from ventanilla import settings
from ventanilla.cli.checkup import collector, database, installation
from ventanilla.cli.checkup.findings import Finding, Level, wrong
from ventanilla.settings import WrongSettings


def run(host: str, *, quick: bool, recount: bool, sweep: bool, as_json: bool) -> int:
    """Print the findings; returns 1 when something is wrong."""
    findings = list(_examine(host, quick=quick, recount=recount, sweep=sweep))
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(findings)).decode())
    else:
        _print(findings)
    return int(any(finding.level is Level.WRONG for finding in findings))


def _examine(host: str, *, quick: bool, recount: bool, sweep: bool) -> Iterator[Finding]:
    try:
        found = settings.load()
    except WrongSettings as error:
        yield wrong("settings", str(error), "correct this setting; docs/settings.md lists all of them")
        return
    yield from installation.examine(found, host)
    yield from collector.examine(found)
    yield from asyncio.run(database.examine(found, quick=quick, recount=recount, sweep=sweep))


def _print(findings: list[Finding]) -> None:
    for finding in findings:
        print(f"{finding.level.upper():8} {finding.check}: {finding.what}")
        if finding.mend:
            print(f"{'':8} mend: {finding.mend}")
    counts = {level: sum(finding.level is level for finding in findings) for level in Level}
    print(f"{counts[Level.WRONG]} wrong, {counts[Level.WARNING]} warnings, {counts[Level.OK]} in order")
