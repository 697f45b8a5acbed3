"""Contract 2's dashboards (shared/contracts/2-mesa.md): what they show, in which order, and to whom."""

import httpx
import pytest
from tests.contracts.conftest import Join
from tests.contracts.mesa import PRINTER, TICKETS, opened, update

REASON = "Cliente no responde"
STATES = ("estado_antes", "estado_despues")
PRIORITIES = ("prioridad_antes", "prioridad_despues")
AREAS = ("area_antes", "area_despues")


def row(staff: httpx.Client, ticket: dict[str, str], board: str = "dashboard") -> dict[str, object]:
    rows = staff.get(f"{TICKETS}/{board}").json()
    return next(row for row in rows if ticket["ticketUuid"] in (row.get("ticket_uuid"), row.get("uuid")))


def labels(staff: httpx.Client, board: str = "dashboard", **query: object) -> list[str]:
    answer = staff.get(f"{TICKETS}/{board}", params={name: str(value) for name, value in query.items()})
    assert answer.status_code == 200, answer.text
    return [row.get("label") or row["ticket_label"] for row in answer.json()]


def test_the_dashboard_shows_a_ticket_with_what_is_left_of_its_time(anyone: httpx.Client, marta: httpx.Client) -> None:
    ticket = opened(anyone, areaAsignada="Redes")
    shown = row(marta, ticket)
    left = shown.pop("horas_restantes")
    assert isinstance(left, float)
    assert 3.9 <= left <= 4
    assert list(shown.items()) == [
        ("ticket_uuid", ticket["ticketUuid"]),
        ("label", ticket["ticketLabel"]),
        ("categoria", "Sistemas"),
        ("correo", PRINTER["email"]),
        ("estado_code", "ABIERTO"),
        ("prioridad_nom", "ALTA"),
        ("area_asignada", "Redes"),
        ("actualizado_en", ticket["fechaCreacion"]),
        ("sla_horas", 4),
        ("vencido", False),
    ]


def test_the_metrics_show_the_deadline_beside_it(anyone: httpx.Client, marta: httpx.Client) -> None:
    ticket = opened(anyone, asunto="Impresora")
    shown = row(marta, ticket, "dashboard-metricas")
    assert (shown["asunto"], shown["subcategoria"], shown["tipo_solicitud"]) == ("Impresora", None, "INCIDENTE")
    assert (shown["creado_en"], shown["fecha_limite_sla"]) == (ticket["fechaCreacion"], ticket["fechaLimiteSla"])
    assert (shown["sla_horas"], shown["sla_vencido"]) == (4, False)


@pytest.mark.parametrize("board", ["dashboard", "dashboard-metricas"])
def test_the_last_changed_comes_first_and_the_list_can_be_walked(
    anyone: httpx.Client, marta: httpx.Client, board: str
) -> None:
    first, second, third = (opened(anyone) for _ in range(3))
    update(marta, first, "EN_PROCESO")
    assert labels(marta, board, limit=3) == [ticket["ticketLabel"] for ticket in (first, third, second)]
    assert labels(marta, board, limit=1, desde=first["ticketUuid"]) == [third["ticketLabel"]]
    assert labels(marta, board, limit=1, desde=third["ticketUuid"].upper()) == [second["ticketLabel"]]
    assert labels(marta, board, limit=9, desde=first["ticketUuid"]) == labels(marta, board, limit=10)[1:]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=1001", "limit=ten", "desde=hoy", "desde=0190a6d3-3c4e-7c55-9a51-6a7f0f6f1a11"]
)
def test_a_list_is_refused_when_its_query_makes_no_sense(marta: httpx.Client, query: str) -> None:
    refused = marta.get(f"{TICKETS}/dashboard?{query}")
    assert (refused.status_code, refused.json()["errors"][0]["campo"]) == (400, query.partition("=")[0])


def test_an_area_agent_sees_the_tickets_of_the_area_alone(anyone: httpx.Client, raul: httpx.Client, join: Join) -> None:
    theirs, foreign = opened(anyone, areaAsignada="REDES"), opened(anyone)
    shown = labels(raul, limit=1000)
    assert theirs["ticketLabel"] in shown
    assert foreign["ticketLabel"] not in shown
    assert raul.get(f"{TICKETS}/{theirs['ticketUuid']}").status_code == 200
    assert raul.get(f"{TICKETS}/dashboard?desde={foreign['ticketUuid']}").status_code == 400
    refused = raul.get(f"{TICKETS}/{foreign['ticketUuid']}")
    assert (refused.status_code, refused.json()) == (403, {"detail": "El ticket pertenece a otra área"})
    assert labels(join("sin", rol="AREA")) == []
