"""Contract 2's staff half (shared/contracts/2-mesa.md): the detail, and all that is done to a ticket."""

from datetime import datetime, timedelta

import httpx
import pytest
from tests.contracts.conftest import Join
from tests.contracts.mesa import PRINTER, TICKETS, add_user, ask, detail, done, looked_up, opened, update

REASON = "Cliente no responde"
STATES = ("estado_antes", "estado_despues")
PRIORITIES = ("prioridad_antes", "prioridad_despues")
AREAS = ("area_antes", "area_despues")


@pytest.mark.parametrize("ref", ["12", "TKT-2026-00001", "0190a6d3-3c4e-7c55-9a51-6a7f0f6f1a11", "%00"])
def test_what_names_no_ticket_is_not_found(marta: httpx.Client, ref: str) -> None:
    for missing in (
        marta.get(f"{TICKETS}/{ref}"),
        marta.post(f"{TICKETS}/{ref}/archivar", json={"motivo": REASON}),
    ):
        assert (missing.status_code, missing.json()) == (404, {"detail": "Ticket no encontrado"})


def test_the_detail_tells_all_that_the_requester_gave(anyone: httpx.Client, marta: httpx.Client) -> None:
    given = {
        "telefono": "+34 600 000 000",
        "tieneWhatsapp": True,
        "documento": "12345678Z",
        "empresaDepartamento": "Compras",
        "subcategoria": "Impresoras",
        "asunto": "Impresora",
    }
    ticket = detail(marta, opened(anyone, **given))["ticket"]
    kept = ("solicitante_tel", "tiene_whatsapp", "documento", "empresa_departamento", "subcategoria", "asunto")
    assert [ticket[name] for name in kept] == list(given.values())
    assert (ticket["solicitante_nombre"], ticket["descripcion_problema"]) == (PRINTER["nombre"], PRINTER["descripcion"])
    assert (ticket["agente_id"], ticket["agente_nombre"], ticket["respuesta_cliente"]) == (None, None, None)


def test_the_whole_life_of_a_ticket_stands_in_its_history(
    anyone: httpx.Client, marta: httpx.Client, alicia: httpx.Client
) -> None:
    ticket = opened(anyone)
    agent = add_user(alicia, nombre="Luisa Prieto")["id"]
    said = [
        done(marta, ticket, "asignar", agenteId=agent, motivo="Está de guardia"),
        done(marta, ticket, "pausar", motivo="Falta la pieza"),
        update(marta, ticket, "en proceso"),
        done(marta, ticket, "reclasificar", nuevaPrioridad="BAJA", nuevaCategoria="Equipos", motivo="No urge"),
        done(marta, ticket, "transferir", nuevaArea="Redes", agenteId="", motivo="Es de redes"),
        update(marta, ticket, "RESUELTO", prioridad="BAJA", area="Redes"),
        done(marta, ticket, "reabrir", motivo="Volvió a fallar"),
        done(marta, ticket, "cancelar", motivo="Ya no hace falta", rol="AGENTE"),
        done(marta, ticket, "reabrir", motivo="Sí hace falta"),
        done(marta, ticket, "archivar", motivo="Duplicado"),
    ]
    assert said == [
        "Asignado",
        "Pausado",
        "Ticket actualizado correctamente",
        "Reclasificado",
        "Transferido",
        "Ticket actualizado correctamente",
        "Reabierto",
        "Cancelado",
        "Reabierto",
        "Archivado",
    ]
    found = detail(marta, ticket)
    told = [(entry["accion"], entry["estado_despues"], entry["motivo"]) for entry in found["historial"]]
    assert told == [
        ("CREACION", "ABIERTO", None),
        ("ASIGNACION", "EN_PROCESO", "Está de guardia"),
        ("PAUSA", "PAUSADO", "Falta la pieza"),
        ("RESPUESTA", None, None),
        ("ACTUALIZACION", "EN_PROCESO", None),
        ("RECLASIFICACION", None, "No urge"),
        ("TRANSFERENCIA", None, "Es de redes"),
        ("RESPUESTA", None, None),
        ("ACTUALIZACION", "RESUELTO", None),
        ("REAPERTURA", "ABIERTO", "Volvió a fallar"),
        ("CANCELACION", "CANCELADO", "Ya no hace falta"),
        ("REAPERTURA", "ABIERTO", "Sí hace falta"),
        ("ARCHIVO", "ARCHIVADO", "Duplicado"),
    ]
    assert {entry["actor_rol"] for entry in found["historial"][1:]} == {"MESA"}
    assert (found["ticket"]["estado"], found["ticket"]["categoria"]) == ("ARCHIVADO", "Equipos")


def test_a_history_entry_tells_before_and_after(anyone: httpx.Client, marta: httpx.Client) -> None:
    ticket = opened(anyone)
    update(marta, ticket, "RESUELTO", prioridad="critica", area="Redes")
    last = detail(marta, ticket)["historial"][-1]
    assert [last[name] for name in STATES] == ["ABIERTO", "RESUELTO"]
    assert [last[name] for name in PRIORITIES] == ["ALTA", "CRITICA"]
    assert [last[name] for name in AREAS] == ["MESA", "Redes"]
    done(marta, ticket, "cancelar", motivo=REASON, rol="AGENTE")
    done(marta, ticket, "reabrir", motivo=REASON)
    last = detail(marta, ticket)["historial"][-1]
    assert [last[name] for name in STATES] == ["CANCELADO", "ABIERTO"]


def test_a_ticket_given_to_an_account_shows_whose_it_is(
    anyone: httpx.Client, marta: httpx.Client, alicia: httpx.Client
) -> None:
    ticket, agent = opened(anyone), add_user(alicia, nombre="Luisa Prieto")
    done(marta, ticket, "asignar", agenteId=agent["id"], motivo=REASON)
    shown = detail(marta, ticket)["ticket"]
    assert (shown["agente_id"], shown["agente_nombre"]) == (agent["id"], "Luisa Prieto")
    done(marta, ticket, "transferir", nuevaArea="Redes", motivo=REASON)
    assert detail(marta, ticket)["ticket"]["agente_id"] is None


@pytest.mark.parametrize(("agent", "fault"), [("nadie", "no corresponde a ningún agente activo"), ("", "vacío")])
def test_a_ticket_is_not_given_to_nobody(anyone: httpx.Client, marta: httpx.Client, agent: str, fault: str) -> None:
    ticket = opened(anyone)
    refused = ask(marta, ticket, "asignar", agenteId=agent, motivo=REASON)
    assert (refused.status_code, refused.json()["errors"][0]["campo"]) == (400, "agenteId")
    assert fault in refused.json()["detail"]
    assert len(detail(marta, ticket)["historial"]) == 1


def test_a_cancellation_that_the_requester_wished_is_told_as_theirs(anyone: httpx.Client, marta: httpx.Client) -> None:
    ticket = opened(anyone)
    done(marta, ticket, "cancelar", motivo="Lo pidió por teléfono", rol="USUARIO")
    found = looked_up(anyone, ticket)
    last = ("estadoNombre", "ultimaAccion", "ultimoMotivo", "ultimoActorNombre", "ultimoActorRol")
    assert [found[name] for name in last] == ["CANCELADO", "CANCELACION", "Lo pidió por teléfono", "Marta", "USUARIO"]


def test_an_update_to_the_state_it_has_changes_the_rest(anyone: httpx.Client, marta: httpx.Client) -> None:
    ticket = opened(anyone)
    update(marta, ticket, "EN_PROCESO")
    update(marta, ticket, "EN_PROCESO", prioridad="BAJA", respuesta="Seguimos en ello.")
    found = looked_up(anyone, ticket)
    assert (found["estadoNombre"], found["respuestaCliente"]) == ("EN_PROCESO", "Seguimos en ello.")
    assert (found["estadoAntes"], found["prioridadAntes"], found["prioridadDespues"]) == (None, "ALTA", "BAJA")


@pytest.mark.parametrize("word", ["PENDIENTE", "pausado"])
def test_pending_and_paused_are_one_state(anyone: httpx.Client, marta: httpx.Client, word: str) -> None:
    ticket = opened(anyone)
    update(marta, ticket, word)
    assert looked_up(anyone, ticket)["estadoNombre"] == "PAUSADO"


def test_a_step_that_the_lifecycle_lacks_is_a_conflict_and_changes_nothing(
    anyone: httpx.Client, marta: httpx.Client
) -> None:
    ticket = opened(anyone)
    before = detail(marta, ticket)["historial"]
    for verb in ("pausar", "reabrir"):
        refused = ask(marta, ticket, verb, motivo=REASON)
        assert (refused.status_code, list(refused.json())) == (409, ["detail"])
    assert detail(marta, ticket)["historial"] == before


@pytest.mark.parametrize("ending", ["cancelar", "archivar"])
def test_a_cancelled_or_archived_ticket_takes_nothing_but_reopening(
    anyone: httpx.Client, marta: httpx.Client, alicia: httpx.Client, ending: str
) -> None:
    ticket, agent = opened(anyone), add_user(alicia)["id"]
    done(marta, ticket, ending, motivo=REASON, rol="AGENTE")
    before = detail(marta, ticket)["historial"]
    tried = [
        ask(marta, ticket, "actualizar", estado="CERRADO", prioridad="ALTA", area="MESA", respuesta="Hola, Ana."),
        ask(marta, ticket, "asignar", agenteId=agent, motivo=REASON),
        ask(marta, ticket, "transferir", nuevaArea="Redes", agenteId="", motivo=REASON),
        ask(marta, ticket, "reclasificar", nuevaPrioridad="BAJA", nuevaCategoria="Equipos", motivo=REASON),
        ask(marta, ticket, "pausar", motivo=REASON),
        ask(marta, ticket, "cancelar", motivo=REASON, rol="AGENTE"),
        ask(marta, ticket, "archivar", motivo=REASON),
    ]
    assert {answer.status_code for answer in tried} == {409}
    assert detail(marta, ticket)["historial"] == before
    done(marta, ticket, "reabrir", motivo=REASON)
    assert detail(marta, ticket)["ticket"]["estado"] == "ABIERTO"


def test_reclassifying_counts_the_time_anew_from_the_creation(anyone: httpx.Client, marta: httpx.Client) -> None:
    ticket = opened(anyone)
    done(marta, ticket, "reclasificar", nuevaPrioridad="critica", nuevaCategoria="Equipos", motivo=REASON)
    shown = detail(marta, ticket)["ticket"]
    due, created = (datetime.fromisoformat(shown[name]) for name in ("fecha_limite_sla", "creado_en"))
    assert (shown["prioridad"], shown["sla_horas"], due - created) == ("CRITICA", 1, timedelta(hours=1))


def test_what_an_area_agent_may_do_ends_at_the_area(anyone: httpx.Client, raul: httpx.Client) -> None:
    ticket = opened(anyone, areaAsignada="Redes")
    update(raul, ticket, "EN_PROCESO", area="Redes")
    done(raul, ticket, "pausar", motivo=REASON)
    for verb, body in (
        ("asignar", {"agenteId": "marta"}),
        ("transferir", {"nuevaArea": "MESA"}),
        ("reclasificar", {"nuevaPrioridad": "BAJA", "nuevaCategoria": "Equipos"}),
        ("reabrir", {}),
    ):
        refused = ask(raul, ticket, verb, motivo=REASON, **body)
        assert (refused.status_code, refused.json()) == (403, {"detail": "No tienes permiso para hacer esto"})
    update(raul, ticket, "EN_PROCESO", area="Pagos")
    assert ask(raul, ticket, "archivar", motivo=REASON).status_code == 403


def test_a_requester_has_no_business_in_the_staff_half(anyone: httpx.Client, ana: httpx.Client, join: Join) -> None:
    ticket = opened(anyone)
    for somebody in (ana, join("luis", rol="USUARIO")):
        for path in ("dashboard", "dashboard-metricas", ticket["ticketUuid"]):
            refused = somebody.get(f"{TICKETS}/{path}")
            assert (refused.status_code, refused.json()) == (403, {"detail": "No tienes permiso para hacer esto"})
        assert ask(somebody, ticket, "archivar", motivo=REASON).status_code == 403
    nobody = anyone.get(f"{TICKETS}/dashboard")
    assert (nobody.status_code, nobody.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_ticket_of_another_contract_shows_here_too(ana: httpx.Client, marta: httpx.Client) -> None:
    crash = {"category": "technical", "subject": "App crashes", "message": "It crashes on checkout."}
    assert ana.post("/api/mobile/support-requests", json=crash).status_code == 201
    newest = marta.get(f"{TICKETS}/dashboard-metricas?limit=1").json()[0]
    assert (newest["tipo_solicitud"], newest["asunto"], newest["prioridad"]) == ("SOLICITUD", "App crashes", "MEDIA")
    shown = detail(marta, {"ticketUuid": newest["uuid"]})
    assert (shown["ticket"]["solicitante_email"], shown["ticket"]["solicitante_tel"]) == ("ana@example.com", None)
    assert (shown["historial"][0]["accion"], shown["historial"][0]["actor_rol"]) == ("CREACION", "USUARIO")


def test_a_ticket_whose_requester_has_no_address_is_found_by_nobody(anyone: httpx.Client, join: Join) -> None:
    crash = {"category": "technical", "subject": "App crashes", "message": "It crashes on checkout."}
    join("sin").post("/api/mobile/support-requests", json=crash)
    newest = join("marta", rol="MESA").get(f"{TICKETS}/dashboard?limit=1").json()[0]
    assert newest["correo"] == ""
    guess = anyone.post(f"{TICKETS}/consultar", json={"label": newest["label"], "email": ""})
    assert guess.status_code == 404


@pytest.mark.parametrize(
    ("verb", "body", "status", "field"),
    [
        ("actualizar", {"estado": "CANCELADO"}, 400, "estado"),
        ("actualizar", {"estado": "X"}, 400, "estado"),
        ("actualizar", {"prioridad": "MUY ALTA"}, 400, "prioridad"),
        ("actualizar", {"area": "R"}, 400, "area"),
        ("actualizar", {"respuesta": "Hola"}, 400, "respuesta"),
        ("actualizar", {"respuesta": "H" * 5_001}, 400, "respuesta"),
        ("actualizar", {"respuesta": None}, 422, "respuesta"),
        ("reclasificar", {"nuevaPrioridad": "X" * 51}, 400, "nuevaPrioridad"),
        ("reclasificar", {"nuevaCategoria": "E"}, 400, "nuevaCategoria"),
        ("pausar", {"motivo": "  "}, 400, "motivo"),
        ("pausar", {"motivo": "m" * 2_001}, 400, "motivo"),
        ("pausar", {"motivo": None}, 422, "motivo"),
        ("cancelar", {"rol": "ADMIN"}, 400, "rol"),
        ("cancelar", {"rol": None}, 422, "rol"),
        ("transferir", {"nuevaArea": None}, 422, "nuevaArea"),
    ],
)
def test_a_broken_rule_changes_nothing(
    anyone: httpx.Client, marta: httpx.Client, verb: str, body: dict[str, object], status: int, field: str
) -> None:
    ticket = opened(anyone)
    good = {
        "actualizar": {"estado": "RESUELTO", "prioridad": "ALTA", "area": "MESA", "respuesta": "Hecho."},
        "reclasificar": {"nuevaPrioridad": "BAJA", "nuevaCategoria": "Equipos", "motivo": REASON},
        "transferir": {"nuevaArea": "Redes", "agenteId": "", "motivo": REASON},
        "cancelar": {"motivo": REASON, "rol": "AGENTE"},
        "pausar": {"motivo": REASON},
    }[verb]
    refused = ask(marta, ticket, verb, **(good | body))
    assert (refused.status_code, refused.json()["errors"][0]["campo"]) == (status, field)
    assert len(detail(marta, ticket)["historial"]) == 1
