"""Contract 3 (shared/contracts/3-support.md), as its clients use it."""

from typing import Any

import httpx
import pytest

USER, ADMIN = "/v1/support/tickets", "/v1/admin/support/tickets"
PAYMENT = {"subject": "Payment not received", "body": "The session was on Friday."}


def opened(client: httpx.Client, **changes: Any) -> str:
    answer = client.post(USER, json=PAYMENT | changes)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def error_of(answer: httpx.Response) -> tuple[int, str]:
    assert set(answer.json()) == {"error"}
    assert list(answer.json()["error"]) == ["code", "message", "details"]
    return answer.status_code, answer.json()["error"]["code"]


def test_category_and_priority_have_defaults(ana: httpx.Client) -> None:
    shown = ana.get(f"{USER}/{opened(ana)}").json()
    assert (shown["category"], shown["priority"], shown["status"]) == ("other", "normal", "open")


def test_an_id_counts_in_lower_case_too(ana: httpx.Client) -> None:
    number = opened(ana)
    assert number == number.upper()
    assert ana.get(f"{USER}/{number.lower()}").json()["id"] == number


def test_owner_replies_and_the_thread_grows_oldest_first(ana: httpx.Client) -> None:
    number = opened(ana)
    said = ana.post(f"{USER}/{number}/messages", json={"body": "It was with Jane."})
    assert (said.status_code, list(said.json()), said.json()["is_admin"]) == (
        201,
        ["id", "body", "is_admin", "created_at"],
        False,
    )
    thread = ana.get(f"{USER}/{number}").json()["messages"]
    assert [message["body"] for message in thread] == ["The session was on Friday.", "It was with Jane."]


def test_owner_closes_at_any_time_and_closing_again_changes_nothing(ana: httpx.Client) -> None:
    number = opened(ana)
    first, second = ana.post(f"{USER}/{number}/close"), ana.post(f"{USER}/{number}/close")
    assert (first.status_code, first.json()["status"]) == (200, "closed")
    assert second.text == first.text
    assert error_of(ana.post(f"{USER}/{number}/messages", json={"body": "Hello?"})) == (409, "conflict")


def test_reply_on_a_resolved_ticket_reopens_it(ana: httpx.Client, alicia: httpx.Client) -> None:
    number = opened(ana)
    assert alicia.patch(f"{ADMIN}/{number}", json={"status": "resolved"}).json()["status"] == "resolved"
    ana.post(f"{USER}/{number}/messages", json={"body": "Not yet."})
    assert ana.get(f"{USER}/{number}").json()["status"] == "open"


def test_pages_are_walked_and_a_page_past_the_end_is_empty(ana: httpx.Client) -> None:
    numbers = [opened(ana) for _ in range(3)]
    first = ana.get(USER, params={"per_page": 2}).json()
    assert [row["id"] for row in first["data"]] == numbers[:0:-1]
    assert first["pagination"] == {"page": 1, "per_page": 2, "total": 3, "total_pages": 2}
    past = ana.get(USER, params={"page": 9, "per_page": 2}).json()
    assert (past["success"], past["data"], past["pagination"]["total"]) == (True, [], 3)


@pytest.mark.parametrize(
    ("query", "field"),
    [("page=0", "page"), ("page=x", "page"), ("per_page=500", "per_page"), ("per_page=0", "per_page")],
)
def test_a_wrong_page_is_refused_by_name(ana: httpx.Client, query: str, field: str) -> None:
    refused = ana.get(f"{USER}?{query}")
    assert error_of(refused) == (400, "validation_error")
    assert list(refused.json()["error"]["details"]) == [field]


@pytest.mark.parametrize("number", ["01JN2XG6H7J8K9M0N1P2Q3R4S5", "nonsense", "1", "0" * 26, "8" + "Z" * 25])
def test_what_is_not_there_is_not_found(ana: httpx.Client, number: str) -> None:
    for answer in (
        ana.get(f"{USER}/{number}"),
        ana.post(f"{USER}/{number}/messages", json={"body": "x"}),
        ana.post(f"{USER}/{number}/close"),
    ):
        assert error_of(answer) == (404, "not_found")


def test_a_foreign_ticket_looks_like_a_missing_one(ana: httpx.Client, bruno: httpx.Client) -> None:
    number = opened(ana)
    foreign, missing = bruno.get(f"{USER}/{number}"), bruno.get(f"{USER}/01JN2XG6H7J8K9M0N1P2Q3R4S5")
    assert (foreign.status_code, foreign.text) == (missing.status_code, missing.text) == (404, missing.text)
    assert error_of(bruno.post(f"{USER}/{number}/close")) == (404, "not_found")
    assert bruno.get(USER).json()["data"] == []
    assert ana.get(f"{USER}/{number}").json()["status"] == "open"


def test_an_admin_is_an_ordinary_user_in_the_users_half(ana: httpx.Client, alicia: httpx.Client) -> None:
    number = opened(ana)
    for refused in (
        alicia.get(f"{USER}/{number}"),
        alicia.post(f"{USER}/{number}/messages", json={"body": "Hello"}),
        alicia.post(f"{USER}/{number}/close"),
    ):
        assert error_of(refused) == (404, "not_found")


def test_every_fault_is_told_by_field(ana: httpx.Client) -> None:
    refused = ana.post(USER, json={"subject": " ", "body": 5, "category": "Billing", "priority": "huge"})
    assert error_of(refused) == (400, "validation_error")
    assert list(refused.json()["error"]["details"]) == ["subject", "body", "category", "priority"]
    assert ana.get(USER).json()["data"] == []


def test_an_unknown_path_and_method_are_answered_in_its_shape(ana: httpx.Client) -> None:
    assert error_of(ana.get("/v1/support/nowhere")) == (404, "not_found")
    refused = ana.delete(USER)
    assert error_of(refused) == (405, "method_not_allowed")
    assert set(refused.headers["allow"].split(", ")) == {"GET", "POST"}


def test_the_same_key_opens_one_ticket_and_another_body_is_a_conflict(ana: httpx.Client) -> None:
    key = {"Idempotency-Key": "payment-1"}
    first, second = (ana.post(USER, json=PAYMENT, headers=key) for _ in range(2))
    assert (second.status_code, second.text) == (201, first.text)
    assert error_of(ana.post(USER, json=PAYMENT | {"priority": "low"}, headers=key)) == (409, "conflict")
    assert ana.get(USER).json()["pagination"]["total"] == 1


def test_what_only_the_server_may_set_is_not_taken(ana: httpx.Client) -> None:
    number = opened(
        ana, status="closed", id="01JN2XG6H7J8K9M0N1P2Q3R4S5", is_admin=True, created_at="2001-01-01T00:00:00Z"
    )
    shown = ana.get(f"{USER}/{number}").json()
    assert (shown["status"], shown["messages"][0]["is_admin"]) == ("open", False)
    assert not shown["created_at"].startswith("2001")


@pytest.mark.parametrize("status", ["in_progress", "resolved"])
def test_owner_closes_from_any_state(ana: httpx.Client, alicia: httpx.Client, status: str) -> None:
    number = opened(ana)
    alicia.patch(f"{ADMIN}/{number}", json={"status": status})
    assert ana.post(f"{USER}/{number}/close").json()["status"] == "closed"


@pytest.mark.parametrize(
    ("categoria", "category"),
    [
        ("cuenta", "account"),
        ("pagos", "billing"),
        ("problema_tecnico", "technical"),
        ("abuso", "other"),
        ("sugerencia", "other"),
        ("otro", "other"),
    ],
)
def test_a_ticket_of_another_contract_shows_the_nearest_category(
    ana: httpx.Client, categoria: str, category: str
) -> None:
    ana.post("/api/soporte", json={"categoria": categoria, "asunto": "Hola", "descripcion": "No funciona."})
    row = ana.get(USER).json()["data"][0]
    assert (row["subject"], row["category"], row["priority"]) == ("Hola", category, "normal")
