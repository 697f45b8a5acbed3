"""Contract 5 (shared/contracts/5-mobile.md), as its clients use it."""

from typing import Any

import httpx
import pytest

USER = "/api/mobile/support-requests"
ADMIN = "/api/admin/support-requests"
CRASH = {"category": "technical", "subject": "App crashes on checkout", "message": "App crashes on checkout."}
KEYS = [
    *("id", "category", "subject", "status", "isAssigned", "resolutionNote", "resolvedAt", "closedAt"),
    *("lastCustomerMessageAt", "lastAdminMessageAt", "messages", "createdAt", "updatedAt"),
]


def open_request(client: httpx.Client, **changes: object) -> int:
    answer = client.post(USER, json=CRASH | changes)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["data"]["id"])


def shown(client: httpx.Client, number: int) -> dict[str, Any]:
    answer = client.get(f"{USER}/{number}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["data"]
    return found


def said(client: httpx.Client, number: int, body: str = "Here is more detail.") -> httpx.Response:
    return client.post(f"{USER}/{number}/messages", json={"body": body})


def test_reply_on_a_resolved_request_reopens_it(ana: httpx.Client, alicia: httpx.Client) -> None:
    number = open_request(ana)
    alicia.patch(f"{ADMIN}/{number}/status", json={"status": "resolved", "resolutionNote": "Try again"})
    assert ana.get(f"{USER}/{number}").json()["data"]["resolvedAt"] is not None
    assert ana.post(f"{USER}/{number}/messages", json={"body": "Still broken"}).status_code == 201
    shown = ana.get(f"{USER}/{number}").json()["data"]
    assert (shown["status"], shown["resolvedAt"]) == ("open", None)


def test_reply_on_a_closed_request_is_refused_with_400(ana: httpx.Client, alicia: httpx.Client) -> None:
    number = open_request(ana)
    assert alicia.patch(f"{ADMIN}/{number}/status", json={"status": "closed"}).status_code == 200
    refused = ana.post(f"{USER}/{number}/messages", json={"body": "Hello?"})
    assert (refused.status_code, refused.json()["statusCode"]) == (400, 400)
    assert len(ana.get(f"{USER}/{number}").json()["data"]["messages"]) == 1


def test_a_request_is_opened_with_its_first_message(ana: httpx.Client) -> None:
    answer = ana.post(USER, json=CRASH)
    assert (answer.status_code, list(answer.json())) == (201, ["message", "data"])
    opened = answer.json()["data"]
    assert list(opened) == KEYS
    assert list(opened["messages"][0]) == ["id", "authorType", "authorName", "authorImage", "body", "createdAt"]
    assert (opened["status"], opened["isAssigned"], opened["lastAdminMessageAt"]) == ("open", False, None)
    assert opened["lastCustomerMessageAt"] == opened["messages"][0]["createdAt"] == opened["createdAt"]
    assert shown(ana, opened["id"]) == opened


def test_what_only_the_server_may_set_is_not_taken(ana: httpx.Client) -> None:
    opened = shown(ana, open_request(ana, id=7, status="closed", isAssigned=True, resolutionNote="x", createdAt="2001"))
    assert (opened["status"], opened["isAssigned"], opened["resolutionNote"]) == ("open", False, None)
    assert not opened["createdAt"].startswith("2001")


def test_messages_are_shown_in_order_with_who_wrote_them(ana: httpx.Client, marta: httpx.Client) -> None:
    number = open_request(ana)
    marta.post(f"{ADMIN}/{number}/messages", json={"body": "Which phone?"})
    said(ana, number, "A blue one.")
    found = shown(ana, number)
    assert [(message["authorType"], message["authorName"], message["body"]) for message in found["messages"]] == [
        ("customer", "Ana", "App crashes on checkout."),
        ("admin", "Marta", "Which phone?"),
        ("customer", "Ana", "A blue one."),
    ]
    last = [message["createdAt"] for message in found["messages"]]
    assert (found["lastAdminMessageAt"], found["lastCustomerMessageAt"], found["updatedAt"]) == (
        last[1],
        last[2],
        last[2],
    )


def test_somebody_elses_request_looks_like_a_missing_one(
    ana: httpx.Client, bruno: httpx.Client, alicia: httpx.Client
) -> None:
    number = open_request(ana)
    missing = {"statusCode": 404, "message": "Support request not found", "error": "Not Found"}
    for stranger in (bruno, alicia):
        for refused in (stranger.get(f"{USER}/{number}"), stranger.get(f"{USER}/999999999"), said(stranger, number)):
            assert (refused.status_code, refused.json()) == (404, missing)
        assert stranger.get(USER).json()["data"] == []
    assert len(shown(ana, number)["messages"]) == 1


@pytest.mark.parametrize(("status", "after"), [("open", "open"), ("in_progress", "in_progress"), ("resolved", "open")])
def test_a_reply_is_taken_as_long_as_the_request_is_not_closed(
    ana: httpx.Client, marta: httpx.Client, status: str, after: str
) -> None:
    number = open_request(ana)
    assert marta.patch(f"{ADMIN}/{number}/status", json={"status": status}).status_code == 200
    assert said(ana, number).status_code == 201
    assert shown(ana, number)["status"] == after


def test_every_fault_is_told_with_its_field(ana: httpx.Client) -> None:
    refused = ana.post(USER, json={"category": "food", "subject": " ", "message": 5})
    assert refused.status_code == 422
    assert list(refused.json()) == ["statusCode", "message", "error", "errors"]
    assert refused.json()["errors"] == [
        {"field": "category", "message": "category must be one of: account, other, payment, technical"},
        {"field": "subject", "message": "subject must not be empty"},
        {"field": "message", "message": "message must be text"},
    ]
    assert ana.get(USER).json()["data"] == []


@pytest.mark.parametrize(
    ("method", "path", "status", "error"),
    [
        ("GET", f"{USER}/abc", 400, "Bad Request"),
        ("POST", f"{USER}/0/messages", 400, "Bad Request"),
        ("GET", f"{USER}/1/nothing", 404, "Not Found"),
        ("DELETE", USER, 405, "Method Not Allowed"),
        ("POST", USER, 415, "Unsupported Media Type"),
    ],
)
def test_other_refusals_have_no_list_of_fields(
    ana: httpx.Client, method: str, path: str, status: int, error: str
) -> None:
    refused = ana.request(method, path)
    assert (refused.status_code, list(refused.json())) == (status, ["statusCode", "message", "error"])
    assert (refused.json()["statusCode"], refused.json()["error"]) == (status, error)


def test_without_a_token_nobody_comes_in(anyone: httpx.Client) -> None:
    for refused in (anyone.post(USER, json=CRASH), anyone.get(USER), anyone.get(f"{USER}/1"), said(anyone, 1)):
        assert (refused.status_code, refused.json()["error"]) == (401, "Unauthorized")


@pytest.mark.parametrize("query", ["page=0", "size=0", "size=101", "page=x"])
def test_a_page_that_is_none_is_refused_by_name(ana: httpx.Client, query: str) -> None:
    refused = ana.get(f"{USER}?{query}")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, query.partition("=")[0])


def test_the_own_list_has_the_keys_of_a_request_but_no_messages(ana: httpx.Client) -> None:
    open_request(ana)
    listed = ana.get(USER, params={"page": 7}).json()
    assert (list(listed), listed["data"]) == (["message", "data", "meta"], [])
    assert listed["meta"] == {"page": 7, "size": 20, "total": 1, "totalPages": 1}
    assert list(ana.get(USER).json()["data"][0]) == [key for key in KEYS if key != "messages"]
