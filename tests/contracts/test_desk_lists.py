"""The native API's lists of tickets: every order, page after page, within sight."""

from uuid import uuid4

import httpx
import pytest
from tests.contracts.conftest import Join
from tests.contracts.doors import AT_THE_DESK, DOORS

TICKETS = "/api/desk/v1/tickets"
SORTS = ("-updated", "updated", "-created", "created", "due", "-priority", "number", "-number")


@pytest.fixture
def area() -> str:
    """An area that no other test knows."""
    return f"Área {uuid4().hex[:8]}"


@pytest.fixture
def rosa(join: Join, area: str) -> httpx.Client:
    """The agent of that area."""
    return join("rosa", rol="AREA", area=area)


@pytest.fixture
def tickets(alicia: httpx.Client, ana: httpx.Client, area: str) -> list[int]:
    """Five tickets of that area, of different priorities, by their id; nobody else sees them move."""
    found = []
    for priority in ("BAJA", "MEDIA", "ALTA", "URGENTE", "MEDIA"):
        uuid = DOORS["mesa"].open(ana, prioridad=priority)
        moved = {"nuevaArea": area, "motivo": "Es cosa de ellos"}
        assert alicia.post(f"/api/tickets/{uuid}/transferir", json=moved).is_success
        found.append(alicia.get(f"{TICKETS}/{uuid}").json()["id"])
    return found


def ids(answer: httpx.Response) -> list[int]:
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["data"]]


@pytest.mark.parametrize("sort", SORTS)
def test_page_after_page_gives_every_ticket_once_and_in_order(
    rosa: httpx.Client, tickets: list[int], sort: str
) -> None:
    whole = ids(rosa.get(TICKETS, params={"sort": sort}))
    assert sorted(whole) == tickets
    expected = {"-updated": tickets[::-1], "updated": tickets, "number": tickets, "-created": tickets[::-1]}
    assert whole == expected.get(sort, whole)
    found, where = [], f"{TICKETS}?sort={sort}&limit=2"
    while where:
        page = rosa.get(where)
        assert len(ids(page)) <= 2
        found += ids(page)
        where = page.links["next"]["url"] if page.json()["next"] else ""
        assert bool(where) == ("link" in page.headers)
    assert found == whole


def test_the_most_urgent_and_the_soonest_due_come_first(rosa: httpx.Client, tickets: list[int]) -> None:
    low, normal, high, urgent, another = tickets
    assert ids(rosa.get(TICKETS, params={"sort": "-priority"})) == [urgent, high, another, normal, low]
    assert ids(rosa.get(TICKETS, params={"sort": "due"})) == [urgent, high, normal, another, low]


def test_a_ticket_that_is_done_with_comes_after_those_that_are_not(
    rosa: httpx.Client, alicia: httpx.Client, tickets: list[int]
) -> None:
    uuid = alicia.get(f"{TICKETS}/{tickets[3]}").json()["uuid"]
    assert alicia.post(f"/api/tickets/{uuid}/archivar", json={"motivo": "Listo"}).is_success
    for sort in ("due", "-priority"):
        assert ids(rosa.get(TICKETS, params={"sort": sort}))[-1] == tickets[3]


def test_how_many_there_are_is_told_on_demand(rosa: httpx.Client, tickets: list[int]) -> None:
    told = rosa.get(TICKETS, params={"count": "1", "limit": "2"}).json()
    assert told["total"] == {"count": 5, "is_exact": True}
    assert "total" not in rosa.get(TICKETS).json()


def test_an_area_agent_sees_their_own_area_and_no_other(
    rosa: httpx.Client, raul: httpx.Client, marta: httpx.Client, tickets: list[int]
) -> None:
    assert not set(ids(raul.get(TICKETS, params={"limit": "200"}))) & set(tickets)
    assert set(ids(marta.get(TICKETS, params={"limit": "200"}))) >= set(tickets)


def test_a_row_is_as_the_ticket_whatever_became_of_it(
    rosa: httpx.Client, marta: httpx.Client, tickets: list[int]
) -> None:
    changes = (
        {"tags": ["vip", "Ñandú"], "snoozed_until": "2999-01-01T00:00:00.000Z"},
        {"status": "pending", "is_read": True},
        {"status": "resolved", "assignee_id": marta.get("/api/desk/v1/me").json()["id"]},
        {"status": "closed", "close_reason": "cancelled", "reason": "Ya no"},
    )
    for ticket, change in zip(tickets, changes, strict=False):
        done = marta.patch(f"{TICKETS}/{ticket}", json=change, headers={"If-Match": "*"})
        assert done.status_code == 200, done.text
    rows = rosa.get(TICKETS, params={"sort": "number"}).json()["data"]
    assert [row["id"] for row in rows] == tickets
    assert {row["sla"]["state"] for row in rows} == {"running", "paused", "stopped"}
    for row in rows:
        whole = rosa.get(f"{TICKETS}/{row['id']}").json()
        # The one was asked for after the other, and the clock may have run on.
        assert row["sla"].pop("remaining_seconds") - whole["sla"].pop("remaining_seconds") in range(60)
        assert row == {name: whole[name] for name in row}


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("after=nonsense", "/after", "not_a_cursor"),
        ("after=" + "a" * 300, "/after", "too_long"),
        ("limit=0", "/limit", "too_small"),
        ("limit=201", "/limit", "too_large"),
        ("limit=ten", "/limit", "wrong_type"),
        ("sort=subject", "/sort", "not_allowed"),
        ("count=perhaps", "/count", "wrong_type"),
        ("qurey=is:open", "/qurey", "unknown_field"),
        ("query=status:done", "/query", "not_allowed"),
        ("query=stauts:open", "/query", "unknown_condition"),
        ("query=created%3Esoon", "/query", "not_a_moment"),
        ("query=assignee:nobody-we-know", "/query", "unknown_person"),
        ("query=" + "a%20" * 17, "/query", "too_many_terms"),
    ],
)
def test_a_wrong_query_is_refused_by_name(marta: httpx.Client, query: str, pointer: str, code: str) -> None:
    refused = marta.get(f"{TICKETS}?{query}")
    assert refused.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [(pointer, code)]


def test_a_cursor_of_another_order_is_refused(marta: httpx.Client, ana: httpx.Client) -> None:
    for _ in range(2):
        AT_THE_DESK.open(ana)
    cursor = marta.get(TICKETS, params={"limit": "1"}).json()["next"]
    refused = marta.get(TICKETS, params={"after": cursor, "sort": "due"})
    assert refused.json()["errors"][0]["code"] == "not_a_cursor"


def test_a_query_that_is_not_understood_says_which_part(marta: httpx.Client) -> None:
    refused = marta.get(TICKETS, params={"query": "is:open estado:hecho"}, headers={"Accept-Language": "es"})
    (fault,) = refused.json()["errors"]
    assert fault["detail"].startswith("«estado:hecho» debe ser uno de:")
    assert (fault["pointer"], fault["part"]) == ("/query", "estado:hecho")


def test_a_view_is_shown_in_its_own_order_and_cut_by_a_query(rosa: httpx.Client, tickets: list[int]) -> None:
    low, normal, high, urgent, another = tickets
    assert ids(rosa.get(TICKETS, params={"view": "my-area", "sort": "number"})) == tickets
    saved = {"name": "Soon", "query": "is:open", "sort": "due"}
    view = rosa.post("/api/desk/v1/views", json=saved).json()["id"]
    assert ids(rosa.get(TICKETS, params={"view": view})) == [urgent, high, normal, another, low]
    assert ids(rosa.get(TICKETS, params={"view": view, "query": "prioridad:alta,baja"})) == [high, low]
    first = rosa.get(TICKETS, params={"view": view, "limit": "2"})
    assert ids(rosa.get(first.links["next"]["url"])) == [normal, another]
    assert rosa.get(TICKETS, params={"view": "no-such-view"}).status_code == 404


def test_the_sidebar_is_counted_in_one_call(rosa: httpx.Client, tickets: list[int]) -> None:
    counted = rosa.get("/api/desk/v1/counts").json()["views"]
    assert counted["my-area"] == counted["all-open"] == {"count": 5, "is_exact": True}
    assert counted["mine"] == counted["snoozed"] == {"count": 0, "is_exact": True}
    assert set(counted) == {view["id"] for view in rosa.get("/api/desk/v1/views").json()["data"]}
