"""A desk whose files are in a bucket: as its clients see it, while the bucket answers and while it does not (F8)."""

import asyncio
import os
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import obstore
import pytest

from tests.contracts.kinconecta import (
    NOTES,
    PNG,
    TICKETS,
    VOUCHER,
    files_of,
    key_of,
    newest_id,
    on_disk,
    opened_with,
    parts,
    path_of,
    refused,
    sent,
    told,
)
from tests.seaweed import ACCESS_KEY, SECRET_KEY, S3Server
from tests.serving import RunningDesk, token
from tests.tox import Proxy, proxy_to
from ventanilla.blobs.s3 import PART

LARGE = b"no program " + os.urandom(PART + 1_000_000)
MARKED = b"marked " * 30_000
GIVEN_UP_AFTER = 60.0
"""Seconds (F8)."""

PROTECTED = {"x-content-type-options": "nosniff", "cache-control": "no-store", "referrer-policy": "no-referrer"}

Fault = Callable[[Proxy], None]
Serve = Callable[..., RunningDesk]


@pytest.fixture(scope="module")
def door() -> int:
    """The port on which the desk looks for S3; there is nobody unless a test puts a proxy there."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def cut_off_desk(tmp_path_factory: pytest.TempPathFactory, s3_bucket: str, door: int) -> Iterator[RunningDesk]:
    """A desk that was started while S3 could not be reached."""
    running = start(tmp_path_factory.mktemp("desk"), s3_bucket, f"http://127.0.0.1:{door}")
    yield running
    assert running.stop() == 0


@pytest.fixture
def serve(tmp_path: Path, s3_server: S3Server, s3_bucket: str) -> Iterator[Serve]:
    """Start a desk that reaches S3."""
    running: list[RunningDesk] = []

    def begin(folder: Path = tmp_path, database: str = "", **more: str) -> RunningDesk:
        running.append(start(folder, s3_bucket, s3_server.endpoint, database, **more))
        return running[-1]

    yield begin
    for one in running:
        assert one.stop() == 0


def start(folder: Path, bucket: str, endpoint: str, database: str = "", **more: str) -> RunningDesk:
    given = {
        "STORE": f"s3://{bucket}/{folder.name}",
        "S3__ENDPOINT": endpoint,
        "S3__ACCESS_KEY_ID": ACCESS_KEY,
        "S3__SECRET_ACCESS_KEY": SECRET_KEY,
        **more,
    }
    environment = {f"VENTANILLA_ATTACHMENTS__{name}": value for name, value in given.items()}
    if database:
        environment["VENTANILLA_DATABASE_URL"] = database
    return RunningDesk(folder, environment=environment).start()


def in_bucket(server: S3Server, bucket: str, desk: RunningDesk) -> list[str]:
    found = obstore.list(server.store(bucket, desk.folder.name)).collect()
    return [one["path"] for one in found]


def test_file_goes_to_the_bucket_comes_from_it_and_leaves_it(serve: Serve, s3_server: S3Server, s3_bucket: str) -> None:
    desk = serve()
    with desk.client() as ana, desk.client(token("alicia", rol="admin")) as alicia:
        ticket = opened_with(ana, ("foto.png", PNG), ("vídeo.mp4", LARGE))
        assert on_disk(desk) == set()
        for file, content in zip(ticket["attachments"], (PNG, LARGE), strict=True):
            sent_on = ana.get(file["fileUrl"])
            assert (sent_on.status_code, sent_on.content) == (302, b"")
            assert sent_on.headers.items() >= PROTECTED.items()
            assert sent_on.headers["Location"].startswith(f"{s3_server.endpoint}/{s3_bucket}/")
            found = httpx.get(file["fileUrl"], follow_redirects=True)
            assert found.content == content
            assert found.headers["Content-Disposition"].startswith("attachment;")
            assert httpx.head(file["fileUrl"], follow_redirects=True).headers["Content-Length"] == str(len(content))
        assert len(in_bucket(s3_server, s3_bucket, desk)) == 2
        assert alicia.delete(f"{files_of(ticket)}/{ticket['attachments'][1]['id']}").status_code == 204
        assert len(in_bucket(s3_server, s3_bucket, desk)) == 1


def test_stranger_gets_no_link(serve: Serve) -> None:
    desk = serve()
    with desk.client() as ana, desk.client(token("bruno")) as bruno:
        ticket = opened_with(ana, ("foto.png", PNG))
        (file,) = ticket["attachments"]
        answer = bruno.get(f"{files_of(ticket)}/{file['id']}")
        refused(answer, 404)
        assert "Location" not in answer.headers


def test_picture_that_the_console_shows_comes_through_the_desk(serve: Serve) -> None:
    desk = serve()
    with desk.client() as ana, desk.client(token("marta", rol="MESA")) as marta, httpx.Client() as browser:
        ticket = opened_with(ana, ("foto.png", PNG))
        (file,) = marta.get(f"/api/desk/v1/tickets/{ticket['id']}").json()["attachments"]
        url = f"{desk.url}{file['url']}" if file["url"].startswith("/") else file["url"]
        shown = browser.get(url, headers={"Sec-Fetch-Dest": "image"})
        assert (shown.status_code, shown.content, shown.headers["content-type"]) == (200, PNG, "image/png")
        assert shown.headers.items() >= PROTECTED.items()
        assert browser.get(url, headers={"Sec-Fetch-Dest": "document"}).status_code == 302


def test_files_come_through_the_desk_where_the_operator_wants_it(serve: Serve) -> None:
    with serve(DOWNLOADS="proxy").client() as ana:
        ticket = opened_with(ana, ("a.dat", LARGE))
        answer = ana.get(ticket["attachments"][0]["fileUrl"])
        assert (answer.status_code, answer.content) == (200, LARGE)
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers.items() >= PROTECTED.items()


def test_desks_on_one_database_and_one_bucket_hand_out_each_others_files(
    serve: Serve, tmp_path: Path, postgres_url: str, s3_bucket: str
) -> None:
    shared = {"database": postgres_url, "STORE": f"s3://{s3_bucket}/{tmp_path.name}", "DOWNLOADS": "proxy"}
    first, second = (serve(tmp_path / name, **shared) for name in ("first", "second"))
    with first.client() as ana, second.client() as again, second.client(token("alicia", rol="admin")) as alicia:
        ticket = opened_with(ana, ("foto.png", PNG))
        path = f"{files_of(ticket)}/{ticket['attachments'][0]['id']}"
        assert again.get(path, headers=key_of(ticket)).content == PNG
        assert alicia.delete(path).status_code == 204
        refused(ana.get(path, headers=key_of(ticket)), 404)


def test_repeated_upload_leaves_one_object(serve: Serve, s3_server: S3Server, s3_bucket: str) -> None:
    desk = serve()
    with desk.client(token("ana")) as ana:
        for _ in range(2):
            answer = ana.post(
                TICKETS,
                data=VOUCHER,
                files=parts("attachments", ("foto.png", PNG)),
                headers={"Idempotency-Key": "a-key-of-this-upload"},
            )
            told(answer, 201)
    assert len(in_bucket(s3_server, s3_bucket, desk)) == 1


FAULTS: dict[str, Fault] = {
    "silent": lambda proxy: proxy.blackhole(),
    "slow": lambda proxy: setattr(proxy, "rate", 2_000),
    "cut off": lambda proxy: proxy.cut_after(50_000),
    "failing": lambda proxy: setattr(proxy, "altered", (b"HTTP/1.1 200 OK", b"HTTP/1.1 500 No")),
    "corrupting": lambda proxy: setattr(proxy, "altered", (b"marked", b"marred")),
}
WAITED_FOR = ("silent", "slow")
"""Faults of which the desk learns by waiting."""


@pytest.mark.parametrize("fault", FAULTS)
async def test_upload_to_a_bucket_that_fails_is_refused_in_time_and_nobody_else_is_disturbed(
    fault: str, cut_off_desk: RunningDesk, door: int, s3_server: S3Server, s3_bucket: str
) -> None:
    before = in_bucket(s3_server, s3_bucket, cut_off_desk)
    async with proxy_to("127.0.0.1", s3_server.port, at=door) as proxy, client_of(cut_off_desk) as ana:
        ticket = told(await ana.post(TICKETS, json=VOUCHER), 201)
        FAULTS[fault](proxy)
        meanwhile = await refused_in_time(ana, ticket, cut_off_desk)
        if fault in WAITED_FOR:
            assert meanwhile > 0
        else:
            assert in_bucket(s3_server, s3_bucket, cut_off_desk) == before
        proxy.heal()
        (file,) = told(await upload(ana, ticket), 201)
        assert (await ana.get(file["fileUrl"], follow_redirects=True)).content == MARKED


async def test_ticket_whose_files_cannot_be_kept_is_not_opened(cut_off_desk: RunningDesk) -> None:
    with cut_off_desk.client(token("alicia", rol="admin")) as alicia:
        before = newest_id(alicia)
        refused(sent(alicia, ("foto.png", PNG), ("a.dat", MARKED)), 503)
        assert newest_id(alicia) == before
    assert on_disk(cut_off_desk) == set()


async def test_file_is_removed_also_while_its_bucket_is_away(
    cut_off_desk: RunningDesk, door: int, s3_server: S3Server
) -> None:
    with cut_off_desk.client(token("alicia", rol="admin")) as alicia:
        async with proxy_to("127.0.0.1", s3_server.port, at=door), client_of(cut_off_desk) as ana:
            ticket = told(await ana.post(TICKETS, json=VOUCHER), 201)
            (file,) = told(await upload(ana, ticket), 201)
        path = f"{files_of(ticket)}/{file['id']}"
        assert alicia.delete(path).status_code == 204
        refused(alicia.get(path), 404)
        assert told(alicia.get(files_of(ticket)), 200) == []


async def test_download_through_the_desk_from_a_bucket_that_is_away_is_refused_in_time(
    serve: Serve, s3_server: S3Server
) -> None:
    async with proxy_to("127.0.0.1", s3_server.port) as proxy:
        desk = serve(DOWNLOADS="proxy", S3__ENDPOINT=f"http://127.0.0.1:{proxy.port}")
        async with client_of(desk) as ana:
            ticket = told(await ana.post(TICKETS, json=VOUCHER), 201)
            (file,) = told(await upload(ana, ticket, LARGE), 201)
            proxy.blackhole()
            refused(await asyncio.wait_for(ana.get(file["fileUrl"]), GIVEN_UP_AFTER), 503)
            proxy.heal()
            await proxy.refuse()
            refused(await asyncio.wait_for(ana.get(file["fileUrl"]), GIVEN_UP_AFTER), 503)
            await proxy.listen()
            assert (await ana.get(file["fileUrl"])).content == LARGE


async def test_desk_starts_and_serves_without_its_bucket_and_takes_files_once_it_is_there(
    cut_off_desk: RunningDesk, door: int, s3_server: S3Server
) -> None:
    async with client_of(cut_off_desk) as ana:
        ticket = told(await ana.post(TICKETS, json=VOUCHER), 201)
        await refused_in_time(ana, ticket, cut_off_desk)
        async with proxy_to("127.0.0.1", s3_server.port, at=door):
            told(await upload(ana, ticket), 201)


async def test_wrong_checksum_of_a_part_is_no_upload(
    cut_off_desk: RunningDesk, door: int, s3_server: S3Server, s3_bucket: str
) -> None:
    before = in_bucket(s3_server, s3_bucket, cut_off_desk)
    async with proxy_to("127.0.0.1", s3_server.port, at=door) as proxy, client_of(cut_off_desk) as ana:
        ticket = told(await ana.post(TICKETS, json=VOUCHER), 201)
        proxy.altered = (b'\r\nETag: "', b'\r\nETag: "0')
        refused(await upload(ana, ticket, LARGE), 503)
    assert in_bucket(s3_server, s3_bucket, cut_off_desk) == before


@asynccontextmanager
async def client_of(desk: RunningDesk) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=desk.url, timeout=60) as client:
        yield client


async def upload(client: httpx.AsyncClient, ticket: dict[str, Any], content: bytes = MARKED) -> httpx.Response:
    return await client.post(files_of(ticket), files=parts("file", ("a.dat", content)), headers=key_of(ticket))


async def refused_in_time(client: httpx.AsyncClient, ticket: dict[str, Any], desk: RunningDesk) -> int:
    """Upload in vain, and go on working with text; of the upload nothing is left that a reader could see.

    Returns how often that work was done while the upload waited.
    """
    began, rounds = time.monotonic(), 0
    uploading = asyncio.create_task(upload(client, ticket))
    while not uploading.done():
        await work_with_text(client)
        rounds += not uploading.done()
        await asyncio.sleep(0.2)
    refusal = await uploading
    assert time.monotonic() - began < GIVEN_UP_AFTER
    refused(refusal, 503)
    assert int(refusal.headers["Retry-After"]) > 0
    await work_with_text(client)
    assert told(await client.get(files_of(ticket), headers=key_of(ticket)), 200) == []
    assert on_disk(desk) == set()
    return rounds


async def work_with_text(client: httpx.AsyncClient) -> None:
    ticket = told(await client.post(TICKETS, json=VOUCHER | {"message": NOTES.decode()}), 201)
    assert told(await client.get(path_of(ticket), headers=key_of(ticket)), 200)["id"] == ticket["id"]
    assert (await client.get("/readyz")).status_code == 200
