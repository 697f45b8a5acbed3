"""Contract 2's tickets and ours: what the public half takes and shows."""

from ventanilla.actions.opening import TicketDraft
from ventanilla.actions.reading import WithLastEvent
from ventanilla.contracts.mesa import wire, words
from ventanilla.core.events import Event
from ventanilla.core.lifecycle import CloseReason, Status
from ventanilla.core.people import Contact
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Channel, Priority
from ventanilla.wirekit.times import seconds


def draft(form: wire.Create) -> TicketDraft:
    return TicketDraft(
        channel=Channel.MESA,
        contact=Contact(
            name=form.nombre,
            email=form.email,
            phone=form.telefono or None,
            has_whatsapp=form.tiene_whatsapp,
            document=form.documento or None,
            company=form.empresa_departamento or None,
        ),
        subject=form.asunto or None,
        description=form.descripcion,
        category=form.categoria,
        subcategory=form.subcategoria or None,
        request_type=words.TYPE_IN[form.tipo],
        area=form.area_asignada or None,
        priority=words.PRIORITY_IN[form.prioridad],
    )


def created_out(ticket: Ticket) -> wire.TicketCreated:
    return wire.TicketCreated(
        ticket_uuid=str(ticket.uuid),
        ticket_label=str(ticket.label),
        estado=words.status_out(ticket.status, ticket.close_reason),
        tipo=words.TYPE_OUT[ticket.request_type],
        prioridad=words.PRIORITY_OUT[ticket.priority],
        sla_horas=ticket.sla.hours,
        fecha_creacion=seconds(ticket.created_at),
        fecha_limite_sla=seconds(ticket.sla.due_at),
        mensaje="Su solicitud ha sido registrada exitosamente.",
    )


def found_out(found: WithLastEvent) -> wire.TicketFound:
    ticket, last = found.ticket, found.last_event
    contact = ticket.contact
    status_before, status_after = status_change(last)
    priority_before, priority_after = priority_change(last)
    area_before, area_after = last.changes.get("area", (None, None))
    return wire.TicketFound(
        ticket_uuid=str(ticket.uuid),
        ticket_label=str(ticket.label),
        ticket_num=ticket.label.number,
        solicitante_nombre=contact.name,
        solicitante_email=contact.email,
        solicitante_tel=contact.phone,
        tiene_whatsapp=contact.has_whatsapp,
        documento=contact.document,
        empresa_departamento=contact.company,
        tipo_solicitud=words.TYPE_OUT[ticket.request_type],
        categoria=ticket.category,
        subcategoria=ticket.subcategory,
        asunto=ticket.subject,
        descripcion_problema=ticket.description,
        respuesta_cliente=ticket.last_answer,
        area_asignada=ticket.area,
        prioridad_nombre=words.PRIORITY_OUT[ticket.priority],
        estado_nombre=words.status_out(ticket.status, ticket.close_reason),
        creado_en=seconds(ticket.created_at),
        actualizado_en=seconds(ticket.updated_at),
        ultima_fecha_historial=seconds(last.at),
        ultima_accion=words.DEED_OUT[last.kind],
        ultimo_motivo=last.reason,
        ultimo_actor_nombre=last.actor.name,
        ultimo_actor_rol=words.actor_role_out(last.actor),
        estado_antes=status_before,
        estado_despues=status_after,
        prioridad_antes=priority_before,
        prioridad_despues=priority_after,
        area_antes=area_before,
        area_despues=area_after,
    )


def status_change(event: Event) -> tuple[wire.Status | None, wire.Status | None]:
    """Return the status before and after a fact, None where it changed none."""
    before, after = event.changes.get("status", (None, None))
    reason_before, reason_after = event.changes.get("close_reason", (None, None))
    return _status(before, reason_before), _status(after, reason_after)


def priority_change(event: Event) -> tuple[wire.Priority | None, wire.Priority | None]:
    """Return the priority before and after a fact, None where it changed none."""
    before, after = event.changes.get("priority", (None, None))
    return _priority(before), _priority(after)


def _status(status: str | None, reason: str | None) -> wire.Status | None:
    if status is None:
        return None
    return words.status_out(Status(status), CloseReason(reason) if reason else None)


def _priority(priority: str | None) -> wire.Priority | None:
    return None if priority is None else words.PRIORITY_OUT[Priority(priority)]
