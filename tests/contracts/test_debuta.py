"""Contract 1 (shared/contracts/1-debuta.md), as its clients use it."""

from typing import Any

import httpx
import pytest

USER, OWN, ADMIN = "/api/soporte", "/api/soporte/mis-tickets", "/api/admin/soporte"
REPORT = {"categoria": "cuenta", "asunto": "No puedo entrar", "descripcion": "La contraseña no sirve."}


def report(client: httpx.Client, **changes: Any) -> str:
    answer = client.post(USER, json=REPORT | changes)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["ticket"]["_id"])


def own(client: httpx.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(OWN).json()["tickets"]
    return found


def test_a_report_lives_as_the_contract_tells(ana: httpx.Client, alicia: httpx.Client) -> None:
    number = report(ana)
    assert (own(ana)[0]["estado"], own(ana)[0]["leido_admin"]) == ("abierto", False)
    alicia.put(f"{ADMIN}/{number}", json={"estado": "en_revision"})
    assert (own(ana)[0]["estado"], own(ana)[0]["leido_admin"]) == ("en_revision", True)
    alicia.put(f"{ADMIN}/{number}", json={"respuesta_admin": "  Pruebe otra vez  "})
    assert own(ana)[0]["respuesta_admin"] == "Pruebe otra vez"
    assert alicia.put(f"{ADMIN}/{number}", json={"estado": "resuelto"}).json()["message"] == "Ticket actualizado"
    assert own(ana)[0]["estado"] == "resuelto"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "La categoría"),
        ({"categoria": "Cuenta"}, "La categoría"),
        ({"categoria": 5, "asunto": ""}, "La categoría"),
        ({"categoria": "cuenta"}, "El asunto"),
        ({"categoria": "cuenta", "asunto": "  ", "descripcion": "  "}, "El asunto"),
        ({"categoria": "cuenta", "asunto": 7, "descripcion": "x"}, "El asunto"),
        ({"categoria": "cuenta", "asunto": "x"}, "La descripción"),
        ({"categoria": "cuenta", "asunto": "x", "descripcion": "\n "}, "La descripción"),
    ],
)
def test_the_first_fault_is_told_in_one_spanish_sentence(ana: httpx.Client, body: dict[str, Any], field: str) -> None:
    refused = ana.post(USER, json=body)
    assert (refused.status_code, set(refused.json())) == (400, {"message"})
    assert refused.json()["message"].startswith(field)
    assert own(ana) == []


def test_longer_text_is_cut_and_not_refused(ana: httpx.Client) -> None:
    report(ana, asunto="  " + "ñ" * 300, descripcion="d" * 5_000)
    assert (own(ana)[0]["asunto"], own(ana)[0]["descripcion"]) == ("ñ" * 200, "d" * 2_000)


def test_what_only_the_server_may_set_is_not_taken(ana: httpx.Client) -> None:
    report(ana, estado="cerrado", leido_admin=True, _id="0" * 24, respuesta_admin="Hola", createdAt="2001-01-01")
    shown = own(ana)[0]
    assert (shown["estado"], shown["leido_admin"], shown["respuesta_admin"]) == ("abierto", False, "")
    assert not shown["createdAt"].startswith("2001")


def test_everybody_sees_their_own_newest_first_and_nobody_elses(ana: httpx.Client, bruno: httpx.Client) -> None:
    first, second, foreign = report(ana), report(ana), report(bruno)
    assert [ticket["_id"] for ticket in own(ana)] == [second, first]
    assert [ticket["_id"] for ticket in own(bruno)] == [foreign]


def test_pages_walk_the_own_list_and_link_to_the_next(ana: httpx.Client) -> None:
    numbers = [report(ana) for _ in range(3)]
    page = ana.get(OWN, params={"page": 1, "limit": 2})
    assert [ticket["_id"] for ticket in page.json()["tickets"]] == numbers[:0:-1]
    assert page.headers["link"] == f'<{OWN}?page=2&limit=2>; rel="next"'
    rest = ana.get(OWN, params={"page": 2, "limit": 2})
    assert [ticket["_id"] for ticket in rest.json()["tickets"]] == numbers[:1]
    assert "link" not in rest.headers


@pytest.mark.parametrize("path", [OWN, ADMIN, f"{ADMIN}/stats"])
def test_without_a_token_nothing_is_shown(anyone: httpx.Client, path: str) -> None:
    refused = anyone.get(path)
    assert (refused.status_code, set(refused.json())) == (401, {"message"})
    assert refused.headers["www-authenticate"].startswith("Bearer")


def test_the_whole_list_is_shown_up_to_500_and_links_to_the_rest(ana: httpx.Client) -> None:
    oldest = report(ana)
    for _ in range(499):
        report(ana)
    whole = ana.get(OWN)
    assert (len(whole.json()["tickets"]), "link" in whole.headers) == (500, False)
    newest = report(ana)
    cut = ana.get(OWN)
    assert (len(cut.json()["tickets"]), cut.json()["tickets"][0]["_id"]) == (500, newest)
    rest = ana.get(cut.links["next"]["url"])
    assert [ticket["_id"] for ticket in rest.json()["tickets"]] == [oldest]
    assert "link" not in rest.headers


def test_no_page_of_the_own_list_is_longer_than_100(ana: httpx.Client) -> None:
    for _ in range(101):
        report(ana)
    page = ana.get(OWN, params={"limit": "5000"})
    assert len(page.json()["tickets"]) == 100
    assert page.headers["link"] == f'<{OWN}?page=2&limit=100>; rel="next"'


def test_text_is_trimmed_before_it_is_cut_and_after(ana: httpx.Client) -> None:
    report(ana, asunto=" " * 300 + "Hola" + " " * 300, descripcion="d" * 1_999 + " d")
    assert (own(ana)[0]["asunto"], own(ana)[0]["descripcion"]) == ("Hola", "d" * 1_999)


def test_the_latest_answer_counts_whatever_contract_it_came_through(ana: httpx.Client, alicia: httpx.Client) -> None:
    number = report(ana)
    alicia.put(f"{ADMIN}/{number}", json={"respuesta_admin": "Pruebe otra vez"})
    ticket = ana.get("/v1/support/tickets").json()["data"][0]["id"]
    alicia.post(f"/v1/admin/support/tickets/{ticket}/messages", json={"body": "Ya está"})
    assert own(ana)[0]["respuesta_admin"] == "Ya está"


def test_the_same_key_files_one_report(ana: httpx.Client) -> None:
    key = {"Idempotency-Key": "report-1"}
    first, second = (ana.post(USER, json=REPORT, headers=key) for _ in range(2))
    assert (second.status_code, second.text) == (201, first.text)
    other = ana.post(USER, json=REPORT | {"asunto": "Otro"}, headers=key)
    assert (other.status_code, list(other.json())) == (422, ["message"])
    assert len(own(ana)) == 1


def test_what_is_not_a_path_of_the_contract_is_refused_in_its_words(ana: httpx.Client) -> None:
    missing, wrong = ana.get(f"{USER}/otra/cosa"), ana.delete(USER)
    assert (missing.status_code, missing.json()) == (404, {"message": "Ticket no encontrado"})
    assert (wrong.status_code, list(wrong.json()), wrong.headers["allow"]) == (405, ["message"], "POST")
