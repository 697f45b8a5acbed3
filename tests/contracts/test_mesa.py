"""Contract 2's public half (shared/contracts/2-mesa.md), as its clients use it."""

from datetime import datetime, timedelta
from typing import Any, get_args

import httpx
import pytest
from tests.contracts.mesa import PRINTER, TICKETS, detail, done, looked_up, opened, update

from ventanilla.contracts.mesa import wire


@pytest.mark.parametrize(
    ("word", "shown", "hours"),
    [
        ("BAJA", "BAJA", 72),
        ("MEDIA", "MEDIA", 24),
        ("normal", "MEDIA", 24),
        ("Alta", "ALTA", 4),
        ("urgente", "URGENTE", 2),
        ("CRÍTICA", "CRITICA", 1),
        ("critica", "CRITICA", 1),
    ],
)
def test_the_priority_decides_how_long_it_may_take(anyone: httpx.Client, word: str, shown: str, hours: int) -> None:
    ticket = opened(anyone, prioridad=word)
    assert (ticket["prioridad"], ticket["slaHoras"]) == (shown, hours)
    due, created = (datetime.fromisoformat(ticket[name]) for name in ("fechaLimiteSla", "fechaCreacion"))
    assert due - created == timedelta(hours=hours)
    assert looked_up(anyone, ticket)["prioridadNombre"] == shown


@pytest.mark.parametrize("tipo", get_args(wire.RequestType))
def test_each_type_of_request_comes_back_as_it_was_sent(anyone: httpx.Client, tipo: str) -> None:
    assert looked_up(anyone, opened(anyone, tipo=tipo))["tipoSolicitud"] == tipo


def test_what_is_not_sent_is_null_and_the_area_is_the_front_desk(anyone: httpx.Client) -> None:
    found = looked_up(anyone, opened(anyone, subcategoria=None, documento="", areaAsignada=None))
    optional = ("solicitanteTel", "documento", "empresaDepartamento", "subcategoria", "asunto")
    assert [found[name] for name in optional] == [None] * 5
    assert (found["tieneWhatsapp"], found["areaAsignada"]) == (False, "MESA")


def test_a_token_makes_no_difference_to_who_opens_a_ticket(anyone: httpx.Client, alicia: httpx.Client) -> None:
    ticket = opened(alicia)
    assert looked_up(anyone, ticket)["ultimoActorNombre"] == "Ana García"
    broken = anyone.post(f"{TICKETS}/crear", json=PRINTER, headers={"Authorization": "Bearer nonsense"})
    assert broken.status_code == 200


def test_the_address_of_the_caller_stays_on_the_ticket(anyone: httpx.Client, alicia: httpx.Client) -> None:
    assert detail(alicia, opened(anyone))["ticket"]["ip_registro"] == "127.0.0.1"


def test_labels_count_up(anyone: httpx.Client) -> None:
    first, second = (int(opened(anyone)["ticketLabel"].rpartition("-")[2]) for _ in range(2))
    assert second == first + 1


def test_what_only_the_server_sets_is_not_taken_from_a_requester(anyone: httpx.Client) -> None:
    ticket = opened(anyone, estado="CERRADO", ticketLabel="TKT-1999-00001", slaHoras=999, respuestaCliente="Hecho")
    found = looked_up(anyone, ticket)
    assert (found["estadoNombre"], found["respuestaCliente"], ticket["slaHoras"]) == ("ABIERTO", None, 4)


def test_the_same_key_opens_one_ticket(anyone: httpx.Client) -> None:
    key = {"Idempotency-Key": opened(anyone)["ticketUuid"]}
    first, second = (anyone.post(f"{TICKETS}/crear", json=PRINTER, headers=key) for _ in range(2))
    assert (second.text, second.headers["Idempotency-Replayed"]) == (first.text, "true")
    other = anyone.post(f"{TICKETS}/crear", json=PRINTER | {"nombre": "Otra"}, headers=key)
    assert other.status_code == 422


@pytest.mark.parametrize("email", [" ana.garcia@example.com ", "ana.garcia@EXAMPLE.com"])
def test_the_domain_of_the_address_counts_without_case(anyone: httpx.Client, email: str) -> None:
    ticket = opened(anyone)
    assert looked_up(anyone, ticket, email) == looked_up(anyone, ticket)


def test_the_label_counts_without_case(anyone: httpx.Client) -> None:
    ticket = opened(anyone)
    assert looked_up(anyone, ticket | {"ticketLabel": f" {ticket['ticketLabel'].lower()} "})["ticketNum"]


def test_whatever_does_not_fit_a_ticket_is_answered_the_same(anyone: httpx.Client) -> None:
    label, email = opened(anyone)["ticketLabel"], PRINTER["email"]
    guesses = [
        {"label": "TKT-1999-00001", "email": email},
        {"label": label, "email": "otra@example.com"},
        {"label": label, "email": "Ana.Garcia@example.com"},
        {"label": label, "email": ""},
        {"label": label, "email": "no address"},
        {"label": "TKT-1999-00001", "email": "otra@example.com"},
        {"label": "12", "email": email},
        {"label": "", "email": email},
        {"label": "TKT-" * 1_000, "email": email},
    ]
    answers = [anyone.post(f"{TICKETS}/consultar", json=guess) for guess in guesses]
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.text for answer in answers} == {'{"detail":"Ticket no encontrado"}'}
    assert len({frozenset(same_headers(answer).items()) for answer in answers}) == 1


def same_headers(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in ("date", "x-request-id")}


def test_a_requester_sees_the_last_answer_and_what_it_changed(anyone: httpx.Client, marta: httpx.Client) -> None:
    ticket = opened(anyone)
    update(marta, ticket, "RESUELTO", prioridad="BAJA", area="Redes", respuesta="Cambiamos el tóner.")
    found = looked_up(anyone, ticket)
    last = ("respuestaCliente", "estadoNombre", "ultimaAccion", "ultimoActorNombre", "ultimoActorRol")
    assert [found[name] for name in last] == ["Cambiamos el tóner.", "RESUELTO", "ACTUALIZACION", "Marta", "MESA"]
    assert (found["estadoAntes"], found["estadoDespues"]) == ("ABIERTO", "RESUELTO")
    assert (found["prioridadAntes"], found["prioridadDespues"]) == ("ALTA", "BAJA")
    assert (found["areaAntes"], found["areaDespues"]) == ("MESA", "Redes")


def test_a_requester_sees_why_the_ticket_waits(anyone: httpx.Client, marta: httpx.Client) -> None:
    ticket = opened(anyone)
    update(marta, ticket, "EN PROCESO")
    done(marta, ticket, "pausar", motivo="Esperamos la pieza")
    found = looked_up(anyone, ticket)
    assert (found["estadoNombre"], found["ultimaAccion"], found["ultimoMotivo"]) == (
        "PAUSADO",
        "PAUSA",
        "Esperamos la pieza",
    )
    assert (found["prioridadAntes"], found["areaAntes"]) == (None, None)


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"nombre": "Al"}, 400, "nombre"),
        ({"nombre": "  A  "}, 400, "nombre"),
        ({"nombre": "A" * 151}, 400, "nombre"),
        ({"nombre": None}, 422, "nombre"),
        ({"email": "nada"}, 400, "email"),
        ({"email": None}, 422, "email"),
        ({"tipo": "incidente"}, 400, "tipo"),
        ({"tipo": None}, 422, "tipo"),
        ({"categoria": "S"}, 400, "categoria"),
        ({"categoria": "S" * 101}, 400, "categoria"),
        ({"descripcion": "123456789"}, 400, "descripcion"),
        ({"descripcion": "1" * 20_001}, 400, "descripcion"),
        ({"prioridad": "MUY ALTA"}, 400, "prioridad"),
        ({"prioridad": "A" * 21}, 400, "prioridad"),
        ({"prioridad": ""}, 400, "prioridad"),
        ({"prioridad": None}, 422, "prioridad"),
        ({"nombre": "Al", "prioridad": "MUY ALTA"}, 400, "nombre"),
        ({"documento": "1" * 51}, 400, "documento"),
        ({"telefono": "1" * 31}, 400, "telefono"),
        ({"telefono": 573001234567}, 400, "telefono"),
        ({"tieneWhatsapp": "true"}, 400, "tieneWhatsapp"),
        ({"empresaDepartamento": "E" * 151}, 400, "empresaDepartamento"),
        ({"subcategoria": "S" * 101}, 400, "subcategoria"),
        ({"asunto": "A" * 201}, 400, "asunto"),
        ({"areaAsignada": "A" * 101}, 400, "areaAsignada"),
        ({"nombre": None, "email": "nada"}, 422, "nombre"),
        ({"nombre": "Al", "prioridad": None}, 422, "prioridad"),
    ],
)
def test_a_broken_rule_is_400_and_a_missing_field_422(
    anyone: httpx.Client, changes: dict[str, Any], status: int, field: str
) -> None:
    refused = anyone.post(f"{TICKETS}/crear", json=PRINTER | changes)
    assert refused.status_code == status
    first = refused.json()["errors"][0]
    assert (first["campo"], first["mensaje"]) == (field, refused.json()["detail"])
    assert first["mensaje"].startswith(f"El campo {field} ")


def test_every_missing_field_is_told(anyone: httpx.Client) -> None:
    refused = anyone.post(f"{TICKETS}/crear", json={})
    assert refused.status_code == 422
    assert [fault["campo"] for fault in refused.json()["errors"]] == list(PRINTER)


def test_a_lookup_needs_both_label_and_address(anyone: httpx.Client) -> None:
    refused = anyone.post(f"{TICKETS}/consultar", json={"label": None})
    assert (refused.status_code, refused.json()["detail"]) == (422, "El campo label es obligatorio")
    assert [fault["campo"] for fault in refused.json()["errors"]] == ["label", "email"]
