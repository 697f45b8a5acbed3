"""Repeated requests over the wire (draft-ietf-httpapi-idempotency-key)."""

import asyncio
from uuid import uuid4

import httpx
import pytest

from tests.edges.conftest import StartDesk
from tests.edges.line import CRASH, USER
from tests.serving import RunningDesk, token


def keyed(key: str = "") -> dict[str, str]:
    return {"Idempotency-Key": key or uuid4().hex}


def tickets_of(client: httpx.Client) -> int:
    return int(client.get(USER).json()["meta"]["total"])


def test_retry_gets_the_first_answer_byte_for_byte(ana: httpx.Client) -> None:
    key = keyed()
    first, again = (ana.post(USER, json=CRASH, headers=key) for _ in range(2))
    assert (again.status_code, again.content) == (201, first.content)
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["content-type"] == first.headers["content-type"]
    assert tickets_of(ana) == 1


async def test_50_requests_at_once_with_one_key_open_one_ticket(server: RunningDesk, ana_token: str) -> None:
    headers = keyed() | {"Authorization": f"Bearer {ana_token}"}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=30) as ana:
        answers = await asyncio.gather(*(ana.post(USER, json=CRASH) for _ in range(50)))
        assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
        assert sum("idempotency-replayed" not in answer.headers for answer in answers) == 1
        assert (await ana.get(USER)).json()["meta"]["total"] == 1


def test_same_key_with_another_body_is_refused(ana: httpx.Client) -> None:
    key = keyed()
    ana.post(USER, json=CRASH, headers=key)
    for other in (CRASH | {"subject": "Another"}, CRASH | {"unknown": 1}):
        refused = ana.post(USER, json=other, headers=key)
        assert (refused.status_code, refused.json()["statusCode"]) == (422, 422)
    assert tickets_of(ana) == 1


def test_same_key_of_two_people_is_two_keys(ana: httpx.Client, bruno: httpx.Client) -> None:
    key = keyed()
    of_ana, of_bruno = (client.post(USER, json=CRASH, headers=key) for client in (ana, bruno))
    assert of_ana.json()["data"]["id"] != of_bruno.json()["data"]["id"]
    assert "idempotency-replayed" not in of_bruno.headers


def test_same_key_for_two_paths_is_two_keys(ana: httpx.Client) -> None:
    key = keyed()
    numbers = [ana.post(USER, json=CRASH).json()["data"]["id"] for _ in range(2)]
    for number in numbers:
        assert ana.post(f"{USER}/{number}/messages", json={"body": "More"}, headers=key).status_code == 201
        assert len(ana.get(f"{USER}/{number}").json()["data"]["messages"]) == 2


def test_refused_request_may_be_mended_under_the_same_key(ana: httpx.Client) -> None:
    key = keyed()
    assert ana.post(USER, json=CRASH | {"subject": ""}, headers=key).status_code == 422
    assert ana.post(USER, json=CRASH, headers=key).status_code == 201


def test_what_was_refused_for_the_state_of_the_ticket_is_asked_anew(server: RunningDesk, ana: httpx.Client) -> None:
    number, key = ana.post(USER, json=CRASH).json()["data"]["id"], keyed()
    status = f"/api/admin/support-requests/{number}/status"
    reply = f"{USER}/{number}/messages"
    with server.client(token("alicia", rol="admin")) as alicia:
        alicia.patch(status, json={"status": "closed"})
        assert ana.post(reply, json={"body": "Hello?"}, headers=key).status_code == 400
        assert alicia.patch(status, json={"status": "open"}).status_code == 200
    assert ana.post(reply, json={"body": "Hello?"}, headers=key).status_code == 201


@pytest.mark.parametrize("key", [b"", b"a b", b"x" * 256, "clé".encode()])
def test_bad_key_is_refused_and_nothing_happens(ana: httpx.Client, key: bytes) -> None:
    refused = ana.post(USER, json=CRASH, headers={b"Idempotency-Key": key})
    assert (refused.status_code, refused.json()["error"]) == (400, "Bad Request")
    assert tickets_of(ana) == 0


def test_answer_survives_a_kill(start_desk: StartDesk, ana_token: str) -> None:
    desk, key = start_desk(), keyed()
    with desk.client(ana_token) as ana:
        first = ana.post(USER, json=CRASH, headers=key)
    desk.kill()
    desk.start()
    with desk.client(ana_token) as ana:
        again = ana.post(USER, json=CRASH, headers=key)
        assert again.headers["idempotency-replayed"] == "true"
        assert again.content == first.content
        assert tickets_of(ana) == 1
