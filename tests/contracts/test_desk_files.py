"""Files in a ticket through the native API: with an answer, with a note, waiting to be sent, or refused."""

from typing import Any

import httpx
import pytest
from tests.contracts.doors import AT_THE_DESK
from tests.contracts.said import number, timeline, written

TICKETS = "/api/desk/v1/tickets"
MOBILE = "/api/mobile/support-requests"
KINCONECTA = "/api/support-tickets"
ANY = {"If-Match": "*"}
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


@pytest.fixture
def ticket(ana: httpx.Client) -> str:
    """The address of a ticket that Ana opened in the app."""
    return f"{TICKETS}/{AT_THE_DESK.open(ana, subject='No signal', message='The line is dead since Monday.')}"


def uploaded(client: httpx.Client, ticket: str, name: str = "fibre.png", content: bytes = PNG) -> int:
    sent = written(client.post(f"{ticket}/attachments", files={"files": (name, content)}))
    (file,) = sent
    assert (file["file_name"], file["message_id"]) == (name, None)
    return int(file["id"])


def test_a_file_goes_with_an_answer_to_everybody(marta: httpx.Client, ana: httpx.Client, ticket: str) -> None:
    file = uploaded(marta, ticket)
    said = written(marta.post(f"{ticket}/messages", json={"kind": "answer", "body": "Look.", "attachment_ids": [file]}))
    (shown,) = said["entry"]["attachments"]
    assert shown["message_id"] == said["entry"]["id"]
    assert (shown["media_type"], shown["size"]) == ("image/png", len(PNG))
    assert [entry["attachments"] for entry in timeline(marta, ticket)][1][0]["id"] == file
    listed = ana.get(f"{KINCONECTA}/{number(ticket)}/attachments").json()
    assert [one["fileName"] for one in listed] == ["fibre.png"]


def test_the_link_of_a_file_needs_nothing_else(marta: httpx.Client, anyone: httpx.Client, ticket: str) -> None:
    file = uploaded(marta, ticket)
    said = written(marta.post(f"{ticket}/messages", json={"kind": "answer", "body": "Look.", "attachment_ids": [file]}))
    url = said["entry"]["attachments"][0]["url"]
    opened = anyone.get(url)
    assert (opened.status_code, opened.content) == (200, PNG)
    assert opened.headers["content-disposition"].startswith("attachment;")
    for forged in (
        url[:-1] + ("0" if url[-1] != "0" else "1"),
        url.partition("?")[0],
        url.replace("expires=1", "expires=2"),
    ):
        assert anyone.get(forged).status_code == 401


def test_a_file_of_a_note_stays_among_the_staff(
    marta: httpx.Client, raul: httpx.Client, ana: httpx.Client, ticket: str
) -> None:
    file = uploaded(marta, ticket, "scan.png")
    written(marta.post(f"{ticket}/messages", json={"kind": "note", "body": "Her contract.", "attachment_ids": [file]}))
    assert marta.patch(ticket, json={"area": "Redes"}, headers=ANY).status_code == 200
    assert [one["file_name"] for one in raul.get(ticket).json()["attachments"]] == ["scan.png"]
    assert raul.get(f"{ticket}/attachments/{file}").content == PNG
    assert ana.get(f"{KINCONECTA}/{number(ticket)}/attachments").json() == []
    assert ana.get(f"{KINCONECTA}/{number(ticket)}/attachments/{file}").status_code == 404
    assert "scan.png" not in ana.get(f"{KINCONECTA}/{number(ticket)}").text


def test_what_waits_to_be_sent_is_its_uploaders_alone(
    marta: httpx.Client, alicia: httpx.Client, ana: httpx.Client, ticket: str
) -> None:
    file = uploaded(marta, ticket)
    assert marta.get(f"{ticket}/attachments/{file}").status_code == 200
    assert [one["id"] for one in marta.get(ticket).json()["attachments"]] == [file]
    assert alicia.get(ticket).json()["attachments"] == []
    assert alicia.get(f"{ticket}/attachments/{file}").status_code == 404
    assert alicia.delete(f"{ticket}/attachments/{file}").status_code == 404
    refused = alicia.post(f"{ticket}/messages", json={"kind": "note", "body": "Mine!", "attachment_ids": [file]})
    assert refused.status_code == 422
    assert ana.get(f"{KINCONECTA}/{number(ticket)}/attachments").json() == []
    assert marta.delete(f"{ticket}/attachments/{file}").status_code == 204
    assert marta.get(ticket).json()["attachments"] == []
    assert len(timeline(marta, ticket)) == 1


def test_a_file_is_sent_once_and_from_its_own_ticket(marta: httpx.Client, ana: httpx.Client, ticket: str) -> None:
    other = f"{TICKETS}/{AT_THE_DESK.open(ana)}"
    file = uploaded(marta, ticket)
    say = {"kind": "answer", "body": "Look.", "attachment_ids": [file]}
    assert marta.post(f"{other}/messages", json=say).status_code == 422
    written(marta.post(f"{ticket}/messages", json=say))
    assert marta.post(f"{ticket}/messages", json=say).status_code == 422


def test_a_file_that_a_customer_sent_is_there_and_can_be_removed(
    marta: httpx.Client, ana: httpx.Client, ticket: str
) -> None:
    sent = ana.post(f"{KINCONECTA}/{number(ticket)}/attachments", files={"file": ("router.txt", b"red light")})
    (file,) = marta.get(ticket).json()["attachments"]
    assert (file["id"], file["message_id"]) == (sent.json()[0]["id"], None)
    assert marta.delete(f"{ticket}/attachments/{file['id']}").status_code == 204
    assert [entry["event"]["kind"] for entry in timeline(marta, ticket)[1:]] == [
        "attachment.added",
        "attachment.removed",
    ]


@pytest.mark.parametrize(
    ("files", "pointer", "code"),
    [
        ({"files": ("", b"")}, "/files", "missing"),
        ({"file": ("a.txt", b"x")}, "/file", "not_allowed"),
        ({"files": ("a.txt", b"")}, "/files", "empty"),
        ({"files": ("run.exe", b"MZ\x90\x00")}, "/files", "program"),
    ],
)
def test_a_wrong_file_is_refused(
    marta: httpx.Client, ticket: str, files: dict[str, Any], pointer: str, code: str
) -> None:
    refused = marta.post(f"{ticket}/attachments", files=files)
    assert refused.status_code in (400, 422), refused.text
    if refused.status_code == 422:
        assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [(pointer, code)]
    assert marta.get(ticket).json()["attachments"] == []
