"""`ventanilla import`: fills an empty desk with an export, and proves at the end that it holds the same.

A broken-off import goes on where it stopped: a mark tells of which export and for which database it was.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, structs

from ventanilla import app, settings
from ventanilla.blobs.ports import BlobStore
from ventanilla.cli import archive, attached
from ventanilla.cli.archive import Digest, FileDigest, Manifest
from ventanilla.cli.progress import progress
from ventanilla.cli.refusal import Refused
from ventanilla.settings import Settings
from ventanilla.store import archive as rows
from ventanilla.store import restoring, upkeep
from ventanilla.store.archive import Record
from ventanilla.store.migrations import HEAD
from ventanilla.store.workbench import Workbench

T = TypeVar("T")
Numbered = tuple[int, T]

MARK = "import-in-progress"
_BATCH = 100


class TicketLine(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of tickets.jsonl."""

    ticket: Record
    messages: list[Record]
    attachments: list[Record]
    events: list[Record]
    ticket_tags: list[Record]
    ticket_fields: list[Record]
    drafts: list[Record]
    notifications: list[Record]
    ticket_links: list[Record]


def run(folder: Path) -> None:
    """Import into the desk of the settings. Raises Refused, naming file and line, and on a desk that is not empty."""
    found = settings.load()
    manifest = whole_manifest(folder)
    asyncio.run(bring_in(found, folder, manifest))
    counts = manifest.counts
    print(
        f"{counts['tickets']} tickets, {counts['messages']} messages and {counts['attachments']} attachments imported"
    )
    print("Every row and every file was compared with the export.")


def whole_manifest(folder: Path) -> Manifest:
    """Return the manifest of an export whose files are what it says. Raises Refused."""
    path, manifest = folder / archive.MANIFEST, archive.read_manifest(folder)
    if manifest.format != archive.FORMAT:
        raise Refused(f"{path}: format is {manifest.format!r}, expected {archive.FORMAT!r}")
    if manifest.schema != HEAD:
        raise Refused(f"{path}: schema is {manifest.schema}; this version imports {HEAD}, the one that it exports")
    for name in (*_tables(manifest), "tickets"):
        archive.require_whole(folder / f"{name}.jsonl", manifest.files.get(f"{name}.jsonl"))
    return manifest


async def bring_in(found: Settings, folder: Path, manifest: Manifest) -> None:
    """Fill the desk of these settings, rows and files. Raises Refused, CannotOpen and DatabaseFailed."""
    bench = await upkeep.open_prepared(found.database)
    try:
        mark = Path(found.data_dir) / MARK
        mark.parent.mkdir(parents=True, exist_ok=True)
        await fill(bench, folder, manifest, app.open_blobs(found), claim(folder, found.database), mark)
    finally:
        await bench.close()


def claim(folder: Path, database_url: str) -> str:
    """Return what tells this import from that of another export, or into another database."""
    return sha256(f"{archive.manifest_digest(folder)} {database_url}".encode()).hexdigest()


async def fill(
    bench: Workbench, folder: Path, manifest: Manifest, blobs: BlobStore | None, claimed: str, mark: Path
) -> None:
    """Begin, or go on with, an import; `blobs` is None when the files are where they belong already."""
    _begin(mark, claimed, await rows.counts(bench))
    for name in rows.SINGLES:
        await _import_people(bench, folder / f"{name}.jsonl", name)
    await _import_tickets(bench, folder, blobs, manifest)
    counters = list(archive.read_lines(folder / f"{rows.COUNTERS}.jsonl", Record))
    await _write(bench, folder / f"{rows.COUNTERS}.jsonl", counters, restoring.finish, manifest.last_ids)
    for name in rows.SECRETS if manifest.with_secrets else ():
        await _import_secrets(bench, folder / f"{name}.jsonl", name)
    differing = await differences(bench, manifest)
    if differing:
        raise Refused(f"the desk is not what was exported ({', '.join(differing)}): do not use it, report this")
    mark.unlink()  # noqa: ASYNC240 - nothing else runs in this loop


async def differences(bench: Workbench, manifest: Manifest) -> list[str]:
    """Return the names of the tables that do not hold, to the last byte, what the manifest says."""
    secrets = rows.SECRETS if manifest.with_secrets else ()
    async with bench.snapshot():
        found = await rows.counts(bench, *secrets)
        held = {f"{name}.jsonl": await _digest(rows.records(bench, name)) for name in _tables(manifest)}
        with progress("Comparing", manifest.counts["tickets"]) as advance:
            held[archive.TICKETS] = await _digest(rows.ticket_records(bench), advance)
    differing = [name for name, count in found.items() if manifest.counts.get(name) != count]
    return differing + [name for name, digest in held.items() if manifest.files[name] != digest]


def _tables(manifest: Manifest) -> tuple[str, ...]:
    return (*rows.SINGLES, rows.COUNTERS, *(rows.SECRETS if manifest.with_secrets else ()))


def _begin(mark: Path, claimed: str, counts: Mapping[str, int]) -> None:
    """Let an import into an empty desk begin, and one of the same export go on. Raises Refused."""
    begun = mark.read_text(encoding="utf-8") if mark.exists() else None
    if begun not in (None, claimed) and any(counts.values()):
        raise Refused(
            "the import of another export, or into another database, was broken off: give that one again, or begin "
            f"with an empty desk and remove {mark}"
        )
    if begun is None and any(counts.values()):
        raise Refused(
            f"this desk is not empty: it has {counts['tickets']} tickets, {counts['requesters']} requesters and "
            f"{counts['agents']} agents; import into a new data_dir or database"
        )
    mark.write_text(claimed, encoding="utf-8")


async def _import_people(bench: Workbench, path: Path, name: str) -> None:
    done = await rows.highest_id(bench, name)
    for batch in _batches(archive.read_lines(path, Record)):
        wanted = [(line, record) for line, record in batch if _id(path, line, record) > done]
        await _write(bench, path, wanted, restoring.restore, name)


async def _import_tickets(bench: Workbench, folder: Path, blobs: BlobStore | None, manifest: Manifest) -> None:
    path = folder / archive.TICKETS
    done = await rows.highest_id(bench, "tickets")
    with progress("Importing", manifest.counts.get("tickets", 0)) as advance:
        for batch in _batches(archive.read_lines(path, TicketLine)):
            wanted = [(line, told) for line, told in batch if _id(path, line, told.ticket) > done]
            if blobs is not None:
                await _put_files(blobs, path, wanted)
            records = [(line, structs.asdict(told)) for line, told in wanted]
            await _write(bench, path, records, restoring.restore_tickets)
            advance(len(batch))


async def _put_files(blobs: BlobStore, path: Path, batch: Sequence[Numbered[TicketLine]]) -> None:
    for line, told in batch:
        for attachment in told.attachments:
            await attached.put(blobs, path.parent / archive.ATTACHMENTS, f"{path}, line {line}", attachment)


async def _import_secrets(bench: Workbench, path: Path, name: str) -> None:
    """Replace the table; its rows have no ids, so an import that was broken off begins it anew."""
    async with bench.work():
        await restoring.empty(bench, name)
    for batch in _batches(archive.read_lines(path, Record)):
        await _write(bench, path, batch, restoring.restore, name)


async def _write(bench: Workbench, path: Path, batch: Sequence[Numbered[Record]], action: Any, *args: Any) -> None:
    """Store a batch in one transaction. Raises Refused naming the line of the record that cannot be stored."""
    try:
        async with bench.work():
            await action(bench, [record for _, record in batch], *args)
    except restoring.BadRecord as error:
        if error.number is None:
            for one in batch:
                await _write(bench, path, [one], action, *args)
        else:
            raise Refused(f"{path}, line {batch[error.number][0]}: {error}") from error


async def _digest(records: AsyncIterator[Record], advance: Any = None) -> FileDigest:
    digest = Digest()
    async for record in records:
        digest.add(record)
        if advance:
            advance()
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
