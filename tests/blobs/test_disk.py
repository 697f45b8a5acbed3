"""The folder that the bytes of attachments are kept in."""

import errno
import logging
import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from ventanilla.blobs.disk import DiskBlobs, DiskUpload
from ventanilla.blobs.spool import ABANDONED_AFTER
from ventanilla.core.errors import FileLost, StoreFull, StoreUnavailable
from ventanilla.core.thread import Attachment


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def row_of(upload: DiskUpload, size: int) -> Attachment:
    return Attachment(
        uuid=uuid4(),
        file_name="foto.png",
        media_type="image/png",
        size=size,
        sha256="0" * 64,
        blob_key=upload.key,
        uploaded_at=datetime(2026, 3, 15, tzinfo=UTC),
    )


async def kept(blobs: DiskBlobs, *chunks: bytes) -> DiskUpload:
    upload = await blobs.begin()
    for chunk in chunks:
        await upload.write(chunk)
    await upload.keep("foto.png", "image/png")
    return upload


async def read(blobs: DiskBlobs, row: Attachment) -> bytes:
    return b"".join([chunk async for chunk in await blobs.read(row)])


async def keys(blobs: DiskBlobs) -> set[str]:
    return {file.key async for file in blobs.kept()}


async def test_kept_file_comes_back_byte_for_byte(tmp_path: Path) -> None:
    blobs = DiskBlobs(tmp_path)
    chunks = [os.urandom(300_000) for _ in range(3)]
    upload = await kept(blobs, *chunks)
    assert await read(blobs, row_of(upload, 900_000)) == b"".join(chunks)
    assert await keys(blobs) == {upload.key}
    assert files_in(tmp_path) == [blobs.path(upload.key)]


async def test_file_on_its_way_in_is_not_among_the_kept(tmp_path: Path) -> None:
    blobs = DiskBlobs(tmp_path)
    upload = await blobs.begin()
    await upload.write(b"x")
    assert await keys(blobs) == set()
    with pytest.raises(FileLost):
        await blobs.read(row_of(upload, 1))
    await upload.discard()
    assert files_in(tmp_path) == []


async def test_discarded_file_is_gone_kept_or_not(tmp_path: Path) -> None:
    blobs = DiskBlobs(tmp_path)
    upload = await kept(blobs, b"x")
    await upload.discard()
    await upload.discard()
    assert files_in(tmp_path) == []


async def test_discarding_a_second_try_leaves_the_first_one_alone(tmp_path: Path) -> None:
    blobs = DiskBlobs(tmp_path)
    first = await kept(blobs, b"first")
    second = await blobs.begin(first.key)
    await second.write(b"second")
    await second.discard()
    assert await read(blobs, row_of(first, 5)) == b"first"


async def test_removed_file_is_gone_and_removing_it_again_is_no_fault(tmp_path: Path) -> None:
    blobs = DiskBlobs(tmp_path)
    upload = await kept(blobs, b"x")
    await blobs.remove(upload.key)
    await blobs.remove(upload.key)
    assert files_in(tmp_path) == []


async def test_file_that_cannot_be_removed_is_told_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    blobs = DiskBlobs(tmp_path)
    blobs.path("abcd").mkdir(parents=True)
    await blobs.remove("abcd")
    assert ["abcd" in record.getMessage() for record in caplog.records] == [True]


async def test_missing_or_shortened_file_is_lost_before_a_byte_is_sent(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blobs = DiskBlobs(tmp_path)
    upload = await kept(blobs, b"four")
    row = row_of(upload, 4)
    os.truncate(blobs.path(upload.key), 3)
    with pytest.raises(FileLost):
        await blobs.read(row)
    blobs.path(upload.key).unlink()
    with pytest.raises(FileLost):
        await blobs.read(row)
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2


async def test_sweeping_takes_what_a_crash_left_yesterday_and_nothing_else(tmp_path: Path) -> None:
    blobs = DiskBlobs(tmp_path)
    whole, old, young = await kept(blobs, b"x"), await blobs.begin(), await blobs.begin()
    yesterday = blobs.path(whole.key).stat().st_mtime - ABANDONED_AFTER - 60
    for path in (blobs.path(whole.key), tmp_path / "incoming" / old.key):
        os.utime(path, (yesterday, yesterday))
    assert blobs.sweep() == 1
    assert {path.name for path in files_in(tmp_path)} == {whole.key, young.key}
    await old.discard()
    await young.discard()


async def test_folder_that_cannot_be_written_is_a_fault_of_the_store(tmp_path: Path) -> None:
    blobs = DiskBlobs(tmp_path)
    (tmp_path / "incoming").rmdir()
    with pytest.raises(StoreUnavailable):
        await blobs.begin()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one mebibyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


async def test_file_that_finds_no_room_is_refused_as_such_and_leaves_nothing(small_disk: Path) -> None:
    blobs = DiskBlobs(small_disk)
    upload = await blobs.begin()
    with pytest.raises(StoreFull) as refused:
        await fill(upload)
    assert isinstance(refused.value.__cause__, OSError)
    assert refused.value.__cause__.errno == errno.ENOSPC
    await upload.discard()
    assert files_in(small_disk) == []
    assert await keys(blobs) == set()


async def fill(upload: DiskUpload) -> None:
    for _ in range(3):
        await upload.write(bytes(512 * 1024))
    await upload.keep("foto.png", "image/png")
