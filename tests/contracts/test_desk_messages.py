"""What is said in a ticket through the native API: answers, notes, and the one timeline of it all."""

from typing import Any

import httpx
import pytest
from tests.contracts.conftest import Join
from tests.contracts.doors import AT_THE_DESK
from tests.contracts.said import number, timeline, written

TICKETS = "/api/desk/v1/tickets"
MOBILE = "/api/mobile/support-requests"
KINCONECTA = "/api/support-tickets"
ANY = {"If-Match": "*"}
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


@pytest.fixture
def ticket(ana: httpx.Client) -> str:
    """The address of a ticket that Ana opened in the app."""
    return f"{TICKETS}/{AT_THE_DESK.open(ana, subject='No signal', message='The line is dead since Monday.')}"


def uploaded(client: httpx.Client, ticket: str, name: str = "fibre.png", content: bytes = PNG) -> int:
    sent = written(client.post(f"{ticket}/attachments", files={"files": (name, content)}))
    (file,) = sent
    assert (file["file_name"], file["message_id"]) == (name, None)
    return int(file["id"])


def test_an_answer_reaches_the_requester_and_picks_the_ticket_up(
    marta: httpx.Client, ana: httpx.Client, ticket: str
) -> None:
    said = written(marta.post(f"{ticket}/messages", json={"kind": "answer", "body": "We are **on it**."}))
    assert (said["entry"]["kind"], said["entry"]["body"]) == ("answer", "We are **on it**.")
    assert said["ticket"]["status"] == "in_progress"
    messages = ana.get(f"{MOBILE}/{number(ticket)}").json()["data"]["messages"]
    assert [message["body"] for message in messages][-1] == "We are **on it**."


def test_a_note_stays_among_the_staff(marta: httpx.Client, ana: httpx.Client, ticket: str) -> None:
    written(marta.post(f"{ticket}/messages", json={"kind": "note", "body": "She sounds tired."}))
    assert [entry["kind"] for entry in timeline(marta, ticket)] == ["reply", "note"]
    shown = ana.get(f"{MOBILE}/{number(ticket)}").text + ana.get("/api/soporte/mis-tickets").text
    assert "tired" not in shown
    assert marta.get(ticket).json()["status"] == "open"


def test_replying_resolving_and_taking_is_one_act(marta: httpx.Client, ticket: str) -> None:
    wanted = {"kind": "answer", "body": "Done.", "status": "resolved", "assign_to_me": True}
    said = written(marta.post(f"{ticket}/messages", json=wanted))
    assert (said["ticket"]["status"], said["ticket"]["assignee"]["name"]) == ("resolved", "Marta")
    kinds = [(entry["kind"], entry.get("event", {}).get("kind")) for entry in timeline(marta, ticket)]
    assert kinds == [
        ("reply", None),
        ("event", "ticket.assigned"),
        ("answer", None),
        ("event", "ticket.resolved"),
    ]


def test_an_act_that_is_refused_in_part_is_not_done_at_all(marta: httpx.Client, ticket: str) -> None:
    wanted = {"kind": "note", "body": "Wait.", "status": "closed", "close_reason": "archived", "attachment_ids": [999]}
    refused = marta.post(f"{ticket}/messages", json=wanted)
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [
        ("/attachment_ids/0", "unknown_file")
    ]
    assert len(timeline(marta, ticket)) == 1
    assert marta.get(ticket).json()["status"] == "open"


def test_what_a_macro_changes_is_done_with_the_answer_or_not_at_all(marta: httpx.Client, ticket: str) -> None:
    assert marta.patch(ticket, json={"tags": ["vip"]}, headers=ANY).status_code == 200
    say = {"kind": "answer", "body": "Your line works again.", "status": "resolved"}
    for change, pointer, code in (
        ({"priority": "high", "assignee_id": "nobody"}, "/change/assignee_id", "unknown_person"),
        ({"priority": "high", "tags_add": ["_"]}, "/change/tags_add", "empty"),
        ({"priority": "high", "snoozed_until": "2020-01-01T00:00:00Z"}, "/change/snoozed_until", "in_the_past"),
        ({"priority": "high", "fields": {"no_such_field": "x"}}, "/change/fields/no_such_field", "unknown_field"),
    ):
        refused = marta.post(f"{ticket}/messages", json=say | {"change": change})
        assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [(pointer, code)]
    before = marta.get(ticket).json()
    assert (before["priority"], before["status"], len(timeline(marta, ticket))) == ("normal", "open", 2)
    change = {"priority": "high", "category": "outage", "tags_add": ["storm"]}
    after = written(marta.post(f"{ticket}/messages", json=say | {"change": change}))["ticket"]
    assert (after["status"], after["priority"], after["category"]) == ("resolved", "high", "outage")
    assert (after["tags"], after["version"]) == (["storm", "vip"], before["version"] + 1)


def test_an_answer_to_what_was_changed_meanwhile_is_refused_on_demand(marta: httpx.Client, ticket: str) -> None:
    say = {"kind": "answer", "body": "Hello."}
    written(marta.post(f"{ticket}/messages", json=say, headers={"If-Match": '"1"'}))
    late = marta.post(f"{ticket}/messages", json=say, headers={"If-Match": '"1"'})
    assert (late.status_code, late.json()["type"]) == (412, "/problems/stale")
    assert len(timeline(marta, ticket)) == 2


def test_an_answer_sent_twice_with_one_key_is_said_once(marta: httpx.Client, ticket: str) -> None:
    keyed = {"Idempotency-Key": "answer-1"}
    first = marta.post(f"{ticket}/messages", json={"kind": "answer", "body": "Hello."}, headers=keyed)
    again = marta.post(f"{ticket}/messages", json={"kind": "answer", "body": "Hello."}, headers=keyed)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["etag"] == first.headers["etag"]
    assert len(timeline(marta, ticket)) == 2
    other = marta.post(f"{ticket}/messages", json={"kind": "answer", "body": "Bye."}, headers=keyed)
    assert (other.status_code, other.json()["type"]) == (422, "/problems/key-reused")


def test_a_closed_ticket_takes_notes_and_no_answers(marta: httpx.Client, ticket: str) -> None:
    assert marta.patch(ticket, json={"status": "closed"}, headers=ANY).status_code == 200
    refused = marta.post(f"{ticket}/messages", json={"kind": "answer", "body": "One more thing."})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/transition-refused")
    written(marta.post(f"{ticket}/messages", json={"kind": "note", "body": "For the record."}))


def test_the_timeline_tells_who_did_what_from_what_to_what(marta: httpx.Client, ana: httpx.Client, ticket: str) -> None:
    reason = {"priority": "urgent", "reason": "The whole floor is down."}
    assert marta.patch(ticket, json=reason, headers=ANY).status_code == 200
    taken = written(marta.post(f"{ticket}/messages", json={"kind": "note", "body": "Mine.", "assign_to_me": True}))
    marta_id = taken["ticket"]["assignee"]["id"]
    opening, urgent, assigned, note = timeline(marta, ticket)
    assert opening["author"] == {
        "kind": "requester",
        "name": "Ana",
        "picture": None,
        "id": str(taken["ticket"]["requester"]["id"]),
    }
    assert urgent["event"] == {
        "kind": "ticket.reclassified",
        "reason": "The whole floor is down.",
        "changes": {"priority": ["normal", "urgent"]},
    }
    assert assigned["event"]["changes"] == {"assignee": [None, "Marta"], "status": ["open", "in_progress"]}
    assert (note["author"]["kind"], note["author"]["id"]) == ("agent", marta_id)
    assert "event" not in note


def test_a_reply_that_opens_a_ticket_again_says_so(marta: httpx.Client, ana: httpx.Client, ticket: str) -> None:
    assert marta.patch(ticket, json={"status": "resolved"}, headers=ANY).status_code == 200
    assert ana.post(f"{MOBILE}/{number(ticket)}/messages", json={"body": "It is dead again."}).status_code == 201
    last = timeline(marta, ticket)[-1]
    assert (last["kind"], last["body"]) == ("reply", "It is dead again.")
    assert last["event"]["changes"] == {"status": ["resolved", "open"]}


def test_the_timeline_is_read_part_by_part(marta: httpx.Client, ticket: str) -> None:
    for body in ("One.", "Two.", "Three.", "Four."):
        written(marta.post(f"{ticket}/messages", json={"kind": "note", "body": body}))
    whole = timeline(marta, ticket)
    found, where = [], f"{ticket}/timeline?limit=2"
    while where:
        part = marta.get(where)
        found += part.json()["data"]
        where = part.links["next"]["url"] if part.json()["next"] else ""
    assert found == whole
    assert [entry["body"] for entry in whole] == ["The line is dead since Monday.", "One.", "Two.", "Three.", "Four."]
    cursor = marta.get(f"{ticket}/timeline?limit=2").json()["next"]
    assert marta.get(f"{TICKETS}?after={cursor}").status_code == 422


def test_that_somebody_looked_is_no_entry(marta: httpx.Client, ticket: str) -> None:
    assert marta.patch(ticket, json={"is_read": True}, headers=ANY).status_code == 200
    assert len(timeline(marta, ticket)) == 1


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"body": "Hello."}, "/kind", "missing"),
        ({"kind": "reply", "body": "Hello."}, "/kind", "not_allowed"),
        ({"kind": "answer"}, "/body", "missing"),
        ({"kind": "answer", "body": " "}, "/body", "empty"),
        ({"kind": "answer", "body": "x" * 20_001}, "/body", "too_long"),
        ({"kind": "answer", "body": "x", "attachment_ids": ["1"]}, "/attachment_ids/0", "wrong_type"),
        ({"kind": "answer", "body": "x", "attachment_ids": [0]}, "/attachment_ids/0", "too_small"),
        ({"kind": "answer", "body": "x", "attachment_ids": [1] * 51}, "/attachment_ids", "too_many_items"),
        ({"kind": "answer", "body": "x", "attachment_ids": None}, "/attachment_ids", "wrong_type"),
        ({"kind": "answer", "body": "x", "status": "done"}, "/status", "not_allowed"),
        ({"kind": "answer", "body": "x", "close_reason": "archived"}, "/close_reason", "not_supported"),
        ({"kind": "answer", "body": "x", "assign_to_me": 1}, "/assign_to_me", "wrong_type"),
        ({"kind": "answer", "body": "x", "change": {"status": "closed"}}, "/change/status", "unknown_field"),
        ({"kind": "answer", "body": "x", "change": {"priority": "top"}}, "/change/priority", "not_allowed"),
        (
            {"kind": "note", "body": "x", "assign_to_me": True, "change": {"assignee_id": None}},
            "/assign_to_me",
            "not_supported",
        ),
        ({"kind": "answer", "body": "x", "visibility": "public"}, "/visibility", "unknown_field"),
    ],
)
def test_a_wrong_message_is_refused_by_name(
    marta: httpx.Client, ticket: str, body: dict[str, Any], pointer: str, code: str
) -> None:
    refused = marta.post(f"{ticket}/messages", json=body)
    assert refused.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [(pointer, code)]
    assert len(timeline(marta, ticket)) == 1


def test_an_agent_of_another_area_sees_nothing(join: Join, ticket: str) -> None:
    rosa = join("rosa", rol="AREA", area="Pagos")
    assert rosa.get(f"{ticket}/timeline").status_code == 404
    assert rosa.post(f"{ticket}/messages", json={"kind": "note", "body": "Hm."}).status_code == 404
    assert rosa.post(f"{ticket}/attachments", files={"files": ("a.txt", b"x")}).status_code == 404
