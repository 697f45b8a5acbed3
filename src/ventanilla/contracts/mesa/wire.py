"""The shapes of contract 2's public half as they stand on the wire, and the words that its staff half shares."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from ventanilla.wirekit import forms

RequestType = Literal["PETICION", "QUEJA", "RECLAMO", "SUGERENCIA", "INCIDENTE", "SOLICITUD", "CONSULTA"]
Status = Literal["ABIERTO", "EN_PROCESO", "PAUSADO", "RESUELTO", "CERRADO", "CANCELADO", "ARCHIVADO"]
Priority = Literal["BAJA", "MEDIA", "ALTA", "URGENTE", "CRITICA"]
StaffRole = Literal["ADMIN", "MESA", "AREA"]
ActorRole = Literal["USUARIO", "ADMIN", "MESA", "AREA", "SISTEMA"]
Deed = Literal[
    "CREACION",
    "ASIGNACION",
    "TRANSFERENCIA",
    "RECLASIFICACION",
    "ACTUALIZACION",
    "PAUSA",
    "REAPERTURA",
    "CANCELACION",
    "ARCHIVO",
    "RESPUESTA",
]

PriorityAsked = Annotated[Literal["BAJA", "MEDIA", "NORMAL", "ALTA", "URGENTE", "CRITICA"], forms.FOLDED]
StatusAsked = Annotated[
    Literal["ABIERTO", "PENDIENTE", "EN_PROCESO", "PAUSADO", "RESUELTO", "CERRADO"],
    forms.FOLDED,
]
Time = Annotated[str, Meta(description="UTC, `2026-03-24T10:15:00Z`.")]


class Create(Struct, frozen=True, rename="camel"):
    nombre: Annotated[str, Meta(min_length=3, max_length=150)]
    email: forms.Email
    tipo: RequestType
    categoria: Annotated[str, Meta(min_length=2, max_length=100)]
    descripcion: Annotated[str, Meta(min_length=10, max_length=20_000)]
    prioridad: PriorityAsked
    documento: Annotated[str, Meta(max_length=50)] | None = None
    telefono: Annotated[str, Meta(max_length=30)] | None = None
    tiene_whatsapp: bool = False
    empresa_departamento: Annotated[str, Meta(max_length=150)] | None = None
    subcategoria: Annotated[str, Meta(max_length=100)] | None = None
    asunto: Annotated[str, Meta(max_length=200)] | None = None
    area_asignada: Annotated[str, Meta(max_length=100)] = "MESA"


class Lookup(Struct, frozen=True):
    """Neither field has a rule of its own: whatever does not fit a ticket is not found."""

    label: str
    email: str


class TicketCreated(Struct, frozen=True, kw_only=True, rename="camel"):
    ticket_uuid: str
    ticket_label: str
    estado: Status
    tipo: RequestType
    prioridad: Priority
    sla_horas: int
    fecha_creacion: Time
    fecha_limite_sla: Time
    mensaje: str


class TicketFound(Struct, frozen=True, kw_only=True, rename="camel"):
    """A ticket as its requester sees it. The last six tell what the last thing that happened to it changed."""

    ticket_uuid: str
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
    prioridad_nombre: Priority
    estado_nombre: Status
    creado_en: Time
    actualizado_en: Time
    ultima_fecha_historial: Time
    ultima_accion: Deed
    ultimo_motivo: str | None
    ultimo_actor_nombre: str
    ultimo_actor_rol: ActorRole
    estado_antes: Status | None
    estado_despues: Status | None
    prioridad_antes: Priority | None
    prioridad_despues: Priority | None
    area_antes: str | None
    area_despues: str | None


class FieldError(Struct, frozen=True):
    campo: str
    mensaje: str


class Error(Struct, frozen=True):
    detail: str
    errors: list[FieldError] | UnsetType = UNSET
