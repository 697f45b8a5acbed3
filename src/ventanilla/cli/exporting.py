"""`ventanilla export`: the desk as files, read in one snapshot and never held in memory as a whole."""

import asyncio
import shutil
import threading
from collections.abc import Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any

from ventanilla import app, settings
from ventanilla.actions.ports import Transaction
from ventanilla.blobs.disk import DiskBlobs
from ventanilla.cli import archive
from ventanilla.cli.archive import FileDigest, LineWriter, Manifest
from ventanilla.cli.progress import Advance, progress
from ventanilla.cli.refusal import Refused, require_sqlite
from ventanilla.settings import Settings
from ventanilla.store import archive as rows
from ventanilla.store.migrations import HEAD


def run(folder: Path, *, with_passwords: bool) -> None:
    """Export the desk of the settings into a new or empty folder. Raises Refused."""
    found = settings.load()
    require_sqlite(found, "export")
    _make_empty(folder)
    manifest = asyncio.run(_export(found, folder, with_passwords))
    counts = manifest.counts
    print(
        f"{counts['tickets']} tickets, {counts['messages']} messages and {counts['attachments']} attachments exported"
    )
    if not with_passwords:
        print("Password hashes were left out: staff accounts need a new password after an import.")


def _make_empty(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Refused(f"{folder} is not empty; give a new folder")
        (folder / archive.ATTACHMENTS).mkdir()
    except OSError as error:
        raise Refused(f"{folder}: {error}") from error


async def _export(found: Settings, folder: Path, with_passwords: bool) -> Manifest:
    desk = app.open_store(found)
    writer = _Export(folder, DiskBlobs(Path(found.data_dir) / "attachments"), with_passwords)
    try:
        return await desk.scan(writer.write)
    finally:
        writer.stopped.set()  # Ctrl-C: let go of the thread that is still writing
        await desk.close()


class _Export:
    def __init__(self, folder: Path, blobs: DiskBlobs, with_passwords: bool) -> None:
        self.stopped = threading.Event()
        self._folder = folder
        self._blobs = blobs
        self._with_passwords = with_passwords

    async def write(self, tx: Transaction) -> Manifest:
        """Write everything that one snapshot shows; the manifest comes last, so that half an export has none."""
        counts = await rows.counts(tx)
        files = {f"{name}.jsonl": await self._write_singles(tx, name) for name in (*rows.SINGLES, rows.COUNTERS)}
        with progress("Exporting", counts["tickets"]) as advance:
            files[archive.TICKETS] = await self._write_tickets(tx, advance)
        manifest = Manifest(
            format=archive.FORMAT,
            schema=HEAD,
            with_passwords=self._with_passwords,
            files=files,
            counts=counts,
            last_ids=await rows.last_ids(tx),
        )
        archive.write_manifest(self._folder, manifest)
        return manifest

    async def _write_singles(self, tx: Transaction, name: str) -> FileDigest:
        with LineWriter(self._folder / f"{name}.jsonl") as writer:
            async for record in rows.records(tx, name):
                if record.get("password_hash") and not self._with_passwords:
                    record["password_hash"] = archive.LOCKED
                writer.add(record)
        return writer.result

    async def _write_tickets(self, tx: Transaction, advance: Advance) -> FileDigest:
        with LineWriter(self._folder / archive.TICKETS) as writer:
            async for record in rows.ticket_records(tx):
                if self.stopped.is_set():
                    raise Refused("the export was broken off")
                for attachment in record["attachments"]:
                    self._copy(attachment)
                writer.add(record)
                advance()
        return writer.result

    def _copy(self, attachment: Mapping[str, Any]) -> None:
        target = self._folder / archive.ATTACHMENTS / attachment["sha256"]
        if target.exists():
            return
        try:
            shutil.copyfile(self._blobs.path(attachment["blob_key"]), target)
            with target.open("rb") as file:
                found = file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise Refused(f"attachment {attachment['id']}: {error}; `ventanilla doctor` tells more") from error
        if found != attachment["sha256"]:
            raise Refused(f"attachment {attachment['id']}: its file was changed; restore it from a backup")
