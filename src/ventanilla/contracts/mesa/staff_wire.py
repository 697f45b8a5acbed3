"""The shapes of contract 2's staff half as they stand on the wire."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ventanilla.contracts.mesa.wire import (
    ActorRole,
    Deed,
    Priority,
    PriorityAsked,
    RequestType,
    Status,
    StatusAsked,
    Time,
)

LONGEST_LIST = 1_000

Reason = Annotated[str, Meta(min_length=1, max_length=2_000)]
Area = Annotated[str, Meta(min_length=2, max_length=100)]
AgentId = Annotated[str, Meta(max_length=255, description="El id de una cuenta, o el `sub` de un token de agente.")]


class DashboardQuery(Struct, frozen=True):
    limit: Annotated[int, Meta(ge=1, le=LONGEST_LIST)] = LONGEST_LIST
    desde: Annotated[str, Meta(description="El UUID de la última fila recibida: la lista sigue tras ella.")] | None = (
        None
    )


class DashboardRow(Struct, frozen=True, kw_only=True):
    ticket_uuid: str
    label: str
    categoria: str
    correo: str
    estado_code: Status
    prioridad_nom: Priority
    area_asignada: str
    actualizado_en: Time
    sla_horas: int
    horas_restantes: float
    vencido: bool


class MetricsRow(Struct, frozen=True, kw_only=True):
    uuid: str
    ticket_label: str
    solicitante_nombre: str
    solicitante_email: str
    tipo_solicitud: RequestType
    categoria: str
    subcategoria: str | None
    asunto: str | None
    area_asignada: str
    prioridad: Priority
    sla_horas: int
    estado: Status
    creado_en: Time
    actualizado_en: Time
    fecha_limite_sla: Time
    horas_restantes_sla: float
    sla_vencido: bool


class Ticket(Struct, frozen=True, kw_only=True):
    uuid: str
    ticket_label: str
    ticket_num: int
    solicitante_nombre: str
    solicitante_email: str
    solicitante_tel: str | None
    tiene_whatsapp: bool
    documento: str | None
    empresa_departamento: str | None
    tipo_solicitud: RequestType
    categoria: str
    subcategoria: str | None
    asunto: str | None
    descripcion_problema: str
    respuesta_cliente: str | None
    area_asignada: str
    agente_id: str | None
    agente_nombre: str | None
    prioridad: Priority
    estado: Status
    sla_horas: int
    fecha_limite_sla: Time
    horas_restantes: float
    vencido: bool
    creado_en: Time
    actualizado_en: Time
    ip_registro: str


class HistoryEntry(Struct, frozen=True, kw_only=True):
    fecha: Time
    accion: Deed
    motivo: str | None
    actor_nombre: str
    actor_rol: ActorRole
    estado_antes: Status | None
    estado_despues: Status | None
    prioridad_antes: Priority | None
    prioridad_despues: Priority | None
    area_antes: str | None
    area_despues: str | None


class TicketDetail(Struct, frozen=True):
    """`historial` is oldest first."""

    ticket: Ticket
    historial: list[HistoryEntry]


class Update(Struct, frozen=True):
    estado: StatusAsked
    prioridad: PriorityAsked
    area: Area
    respuesta: Annotated[str, Meta(min_length=5, max_length=5_000)]


class Assign(Struct, frozen=True, rename="camel"):
    agente_id: Annotated[AgentId, Meta(min_length=1)]
    motivo: Reason


class Transfer(Struct, frozen=True, kw_only=True, rename="camel"):
    nueva_area: Area
    agente_id: AgentId | None = None
    motivo: Reason


class Reclassify(Struct, frozen=True, rename="camel"):
    nueva_prioridad: PriorityAsked
    nueva_categoria: Annotated[str, Meta(min_length=2, max_length=100)]
    motivo: Reason


class Step(Struct, frozen=True):
    motivo: Reason


class Cancel(Struct, frozen=True):
    motivo: Reason
    rol: Literal["USUARIO", "AGENTE"]


class Done(Struct, frozen=True):
    message: str
