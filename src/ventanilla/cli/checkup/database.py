"""The data: the database and the files that belong to it. Only `recount` changes anything."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw

from ventanilla.blobs.disk import DiskBlobs
from ventanilla.cli.checkup.findings import Finding, ok, warning, wrong
from ventanilla.cli.importing import MARK
from ventanilla.settings import Settings
from ventanilla.store import checks, opening
from ventanilla.store.columns import moment
from ventanilla.store.engines.sqlite import SqliteConnection
from ventanilla.store.migrations import HEAD

_LEEWAY = timedelta(minutes=5)
_ON_ITS_WAY = 60 * 60
"""Seconds for which a file may be there before its row is."""
_SHOWN = 5

_RESTORE = "stop the server and restore the last good backup"


async def examine(found: Settings, *, quick: bool, recount: bool) -> list[Finding]:
    if found.database.startswith(opening.POSTGRES_PREFIXES):
        return [_postgres(found.database)]
    try:
        path = opening.sqlite_path(found.database)
    except opening.CannotOpen as error:
        return [wrong("database", str(error), "set database_url, or leave it out")]
    if not path.exists():
        return [warning("database", f"{path} is not there yet", "ventanilla migrate (or serve) makes it")]
    try:
        connection = SqliteConnection(path)
    except apsw.Error as error:
        return [wrong("database", f"{path} cannot be opened: {error}", f"check its owner and mode, or {_RESTORE}")]
    try:
        return [finding async for finding in _examine(connection, found, quick=quick, recount=recount)]
    except apsw.Error as error:
        return [wrong("database", f"{path} cannot be read: {error}", _RESTORE)]
    finally:
        connection.close()


async def _examine(db: SqliteConnection, found: Settings, *, quick: bool, recount: bool) -> AsyncIterator[Finding]:
    revision = opening.schema_revision(db)
    if revision != HEAD:
        yield _wrong_revision(revision)
        return
    yield ok("schema", f"revision {HEAD}")
    if recount:
        db.do("BEGIN IMMEDIATE")
        await checks.recount(db)
        db.do("COMMIT")
        yield ok("recount", "the queues were counted anew")
    yield await _integrity(db, quick=quick)
    yield await _foreign_keys(db)
    yield await _queue_counts(db)
    yield await _labels(db)
    yield await _clock(db)
    async for finding in _files(db, Path(found.data_dir) / "attachments"):
        yield finding
    if (Path(found.data_dir) / MARK).exists():
        yield wrong("import", "an import was broken off", "give `ventanilla import` the same export once more")


def _postgres(url: str) -> Finding:
    """Look at the schema alone; the server looks after its own files."""
    from ventanilla.store.engines import postgres_setup

    try:
        revision = postgres_setup.revision(url)
    except opening.CannotOpen as error:
        return wrong("database", str(error), "start the server, or correct database_url")
    return ok("schema", f"revision {HEAD}, on PostgreSQL") if revision == HEAD else _wrong_revision(revision)


def _wrong_revision(revision: str | None) -> Finding:
    if revision is None or revision < HEAD:
        return wrong("schema", f"revision {revision}, this version needs {HEAD}", "ventanilla migrate")
    return wrong("schema", f"revision {revision} is newer than this version ({HEAD})", "install the newer version")


async def _integrity(db: SqliteConnection, *, quick: bool) -> Finding:
    broken = await checks.damage(db, quick=quick)
    if broken:
        return wrong("integrity", "; ".join(broken[:_SHOWN]), f"{_RESTORE}; `sqlite3 FILE .recover` saves what it can")
    return ok("integrity", "the database file is whole")


async def _foreign_keys(db: SqliteConnection) -> Finding:
    found = await checks.orphans(db)
    if found:
        listed = ", ".join(f"row {row} of {table} (no such row in {parent})" for table, row, parent in found[:_SHOWN])
        return wrong("foreign keys", f"{len(found)} rows belong to nothing: {listed}", _RESTORE)
    return ok("foreign keys", "every row belongs where it says")


async def _queue_counts(db: SqliteConnection) -> Finding:
    found = await checks.wrong_counts(db)
    if found:
        listed = ", ".join(
            f"{one.area_key}/{one.status}/{'read' if one.is_read else 'unread'} says {one.kept}, there are {one.found}"
            for one in found[:_SHOWN]
        )
        return wrong("queue counts", f"{len(found)} are not right: {listed}", "ventanilla doctor --recount")
    return ok("queue counts", "as many as there are tickets")


async def _labels(db: SqliteConnection) -> Finding:
    years = await checks.label_years(db)
    behind = [str(one.year) for one in years if one.counter < one.highest]
    if behind:
        return wrong("labels", f"the counter of {', '.join(behind)} is behind", "ventanilla doctor --recount")
    gaps = [f"{one.counter - one.tickets} of {one.year}" for one in years if one.counter != one.tickets]
    if gaps:
        return wrong("labels", f"missing: {', '.join(gaps)}; rows were deleted by hand", _RESTORE)
    return ok("labels", "numbered without gaps")


async def _clock(db: SqliteConnection) -> Finding:
    latest = moment(await checks.latest_change(db))
    if latest > datetime.now(UTC) + _LEEWAY:
        return wrong("times", f"a ticket changed at {latest:%Y-%m-%d %H:%M} UTC, which is to come", "set the clock")
    return ok("times", "no ticket is from the future")


async def _files(db: SqliteConnection, folder: Path) -> AsyncIterator[Finding]:
    blobs = DiskBlobs(folder)
    unclaimed, missing = blobs.keys(), []
    async for file in checks.attached_files(db):
        path = blobs.path(file.blob_key)
        if file.blob_key not in unclaimed or path.stat().st_size != file.size:
            missing.append(f"attachment {file.id} of ticket {file.ticket_id} ({path})")
        unclaimed.discard(file.blob_key)
    if missing:
        yield wrong("attachments", f"{len(missing)} have no whole file: {', '.join(missing[:_SHOWN])}", _COPY_BACK)
    else:
        yield ok("attachments", "every attachment has its file")
    oldest = time.time() - _ON_ITS_WAY
    left = [str(blobs.path(key)) for key in sorted(unclaimed) if blobs.path(key).stat().st_mtime < oldest]
    if left:
        yield warning("files", f"{len(left)} belong to no attachment: {', '.join(left[:_SHOWN])}", "delete them")


_COPY_BACK = "copy these files back from a backup"
