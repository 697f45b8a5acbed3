"""`ventanilla copy --to URL`: the desk into another database, for instance from SQLite to PostgreSQL.

The rows go through a folder in `data_dir`, so that a copy that was broken off goes on where it stopped; the files of
attachments stay where they are.
"""

import asyncio
import shutil
from pathlib import Path

from msgspec import structs

from ventanilla import app, settings
from ventanilla.cli import archive, attached, exporting, importing
from ventanilla.cli.archive import Manifest
from ventanilla.cli.refusal import Refused
from ventanilla.settings import Settings
from ventanilla.store import upkeep
from ventanilla.store.workbench import Workbench

FOLDER = "copy-in-progress"


def run(url: str) -> None:
    """Copy the desk of the settings into an empty database. Raises Refused, CannotOpen and DatabaseFailed."""
    found = settings.load()
    target = structs.replace(found, database_url=url)
    if target.database == found.database:
        raise Refused("--to is the database of this desk; give another")
    counts = asyncio.run(_copy(found, target, Path(found.data_dir) / FOLDER)).counts
    print(
        f"{counts['tickets']} tickets, {counts['messages']} messages and {counts['attachments']} attachments are in "
        "the new database. Every row was compared and every file was hashed."
    )
    print("Set database_url to the new address, then start the desk. The old database was left as it is.")


async def _copy(found: Settings, target: Settings, folder: Path) -> Manifest:
    source = await upkeep.open_current(found.database)
    try:
        manifest = await rows_in(source, folder)
        await attached.check_all(source, app.open_blobs(found), manifest.counts["attachments"])
        await _fill(target, folder, manifest)
        changed = await importing.differences(source, manifest)
        shutil.rmtree(folder)
    finally:
        await source.close()
    if changed:
        raise Refused(
            f"this desk changed while it was copied ({', '.join(changed)}), so the copy is not the whole of it: stop "
            "the server, empty the new database, and copy again"
        )
    return manifest


async def rows_in(source: Workbench, folder: Path) -> Manifest:
    """Return the manifest of the rows in `folder`: those of the copy that was broken off, or of this moment."""
    if (folder / archive.MANIFEST).exists():
        return importing.whole_manifest(folder)
    shutil.rmtree(folder, ignore_errors=True)
    archive.make_empty(folder)
    manifest = await exporting.write_rows(source, folder, with_passwords=True, with_secrets=True)
    archive.write_manifest(folder, manifest)
    return manifest


async def _fill(target: Settings, folder: Path, manifest: Manifest) -> None:
    bench = await upkeep.open_prepared(target.database)
    try:
        claimed = importing.claim(folder, target.database)
        await importing.fill(bench, folder, manifest, None, claimed, folder / importing.MARK)
    finally:
        await bench.close()
