"""Contract 4's files: sent, listed, handed out and removed."""

import io
import os
import time
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from tests.contracts.kinconecta import (
    NOTES,
    PNG,
    TICKETS,
    VOUCHER,
    attached,
    files_of,
    key_of,
    on_disk,
    opened,
    opened_with,
    parts,
    path_of,
    refused,
    told,
)
from tests.serving import RunningDesk

MEBIBYTE = 1024 * 1024


def fetched(client: httpx.Client, url: str) -> httpx.Response:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    return answer


def test_ticket_comes_with_its_files_in_any_script(anyone: httpx.Client, server: RunningDesk) -> None:
    before = on_disk(server)
    ticket = opened_with(anyone, ("смета año.txt", NOTES), ("写真.png", PNG), status="", createdAt="")
    shown = [[file[name] for name in ("fileName", "mimeType", "fileSizeBytes")] for file in ticket["attachments"]]
    assert shown == [["смета año.txt", "text/plain", len(NOTES)], ["写真.png", "image/png", len(PNG)]]
    assert (ticket["message"], ticket["status"]) == (VOUCHER["message"], "open")
    assert told(anyone.get(path_of(ticket), headers=key_of(ticket)), 200)["attachments"] == ticket["attachments"]
    assert {path.read_bytes() for path in on_disk(server) - before} == {NOTES, PNG}


def test_form_without_files_opens_a_ticket_too(anyone: httpx.Client) -> None:
    unfilled = [("attachments", ("", b"", "application/octet-stream"))]
    ticket = told(anyone.post(TICKETS, data=VOUCHER, files=unfilled), 201)
    assert ticket["attachments"] == []


def test_owner_adds_files_later_and_everybody_who_may_read_sees_them(
    ana: httpx.Client, alicia: httpx.Client, bruno: httpx.Client
) -> None:
    ticket = opened(ana)
    one, two = attached(ana, ticket, ("a.txt", NOTES), ("b.png", PNG))
    three = attached(bruno, ticket, ("c.txt", b"c"), headers=key_of(ticket))[0]
    listed = told(alicia.get(files_of(ticket)), 200)
    assert [file["id"] for file in listed] == [one["id"], two["id"], three["id"]]
    assert told(ana.get(path_of(ticket)), 200)["attachments"] == listed


def test_link_in_the_answer_opens_the_file_for_anybody(anyone: httpx.Client) -> None:
    (file,) = opened_with(anyone, ("informe año.txt", NOTES))["attachments"]
    answer = fetched(anyone, file["fileUrl"])
    assert answer.content == NOTES
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Length"] == str(len(NOTES))
    named = "attachment; filename=\"informe ano.txt\"; filename*=UTF-8''informe%20a%C3%B1o.txt"
    assert answer.headers["Content-Disposition"] == named
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    policy = {part.strip() for part in answer.headers["Content-Security-Policy"].split(";")}
    assert {"sandbox", "default-src 'none'"} <= policy
    head = anyone.head(file["fileUrl"])
    assert (head.status_code, head.headers["Content-Length"], head.content) == (200, str(len(NOTES)), b"")


def test_link_is_good_for_its_file_and_a_quarter_of_an_hour(anyone: httpx.Client) -> None:
    one, two = opened_with(anyone, ("a.txt", NOTES), ("b.png", PNG))["attachments"]
    address = urlsplit(one["fileUrl"])
    told_in_link = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert 0 < int(told_in_link["expires"]) - time.time() <= 15 * 60
    for path, changes in (
        (urlsplit(two["fileUrl"]).path, {}),
        (address.path, {"expires": str(int(told_in_link["expires"]) + 1)}),
        (address.path, {"expires": "1"}),
        (address.path, {"signature": "0" * 64}),
        (address.path, {"signature": ""}),
    ):
        refused(anyone.get(path, params=told_in_link | changes), 401)


def test_file_is_for_those_who_may_read_its_ticket(
    anyone: httpx.Client, ana: httpx.Client, bruno: httpx.Client, marta: httpx.Client, raul: httpx.Client
) -> None:
    ticket = opened_with(ana, ("a.txt", NOTES))
    path = urlsplit(ticket["attachments"][0]["fileUrl"]).path
    for client, how in ((ana, {}), (marta, {}), (anyone, key_of(ticket)), (bruno, key_of(ticket))):
        assert client.get(path, headers=how).content == NOTES
    assert anyone.get(path, params={"key": ticket["accessKey"]}).content == NOTES
    refused(anyone.get(path), 401)
    refused(anyone.get(path, params={"key": "guess"}), 404)
    refused(bruno.get(path), 404)
    refused(raul.get(path), 404)


def test_file_is_found_on_its_own_ticket_alone(ana: httpx.Client, alicia: httpx.Client) -> None:
    one, other = opened_with(ana, ("a.txt", NOTES)), opened(ana)
    number = one["attachments"][0]["id"]
    for client in (ana, alicia):
        refused(client.get(f"{files_of(other)}/{number}"), 404)
    refused(alicia.delete(f"{files_of(other)}/{number}"), 404)


def test_nobody_adds_files_to_what_they_may_not_see(
    anyone: httpx.Client, ana: httpx.Client, bruno: httpx.Client, raul: httpx.Client, server: RunningDesk
) -> None:
    ticket, before = opened(ana), on_disk(server)
    files = parts("file", ("a.txt", NOTES))
    refused(anyone.post(files_of(ticket), files=files), 401)
    refused(anyone.post(files_of(ticket), files=files, headers={"X-Access-Key": "guess"}), 404)
    refused(bruno.post(files_of(ticket), files=files), 404)
    refused(raul.post(files_of(ticket), files=files), 404)
    assert told(ana.get(files_of(ticket)), 200) == []
    assert on_disk(server) == before


def test_staff_alone_remove_files_and_nothing_of_them_stays(
    anyone: httpx.Client, ana: httpx.Client, marta: httpx.Client, server: RunningDesk
) -> None:
    before = on_disk(server)
    ticket = opened_with(ana, ("a.txt", NOTES), ("b.png", PNG))
    gone, staying = ticket["attachments"]
    path = urlsplit(gone["fileUrl"]).path
    refused(anyone.delete(path, headers=key_of(ticket)), 401)
    refused(ana.delete(path), 403)
    answer = marta.delete(path)
    assert (answer.status_code, answer.content) == (204, b"")
    refused(marta.delete(path), 404)
    refused(anyone.get(gone["fileUrl"]), 404)
    assert [file["id"] for file in told(ana.get(files_of(ticket)), 200)] == [staying["id"]]
    assert [path.read_bytes() for path in on_disk(server) - before] == [PNG]


def test_file_whose_bytes_are_lost_is_not_there(anyone: httpx.Client, server: RunningDesk) -> None:
    before = on_disk(server)
    (file,) = opened_with(anyone, ("a.txt", b"to be lost"))["attachments"]
    (path,) = on_disk(server) - before
    path.unlink()
    refused(anyone.get(file["fileUrl"]), 404)
    assert f"attachment {file['id']}: " in server.log


def test_retry_opens_one_ticket_and_keeps_its_files_once(ana: httpx.Client, server: RunningDesk) -> None:
    before, again = on_disk(server), {"Idempotency-Key": "once"}
    send: dict[str, Any] = {"data": VOUCHER, "headers": again}
    first = ana.post(TICKETS, files=parts("attachments", ("a.txt", NOTES)), **send)
    second = ana.post(TICKETS, files=parts("attachments", ("a.txt", NOTES)), **send)
    assert first.request.headers["Content-Type"] != second.request.headers["Content-Type"]
    assert (first.status_code, first.content) == (201, second.content)
    assert second.headers["Idempotency-Replayed"] == "true"
    for changed in (("b.txt", NOTES), ("a.txt", PNG)):
        refused(ana.post(TICKETS, files=parts("attachments", changed), **send), 422)
    assert len(told(ana.get(TICKETS), 200)) == 1
    assert [path.read_bytes() for path in on_disk(server) - before] == [NOTES]


def test_retry_attaches_once(ana: httpx.Client, server: RunningDesk) -> None:
    ticket, before = opened(ana), on_disk(server)
    one, two = (attached(ana, ticket, ("a.txt", NOTES), headers={"Idempotency-Key": "k"}) for _ in range(2))
    assert one == two
    assert len(told(ana.get(files_of(ticket)), 200)) == 1
    assert len(on_disk(server) - before) == 1


def test_staff_import_a_ticket_with_its_files(alicia: httpx.Client) -> None:
    ticket = opened_with(alicia, ("a.txt", NOTES), status="closed", createdAt="2020-05-01T10:00:00Z")
    assert (ticket["status"], ticket["createdAt"]) == ("closed", "2020-05-01T10:00:00Z")


def test_archive_is_kept_as_it_is_and_never_opened(anyone: httpx.Client) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(8 * MEBIBYTE))
    (file,) = opened_with(anyone, ("42.zip", bomb.getvalue()))["attachments"]
    assert (file["mimeType"], file["fileSizeBytes"]) == ("application/zip", len(bomb.getvalue()))
    assert fetched(anyone, file["fileUrl"]).content == bomb.getvalue()


def peak_of(pid: int) -> int:
    """The most memory that a process has held since its peak was last forgotten, in bytes."""
    (line,) = (line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def forget_peak(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def test_largest_file_there_may_be_passes_through_little_memory(ana: httpx.Client, server: RunningDesk) -> None:
    ticket = opened_with(ana, ("warm.dat", os.urandom(MEBIBYTE)))
    piece, count = os.urandom(MEBIBYTE), 25
    boundary = "frontera"

    def body() -> Iterator[bytes]:
        yield f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="big.dat"\r\n\r\n'.encode()
        for _ in range(count):
            yield piece
        yield f"\r\n--{boundary}--\r\n".encode()

    forget_peak(server.pid)
    before = peak_of(server.pid)
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    (file,) = told(ana.post(files_of(ticket), content=body(), headers=headers), 201)
    assert file["fileSizeBytes"] == count * MEBIBYTE
    digest = sha256()
    with ana.stream("GET", file["fileUrl"]) as answer:
        for chunk in answer.iter_bytes():
            digest.update(chunk)
    assert digest.hexdigest() == sha256(piece * count).hexdigest()
    assert peak_of(server.pid) - before < 20 * MEBIBYTE
