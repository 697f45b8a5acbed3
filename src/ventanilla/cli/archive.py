"""The files of an export or backup: rows with their digests, a manifest, and the bytes of attachments by their SHA-256.

export: manifest.json  requesters.jsonl  agents.jsonl  api_keys.jsonl  label_counters.jsonl  tickets.jsonl
        attachments/<sha256>
with secrets, also: secrets.jsonl  idempotency_keys.jsonl
backup of a SQLite desk: manifest.json  desk.sqlite3  attachments.jsonl  attachments/<sha256>
"""

import os
from collections.abc import Iterator, Mapping
from hashlib import file_digest, sha256
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, TypeVar

import msgspec
from msgspec import Struct

from ventanilla.cli.refusal import Refused

T = TypeVar("T")

FORMAT = "ventanilla-export-1"
SQLITE_FORMAT = "ventanilla-sqlite-backup-1"
MANIFEST = "manifest.json"
TICKETS = "tickets.jsonl"
ATTACHMENT_ROWS = "attachments.jsonl"
DATABASE = "desk.sqlite3"
ATTACHMENTS = "attachments"
_encode = msgspec.json.Encoder().encode


class FileDigest(Struct, frozen=True):
    """`lines` is 0 for a file that has none."""

    lines: int
    sha256: str


class Manifest(Struct, frozen=True, kw_only=True):
    """What an export holds. Nothing in it tells when it was made: the same desk gives the same bytes."""

    format: str
    schema: str
    with_passwords: bool
    with_secrets: bool = False
    files: Mapping[str, FileDigest]
    counts: Mapping[str, int]
    last_ids: Mapping[str, int]


class Digest:
    """Counts and hashes lines as they would stand in a file."""

    def __init__(self) -> None:
        self._hash = sha256()
        self._lines = 0

    def add(self, record: Mapping[str, Any]) -> bytes:
        """Take one record; returns its line."""
        line = _encode(record) + b"\n"
        self._hash.update(line)
        self._lines += 1
        return line

    @property
    def result(self) -> FileDigest:
        return FileDigest(self._lines, self._hash.hexdigest())


class LineWriter:
    """Writes records to a file of its own, line by line; durable when the block ends."""

    def __init__(self, path: Path) -> None:
        self._file = open_private(path)
        self._digest = Digest()

    def __enter__(self) -> "LineWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._file:
            self._file.flush()
            os.fsync(self._file.fileno())

    def add(self, record: Mapping[str, Any]) -> None:
        self._file.write(self._digest.add(record))

    @property
    def result(self) -> FileDigest:
        return self._digest.result


def read_lines(path: Path, kind: type[T]) -> Iterator[tuple[int, T]]:
    """Yield each line with its number. Raises Refused, naming file and line, for what is no such record."""
    decoder = msgspec.json.Decoder(kind)
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield number, decoder.decode(line)
            except (msgspec.MsgspecError, RecursionError) as error:
                raise Refused(f"{path}, line {number}: {error}") from error


def make_empty(folder: Path) -> None:
    """Make a folder for an export or backup, or take an empty one. Raises Refused."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Refused(f"{folder} is not empty; give a new folder")
        (folder / ATTACHMENTS).mkdir(mode=0o700)
    except OSError as error:
        raise Refused(f"{folder}: {error}") from error


def open_private(path: Path) -> BinaryIO:
    """Open a new file that only its owner may read."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write what makes the files a whole export: to be called last. It is there in full, or not at all."""
    unfinished = folder / f"{MANIFEST}.unfinished"
    with open_private(unfinished) as file:
        file.write(msgspec.json.format(_encode(manifest), indent=2) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(folder / MANIFEST)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of an export. Raises Refused."""
    path = folder / MANIFEST
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        raise Refused(f"{path} is not there: this is no export and no backup, or it was broken off") from None
    except (OSError, msgspec.MsgspecError) as error:
        raise Refused(f"{path}: {error}") from error


def manifest_digest(folder: Path) -> str:
    """Return what tells one export from another."""
    return sha256((folder / MANIFEST).read_bytes()).hexdigest()


def require_whole(path: Path, expected: FileDigest | None) -> None:
    """Raises Refused when a file is not the one that the manifest speaks of."""
    if expected is None:
        raise Refused(f"{path.parent / MANIFEST}: files.{path.name} is missing")
    if digest_of(path) != expected.sha256:
        raise Refused(f"{path} was changed or cut off after it was written: its SHA-256 is not the manifest's")


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hex. Raises Refused when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Refused(f"{path}: {error}") from error
