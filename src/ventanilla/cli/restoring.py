"""`ventanilla restore`: a desk out of a backup, in a place where there is none yet."""

import asyncio
import os
import shutil
from pathlib import Path

from ventanilla import app, settings
from ventanilla.cli import archive, attached, importing
from ventanilla.cli.archive import Manifest
from ventanilla.cli.checkup import database
from ventanilla.cli.checkup.findings import Level
from ventanilla.cli.progress import progress
from ventanilla.cli.refusal import Refused
from ventanilla.settings import Settings
from ventanilla.store import archive as rows
from ventanilla.store import opening, upkeep
from ventanilla.store.archive import Record
from ventanilla.store.migrations import HEAD


def run(folder: Path, *, verify: bool) -> None:
    """Restore into the desk of the settings. Raises Refused, naming the first fault, CannotOpen and DatabaseFailed."""
    found = settings.load()
    manifest = archive.read_manifest(folder)
    if manifest.format == archive.SQLITE_FORMAT:
        asyncio.run(_restore_sqlite(found, folder, manifest))
    else:
        _require_secrets(folder, manifest)
        asyncio.run(importing.bring_in(found, folder, importing.whole_manifest(folder)))
    print(f"{manifest.counts['tickets']} tickets and {manifest.counts['attachments']} attachments restored")
    if verify:
        asyncio.run(_verify(found, manifest))
        print("OK: the database is whole, holds what the backup holds, and every attachment is what its row says.")


def _require_secrets(folder: Path, manifest: Manifest) -> None:
    if not manifest.with_secrets:
        raise Refused(f"{folder} is an export, which has no secrets in it: use `ventanilla import`")


async def _restore_sqlite(found: Settings, folder: Path, manifest: Manifest) -> None:
    target = _empty_place(found, folder)
    if manifest.schema > HEAD:
        raise Refused(f"{folder} has schema {manifest.schema}, which is newer than this version ({HEAD}): install that")
    for name in (archive.DATABASE, archive.ATTACHMENT_ROWS):
        archive.require_whole(folder / name, manifest.files.get(name))
    await _restore_attachments(found, folder, manifest.counts["attachments"])
    try:
        _copy_whole(folder / archive.DATABASE, target)
    except OSError as error:
        raise Refused(f"{target}: {error}") from error


def _empty_place(found: Settings, folder: Path) -> Path:
    if upkeep.is_postgres(found.database):
        raise Refused(
            f"{folder} is the backup of a desk on SQLite, and database_url is on PostgreSQL: restore it without "
            "database_url, then `ventanilla copy --to` the server"
        )
    target = opening.sqlite_path(found.database)
    if target.exists():
        raise Refused(f"there is a desk already: {target}; restore into a new data_dir")
    return target


async def _restore_attachments(found: Settings, folder: Path, total: int) -> None:
    path, blobs = folder / archive.ATTACHMENT_ROWS, app.open_blobs(found)
    with progress("Attachments", total) as advance:
        for line, record in archive.read_lines(path, Record):
            await attached.put(blobs, folder / archive.ATTACHMENTS, f"{path}, line {line}", record)
            advance()


def _copy_whole(source: Path, target: Path) -> None:
    """Copy the database; under its own name it is there in full, or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with source.open("rb") as read, archive.open_private(unfinished) as written:
        shutil.copyfileobj(read, written, 1024 * 1024)
        written.flush()
        os.fsync(written.fileno())
    unfinished.rename(target)
    archive.sync_folder(target.parent)


async def _verify(found: Settings, manifest: Manifest) -> None:
    """Look at the restored desk as the doctor does, count its rows and hash its files. Raises Refused."""
    for finding in await database.examine(found, quick=False, recount=False):
        if finding.level is Level.WRONG:
            raise Refused(f"{finding.check}: {finding.what}; do not use what was restored")
    bench = await upkeep.open_current(found.database)
    try:
        async with bench.snapshot():
            counts = await rows.counts(bench, *rows.SECRETS)
        for name, count in counts.items():
            if manifest.counts.get(name) != count:
                raise Refused(f"{name}: {count} rows, the backup has {manifest.counts.get(name)}; do not use this")
        await attached.check_all(bench, app.open_blobs(found), counts["attachments"])
    finally:
        await bench.close()
