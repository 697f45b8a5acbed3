"""Files in a bucket of a real S3 server."""

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import obstore
import pytest

from tests.seaweed import ACCESS_KEY, SECRET_KEY, S3Server
from ventanilla.blobs.bucket import Bucket
from ventanilla.blobs.s3 import PART, S3Blobs, S3Upload
from ventanilla.core.errors import FileLost, StoreUnavailable
from ventanilla.core.thread import Attachment

if TYPE_CHECKING:
    from obstore import Attributes

NAME = "recibo nº 7.png"
DISPOSITION = "attachment; filename=\"recibo no 7.png\"; filename*=UTF-8''recibo%20n%C2%BA%207.png"
LARGE = 2 * PART + 1_000

Spoil = Callable[[Bucket], Bucket]


@pytest.fixture
def blobs(place: Bucket, tmp_path: Path) -> S3Blobs:
    return S3Blobs(place, tmp_path, redirects=True)


def row_of(upload: S3Upload, size: int) -> Attachment:
    return Attachment(
        uuid=uuid4(),
        file_name=NAME,
        media_type="image/png",
        size=size,
        sha256="0" * 64,
        blob_key=upload.key,
        uploaded_at=datetime(2026, 3, 15, tzinfo=UTC),
    )


async def kept(blobs: S3Blobs, content: bytes, media_type: str = "image/png") -> S3Upload:
    upload = await blobs.begin()
    for start in range(0, len(content), 300_000):
        await upload.write(content[start : start + 300_000])
    await upload.keep(NAME, media_type)
    return upload


async def read(blobs: S3Blobs, row: Attachment) -> bytes:
    return b"".join([chunk async for chunk in await blobs.read(row)])


async def link_to(blobs: S3Blobs, upload: S3Upload, method: str = "GET") -> str:
    link = await blobs.link(row_of(upload, 1), method)
    assert link is not None
    return link


async def asked(method: str, link: str) -> httpx.Response:
    async with httpx.AsyncClient() as anybody:
        return await anybody.request(method, link)


async def keys(blobs: S3Blobs) -> set[str]:
    return {file.key async for file in blobs.kept()}


def spooled(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.mark.parametrize("size", [0, 1, PART, LARGE])
async def test_kept_file_comes_back_byte_for_byte(blobs: S3Blobs, tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    upload = await kept(blobs, content)
    assert await read(blobs, row_of(upload, size)) == content
    assert (await asked("GET", await link_to(blobs, upload))).content == content
    ((key, found),) = [(file.key, file) async for file in blobs.kept()]
    assert (key, found.size) == (upload.key, size)
    assert abs(found.kept_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert spooled(tmp_path) == []


async def test_file_on_its_way_in_is_in_the_spool_alone(blobs: S3Blobs, tmp_path: Path) -> None:
    upload = await blobs.begin()
    await upload.write(b"x")
    assert (await keys(blobs), spooled(tmp_path)) == (set(), [upload.key])
    await upload.discard()
    assert spooled(tmp_path) == []


async def test_discarded_file_is_gone_and_discarding_or_removing_it_again_is_no_fault(blobs: S3Blobs) -> None:
    upload = await kept(blobs, b"x")
    await upload.discard()
    await upload.discard()
    await blobs.remove(upload.key)
    assert await keys(blobs) == set()


async def test_link_answers_its_method_for_a_minute_with_a_download(blobs: S3Blobs) -> None:
    upload = await kept(blobs, b"x")
    link = await link_to(blobs, upload)
    assert parse_qs(urlsplit(link).query)["X-Amz-Expires"] == ["60"]
    for method in ("GET", "HEAD"):
        answer = await asked(method, await link_to(blobs, upload, method))
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"] == DISPOSITION
        assert answer.headers["Content-Type"] == "image/png"
    for method, other in (("DELETE", link), ("PUT", link), ("GET", link.partition("?")[0])):
        assert (await asked(method, other)).status_code == 403


async def test_link_is_a_download_that_nobody_keeps_whatever_the_object_says(
    blobs: S3Blobs, place: Bucket, s3_server: S3Server
) -> None:
    upload = await kept(blobs, b"x")
    shown: Attributes = {"Content-Type": "text/html", "Content-Disposition": "inline", "Cache-Control": "public"}
    obstore.put(s3_server.store(place.name, place.prefix), upload.key, b"<script>", attributes=shown)
    answer = await asked("GET", await link_to(blobs, upload))
    assert answer.content == b"<script>"
    assert answer.headers["Content-Disposition"] == DISPOSITION
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Cache-Control"] == "no-store"


async def test_object_is_a_download_for_whoever_fetches_it_past_the_desk(
    blobs: S3Blobs, place: Bucket, s3_server: S3Server
) -> None:
    upload = await kept(blobs, b"<script>alert(1)</script>", "text/html")
    found = obstore.get(s3_server.store(place.name, place.prefix), upload.key).attributes
    assert (found["Content-Type"], found["Content-Disposition"]) == ("application/octet-stream", DISPOSITION)


async def test_link_cannot_be_made_to_last_longer_or_to_show_the_file_in_a_browser(blobs: S3Blobs) -> None:
    upload = await kept(blobs, b"<script>alert(1)</script>", "text/html")
    link = await link_to(blobs, upload)
    assert (await asked("GET", link)).status_code == 200
    assert (await asked("GET", link.replace("attachment", "inline"))).status_code == 403
    assert (await asked("GET", link.replace("X-Amz-Expires=60", "X-Amz-Expires=600"))).status_code == 403
    for change in ("response-content-disposition=inline", "response-content-type=text%2Fhtml"):
        assert (await asked("GET", f"{link}&{change}")).status_code == 403
        assert (await asked("GET", link.replace("?", f"?{change}&"))).status_code == 403


async def test_link_holds_in_a_prefix_of_odd_characters(place: Bucket, tmp_path: Path) -> None:
    odd = S3Blobs(replace(place, prefix=f"{place.prefix}/it's_(1)!.-x"), tmp_path, redirects=True)
    upload = await kept(odd, b"x")
    assert (await asked("GET", await link_to(odd, upload))).content == b"x"
    assert await keys(odd) == {upload.key}


async def test_link_names_the_address_that_clients_use(place: Bucket, tmp_path: Path) -> None:
    public = replace(place, public_endpoint="https://files.example.com")
    upload = await kept(S3Blobs(public, tmp_path, redirects=True), b"x")
    link = await link_to(S3Blobs(public, tmp_path, redirects=True), upload)
    assert link.startswith(f"https://files.example.com/{place.name}/{place.prefix}/{upload.key}?")
    of_hosts = S3Blobs(replace(public, path_style=False), tmp_path, redirects=True)
    assert (await link_to(of_hosts, upload)).startswith(f"https://{place.name}.files.example.com/{place.prefix}/")


async def test_desk_that_does_not_redirect_gives_no_link(place: Bucket, tmp_path: Path) -> None:
    blobs = S3Blobs(place, tmp_path, redirects=False)
    assert await blobs.link(row_of(await kept(blobs, b"x"), 1), "GET") is None


async def test_missing_or_shortened_object_is_lost_before_a_byte_is_sent(
    blobs: S3Blobs, place: Bucket, s3_server: S3Server, caplog: pytest.LogCaptureFixture
) -> None:
    upload = await kept(blobs, b"four")
    bucket = s3_server.store(place.name, place.prefix)
    for shortened in (b"two", b""):
        obstore.put(bucket, upload.key, shortened)
        with pytest.raises(FileLost):
            await blobs.read(row_of(upload, 4))
    obstore.delete(bucket, upload.key)
    with pytest.raises(FileLost):
        await blobs.read(row_of(upload, 4))
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 3


async def test_what_else_is_in_the_bucket_is_none_of_ours(blobs: S3Blobs, place: Bucket, s3_server: S3Server) -> None:
    upload = await kept(blobs, b"x")
    for name in ("readme.txt", f"other/{uuid4().hex}", upload.key.upper()):
        obstore.put(s3_server.store(place.name, place.prefix), name, b"theirs")
    assert await keys(blobs) == {upload.key}


WRONG: dict[str, Spoil] = {
    "secret": lambda place: replace(place, secret_access_key="swordfish"),
    "key": lambda place: replace(place, access_key_id="nobody"),
    "bucket": lambda place: replace(place, name="no-such-bucket"),
    "port": lambda place: replace(place, endpoint="http://127.0.0.1:1"),
    "host": lambda place: replace(place, endpoint="http://no-such-host.invalid"),
}


@pytest.mark.parametrize("spoil", WRONG.values(), ids=WRONG)
async def test_wrong_setting_is_told_in_the_log_without_the_secret(
    spoil: Spoil, place: Bucket, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blobs = S3Blobs(spoil(place), tmp_path, redirects=True)
    upload = await blobs.begin()
    with pytest.raises(StoreUnavailable):
        await upload.keep(NAME, "image/png")
    await upload.discard()
    with pytest.raises(StoreUnavailable):
        await keys(blobs)
    assert f"S3: keeping {upload.key} failed" in caplog.text
    assert place.secret_access_key not in caplog.text + repr(place)
    assert spooled(tmp_path) == []


async def test_credentials_come_from_the_environment_unless_the_settings_have_some(
    place: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS_KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", place.endpoint)
    usual = S3Blobs(Bucket(name=place.name, prefix=place.prefix).completed(), tmp_path, redirects=True)
    upload = await kept(usual, b"x")
    assert (await asked("GET", await link_to(usual, upload))).content == b"x"
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "swordfish")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "another's")
    settled = S3Blobs(place, tmp_path, redirects=True)
    assert await keys(settled) == {upload.key}
    assert (await asked("GET", await link_to(settled, upload))).content == b"x"


def test_bucket_without_an_endpoint_is_at_aws_in_its_region() -> None:
    files = Bucket(name="files")
    assert files.completed({}).endpoint == "https://s3.us-east-1.amazonaws.com"
    variables = {"AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-2"}
    assert files.completed(variables).public_endpoint == "https://s3.eu-west-1.amazonaws.com"
    assert replace(files, region="eu-west-3").completed(variables).region == "eu-west-3"


async def test_credentials_come_from_the_usual_file(
    place: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = f"[default]\naws_access_key_id = {ACCESS_KEY}\naws_secret_access_key = {SECRET_KEY}\n"
    (tmp_path / "credentials").write_text(told)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    blobs = S3Blobs(replace(place, access_key_id="", secret_access_key=""), tmp_path / "spool", redirects=True)
    upload = await kept(blobs, b"x")
    assert (await asked("GET", await link_to(blobs, upload))).content == b"x"


async def test_desk_without_credentials_says_so(
    place: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "nowhere"))
    blobs = S3Blobs(replace(place, access_key_id="", secret_access_key=""), tmp_path / "spool", redirects=True)
    upload = await blobs.begin()
    with pytest.raises(StoreUnavailable, match="credentials"):
        await upload.keep(NAME, "image/png")
    with pytest.raises(StoreUnavailable, match="credentials"):
        await link_to(blobs, upload)
    await upload.discard()
    assert caplog.text.count("there are no credentials in the settings") == 3
