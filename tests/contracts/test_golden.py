"""The examples of the source documents of contracts 1, 3 and 5 are answered as they say."""

import httpx
from tests.contracts.conftest import Join
from tests.contracts.golden import golden, same_but_for_ids_and_times

SUPPORT, SUPPORT_ADMIN = "/v1/support/tickets", "/v1/admin/support/tickets"
MOBILE, MOBILE_ADMIN = "/api/mobile/support-requests", "/api/admin/support-requests"
REPORT = {"categoria": "cuenta", "asunto": "No puedo entrar", "descripcion": "La contraseña no sirve."}


def test_contract_3_answers_its_examples(ana: httpx.Client, alicia: httpx.Client) -> None:
    example = golden("support/ticket.response")
    created = ana.post(SUPPORT, json=golden("support/create.request"))
    assert created.status_code == 201
    first = example | {"status": "open", "messages": example["messages"][:1]}
    assert same_but_for_ids_and_times(created.text, first), created.text
    path = f"{SUPPORT_ADMIN}/{created.json()['id']}/messages"
    answered = alicia.post(path, json={"body": example["messages"][1]["body"]})
    assert same_but_for_ids_and_times(answered.text, example["messages"][1]), answered.text
    shown = ana.get(f"{SUPPORT}/{created.json()['id']}")
    assert same_but_for_ids_and_times(shown.text, example), shown.text
    listed = ana.get(SUPPORT, params={"page": 1, "per_page": 20})
    assert same_but_for_ids_and_times(listed.text, golden("support/list.response")), listed.text


def test_contract_5_answers_its_example(join: Join) -> None:
    alex = join("alex", name="Alex Customer", picture="https://cdn.example.com/customer.png")
    agent = join("agent", name="Support Agent", image="https://cdn.example.com/admin.png", rol="agent")
    number = alex.post(MOBILE, json=golden("mobile/create.request")).json()["data"]["id"]
    agent.post(f"{MOBILE_ADMIN}/{number}/messages", json={"body": "Thanks, we are looking into it."})
    shown = alex.get(f"{MOBILE}/{number}")
    assert same_but_for_ids_and_times(shown.text, golden("mobile/detail.response")), shown.text


def test_contract_1_answers_with_its_shapes(ana: httpx.Client) -> None:
    created = ana.post("/api/soporte", json=REPORT)
    assert created.status_code == 201
    assert same_but_for_ids_and_times(created.text, golden("debuta/created.response")), created.text
    listed = ana.get("/api/soporte/mis-tickets")
    owner = listed.json()["tickets"][0]["usuario"]
    assert owner.startswith("ana-")
    assert same_but_for_ids_and_times(listed.text.replace(owner, "ana"), golden("debuta/mis-tickets.response"))
