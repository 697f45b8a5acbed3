"""`ventanilla import`: fills an empty desk with an export, and proves at the end that it holds the same.

A broken-off import goes on where it stopped: a mark in the data folder names the export that it belongs to.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, structs

from ventanilla import app, settings
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.blobs.disk import CHUNK, DiskBlobs
from ventanilla.cli import archive
from ventanilla.cli.archive import Digest, FileDigest, Manifest
from ventanilla.cli.progress import progress
from ventanilla.cli.refusal import Refused, require_sqlite
from ventanilla.settings import Settings
from ventanilla.store import archive as rows
from ventanilla.store.migrations import HEAD

T = TypeVar("T")
Record = dict[str, Any]
Numbered = tuple[int, T]

MARK = "import-in-progress"
_BATCH = 100
_BLOB_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class TicketLine(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of tickets.jsonl."""

    ticket: Record
    messages: list[Record]
    attachments: list[Record]
    events: list[Record]


def run(folder: Path) -> None:
    """Import into the desk of the settings. Raises Refused, naming file and line, and on a desk that is not empty."""
    found = settings.load()
    require_sqlite(found, "import")
    manifest = _whole_manifest(folder)
    asyncio.run(_import(found, folder, manifest))
    counts = manifest.counts
    print(
        f"{counts['tickets']} tickets, {counts['messages']} messages and {counts['attachments']} attachments imported"
    )
    print("Every row and every file was compared with the export.")


def _whole_manifest(folder: Path) -> Manifest:
    path, manifest = folder / archive.MANIFEST, archive.read_manifest(folder)
    if manifest.format != archive.FORMAT:
        raise Refused(f"{path}: format is {manifest.format!r}, expected {archive.FORMAT!r}")
    if manifest.schema != HEAD:
        raise Refused(f"{path}: schema is {manifest.schema}; this version imports {HEAD}, the one that it exports")
    for name in (*rows.SINGLES, rows.COUNTERS, "tickets"):
        archive.require_whole(folder / f"{name}.jsonl", manifest.files.get(f"{name}.jsonl"))
    return manifest


async def _import(found: Settings, folder: Path, manifest: Manifest) -> None:
    desk = app.open_store(found)
    try:
        mark = Path(found.data_dir) / MARK
        _claim(mark, archive.manifest_digest(folder), await desk.read(rows.counts))
        for name in rows.SINGLES:
            await _import_singles(desk, folder / f"{name}.jsonl", name)
        await _import_tickets(desk, folder, DiskBlobs(Path(found.data_dir) / "attachments"), manifest)
        counters = list(archive.read_lines(folder / f"{rows.COUNTERS}.jsonl", Record))
        await _write(desk, folder / f"{rows.COUNTERS}.jsonl", counters, rows.finish, manifest.last_ids)
        await desk.scan(_verify, manifest)
        mark.unlink()
    finally:
        await desk.close()


def _claim(mark: Path, export: str, counts: Mapping[str, int]) -> None:
    """Let an import into an empty desk begin, and one of the same export go on. Raises Refused."""
    begun = mark.read_text(encoding="utf-8") if mark.exists() else None
    if begun not in (None, export):
        raise Refused(f"the import of another export was broken off: give that one again, or empty {mark.parent}")
    if begun is None and any(counts.values()):
        raise Refused(
            f"this desk is not empty: it has {counts['tickets']} tickets, {counts['requesters']} requesters and "
            f"{counts['agents']} agents; import into a new data_dir"
        )
    mark.write_text(export, encoding="utf-8")


async def _import_singles(desk: Desk, path: Path, name: str) -> None:
    done = await desk.read(rows.highest_id, name)
    for batch in _batches(archive.read_lines(path, Record)):
        wanted = [(line, record) for line, record in batch if _id(path, line, record) > done]
        await _write(desk, path, wanted, rows.restore, name)


async def _import_tickets(desk: Desk, folder: Path, blobs: DiskBlobs, manifest: Manifest) -> None:
    path = folder / archive.TICKETS
    done = await desk.read(rows.highest_id, "tickets")
    with progress("Importing", manifest.counts.get("tickets", 0)) as advance:
        for batch in _batches(archive.read_lines(path, TicketLine)):
            wanted = [(line, told) for line, told in batch if _id(path, line, told.ticket) > done]
            for line, told in wanted:
                for attachment in told.attachments:
                    await _keep(blobs, folder / archive.ATTACHMENTS, f"{path}, line {line}", attachment)
            await _write(desk, path, [(line, structs.asdict(told)) for line, told in wanted], rows.restore_tickets)
            advance(len(batch))


async def _write(desk: Desk, path: Path, batch: Sequence[Numbered[Record]], action: Any, *args: Any) -> None:
    """Store a batch in one transaction. Raises Refused naming the line of the record that cannot be stored."""
    try:
        await desk.write(action, [record for _, record in batch], *args)
    except rows.BadRecord as error:
        raise Refused(f"{path}, line {batch[error.number][0]}: {error}") from error


async def _keep(blobs: DiskBlobs, folder: Path, where: str, attachment: Mapping[str, Any]) -> None:
    """Put the bytes of an attachment where its row says. Raises Refused when they are not what the row says."""
    key, digest = str(attachment.get("blob_key")), str(attachment.get("sha256"))
    if not _BLOB_KEY.fullmatch(key) or not _SHA256.fullmatch(digest):
        raise Refused(f"{where}: attachments: blob_key or sha256 is not hexadecimal")
    upload, found = await blobs.begin(key), sha256()
    try:
        with (folder / digest).open("rb") as file:
            while chunk := file.read(CHUNK):
                found.update(chunk)
                await upload.write(chunk)
    except OSError as error:
        await upload.discard()
        raise Refused(f"{where}: the bytes of an attachment cannot be read: {error}") from error
    if found.hexdigest() != digest:
        await upload.discard()
        raise Refused(f"{where}: {folder / digest} was changed: its SHA-256 is not its name")
    await upload.keep()


async def _verify(tx: Transaction, manifest: Manifest) -> None:
    """Compare what the desk holds now with what the manifest says. Raises Refused."""
    differing = [name for name, count in (await rows.counts(tx)).items() if manifest.counts.get(name) != count]
    held = {f"{name}.jsonl": await _digest(rows.records(tx, name)) for name in (*rows.SINGLES, rows.COUNTERS)}
    held[archive.TICKETS] = await _digest(rows.ticket_records(tx))
    differing += [name for name, digest in held.items() if manifest.files[name] != digest]
    if differing:
        raise Refused(f"the desk is not what was exported ({', '.join(differing)}): do not use it, report this")


async def _digest(records: AsyncIterator[Record]) -> FileDigest:
    digest = Digest()
    async for record in records:
        digest.add(record)
    return digest.result


def _id(path: Path, line: int, record: Mapping[str, Any]) -> int:
    found = record.get("id")
    if not isinstance(found, int) or found < 1:
        raise Refused(f"{path}, line {line}: id is no positive whole number")
    return found


def _batches(lines: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(lines)
    while batch := list(islice(rest, _BATCH)):
        yield batch
