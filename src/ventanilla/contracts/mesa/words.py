"""Contract 2's words and ours, side by side."""

from collections.abc import Mapping

from ventanilla.contracts.mesa import wire
from ventanilla.core.events import ActorStamp, EventKind
from ventanilla.core.lifecycle import CloseReason, Status
from ventanilla.core.people import ActorKind, Role
from ventanilla.core.words import Priority, RequestType

STATUS_OUT: Mapping[Status, wire.Status] = {
    Status.OPEN: "ABIERTO",
    Status.IN_PROGRESS: "EN_PROCESO",
    Status.PENDING: "PAUSADO",
    Status.RESOLVED: "RESUELTO",
    Status.CLOSED: "CERRADO",
}
ENDING_OUT: Mapping[CloseReason, wire.Status] = {
    CloseReason.CANCELLED: "CANCELADO",
    CloseReason.ARCHIVED: "ARCHIVADO",
}
STATUS_IN: Mapping[wire.StatusAsked, Status] = {
    "ABIERTO": Status.OPEN,
    "PENDIENTE": Status.PENDING,
    "EN_PROCESO": Status.IN_PROGRESS,
    "PAUSADO": Status.PENDING,
    "RESUELTO": Status.RESOLVED,
    "CERRADO": Status.CLOSED,
}
PRIORITY_OUT: Mapping[Priority, wire.Priority] = {
    Priority.LOW: "BAJA",
    Priority.NORMAL: "MEDIA",
    Priority.HIGH: "ALTA",
    Priority.URGENT: "URGENTE",
    Priority.CRITICAL: "CRITICA",
}
PRIORITY_IN: Mapping[wire.PriorityAsked, Priority] = {
    "BAJA": Priority.LOW,
    "MEDIA": Priority.NORMAL,
    "NORMAL": Priority.NORMAL,
    "ALTA": Priority.HIGH,
    "URGENTE": Priority.URGENT,
    "CRITICA": Priority.CRITICAL,
}
TYPE_OUT: Mapping[RequestType, wire.RequestType] = {
    RequestType.PETITION: "PETICION",
    RequestType.COMPLAINT: "QUEJA",
    RequestType.CLAIM: "RECLAMO",
    RequestType.SUGGESTION: "SUGERENCIA",
    RequestType.INCIDENT: "INCIDENTE",
    RequestType.SERVICE: "SOLICITUD",
    RequestType.INQUIRY: "CONSULTA",
}
TYPE_IN: Mapping[wire.RequestType, RequestType] = {word: ours for ours, word in TYPE_OUT.items()}
ROLE_OUT: Mapping[Role, wire.StaffRole] = {
    Role.ADMIN: "ADMIN",
    Role.SUPERVISOR: "MESA",
    Role.AGENT: "MESA",
    Role.AREA_AGENT: "AREA",
    Role.LIGHT_AGENT: "MESA",
}
ROLE_IN: Mapping[wire.StaffRole, Role] = {"ADMIN": Role.ADMIN, "MESA": Role.AGENT, "AREA": Role.AREA_AGENT}
DEED_OUT: Mapping[EventKind, wire.Deed] = {
    EventKind.OPENED: "CREACION",
    EventKind.STARTED: "ACTUALIZACION",
    EventKind.ASSIGNED: "ASIGNACION",
    EventKind.TRANSFERRED: "TRANSFERENCIA",
    EventKind.RECLASSIFIED: "RECLASIFICACION",
    EventKind.UPDATED: "ACTUALIZACION",
    EventKind.PAUSED: "PAUSA",
    EventKind.RESUMED: "ACTUALIZACION",
    EventKind.RESOLVED: "ACTUALIZACION",
    EventKind.CLOSED: "ACTUALIZACION",
    EventKind.CANCELLED: "CANCELACION",
    EventKind.ARCHIVED: "ARCHIVO",
    EventKind.REOPENED: "REAPERTURA",
    EventKind.READ: "ACTUALIZACION",
    EventKind.UNREAD: "ACTUALIZACION",
    EventKind.EDITED: "ACTUALIZACION",
    EventKind.TAGGED: "ACTUALIZACION",
    EventKind.FILLED_IN: "ACTUALIZACION",
    EventKind.SNOOZED: "ACTUALIZACION",
    EventKind.WOKEN: "ACTUALIZACION",
    EventKind.MERGED: "ACTUALIZACION",
    EventKind.UNMERGED: "ACTUALIZACION",
    EventKind.TOOK_IN: "ACTUALIZACION",
    EventKind.LET_GO: "ACTUALIZACION",
    EventKind.SPLIT: "ACTUALIZACION",
    EventKind.LINKED: "ACTUALIZACION",
    EventKind.UNLINKED: "ACTUALIZACION",
    EventKind.ANSWERED: "RESPUESTA",
    EventKind.REPLIED: "RESPUESTA",
    EventKind.NOTED: "ACTUALIZACION",
    EventKind.ATTACHED: "ACTUALIZACION",
    EventKind.DETACHED: "ACTUALIZACION",
}
"""READ, NOTED and other internal facts stand here for completeness: they are never shown."""


def status_out(status: Status, reason: CloseReason | None) -> wire.Status:
    return ENDING_OUT[reason] if reason else STATUS_OUT[status]


def actor_role_out(actor: ActorStamp) -> wire.ActorRole:
    if actor.kind is ActorKind.SYSTEM:
        return "SISTEMA"
    return ROLE_OUT[actor.role] if actor.role else "USUARIO"
