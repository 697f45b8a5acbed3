"""Whatever is sent to contract 2, it answers in its own shape and language, and changes nothing."""

import json
from typing import Any

import httpx
import pytest
from tests.contracts.bad_input import CONTROLS, JSON, OTHER_TYPES, UNREADABLE, WRONG_VALUES
from tests.contracts.mesa import AUTH, PRINTER, TICKETS, detail, new_user, opened

GOOD: dict[str, dict[str, Any]] = {
    f"{TICKETS}/crear": PRINTER,
    f"{TICKETS}/consultar": {"label": "TKT-2026-00001", "email": "ana@example.com"},
    f"{AUTH}/login": {"email": "nadie@desk.example", "password": "nothing at all"},
    f"{AUTH}/users": new_user(),
    "actualizar": {"estado": "RESUELTO", "prioridad": "ALTA", "area": "MESA", "respuesta": "Hecho."},
    "asignar": {"agenteId": "nadie", "motivo": "Turno"},
    "transferir": {"nuevaArea": "Redes", "agenteId": "", "motivo": "Es de redes"},
    "reclasificar": {"nuevaPrioridad": "BAJA", "nuevaCategoria": "Equipos", "motivo": "No urge"},
    "pausar": {"motivo": "Falta la pieza"},
    "reabrir": {"motivo": "Volvió a fallar"},
    "cancelar": {"motivo": "Ya no hace falta", "rol": "AGENTE"},
    "archivar": {"motivo": "Duplicado"},
}


@pytest.fixture
def ticket(anyone: httpx.Client) -> dict[str, Any]:
    return opened(anyone)


@pytest.fixture(params=GOOD)
def target(request: pytest.FixtureRequest, ticket: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Every path that takes a body, and a body that it takes."""
    name: str = request.param
    return name if name.startswith("/") else f"{TICKETS}/{ticket['ticketUuid']}/{name}", GOOD[name]


def everything(alicia: httpx.Client, ticket: dict[str, Any]) -> tuple[object, ...]:
    """All that a refused request might have changed."""
    newest = alicia.get(f"{TICKETS}/dashboard?limit=1").json()
    return detail(alicia, ticket)["historial"], newest[0]["label"], alicia.get(f"{AUTH}/users").json()


def in_its_own_shape(answer: httpx.Response) -> bool:
    body = answer.json()
    assert set(body) <= {"detail", "errors"}
    assert isinstance(body["detail"], str)
    assert all(set(fault) == {"campo", "mensaje"} for fault in body.get("errors", []))
    return answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_refused(
    alicia: httpx.Client, ticket: dict[str, Any], target: tuple[str, dict[str, Any]], kind: str
) -> None:
    before, (body, status) = everything(alicia, ticket), UNREADABLE[kind]
    refused = alicia.post(target[0], content=body, headers=JSON)
    assert (refused.status_code, in_its_own_shape(refused)) == (status, True), refused.text
    assert everything(alicia, ticket) == before


@pytest.mark.parametrize("headers", OTHER_TYPES)
def test_a_body_of_another_type_is_refused(
    alicia: httpx.Client, ticket: dict[str, Any], target: tuple[str, dict[str, Any]], headers: dict[str, str]
) -> None:
    before = everything(alicia, ticket)
    refused = alicia.post(target[0], content=json.dumps(target[1]).encode(), headers=headers)
    assert (refused.status_code, in_its_own_shape(refused)) == (415, True)
    assert everything(alicia, ticket) == before


@pytest.mark.parametrize("kind", WRONG_VALUES)
def test_a_wrong_value_is_refused_in_every_text_field(
    alicia: httpx.Client, ticket: dict[str, Any], target: tuple[str, dict[str, Any]], kind: str
) -> None:
    path, good = target
    before = everything(alicia, ticket)
    for field in good:
        if field == "password" and kind in CONTROLS:
            continue
        refused = alicia.post(path, content=json.dumps(good | {field: WRONG_VALUES[kind]}), headers=JSON)
        assert (refused.status_code, in_its_own_shape(refused)) == (400, True), refused.text
        assert refused.json()["errors"][0]["campo"] == field
    assert everything(alicia, ticket) == before


def test_text_is_kept_as_it_was_sent(anyone: httpx.Client, marta: httpx.Client) -> None:
    nasty = "  ' OR 1=1; -- <script>alert(1)</script> {{7*7}} %s \u202e ñ̃ 🦙\r\nsegunda línea\t"
    kept = detail(marta, opened(anyone, descripcion=nasty))["ticket"]["descripcion_problema"]
    assert kept == nasty.strip().replace("\r\n", "\n")


def test_what_is_not_a_path_of_the_contract_is_refused_in_its_words(anyone: httpx.Client) -> None:
    missing = anyone.get(f"{TICKETS}/a/b/c")
    assert (missing.status_code, in_its_own_shape(missing)) == (404, True)
    wrong = anyone.get(f"{TICKETS}/crear")
    assert (wrong.status_code, wrong.headers["Allow"], in_its_own_shape(wrong)) == (405, "POST", True)
