"""Contract 5 (shared/contracts/5-mobile.md), as its clients use it."""

import httpx

USER = "/api/mobile/support-requests"
ADMIN = "/api/admin/support-requests"
CRASH = {"category": "technical", "subject": "App crashes on checkout", "message": "App crashes on checkout."}


def open_request(client: httpx.Client, **changes: object) -> int:
    answer = client.post(USER, json=CRASH | changes)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["data"]["id"])


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
