"""The people who ask for help, as staff see them through the native API."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.contracts.doors import AT_THE_DESK
from tests.serving import RunningDesk, token

DESK = "/api/desk/v1"
ANY = {"If-Match": "*"}


@pytest.fixture
def ticket(ana: httpx.Client) -> str:
    return AT_THE_DESK.open(ana)


@pytest.fixture
def requester(marta: httpx.Client, ticket: str) -> str:
    """Where Ana stands."""
    found = marta.get(f"{DESK}/tickets/{ticket}").json()["requester"]
    return f"{DESK}/requesters/{found['id']}"


def test_a_requester_is_shown_with_how_many_tickets_are_in_sight(
    marta: httpx.Client, raul: httpx.Client, ana: httpx.Client, requester: str
) -> None:
    other = AT_THE_DESK.open(ana)
    assert marta.patch(f"{DESK}/tickets/{other}", json={"area": "Redes"}, headers=ANY).status_code == 200
    shown = marta.get(requester)
    assert (shown.json()["name"], shown.json()["email"], shown.json()["issuer"]) == ("Ana", "ana@example.com", "app")
    assert shown.json()["tickets_total"] == 2
    assert raul.get(requester).json()["tickets_total"] == 1
    assert marta.get(requester, headers={"If-None-Match": shown.headers["etag"]}).status_code == 304


def test_who_sees_none_of_their_tickets_does_not_see_them(raul: httpx.Client, requester: str) -> None:
    for method, path in (("GET", requester), ("PATCH", requester), ("GET", f"{requester}/tickets")):
        assert raul.request(method, path, headers=ANY, json={} if method == "PATCH" else None).status_code == 404
    assert raul.get(f"{DESK}/requesters/999999999").status_code == 404
    assert raul.get(f"{DESK}/requesters/ana").status_code == 404


def test_notes_are_kept_for_the_staff_alone(
    marta: httpx.Client, ana: httpx.Client, ticket: str, requester: str
) -> None:
    first = marta.get(requester)
    wanted = {"notes": "Prefers mornings.", "name": "Ana María"}
    changed = marta.patch(requester, json=wanted, headers={"If-Match": first.headers["etag"]})
    assert (changed.json()["notes"], changed.json()["name"]) == ("Prefers mornings.", "Ana María")
    assert changed.headers["etag"] == '"2"'
    late = marta.patch(requester, json={"notes": "Late."}, headers={"If-Match": first.headers["etag"]})
    assert late.status_code == 412
    assert marta.patch(requester, json={"notes": "Late."}).status_code == 428
    assert "mornings" not in ana.get(f"/api/mobile/support-requests/{ticket}").text


def test_what_staff_change_stays_when_the_requester_comes_again(
    marta: httpx.Client, ana: httpx.Client, bruno: httpx.Client, requester: str
) -> None:
    assert marta.patch(requester, json={"notes": "Calls often."}, headers=ANY).status_code == 200
    wanted = {"name": "Ana María", "email": "ana.maria@example.com"}
    assert marta.patch(requester, json=wanted, headers=ANY).status_code == 200
    AT_THE_DESK.open(ana)
    shown = marta.get(requester).json()
    assert (shown["name"], shown["email"], shown["notes"]) == (*wanted.values(), "Calls often.")


def test_what_the_requester_tells_anew_counts_where_staff_wrote_notes_alone(
    server: RunningDesk, marta: httpx.Client
) -> None:
    subject, names = uuid4().hex, ("Ana", "Ana Pérez")
    found = {}
    for name in names:
        with server.client(token(subject, name=name, email="ana@example.com")) as ana:
            found = marta.get(f"{DESK}/tickets/{AT_THE_DESK.open(ana)}").json()["requester"]
        path = f"{DESK}/requesters/{found['id']}"
        assert marta.patch(path, json={"notes": name}, headers=ANY).json()["name"] == name


def test_their_tickets_are_listed_page_by_page(marta: httpx.Client, ana: httpx.Client, requester: str) -> None:
    for _ in range(2):
        AT_THE_DESK.open(ana)
    first = marta.get(f"{requester}/tickets?limit=2&sort=-created&count=1")
    assert first.json()["total"] == {"count": 3, "is_exact": True}
    second = marta.get(first.links["next"]["url"])
    found = [row["id"] for page in (first, second) for row in page.json()["data"]]
    assert found == sorted(found, reverse=True)
    assert len(found) == 3
    assert second.json()["next"] is None


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"name": ""}, "/name", "empty"),
        ({"name": "x" * 151}, "/name", "too_long"),
        ({"email": "ana"}, "/email", "not_an_email"),
        ({"notes": "x" * 5_001}, "/notes", "too_long"),
        ({"notes": None}, "/notes", "wrong_type"),
        ({"issuer": "house"}, "/issuer", "unknown_field"),
    ],
)
def test_a_wrong_value_is_refused_by_name(
    marta: httpx.Client, requester: str, body: dict[str, Any], pointer: str, code: str
) -> None:
    refused = marta.patch(requester, json=body, headers=ANY)
    assert refused.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [(pointer, code)]
