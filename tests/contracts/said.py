"""What the tests of messages and files say over and over."""

from typing import Any

import httpx


def number(ticket: str) -> str:
    return ticket.rpartition("/")[2]


def written(answer: httpx.Response) -> Any:
    assert answer.status_code == 201, answer.text
    return answer.json()


def timeline(client: httpx.Client, ticket: str) -> list[Any]:
    answer = client.get(f"{ticket}/timeline")
    assert answer.status_code == 200, answer.text
    entries: list[Any] = answer.json()["data"]
    return entries
