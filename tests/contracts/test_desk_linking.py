"""Opening tickets for others, merging, splitting and linking them through the native API."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.contracts.conftest import Join
from tests.contracts.doors import AT_THE_DESK

TICKETS = "/api/desk/v1/tickets"
KINCONECTA = "/api/support-tickets"
ANY = {"If-Match": "*"}
NO_MESSAGE = "01955c5b-8e40-7a00-8000-000000000001"


def open_for(client: httpx.Client, subject: str = "Charged twice", **more: Any) -> Any:
    caller = {"name": "Bruno", "email": f"bruno-{uuid4().hex[:8]}@example.com"}
    wanted = {"requester": caller, "subject": subject, "body": f"About: {subject}", **more}
    opened = client.post(TICKETS, json=wanted)
    assert opened.status_code == 201, opened.text
    return opened.json()


def at(ticket: Any) -> str:
    return f"{TICKETS}/{ticket['id']}"


def done(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def bodies(client: httpx.Client, ticket: Any) -> list[str]:
    entries = done(client.get(f"{at(ticket)}/timeline"))["data"]
    return [entry["body"] for entry in entries if "body" in entry]


def pointers(answer: httpx.Response) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.text
    return [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]


def test_a_ticket_opened_for_somebody_is_theirs(marta: httpx.Client, join: Join) -> None:
    email = f"elena-{uuid4().hex[:8]}@example.com"
    caller = {"name": "Elena", "email": email}
    wanted = {"requester": caller, "subject": "No signal", "body": "She called.", "priority": "urgent", "tags": ["vip"]}
    opened = marta.post(TICKETS, json=wanted)
    ticket = done(opened, 201)
    assert opened.headers["location"] == at(ticket)
    assert (ticket["channel"], ticket["priority"], ticket["tags"]) == ("desk", "urgent", ["vip"])
    assert ticket["requester"]["email"] == email
    elena = join("elena", email=email, email_verified=True)
    assert [row["id"] for row in elena.get("/api/mobile/support-requests").json()["data"]] == [ticket["id"]]
    assert done(marta.get(at(ticket)))["description"] == "She called."


def test_a_ticket_is_opened_and_given_to_somebody_at_once(marta: httpx.Client, alicia: httpx.Client) -> None:
    note = marta.post(f"{at(open_for(marta))}/messages", json={"kind": "note", "body": "Me.", "assign_to_me": True})
    marta_id = done(note, 201)["ticket"]["assignee"]["id"]
    ticket = open_for(alicia, assignee_id=marta_id, area="Redes")
    assert (ticket["assignee"]["id"], ticket["area"], ticket["status"]) == (marta_id, "Redes", "in_progress")


def test_an_area_agent_opens_tickets_in_their_own_area(raul: httpx.Client) -> None:
    assert open_for(raul)["area"] == "Redes"
    refused = raul.post(
        TICKETS,
        json={"requester": {"name": "B", "email": "b@example.com"}, "subject": "S", "body": "B", "area": "Pagos"},
    )
    assert pointers(refused) == [("/area", "not_allowed")]


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"requester": None}, "/requester", "wrong_type"),
        ({"requester": "Ana"}, "/requester", "wrong_type"),
        ({"requester": {"name": "Ana"}}, "/requester/email", "missing"),
        ({"requester": {"name": "Ana", "email": "ana"}}, "/requester/email", "not_an_email"),
        ({"requester": {"name": "", "email": "ana@example.com"}}, "/requester/name", "empty"),
        ({"requester": {"name": "A", "email": "a@b.org", "role": "admin"}}, "/requester/role", "unknown_field"),
        ({"subject": ""}, "/subject", "empty"),
        ({"body": "x" * 20_001}, "/body", "too_long"),
        ({"priority": "extreme"}, "/priority", "not_allowed"),
        ({"assignee_id": "01955c5b-8e40-7a00-8000-000000000001"}, "/assignee_id", "unknown_person"),
        ({"tags": ["_"]}, "/tags", "empty"),
        ({"tags": "vip"}, "/tags", "wrong_type"),
        ({"status": "closed"}, "/status", "unknown_field"),
        ({"created_at": "2020-01-01T00:00:00Z"}, "/created_at", "unknown_field"),
    ],
)
def test_a_wrong_ticket_is_refused_by_name(
    marta: httpx.Client, change: dict[str, Any], pointer: str, code: str
) -> None:
    whole = {"requester": {"name": "Ana", "email": "ana@example.com"}, "subject": "S", "body": "B", **change}
    assert pointers(marta.post(TICKETS, json=whole)) == [(pointer, code)]


def test_merged_tickets_are_read_in_one_timeline_and_each_requester_reads_their_own(
    marta: httpx.Client, ana: httpx.Client, bruno: httpx.Client
) -> None:
    first = {"id": AT_THE_DESK.open(ana, message="The line is dead.")}
    second = {"id": AT_THE_DESK.open(bruno, message="No internet here.")}
    merged = done(marta.post(f"{at(second)}/merge", json={"into": first["id"], "reason": "The same outage."}))
    assert (merged["status"], merged["merged_into"]["id"]) == ("closed", int(first["id"]))
    assert bodies(marta, first) == ["The line is dead.", "No internet here."]
    entries = done(marta.get(f"{at(first)}/timeline"))["data"]
    assert [entry["ticket_id"] for entry in entries if "body" in entry] == [int(first["id"]), int(second["id"])]
    assert "No internet" not in ana.get(f"/api/mobile/support-requests/{first['id']}").text
    assert bodies(marta, second) == ["No internet here."]
    assert bruno.get(f"/api/mobile/support-requests/{second['id']}").json()["data"]["status"] == "closed"
    reopened = marta.patch(at(second), json={"status": "open"}, headers=ANY)
    assert (reopened.status_code, reopened.json()["type"]) == (409, "/problems/transition-refused")


def told(client: httpx.Client, ticket: Any) -> list[tuple[str, dict[str, Any]]]:
    entries = done(client.get(f"{at(ticket)}/timeline"))["data"]
    return [(entry["event"]["kind"], entry["event"]["changes"]) for entry in entries if "event" in entry]


def test_each_of_two_merged_tickets_tells_its_own_part_by_label(marta: httpx.Client, raul: httpx.Client) -> None:
    kept, double = open_for(marta, "Kept"), open_for(marta, "Double", area="Redes")
    done(marta.post(f"{at(double)}/messages", json={"kind": "answer", "body": "Soon."}), 201)
    done(marta.post(f"{at(double)}/merge", json={"into": kept["label"]}))
    went_in = {"status": ["in_progress", "closed"], "merged_into": [None, kept["label"]]}
    assert told(marta, kept) == [("ticket.took_in", {"merged": [None, double["label"]]})]
    assert bodies(marta, kept) == ["About: Kept", "About: Double", "Soon."]
    assert told(marta, double)[-1] == ("ticket.merged", went_in)
    assert told(raul, double)[-1] == ("ticket.merged", {**went_in, "merged_into": [None, None]})
    assert [done(who.get(at(double)))["is_merged"] for who in (marta, raul)] == [True, True]
    assert done(raul.get(at(double)))["merged_into"] is None
    done(marta.post(f"{at(double)}/unmerge"))
    assert told(marta, kept)[-1] == ("ticket.let_go", {"merged": [double["label"], None]})
    assert told(marta, double)[-1][1]["merged_into"] == [kept["label"], None]


def test_parting_merged_tickets_gives_back_what_was(marta: httpx.Client) -> None:
    first, second, third = open_for(marta, "One"), open_for(marta, "Two"), open_for(marta, "Three")
    done(marta.patch(at(second), json={"status": "pending"}, headers=ANY))
    done(marta.post(f"{at(third)}/merge", json={"into": second["label"]}))
    done(marta.post(f"{at(second)}/merge", json={"into": first["uuid"]}))
    assert bodies(marta, first) == ["About: One", "About: Two", "About: Three"]
    parted = done(marta.post(f"{at(second)}/unmerge"))
    assert (parted["status"], parted["merged_into"], parted["sla"]["state"]) == ("pending", None, "paused")
    assert bodies(marta, first) == ["About: One"]
    assert bodies(marta, second) == ["About: Two", "About: Three"]
    again = marta.post(f"{at(second)}/unmerge")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/transition-refused")


def test_what_cannot_be_merged_is_told(marta: httpx.Client, raul: httpx.Client) -> None:
    first, second, third = open_for(marta), open_for(marta), open_for(marta)
    assert pointers(marta.post(f"{at(first)}/merge", json={"into": str(first["id"])})) == [("/into", "itself")]
    assert pointers(marta.post(f"{at(first)}/merge", json={"into": "999999999999"})) == [("/into", "unknown_ticket")]
    assert pointers(marta.post(f"{at(first)}/merge", json={"into": 7})) == [("/into", "wrong_type")]
    done(marta.post(f"{at(first)}/merge", json={"into": str(second["id"])}))
    for ticket, into in ((first, third), (third, first), (second, first)):
        refused = marta.post(f"{at(ticket)}/merge", json={"into": str(into["id"])})
        assert refused.status_code == 409, (ticket["id"], into["id"])
    foreign = open_for(raul)
    stale = marta.post(f"{at(third)}/merge", json={"into": str(foreign["id"])}, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    refused = raul.post(f"{at(foreign)}/merge", json={"into": str(third["id"])})
    assert pointers(refused) == [("/into", "unknown_ticket")]


def test_a_message_becomes_a_ticket_of_its_own_with_its_files(marta: httpx.Client) -> None:
    ticket = open_for(marta, "Two things", priority="high")
    file = done(marta.post(f"{at(ticket)}/attachments", files={"files": ("bill.txt", b"12 euro")}), 201)[0]["id"]
    say = {"kind": "answer", "body": "And the invoice is wrong.", "attachment_ids": [file]}
    message = done(marta.post(f"{at(ticket)}/messages", json=say), 201)["entry"]["id"]
    new = done(marta.post(f"{at(ticket)}/split", json={"message_id": message, "subject": "The invoice"}), 201)
    assert (new["subject"], new["description"], new["priority"]) == ("The invoice", "And the invoice is wrong.", "high")
    assert new["requester"] == ticket["requester"]
    assert [(one["kind"], one["ticket"]["id"]) for one in new["links"]] == [("related", ticket["id"])]
    (copied,) = new["attachments"]
    assert marta.get(copied["url"]).content == b"12 euro"
    assert done(marta.get(at(ticket)))["links"][0]["ticket"]["id"] == new["id"]
    assert len(bodies(marta, ticket)) == 2
    assert marta.delete(f"{at(new)}/attachments/{copied['id']}").status_code == 204
    assert marta.get(f"{at(ticket)}/attachments/{file}").content == b"12 euro"


def test_only_a_message_of_this_ticket_can_be_split_off(marta: httpx.Client) -> None:
    ticket, other = open_for(marta), open_for(marta)
    note = done(marta.post(f"{at(ticket)}/messages", json={"kind": "note", "body": "Between us."}), 201)["entry"]["id"]
    foreign = done(marta.get(f"{at(other)}/timeline"))["data"][0]["id"]
    for message in (note, foreign, NO_MESSAGE, "nonsense"):
        refused = marta.post(f"{at(ticket)}/split", json={"message_id": message, "subject": "Own"})
        assert pointers(refused) == [("/message_id", "unknown_message")]


@pytest.mark.parametrize(
    ("kind", "other_side"),
    [
        ("related", "related"),
        ("duplicate", "duplicated_by"),
        ("duplicated_by", "duplicate"),
        ("blocks", "blocked_by"),
        ("blocked_by", "blocks"),
    ],
)
def test_a_link_is_seen_from_both_sides_and_taken_away_from_either(
    marta: httpx.Client, kind: str, other_side: str
) -> None:
    one, other = open_for(marta, "One"), open_for(marta, "Other")
    for _ in range(2):
        linked = done(marta.post(f"{at(one)}/links", json={"other": other["label"], "kind": kind}))
        assert linked["links"] == [
            {"kind": kind, "ticket": {"id": other["id"], "label": other["label"], "subject": "Other", "status": "open"}}
        ]
    assert [link["kind"] for link in done(marta.get(at(other)))["links"]] == [other_side]
    assert marta.delete(f"{at(other)}/links/{one['id']}/{other_side}").status_code == 428
    assert done(marta.delete(f"{at(other)}/links/{one['id']}/{other_side}", headers=ANY))["links"] == []
    assert done(marta.get(at(one)))["links"] == []
    assert marta.delete(f"{at(one)}/links/{other['id']}/{kind}", headers=ANY).status_code == 404


def test_a_linked_ticket_of_another_area_is_not_shown(marta: httpx.Client, raul: httpx.Client) -> None:
    ours, theirs = open_for(raul, "Ours"), open_for(marta, "Theirs")
    done(marta.post(f"{at(ours)}/links", json={"other": theirs["label"], "kind": "related"}))
    assert done(raul.get(at(ours)))["links"] == []
    assert pointers(raul.post(f"{at(ours)}/links", json={"other": theirs["label"], "kind": "blocks"})) == [
        ("/other", "unknown_ticket")
    ]
    assert raul.delete(f"{at(ours)}/links/{theirs['id']}/related", headers=ANY).status_code == 404
    assert len(done(marta.get(at(ours)))["links"]) == 1


def test_the_due_time_is_explained(marta: httpx.Client) -> None:
    ticket = open_for(marta, priority="high")
    for change in ({"status": "pending"}, {"status": "in_progress"}, {"priority": "low"}, {"status": "resolved"}):
        ticket = done(marta.patch(at(ticket), json=change, headers=ANY))
    steps = ticket["sla_explanation"]
    assert [step["kind"] for step in steps] == [
        "started",
        "target",
        "paused",
        "resumed",
        "target",
        "stopped",
        "due",
    ]
    assert [step["hours"] for step in steps if step["kind"] == "target"] == [4, 72]
    assert (steps[2]["until"], steps[-1]["at"]) == (steps[3]["at"], ticket["sla"]["due_at"])
