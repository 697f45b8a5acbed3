"""The wire view: one ticket as each of the five contracts shows it, all of them telling the same."""

from collections.abc import Callable, Mapping
from typing import Any

import httpx
import msgspec
import pytest
from tests.contracts.doors import DOORS, FOREIGN

DESK = "/api/desk/v1/tickets"
ANSWER = "Lo estamos mirando ahora mismo."

STATUS: Mapping[str, Callable[[Any], str]] = {
    "debuta": lambda told: told["estado"],
    "mesa": lambda told: told["ticket"]["estado"],
    "support": lambda told: told["status"],
    "kinconecta": lambda told: told["status"],
    "mobile": lambda told: told["status"],
}
WORDS = {
    "debuta": ("abierto", "en_revision", "resuelto"),
    "mesa": ("ABIERTO", "EN_PROCESO", "RESUELTO"),
    "support": ("open", "in_progress", "resolved"),
    "kinconecta": ("open", "in_progress", "resolved"),
    "mobile": ("open", "in_progress", "resolved"),
}


def wires(client: httpx.Client, ticket: str) -> Any:
    shown = client.get(f"{DESK}/{ticket}/wires")
    assert shown.status_code == 200, shown.text
    return shown.json()


def statuses(told: Any) -> dict[str, str]:
    return {name: STATUS[name](wire) for name, wire in told.items()}


def column(number: int) -> dict[str, str]:
    return {name: words[number] for name, words in WORDS.items()}


@pytest.fixture
def ticket(ana: httpx.Client) -> str:
    return DOORS["mobile"].open(ana, message="The line is dead since Monday.")


def test_every_other_contract_has_its_view() -> None:
    assert {contract.name for contract in FOREIGN if contract.show} == set(STATUS) == {one.name for one in FOREIGN}


def test_all_of_them_follow_what_is_done_at_the_desk(marta: httpx.Client, ticket: str) -> None:
    assert statuses(wires(marta, ticket)) == column(0)
    say = {"kind": "answer", "body": ANSWER}
    assert marta.post(f"{DESK}/{ticket}/messages", json=say).status_code == 201
    assert statuses(wires(marta, ticket)) == column(1)
    assert marta.patch(f"{DESK}/{ticket}", json={"status": "resolved"}, headers={"If-Match": "*"}).status_code == 200
    assert statuses(wires(marta, ticket)) == column(2)


def test_each_is_what_the_contract_itself_shows_to_staff(alicia: httpx.Client, ticket: str) -> None:
    told = wires(alicia, ticket)
    assert told["mobile"] == alicia.get(f"/api/admin/support-requests/{ticket}").json()["data"]
    assert told["support"] == alicia.get(f"/v1/admin/support/tickets/{told['support']['id']}").json()
    assert told["kinconecta"]["id"] == alicia.get(f"/api/support-tickets/{ticket}").json()["id"]
    (own,) = (row for row in alicia.get("/api/admin/soporte").json()["tickets"] if row["_id"] == told["debuta"]["_id"])
    assert told["debuta"] == own
    detail = alicia.get(f"/api/tickets/{told['mesa']['ticket']['uuid']}").json()
    without_clock = {name: value for name, value in detail["ticket"].items() if name != "horas_restantes"}
    assert without_clock.items() <= told["mesa"]["ticket"].items()
    assert told["mesa"]["historial"] == detail["historial"]


def test_what_is_between_staff_is_in_none_of_them(marta: httpx.Client, ticket: str) -> None:
    file = marta.post(f"{DESK}/{ticket}/attachments", files={"files": ("secret.txt", b"x")}).json()[0]["id"]
    note = {"kind": "note", "body": "She sounds tired.", "attachment_ids": [file]}
    assert marta.post(f"{DESK}/{ticket}/messages", json=note).status_code == 201
    shown = msgspec.json.encode(wires(marta, ticket)).decode()
    assert "tired" not in shown
    assert "secret.txt" not in shown
