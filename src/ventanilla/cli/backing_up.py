"""`ventanilla backup`: everything that a desk needs to go on elsewhere, while it is served.

A desk on SQLite gives its database file, one on PostgreSQL an export with its secrets. The database comes first and
then the files that it speaks of; the manifest comes last, so that half a backup has none.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import apsw

from ventanilla import app, settings
from ventanilla.blobs.ports import BlobStore
from ventanilla.cli import archive, attached, exporting
from ventanilla.cli.archive import FileDigest, LineWriter, Manifest
from ventanilla.cli.progress import progress
from ventanilla.cli.refusal import Refused
from ventanilla.settings import Settings
from ventanilla.store import archive as rows
from ventanilla.store import upkeep
from ventanilla.store.engines.sqlite_connection import SqliteConnection
from ventanilla.store.engines.sqlite_upkeep import copy_database
from ventanilla.store.migrations import HEAD
from ventanilla.store.workbench import Workbench


def run(folder: Path) -> None:
    """Back the desk of the settings up into a new or empty folder. Raises Refused, CannotOpen and DatabaseFailed."""
    found = settings.load()
    archive.make_empty(folder)
    counts = asyncio.run(_back_up(found, folder)).counts
    print(f"{counts['tickets']} tickets and {counts['attachments']} attachments are in {folder}")
    print("It holds the desk's secrets: keep it where nobody else can read it.")


async def _back_up(found: Settings, folder: Path) -> Manifest:
    bench, blobs = await upkeep.open_current(found.database), app.open_blobs(found)
    try:
        if upkeep.is_postgres(found.database):
            return await exporting.export(bench, blobs, folder, with_passwords=True, with_secrets=True)
        return await _back_up_sqlite(bench, blobs, folder)
    except (OSError, apsw.Error) as error:
        raise Refused(f"{folder}: {error}") from error
    finally:
        await bench.close()


async def _back_up_sqlite(bench: Workbench, blobs: BlobStore, folder: Path) -> Manifest:
    attachments = folder / archive.ATTACHMENTS
    await attached.fetch_ahead(bench, blobs, attachments)
    manifest = await _write_database(bench, folder)
    listed = (record for _, record in archive.read_lines(folder / archive.ATTACHMENT_ROWS, rows.Record))
    await attached.fetch_all(
        bench, blobs, attachments, cast(Iterator[rows.Record], listed), manifest.counts["attachments"]
    )
    archive.write_manifest(folder, manifest)
    return manifest


async def _write_database(bench: Workbench, folder: Path) -> Manifest:
    async with bench.snapshot():
        counts, last_ids = await rows.counts(bench, *rows.SECRETS), await rows.last_ids(bench)
        with LineWriter(folder / archive.ATTACHMENT_ROWS) as writer:
            async for record in rows.records(bench, "attachments"):
                writer.add(record)
        source = cast(SqliteConnection, bench.db)
        with progress("Database pages", source.pages()) as advance:
            copy_database(source, folder / archive.DATABASE, advance, without=rows.PASSING)
    database = FileDigest(0, archive.digest_of(folder / archive.DATABASE))
    return Manifest(
        format=archive.SQLITE_FORMAT,
        schema=HEAD,
        with_passwords=True,
        with_secrets=True,
        files={archive.DATABASE: database, archive.ATTACHMENT_ROWS: writer.result},
        counts=counts,
        last_ids=last_ids,
    )
