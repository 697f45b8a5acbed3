"""Contract 2's staff routes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec

from ventanilla.actions import reading, triage
from ventanilla.contracts.mesa import staff_translate, staff_wire, words
from ventanilla.core import ids
from ventanilla.core.access import Permission
from ventanilla.core.lifecycle import Action
from ventanilla.core.ticket import Ticket
from ventanilla.wirekit.answers import Answer, json_answer
from ventanilla.wirekit.contract import Caller, Handler, Route
from ventanilla.wirekit.request import Request

TICKETS = "/api/tickets"


def routes() -> tuple[Route, ...]:
    return (*_reading_routes(), *_changing_routes())


async def dashboard(request: Request) -> Answer:
    return json_answer(200, staff_translate.dashboard_out(await _rows(request)))


async def metrics(request: Request) -> Answer:
    return json_answer(200, staff_translate.metrics_out(await _rows(request)))


async def show(request: Request) -> Answer:
    found = await request.read(reading.with_history, request.actor, _uuid(request))
    return json_answer(200, staff_translate.detail_out(found))


async def update(request: Request) -> Answer:
    ref, form = _uuid(request), await request.body(staff_wire.Update)
    status, priority = words.STATUS_IN[form.estado], words.PRIORITY_IN[form.prioridad]
    done = _done("Ticket actualizado correctamente")
    return await request.write(done, triage.update, request.actor, ref, status, priority, form.area, form.respuesta)


async def assign(request: Request) -> Answer:
    ref, form = _uuid(request), await request.body(staff_wire.Assign)
    done = _done("Asignado")
    return await request.write(done, triage.assign, request.actor, ref, form.agente_id, "agenteId", form.motivo)


async def transfer(request: Request) -> Answer:
    ref, form = _uuid(request), await request.body(staff_wire.Transfer)
    done, area, agent = _done("Transferido"), form.nueva_area, form.agente_id
    return await request.write(done, triage.transfer, request.actor, ref, area, agent, "agenteId", form.motivo)


async def reclassify(request: Request) -> Answer:
    ref, form = _uuid(request), await request.body(staff_wire.Reclassify)
    priority, category = words.PRIORITY_IN[form.nueva_prioridad], form.nueva_categoria
    done = _done("Reclasificado")
    return await request.write(done, triage.reclassify, request.actor, ref, priority, category, form.motivo)


async def pause(request: Request) -> Answer:
    return await _step(request, Action.PAUSE, "Pausado")


async def reopen(request: Request) -> Answer:
    return await _step(request, Action.REOPEN, "Reabierto")


async def archive(request: Request) -> Answer:
    return await _step(request, Action.ARCHIVE, "Archivado")


async def cancel(request: Request) -> Answer:
    ref, form = _uuid(request), await request.body(staff_wire.Cancel)
    done, wished = _done("Cancelado"), form.rol == "USUARIO"
    return await request.write(done, triage.act, request.actor, ref, Action.CANCEL, form.motivo, for_requester=wished)


async def _step(request: Request, action: Action, message: str) -> Answer:
    ref, form = _uuid(request), await request.body(staff_wire.Step)
    return await request.write(_done(message), triage.act, request.actor, ref, action, form.motivo)


async def _rows(request: Request) -> reading.Snapshot:
    query = request.query(staff_wire.DashboardQuery)
    after = staff_translate.place(query)
    return await request.scan(reading.last_changed, request.actor, query.limit, after, "desde")


def _uuid(request: Request) -> UUID | None:
    """Return the ticket that the path names; what is no UUID names none."""
    return ids.parse_uuid(request.parameter("uuid"))


def _done(message: str) -> Callable[[Ticket], Answer]:
    return lambda ticket: json_answer(200, staff_wire.Done(message))


def _reading_routes() -> tuple[Route, ...]:
    staff = Permission.USE_STAFF_API
    return (
        Route(
            method="GET",
            path=TICKETS + "/dashboard",
            handler=dashboard,
            summary="List the tickets that the caller may see, the last changed first",
            caller=Caller.STAFF,
            permission=staff,
            query=staff_wire.DashboardQuery,
            answers={200: list[staff_wire.DashboardRow]},
        ),
        Route(
            method="GET",
            path=TICKETS + "/dashboard-metricas",
            handler=metrics,
            summary="List the tickets that the caller may see with their SLA, the last changed first",
            caller=Caller.STAFF,
            permission=staff,
            query=staff_wire.DashboardQuery,
            answers={200: list[staff_wire.MetricsRow]},
        ),
        Route(
            method="GET",
            path=TICKETS + "/{uuid}",
            handler=show,
            summary="Show a ticket and its history",
            caller=Caller.STAFF,
            permission=staff,
            answers={200: staff_wire.TicketDetail},
            errors=(404,),
        ),
    )


def _changing_routes() -> tuple[Route, ...]:
    allow, reason = Permission, "Cliente no responde"
    update_example = {
        "estado": "RESUELTO",
        "prioridad": "ALTA",
        "area": "MESA",
        "respuesta": "Se restableció la clave.",
    }
    assign_example = {"agenteId": "0190a6d3-3c4e-7c55-9a51-6a7f0f6f1a11", "motivo": "Está de guardia"}
    transfer_example = {"nuevaArea": "Redes", "agenteId": "", "motivo": "Es del área de redes"}
    reclassify_example = {"nuevaPrioridad": "CRITICA", "nuevaCategoria": "Sistemas", "motivo": "Afecta a todos"}
    step, example = staff_wire.Step, {"motivo": reason}
    return (
        _changing("actualizar", update, "Answer and change", allow.UPDATE, staff_wire.Update, update_example),
        _changing("asignar", assign, "Give to an agent", allow.ASSIGN, staff_wire.Assign, assign_example),
        _changing("transferir", transfer, "Hand over", allow.TRANSFER, staff_wire.Transfer, transfer_example),
        _changing(
            "reclasificar", reclassify, "Reclassify", allow.RECLASSIFY, staff_wire.Reclassify, reclassify_example
        ),
        _changing("pausar", pause, "Pause; the SLA clock stops", allow.PAUSE, step, example),
        _changing("reabrir", reopen, "Reopen", allow.REOPEN, step, example),
        _changing("cancelar", cancel, "Cancel", allow.CANCEL, staff_wire.Cancel, {**example, "rol": "USUARIO"}),
        _changing("archivar", archive, "Archive", allow.ARCHIVE, step, example),
    )


def _changing(
    verb: str, handler: Handler, summary: str, permission: Permission, body: type[msgspec.Struct], example: Any
) -> Route:
    return Route(
        method="POST",
        path=f"{TICKETS}/{{uuid}}/{verb}",
        handler=handler,
        summary=summary,
        caller=Caller.STAFF,
        permission=permission,
        body=body,
        example=example,
        answers={200: staff_wire.Done},
        errors=(404, 409, 422),
    )
