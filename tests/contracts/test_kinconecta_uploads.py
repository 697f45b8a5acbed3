"""Uploads to contract 4 that are too large, never end, break off, or find no room."""

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from tests.contracts.kinconecta import (
    NOTES,
    TICKETS,
    VOUCHER,
    files_of,
    key_of,
    newest_id,
    on_disk,
    parts,
    refused,
    sent,
    told,
)
from tests.edges.line import Line
from tests.serving import RunningDesk, token

KIBIBYTE = 1024
LIMIT = 64 * KIBIBYTE
MOST_FILES = 3
MULTIPART = "Content-Type: multipart/form-data; boundary=x"


@pytest.fixture(scope="module")
def small_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk that takes three small files at once, programs among them."""
    settings = {"MAX_BYTES": str(LIMIT), "MAX_FILES": str(MOST_FILES), "REFUSE_PROGRAMS": "false"}
    environment = {f"VENTANILLA_ATTACHMENTS__{name}": value for name, value in settings.items()}
    desk = RunningDesk(tmp_path_factory.mktemp("small"), environment=environment).start()
    yield desk
    assert desk.stop() == 0


@pytest.fixture
def visitor(small_desk: RunningDesk) -> Iterator[httpx.Client]:
    """Somebody at the small desk."""
    with small_desk.client() as client:
        yield client


@pytest.fixture
def line(small_desk: RunningDesk) -> Iterator[Line]:
    opened_line = Line(small_desk.url)
    yield opened_line
    opened_line.close()


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline, "it never came to be so"
        time.sleep(0.01)


def test_operator_may_let_programs_in(visitor: httpx.Client) -> None:
    ticket = told(sent(visitor, ("setup.exe", b"MZ\x90\x00\x03")), 201)
    (file,) = ticket["attachments"]
    assert visitor.get(file["fileUrl"]).headers["Content-Type"] == "application/octet-stream"


def test_file_of_just_the_size_is_taken_and_one_byte_more_is_not(
    visitor: httpx.Client, small_desk: RunningDesk
) -> None:
    ticket = told(sent(visitor, ("a.dat", bytes(LIMIT))), 201)
    before = on_disk(small_desk)
    for files in ([("a.dat", bytes(LIMIT + 1))], [("good.txt", NOTES), ("a.dat", bytes(LIMIT + 1))]):
        assert refused(sent(visitor, *files), 413)["message"] == "A file is larger than 65,536 bytes"
        answer = visitor.post(files_of(ticket), files=parts("file", *files), headers=key_of(ticket))
        refused(answer, 413)
    assert on_disk(small_desk) == before
    assert len(told(visitor.get(files_of(ticket), headers=key_of(ticket)), 200)) == 1


def test_more_files_than_allowed_are_refused_altogether(visitor: httpx.Client, small_desk: RunningDesk) -> None:
    before = on_disk(small_desk)
    error = refused(sent(visitor, *([("a.txt", NOTES)] * (MOST_FILES + 1))), 400)
    assert error["errors"] == {"attachments": "must be at most 3 files"}
    assert on_disk(small_desk) == before
    assert len(told(sent(visitor, *([("a.txt", NOTES)] * MOST_FILES)), 201)["attachments"]) == MOST_FILES


def test_form_that_announces_too_much_is_refused_before_it_comes(line: Line) -> None:
    limit = MOST_FILES * LIMIT + KIBIBYTE * KIBIBYTE
    line.send(head(f"Content-Length: {limit + 1}"))
    assert line.hear().status == 413


def test_endless_form_in_chunks_is_cut_off(line: Line, small_desk: RunningDesk) -> None:
    before = on_disk(small_desk)
    line.send(head("Transfer-Encoding: chunked"))
    line.send(chunk(b'--x\r\nContent-Disposition: form-data; name="attachments"; filename="a"\r\n\r\n'))
    taken = 0
    while taken < 100_000_000 and line.send(chunk(bytes(LIMIT))):
        taken += LIMIT
    # What the two sockets hold is taken by the kernel, whether the desk reads it or not.
    assert taken < 16_000_000
    assert line.hear().status == 413
    wait_until(lambda: on_disk(small_desk) == before)


def test_endless_preamble_is_cut_off(line: Line) -> None:
    line.send(head("Transfer-Encoding: chunked"))
    taken = 0
    while taken < 100_000_000 and line.send(chunk(b"\r\n" * (LIMIT // 2))):
        taken += LIMIT
    assert taken < 16_000_000
    assert line.hear().status == 413


def test_upload_that_breaks_off_leaves_neither_row_nor_file(line: Line, small_desk: RunningDesk) -> None:
    before = on_disk(small_desk)
    with small_desk.client(token("alicia", rol="admin")) as alicia:
        newest = newest_id(alicia)
        line.send(head("Content-Length: 20000"))
        line.send(form_of(VOUCHER))
        line.send(b'--x\r\nContent-Disposition: form-data; name="attachments"; filename="a"\r\n\r\n' + bytes(9_000))
        wait_until(lambda: len(on_disk(small_desk)) == len(before) + 1)
        line.close()
        wait_until(lambda: on_disk(small_desk) == before)
        assert newest_id(alicia) == newest


@pytest.fixture
def cramped_desk(tmp_path: Path) -> Iterator[RunningDesk]:
    """A desk whose attachments have a mebibyte of disk."""
    desk = RunningDesk(tmp_path / "cramped")
    folder = desk.data / "attachments"
    folder.mkdir(parents=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    yield desk.start()
    desk.stop()
    subprocess.run(["umount", str(folder)], check=True)


def test_file_that_finds_no_room_leaves_neither_row_nor_file(cramped_desk: RunningDesk) -> None:
    with cramped_desk.client(token("alicia", rol="admin")) as alicia:
        answer = sent(alicia, ("small.txt", NOTES), ("big.dat", bytes(2_000_000)))
        assert refused(answer, 507)["status"] == 507
        assert int(answer.headers["Retry-After"]) > 0
        assert (on_disk(cramped_desk), newest_id(alicia)) == (set(), 0)
        told(sent(alicia, ("small.txt", NOTES)), 201)


def head(length: str) -> bytes:
    lines = [f"POST {TICKETS} HTTP/1.1", "Host: desk.example", MULTIPART, length]
    return "\r\n".join([*lines, "", ""]).encode()


def chunk(data: bytes) -> bytes:
    return b"%x\r\n" % len(data) + data + b"\r\n"


def form_of(fields: dict[str, str]) -> bytes:
    part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    return "".join(part.format(name, value) for name, value in fields.items()).encode()
