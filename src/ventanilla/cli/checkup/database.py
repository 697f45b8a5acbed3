"""The data: the database and the files that belong to it. Only `recount` and `sweep` change anything."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ventanilla import app
from ventanilla.cli import copying
from ventanilla.cli.checkup import kept_files
from ventanilla.cli.checkup.findings import SHOWN, Finding, ok, warning, wrong
from ventanilla.cli.importing import MARK
from ventanilla.settings import Settings
from ventanilla.store import checks, opening, upkeep
from ventanilla.store.columns import moment
from ventanilla.store.connection import Connection
from ventanilla.store.failures import DatabaseFailed
from ventanilla.store.migrations import HEAD
from ventanilla.store.workbench import Workbench

_LEEWAY = timedelta(minutes=5)

_RESTORE = "stop the server and restore the last good backup"


async def examine(found: Settings, *, quick: bool, recount: bool, sweep: bool = False) -> list[Finding]:
    try:
        path = None if upkeep.is_postgres(found.database) else opening.sqlite_path(found.database)
    except opening.CannotOpen as error:
        return [wrong("database", str(error), "set database_url, or leave it out")]
    if path is not None and not path.exists():
        return [warning("database", f"{path} is not there yet", "ventanilla migrate (or serve) makes it")]
    restore = _RESTORE if path else "see to the server, or restore the last good backup"
    try:
        bench = await upkeep.open_as_it_is(found.database)
    except opening.CannotOpen as error:
        mend = f"check its owner and mode, or {restore}" if path else "start the server, or correct database_url"
        return [wrong("database", str(error), mend)]
    try:
        return [finding async for finding in _examine(bench, found, quick=quick, recount=recount, sweep=sweep)]
    except DatabaseFailed as error:
        return [wrong("database", f"it cannot be read: {error}", restore)]
    finally:
        await bench.close()


async def _examine(
    bench: Workbench, found: Settings, *, quick: bool, recount: bool, sweep: bool
) -> AsyncIterator[Finding]:
    async with bench.snapshot():
        version, revision = await bench.engine.version(bench.db), await bench.engine.revision(bench.db)
    yield ok("database", version)
    if revision != HEAD:
        yield _wrong_revision(revision)
        return
    yield ok("schema", f"revision {HEAD}")
    if recount:
        async with bench.work():
            await checks.recount(bench.db)
        yield ok("recount", "the queues were counted anew")
    async with bench.snapshot():
        yield await _durability(bench)
        yield await _integrity(bench, quick=quick)
        for look in (_foreign_keys, _queue_counts, _labels, _clock):
            yield await look(bench.db)
        async for finding in kept_files.examine(bench.db, app.open_blobs(found), datetime.now(UTC), sweep=sweep):
            yield finding
    if (Path(found.data_dir) / MARK).exists():
        yield wrong("import", "an import was broken off", "give `ventanilla import` the same export once more")
    if (Path(found.data_dir) / copying.FOLDER).exists():
        yield warning("copy", "a copy to another database was broken off", "ventanilla copy --to the same address")


def _wrong_revision(revision: str | None) -> Finding:
    if revision is None or revision < HEAD:
        return wrong("schema", f"revision {revision}, this version needs {HEAD}", "ventanilla migrate")
    return wrong("schema", f"revision {revision} is newer than this version ({HEAD})", "install the newer version")


async def _durability(bench: Workbench) -> Finding:
    found = await bench.engine.hazards(bench.db)
    if found:
        return wrong("durability", f"{', '.join(found)}: a crash of the server loses tickets", "turn that on again")
    return ok("durability", "what is acknowledged stays")


async def _integrity(bench: Workbench, *, quick: bool) -> Finding:
    broken = await bench.engine.damage(bench.db, quick=quick)
    if broken:
        return wrong("integrity", "; ".join(broken[:SHOWN]), bench.engine.mend)
    return ok("integrity", "the database is whole")


async def _foreign_keys(db: Connection) -> Finding:
    found = await checks.orphans(db)
    if found:
        examples = {table: f"row {row} of {table} (no such row in {parent})" for table, row, parent in reversed(found)}
        listed = ", ".join(examples.values())
        return wrong("foreign keys", f"{len(found)} rows belong to nothing: {listed}", _RESTORE)
    return ok("foreign keys", "every row belongs where it says")


async def _queue_counts(db: Connection) -> Finding:
    found = await checks.wrong_counts(db)
    if found:
        listed = ", ".join(
            f"{one.area_key}/{one.status}/{'read' if one.is_read else 'unread'} says {one.kept}, there are {one.found}"
            for one in found[:SHOWN]
        )
        return wrong("queue counts", f"{len(found)} are not right: {listed}", "ventanilla doctor --recount")
    return ok("queue counts", "as many as there are tickets")


async def _labels(db: Connection) -> Finding:
    years = await checks.label_years(db)
    behind = [str(one.year) for one in years if one.counter < one.highest]
    if behind:
        return wrong("labels", f"the counter of {', '.join(behind)} is behind", "ventanilla doctor --recount")
    gaps = [f"{one.counter - one.tickets} of {one.year}" for one in years if one.counter != one.tickets]
    if gaps:
        return wrong("labels", f"missing: {', '.join(gaps)}; rows were deleted by hand", _RESTORE)
    return ok("labels", "numbered without gaps")


async def _clock(db: Connection) -> Finding:
    latest = moment(await checks.latest_change(db))
    if latest > datetime.now(UTC) + _LEEWAY:
        return wrong("times", f"a ticket changed at {latest:%Y-%m-%d %H:%M} UTC, which is to come", "set the clock")
    return ok("times", "no ticket is from the future")
