"""Words over HTTP: the best first unless told otherwise, with the place where they stand."""

import time
from typing import Any
from uuid import uuid4

import httpx
import pytest

TICKETS = "/api/desk/v1/tickets"


@pytest.fixture
def word() -> str:
    """A word that nobody has said yet."""
    return f"zafiro{uuid4().hex[:10]}"


def opened(staff: httpx.Client, subject: str, body: str) -> int:
    requester = {"name": "Ana", "email": f"{uuid4().hex[:8]}@example.com"}
    answer = staff.post(TICKETS, json={"requester": requester, "subject": subject, "body": body})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def found(staff: httpx.Client, count: int, **query: str) -> list[dict[str, Any]]:
    """Return the rows, once there are so many: SQLite indexes a moment after the commit."""
    deadline = time.monotonic() + 60
    while True:
        rows: list[dict[str, Any]] = staff.get(TICKETS, params=query).json()["data"]
        if len(rows) >= count:
            return rows
        assert time.monotonic() < deadline, rows


def test_the_best_comes_first_and_shows_where_the_words_stand(marta: httpx.Client, word: str) -> None:
    heading = opened(marta, f"Un {word}", "Nada más.")
    twice = opened(marta, "Anillo", f"El {word} se ha caído.\nOtra vez el {word}.")
    once = opened(marta, "Collar", f"Con un Zafiro{word[6:].upper()} de cristal")
    said = marta.post(f"{TICKETS}/{twice}/messages", json={"kind": "note", "body": f"Otro {word}, ahora aquí."})
    assert said.status_code == 201
    other = opened(marta, "Pulsera", f"También {word}")
    rows = found(marta, 4, query=word)
    assert [row["id"] for row in rows] == [heading, twice, other, once]
    snippets = {row["id"]: row.get("snippet") for row in rows}
    assert snippets[heading] is None
    assert snippets[twice] == f"Otro {word}, ahora aquí."
    assert snippets[once] == f"Con un Zafiro{word[6:].upper()} de cristal"
    newest = found(marta, 4, query=word, sort="-created")
    assert [row["id"] for row in newest] == [other, once, twice, heading]
    assert "snippet" not in found(marta, 1, sort="-created")[0]


def test_pages_of_the_best_go_on_where_the_last_one_ended(marta: httpx.Client, word: str) -> None:
    ids = [opened(marta, f"Anillo {number}", f"Un {word}") for number in range(5)]
    assert len(found(marta, 5, query=word)) == 5
    where, seen = f"{TICKETS}?query={word}&limit=2", []
    while where:
        page = marta.get(where)
        assert page.status_code == 200, (where, page.text)
        seen += [row["id"] for row in page.json()["data"]]
        where = page.links["next"]["url"] if page.json()["next"] else ""
    assert seen == ids[::-1]
