"""Contract 2's tickets and ours: what the staff half shows. `now` is the moment that the tickets were read."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from ventanilla.actions.reading import OpenToRequester, Snapshot, WithHistory
from ventanilla.contracts.mesa import staff_wire, words
from ventanilla.contracts.mesa.translate import priority_change, status_change
from ventanilla.core import ids
from ventanilla.core.errors import Fault, InvalidInput, Rule
from ventanilla.core.events import Event
from ventanilla.core.ticket import Ticket
from ventanilla.core.ticket_row import TicketRow
from ventanilla.wirekit.times import seconds


def place(query: staff_wire.DashboardQuery) -> UUID | None:
    """Return the ticket after which the list goes on. Raises InvalidInput when `desde` is no UUID."""
    if query.desde is None:
        return None
    found = ids.parse_uuid(query.desde)
    if found is None:
        raise InvalidInput(Fault("desde", Rule.UNKNOWN_TICKET))
    return found


def dashboard_out(found: Snapshot) -> list[staff_wire.DashboardRow]:
    return [_dashboard_row(ticket, found.at) for ticket in found.tickets]


def metrics_out(found: Snapshot) -> list[staff_wire.MetricsRow]:
    return [_metrics_row(ticket, found.at) for ticket in found.tickets]


def detail_out(found: WithHistory) -> staff_wire.TicketDetail:
    return staff_wire.TicketDetail(_ticket(found.ticket, found.at), [_entry(event) for event in found.events])


def _dashboard_row(ticket: TicketRow, now: datetime) -> staff_wire.DashboardRow:
    return staff_wire.DashboardRow(
        ticket_uuid=str(ticket.uuid),
        label=str(ticket.label),
        categoria=ticket.category,
        correo=ticket.contact_email,
        estado_code=words.status_out(ticket.status, ticket.close_reason),
        prioridad_nom=words.PRIORITY_OUT[ticket.priority],
        area_asignada=ticket.area,
        actualizado_en=seconds(ticket.updated_at),
        sla_horas=ticket.sla.hours,
        horas_restantes=_hours(ticket.sla.remaining(now)),
        vencido=ticket.sla.is_breached(now),
    )


def _metrics_row(ticket: TicketRow, now: datetime) -> staff_wire.MetricsRow:
    return staff_wire.MetricsRow(
        uuid=str(ticket.uuid),
        ticket_label=str(ticket.label),
        solicitante_nombre=ticket.contact_name,
        solicitante_email=ticket.contact_email,
        tipo_solicitud=words.TYPE_OUT[ticket.request_type],
        categoria=ticket.category,
        subcategoria=ticket.subcategory,
        asunto=ticket.subject,
        area_asignada=ticket.area,
        prioridad=words.PRIORITY_OUT[ticket.priority],
        sla_horas=ticket.sla.hours,
        estado=words.status_out(ticket.status, ticket.close_reason),
        creado_en=seconds(ticket.created_at),
        actualizado_en=seconds(ticket.updated_at),
        fecha_limite_sla=seconds(ticket.sla.due_at),
        horas_restantes_sla=_hours(ticket.sla.remaining(now)),
        sla_vencido=ticket.sla.is_breached(now),
    )


def _ticket(ticket: Ticket, now: datetime) -> staff_wire.Ticket:
    contact = ticket.contact
    return staff_wire.Ticket(
        uuid=str(ticket.uuid),
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
        agente_id=ticket.assignee.subject if ticket.assignee else None,
        agente_nombre=ticket.assignee.name if ticket.assignee else None,
        prioridad=words.PRIORITY_OUT[ticket.priority],
        estado=words.status_out(ticket.status, ticket.close_reason),
        sla_horas=ticket.sla.hours,
        fecha_limite_sla=seconds(ticket.sla.due_at),
        horas_restantes=_hours(ticket.sla.remaining(now)),
        vencido=ticket.sla.is_breached(now),
        creado_en=seconds(ticket.created_at),
        actualizado_en=seconds(ticket.updated_at),
        ip_registro=ticket.address,
    )


def _entry(event: Event) -> staff_wire.HistoryEntry:
    status_before, status_after = status_change(event)
    priority_before, priority_after = priority_change(event)
    area_before, area_after = event.changes.get("area", (None, None))
    return staff_wire.HistoryEntry(
        fecha=seconds(event.at),
        accion=words.DEED_OUT[event.kind],
        motivo=event.reason,
        actor_nombre=event.actor.name,
        actor_rol=words.actor_role_out(event.actor),
        estado_antes=status_before,
        estado_despues=status_after,
        prioridad_antes=priority_before,
        prioridad_despues=priority_after,
        area_antes=area_before,
        area_despues=area_after,
    )


def _hours(span: timedelta) -> float:
    return round(span / timedelta(hours=1), 2)


def staff_view(found: OpenToRequester, link: Callable[[str], str]) -> staff_wire.TicketDetail:
    """Return the ticket as this contract shows it to staff, whoever asks through whichever contract."""
    return detail_out(WithHistory(found.ticket, found.events, found.at))
