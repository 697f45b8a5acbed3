"""Contract 4 (shared/contracts/4-kinconecta.md): its tickets, as its clients use them."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from tests.contracts.conftest import Join
from tests.contracts.kinconecta import TICKETS, VOUCHER, key_of, opened, path_of, refused, told

MOBILE = "/api/admin/support-requests"


def test_anybody_opens_a_ticket_and_comes_back_with_its_key(anyone: httpx.Client, bruno: httpx.Client) -> None:
    ticket = opened(anyone, status="closed", createdAt="2020-01-01T00:00:00Z", updatedAt="2020-01-01T00:00:00Z", id=1)
    assert (ticket["status"], ticket["attachments"], ticket["createdAt"][:2]) == ("open", [], "20")
    assert ticket["createdAt"] > "2026"
    assert len(ticket["accessKey"]) >= 43
    shown = told(anyone.get(path_of(ticket), headers=key_of(ticket)), 200)
    assert shown == {name: value for name, value in ticket.items() if name != "accessKey"}
    assert told(bruno.get(path_of(ticket), params={"key": ticket["accessKey"]}), 200) == shown


def test_without_the_key_a_ticket_is_nobodys_to_see(anyone: httpx.Client, ana: httpx.Client) -> None:
    ticket, other = opened(anyone), opened(anyone)
    assert refused(anyone.get(path_of(ticket)), 401)["error"] == "Unauthorized"
    assert anyone.get(path_of(ticket)).headers["WWW-Authenticate"] == "Bearer"
    unknown = refused(anyone.get(f"{TICKETS}/999999999", headers=key_of(ticket)), 404)
    for answer in (
        anyone.get(path_of(ticket), headers=key_of(other)),
        anyone.get(path_of(ticket), params={"key": "guess"}),
        ana.get(path_of(ticket)),
    ):
        assert refused(answer, 404)["message"] == unknown["message"]


def test_a_token_makes_the_ticket_its_bearers_own(ana: httpx.Client, bruno: httpx.Client) -> None:
    first, second = opened(ana, email="office@example.com"), opened(ana)
    assert [row["id"] for row in told(ana.get(TICKETS), 200)] == [second["id"], first["id"]]
    assert told(ana.get(path_of(first)), 200)["email"] == "office@example.com"
    assert told(bruno.get(TICKETS), 200) == []
    refused(bruno.get(path_of(first)), 404)


def test_a_verified_address_opens_what_was_sent_from_it_without_a_token(anyone: httpx.Client, join: Join) -> None:
    ticket = opened(anyone, email="Elena@Example.com")
    elena = join("elena", email="Elena@example.com", email_verified=True)
    assert ticket["id"] in [row["id"] for row in told(elena.get(TICKETS), 200)]
    claims_only = join("mallory", email="Elena@example.com")
    refused(claims_only.get(path_of(ticket)), 404)


def test_a_broken_token_is_refused_even_where_none_is_needed(anyone: httpx.Client) -> None:
    broken = {"Authorization": "Bearer nonsense"}
    refused(anyone.post(TICKETS, json=VOUCHER, headers=broken), 401)
    refused(anyone.get(TICKETS, headers=broken), 401)


def test_the_list_is_for_nobody_in_particular(anyone: httpx.Client) -> None:
    ticket = opened(anyone)
    refused(anyone.get(TICKETS), 401)
    refused(anyone.get(TICKETS, headers=key_of(ticket)), 401)


def test_staff_see_all_and_an_area_sees_its_own(
    anyone: httpx.Client, alicia: httpx.Client, marta: httpx.Client, raul: httpx.Client, join: Join
) -> None:
    ticket = opened(anyone)
    front_desk = join("sofia", rol="AREA", area="mesa")
    for client in (alicia, marta, front_desk):
        assert told(client.get(TICKETS), 200)[0]["id"] == ticket["id"]
        told(client.get(path_of(ticket)), 200)
    assert ticket["id"] not in [row["id"] for row in told(raul.get(TICKETS), 200)]
    refused(raul.get(path_of(ticket)), 404)


def test_staff_import_with_date_and_status_for_the_person_of_the_address(marta: httpx.Client, join: Join) -> None:
    ticket = opened(marta, email="vera@example.com", status="RESOLVED", createdAt="2019-12-31T23:59:59-01:00")
    assert (ticket["status"], ticket["createdAt"]) == ("resolved", "2020-01-01T00:59:59Z")
    vera = join("vera", email="vera@example.com", email_verified=True)
    assert [row["id"] for row in told(vera.get(TICKETS), 200)] == [ticket["id"]]


def test_an_import_may_be_as_early_as_clocks_differ_and_no_earlier(alicia: httpx.Client) -> None:
    now = datetime.now(UTC)
    opened(alicia, createdAt=(now + timedelta(minutes=4)).isoformat())
    for when in ((now + timedelta(minutes=6)).isoformat(), "1969-12-31T23:59:59Z", "0001-01-01T00:00:00Z"):
        error = refused(alicia.post(TICKETS, json=VOUCHER | {"createdAt": when}), 400)
        assert error["errors"] == {"createdAt": "must lie between 1970 and now"}


def test_a_requester_may_send_any_date_that_is_one(ana: httpx.Client) -> None:
    assert opened(ana, createdAt="2999-01-01T00:00:00Z")["createdAt"] < "2999"


@pytest.mark.parametrize(
    ("asked", "shown"), [("in_progress", "in_progress"), ("resolved", "resolved"), ("closed", "closed")]
)
def test_what_staff_decide_elsewhere_shows_here(
    anyone: httpx.Client, alicia: httpx.Client, asked: str, shown: str
) -> None:
    ticket = opened(anyone)
    told(alicia.patch(f"{MOBILE}/{ticket['id']}/status", json={"status": asked}), 200)
    assert told(anyone.get(path_of(ticket), headers=key_of(ticket)), 200)["status"] == shown


def test_a_ticket_of_another_contract_has_no_role_and_perhaps_no_address(join: Join, alicia: httpx.Client) -> None:
    nora = join("nora")
    crash = {"category": "payment", "subject": "Crash", "message": "It crashed."}
    number = told(nora.post("/api/mobile/support-requests", json=crash), 201)["data"]["id"]
    shown = told(alicia.get(f"{TICKETS}/{number}"), 200)
    assert [shown[name] for name in ("roleContext", "fullName", "email", "category")] == ["", "Nora", "", "payment"]
    assert shown["message"] == "It crashed."


def test_pages_walk_the_list_without_a_gap(ana: httpx.Client) -> None:
    mine = [opened(ana)["id"] for _ in range(5)][::-1]
    seen, path = [], f"{TICKETS}?size=2"
    while path:
        answer = ana.get(path)
        seen.append([row["id"] for row in told(answer, 200)])
        path = answer.links.get("next", {}).get("url", "")
    assert seen == [mine[:2], mine[2:4], mine[4:]]
    assert [row["id"] for row in told(ana.get(f"{TICKETS}?page=2&size=4"), 200)] == mine[4:]
    assert told(ana.get(f"{TICKETS}?page=9"), 200) == []
    assert "Link" not in ana.get(TICKETS).headers


def test_a_retry_with_the_same_key_opens_one_ticket(ana: httpx.Client) -> None:
    again = {"Idempotency-Key": "once"}
    first, second = (ana.post(TICKETS, json=VOUCHER, headers=again) for _ in range(2))
    assert (first.content, first.headers["Location"]) == (second.content, second.headers["Location"])
    assert second.headers["Idempotency-Replayed"] == "true"
    refused(ana.post(TICKETS, json=VOUCHER | {"subject": "Other"}, headers=again), 422)
    assert len(told(ana.get(TICKETS), 200)) == 1
