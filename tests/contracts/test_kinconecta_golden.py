"""The example of contract 4's source document: the same request, and an answer with every field that it names."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from tests.contracts.kinconecta import TICKETS, key_of

GOLDEN = Path(__file__).parent.parent / "golden" / "kinconecta"
REQUEST = (GOLDEN / "create.request.json").read_bytes()
RESPONSE = json.loads((GOLDEN / "ticket.response.json").read_text(encoding="utf-8"))
JSON = {"Content-Type": "application/json"}


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def test_the_example_of_the_source_document_is_answered_as_it_says(anyone: httpx.Client) -> None:
    answer = anyone.post(TICKETS, content=REQUEST, headers=JSON)
    created = answer.json()
    now = {name: created[name] for name in ("id", "createdAt", "updatedAt")}
    assert (answer.status_code, answer.headers["Location"]) == (
        201,
        str(anyone.base_url.join(f"{TICKETS}/{created['id']}")),
    )
    assert answer.text == compact(RESPONSE | now | {"accessKey": created["accessKey"]})
    assert datetime.now(UTC) - datetime.fromisoformat(created["createdAt"]) < timedelta(minutes=1)
    again = anyone.get(f"{TICKETS}/{created['id']}", headers=key_of(created))
    assert (again.status_code, again.text) == (200, compact(RESPONSE | now))


def test_an_import_by_staff_is_answered_to_the_letter(alicia: httpx.Client) -> None:
    created = alicia.post(TICKETS, content=REQUEST, headers=JSON).json()
    shown = alicia.get(f"{TICKETS}/{created['id']}")
    assert shown.text == compact(RESPONSE | {"id": created["id"]})
