"""The admin half of contract 5."""

import httpx
import pytest
from tests.contracts.conftest import Join
from tests.contracts.test_mobile import ADMIN, KEYS, USER, open_request


def data_of(answer: httpx.Response) -> dict[str, object]:
    assert answer.is_success, answer.text
    found: dict[str, object] = answer.json()["data"]
    return found


def test_an_answer_takes_the_request_and_picks_it_up(ana: httpx.Client, marta: httpx.Client) -> None:
    number = open_request(ana)
    said = marta.post(f"{ADMIN}/{number}/messages", json={"body": "We look into it."})
    assert said.status_code == 201
    message = data_of(said)
    assert (message["authorType"], message["supportRequestId"]) == ("admin", number)
    shown = data_of(marta.get(f"{ADMIN}/{number}"))
    assert (shown["status"], shown["assignedAdminId"]) == ("in_progress", message["authorAdminId"])
    assert "isAssigned" not in shown
    assert data_of(ana.get(f"{USER}/{number}"))["isAssigned"] is True


def test_the_customer_never_sees_an_id_of_staff(ana: httpx.Client, marta: httpx.Client) -> None:
    number = open_request(ana)
    admin_id = data_of(marta.post(f"{ADMIN}/{number}/messages", json={"body": "Hello"}))["authorAdminId"]
    for text in (ana.get(USER).text, ana.get(f"{USER}/{number}").text):
        assert str(admin_id) not in text
        assert "dminId" not in text


@pytest.mark.parametrize("told", [{}, {"email": "leo@corp.example"}])
def test_staff_whose_token_tells_no_name_answer_as_support(ana: httpx.Client, join: Join, told: dict[str, str]) -> None:
    number, nameless = open_request(ana), join("leo", rol="agent", name="", **told)
    admin_id = data_of(nameless.post(f"{ADMIN}/{number}/messages", json={"body": "Hello"}))["authorAdminId"]
    shown = ana.get(f"{USER}/{number}")
    assert shown.json()["data"]["messages"][1]["authorName"] == "Support"
    assert str(admin_id) not in shown.text
    assert "corp.example" not in shown.text


def test_a_note_on_resolving_is_shown_to_the_customer(ana: httpx.Client, marta: httpx.Client) -> None:
    number = open_request(ana)
    note = {"status": "resolved", "resolutionNote": "The password was reset."}
    assert data_of(marta.patch(f"{ADMIN}/{number}/status", json=note))["resolvedAt"] is not None
    shown = data_of(ana.get(f"{USER}/{number}"))
    assert (shown["status"], shown["resolutionNote"]) == ("resolved", "The password was reset.")
    assert data_of(marta.patch(f"{ADMIN}/{number}/status", json={"status": "closed"}))["closedAt"] is not None


def test_a_step_that_the_table_lacks_is_a_conflict(ana: httpx.Client, marta: httpx.Client) -> None:
    number = open_request(ana)
    marta.patch(f"{ADMIN}/{number}/status", json={"status": "closed"})
    refused = marta.patch(f"{ADMIN}/{number}/status", json={"status": "resolved"})
    assert (refused.status_code, refused.json()["error"]) == (409, "Conflict")
    assert data_of(ana.get(f"{USER}/{number}"))["status"] == "closed"


def test_a_request_is_assigned_and_freed(ana: httpx.Client, marta: httpx.Client, join: Join) -> None:
    number = open_request(ana)
    leo = join("leo", rol="agent")
    me = data_of(leo.post(f"{ADMIN}/{open_request(ana)}/messages", json={"body": "Hi"}))["authorAdminId"]
    assert data_of(marta.patch(f"{ADMIN}/{number}/assign", json={"adminId": me}))["assignedAdminId"] == me
    assert data_of(marta.patch(f"{ADMIN}/{number}/assign", json={"adminId": None}))["assignedAdminId"] is None
    unknown = marta.patch(f"{ADMIN}/{number}/assign", json={"adminId": "nobody-at-all"})
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "adminId")
    assert marta.patch(f"{ADMIN}/{number}/assign", json={}).status_code == 422


def test_the_list_is_narrowed_by_every_filter(ana: httpx.Client, bruno: httpx.Client, marta: httpx.Client) -> None:
    word = open_request(ana, subject="Avería del ROUTER número 100%", category="technical")
    open_request(bruno, subject="Avería del router", category="account")
    customer = data_of(marta.get(f"{ADMIN}/{word}"))["customerId"]

    def numbers(**query: object) -> list[int]:
        found = marta.get(ADMIN, params={name: str(value) for name, value in query.items()})
        assert found.status_code == 200, found.text
        return [row["id"] for row in found.json()["data"]]

    assert numbers(customerId=customer) == [word]
    assert numbers(customerId=customer, search="averia del router NUMERO") == [word]
    assert numbers(customerId=customer, search="100%") == [word]
    assert numbers(customerId=customer, search="1%0") == []
    assert numbers(customerId=customer, category="account") == []
    assert numbers(customerId=customer, status="open") == [word]
    assert numbers(customerId=customer, assignedAdminId="nobody") == []


def test_an_agent_of_an_area_sees_that_area_alone(ana: httpx.Client, raul: httpx.Client, anyone: httpx.Client) -> None:
    foreign = open_request(ana)
    assert raul.get(f"{ADMIN}/{foreign}").status_code == 404
    assert foreign not in [row["id"] for row in raul.get(ADMIN, params={"size": 100}).json()["data"]]


@pytest.mark.parametrize("query", ["page=0", "size=101", "status=lost", "category=food", "size=x"])
def test_a_wrong_filter_is_refused_by_name(marta: httpx.Client, query: str) -> None:
    refused = marta.get(f"{ADMIN}?{query}")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, query.partition("=")[0])


def test_a_customer_has_no_business_there(ana: httpx.Client, anyone: httpx.Client) -> None:
    assert (ana.get(ADMIN).status_code, anyone.get(ADMIN).status_code) == (403, 401)


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "abc", "9" * 30])
def test_an_id_that_is_no_positive_integer_is_400(ana: httpx.Client, marta: httpx.Client, number: str) -> None:
    assert ana.get(f"{USER}/{number}").status_code == 400
    assert marta.get(f"{ADMIN}/{number}").status_code == 400


def test_own_list_has_no_messages_and_pages(ana: httpx.Client) -> None:
    numbers = [open_request(ana) for _ in range(3)]
    page = ana.get(USER, params={"size": 2}).json()
    assert [row["id"] for row in page["data"]] == numbers[:0:-1]
    assert all("messages" not in row for row in page["data"])
    assert page["meta"] == {"page": 1, "size": 2, "total": 3, "totalPages": 2}


def test_the_admins_view_has_the_ids_of_people_at_its_end(ana: httpx.Client, marta: httpx.Client) -> None:
    number = open_request(ana)
    marta.post(f"{ADMIN}/{number}/messages", json={"body": "Hello"})
    answer = marta.get(f"{ADMIN}/{number}")
    shown = answer.json()["data"]
    assert list(shown) == [*(key for key in KEYS if key != "isAssigned"), "customerId", "assignedAdminId"]
    first, second = shown["messages"]
    assert list(first)[-3:] == ["supportRequestId", "authorCustomerId", "authorAdminId"]
    assert (first["authorCustomerId"], first["authorAdminId"]) == (shown["customerId"], None)
    assert (second["authorCustomerId"], second["authorAdminId"]) == (None, shown["assignedAdminId"])


def test_an_answer_does_not_take_a_request_from_a_colleague(ana: httpx.Client, marta: httpx.Client, join: Join) -> None:
    number = open_request(ana)
    marta.post(f"{ADMIN}/{number}/messages", json={"body": "I have it."})
    before = data_of(marta.get(f"{ADMIN}/{number}"))["assignedAdminId"]
    join("leo", rol="agent").post(f"{ADMIN}/{number}/messages", json={"body": "Me too."})
    assert data_of(marta.get(f"{ADMIN}/{number}"))["assignedAdminId"] == before


def test_closed_and_resolved_leave_their_times_and_open_clears_them(ana: httpx.Client, marta: httpx.Client) -> None:
    number = open_request(ana)
    times = []
    for status in ("resolved", "closed", "open"):
        changed = data_of(marta.patch(f"{ADMIN}/{number}/status", json={"status": status}))
        times.append((changed["resolvedAt"] is not None, changed["closedAt"] is not None))
    assert times == [(True, False), (True, True), (False, False)]


def test_an_answer_to_a_closed_request_is_refused_with_400(ana: httpx.Client, marta: httpx.Client) -> None:
    number = open_request(ana)
    marta.patch(f"{ADMIN}/{number}/status", json={"status": "closed"})
    refused = marta.post(f"{ADMIN}/{number}/messages", json={"body": "One more thing"})
    assert (refused.status_code, refused.json()["error"]) == (400, "Bad Request")
    assert data_of(ana.get(f"{USER}/{number}"))["lastAdminMessageAt"] is None


def test_the_word_that_it_shows_asks_for_nothing_and_its_note_is_kept(ana: httpx.Client, marta: httpx.Client) -> None:
    number = open_request(ana)
    again = marta.patch(f"{ADMIN}/{number}/status", json={"status": "OPEN", "resolutionNote": "Known fault"})
    assert (data_of(again)["status"], data_of(again)["resolutionNote"]) == ("open", "Known fault")
