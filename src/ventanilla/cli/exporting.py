"""`ventanilla export`: the desk as files, its rows as one snapshot shows them, and never held in memory as a whole."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from ventanilla import app, settings
from ventanilla.blobs.ports import BlobStore
from ventanilla.cli import archive, attached
from ventanilla.cli.archive import FileDigest, LineWriter, Manifest
from ventanilla.cli.progress import progress
from ventanilla.cli.refusal import Refused
from ventanilla.core.people import NO_PASSWORD
from ventanilla.settings import Settings
from ventanilla.store import archive as rows
from ventanilla.store import upkeep
from ventanilla.store.migrations import HEAD
from ventanilla.store.workbench import Workbench


def run(folder: Path, *, with_passwords: bool) -> None:
    """Export the desk of the settings into a new or empty folder. Raises Refused."""
    found = settings.load()
    archive.make_empty(folder)
    counts = asyncio.run(_export(found, folder, with_passwords)).counts
    print(
        f"{counts['tickets']} tickets, {counts['messages']} messages and {counts['attachments']} attachments exported"
    )
    if not with_passwords:
        print("Password hashes were left out: staff accounts need a new password after an import.")


async def _export(found: Settings, folder: Path, with_passwords: bool) -> Manifest:
    bench = await upkeep.open_current(found.database)
    try:
        return await export(bench, app.open_blobs(found), folder, with_passwords=with_passwords)
    finally:
        await bench.close()


async def export(
    bench: Workbench, blobs: BlobStore, folder: Path, *, with_passwords: bool, with_secrets: bool = False
) -> Manifest:
    """Write rows, then the bytes of attachments, and the manifest last. Raises Refused and DatabaseFailed."""
    try:
        await attached.fetch_ahead(bench, blobs, folder / archive.ATTACHMENTS)
        manifest = await write_rows(bench, folder, with_passwords=with_passwords, with_secrets=with_secrets)
        total = manifest.counts["attachments"]
        await attached.fetch_all(bench, blobs, folder / archive.ATTACHMENTS, _attachments(folder), total)
        archive.write_manifest(folder, manifest)
    except OSError as error:
        raise Refused(f"{folder}: {error}") from error
    return manifest


async def write_rows(bench: Workbench, folder: Path, *, with_passwords: bool, with_secrets: bool) -> Manifest:
    """Write every row that one snapshot shows; returns the manifest, which is still to be written."""
    names = (*rows.SINGLES, rows.COUNTERS, *(rows.SECRETS if with_secrets else ()))
    async with bench.snapshot():
        counts = await rows.counts(bench, *(rows.SECRETS if with_secrets else ()))
        files = {f"{name}.jsonl": await _write_table(bench, folder, name, with_passwords) for name in names}
        files[archive.TICKETS] = await _write_tickets(bench, folder, counts["tickets"])
        return Manifest(
            format=archive.FORMAT,
            schema=HEAD,
            with_passwords=with_passwords,
            with_secrets=with_secrets,
            files=files,
            counts=counts,
            last_ids=await rows.last_ids(bench),
        )


async def _write_table(bench: Workbench, folder: Path, name: str, with_passwords: bool) -> FileDigest:
    with LineWriter(folder / f"{name}.jsonl") as writer:
        async for record in rows.records(bench, name):
            if record.get("password_hash") and not with_passwords:
                record["password_hash"] = NO_PASSWORD
            writer.add(record)
    return writer.result


async def _write_tickets(bench: Workbench, folder: Path, total: int) -> FileDigest:
    with LineWriter(folder / archive.TICKETS) as writer, progress("Tickets", total) as advance:
        async for record in rows.ticket_records(bench):
            writer.add(record)
            advance()
    return writer.result


class _AttachmentsOfLine(Struct):
    attachments: list[rows.Record]


def _attachments(folder: Path) -> Iterator[rows.Record]:
    for _, line in archive.read_lines(folder / archive.TICKETS, _AttachmentsOfLine):
        yield from line.attachments
