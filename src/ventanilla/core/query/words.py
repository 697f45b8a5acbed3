"""The words of the filter language, Spanish beside English. Words are compared without case and accents."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from ventanilla.core.lifecycle import Status
from ventanilla.core.query.terms import Name, Operator, Period, Possession, Someone, Standing
from ventanilla.core.text import fold
from ventanilla.core.words import Channel, Priority, RequestType

W = TypeVar("W", bound=StrEnum)


def _table(spanish: Mapping[W, str], also: Mapping[str, W] | None = None) -> Mapping[str, W]:
    words: dict[str, W] = {}
    for word, spanish_word in spanish.items():
        words[fold(word.value)] = word
        words[fold(spanish_word)] = word
    return MappingProxyType(words | {fold(text): word for text, word in (also or {}).items()})


NAMES = _table(
    {
        Name.STATUS: "estado",
        Name.IS: "es",
        Name.HAS: "tiene",
        Name.AREA: "área",
        Name.ASSIGNEE: "asignado",
        Name.PRIORITY: "prioridad",
        Name.CHANNEL: "canal",
        Name.TAG: "etiqueta",
        Name.FROM: "de",
        Name.CATEGORY: "categoría",
        Name.TYPE: "tipo",
        Name.CREATED: "creado",
        Name.UPDATED: "actualizado",
        Name.DUE: "vence",
        Name.CUSTOM: "campo",
    },
    {"assigned": Name.ASSIGNEE, "requester": Name.FROM, "solicitante": Name.FROM, "contract": Name.CHANNEL},
)

PERIODS = _table(
    {
        Period.NEWER_THAN: "más_reciente_que",
        Period.OLDER_THAN: "más_antiguo_que",
        Period.CHANGED_WITHIN: "cambiado_en",
        Period.UNCHANGED_FOR: "sin_cambios_en",
        Period.DUE_WITHIN: "vence_en",
    }
)

MEANINGS: Mapping[Period, tuple[Name, Operator]] = MappingProxyType(
    {
        Period.NEWER_THAN: (Name.CREATED, Operator.AFTER),
        Period.OLDER_THAN: (Name.CREATED, Operator.BEFORE),
        Period.CHANGED_WITHIN: (Name.UPDATED, Operator.AFTER),
        Period.UNCHANGED_FOR: (Name.UPDATED, Operator.BEFORE),
        Period.DUE_WITHIN: (Name.DUE, Operator.BEFORE),
    }
)
"""What each period is short for."""

STATUSES = _table(
    {
        Status.OPEN: "abierto",
        Status.IN_PROGRESS: "en proceso",
        Status.PENDING: "pausado",
        Status.RESOLVED: "resuelto",
        Status.CLOSED: "cerrado",
    },
    {"pendiente": Status.PENDING, "paused": Status.PENDING, "en_curso": Status.IN_PROGRESS},
)

STANDINGS = _table(
    {
        Standing.OPEN: "abierto",
        Standing.RESOLVED: "resuelto",
        Standing.CLOSED: "cerrado",
        Standing.UNREAD: "sin leer",
        Standing.UNASSIGNED: "sin asignar",
        Standing.BREACHED: "vencido",
        Standing.SNOOZED: "pospuesto",
        Standing.MERGED: "unido",
    },
    {
        "late": Standing.BREACHED,
        "overdue": Standing.BREACHED,
        "fusionado": Standing.MERGED,
        "aplazado": Standing.SNOOZED,
    },
)

POSSESSIONS = _table(
    {Possession.ATTACHMENT: "adjunto"}, {"file": Possession.ATTACHMENT, "archivo": Possession.ATTACHMENT}
)

PEOPLE = _table({Someone.ME: "yo", Someone.NOBODY: "nadie"}, {"nobody": Someone.NOBODY, "mi": Someone.ME})

PRIORITIES = _table(
    {
        Priority.LOW: "baja",
        Priority.NORMAL: "media",
        Priority.HIGH: "alta",
        Priority.URGENT: "urgente",
        Priority.CRITICAL: "crítica",
    }
)

CHANNELS: Mapping[str, Channel] = MappingProxyType({channel.value: channel for channel in Channel})

REQUEST_TYPES = _table(
    {
        RequestType.PETITION: "petición",
        RequestType.COMPLAINT: "queja",
        RequestType.CLAIM: "reclamo",
        RequestType.SUGGESTION: "sugerencia",
        RequestType.INCIDENT: "incidente",
        RequestType.SERVICE: "solicitud",
        RequestType.INQUIRY: "consulta",
    }
)

CLOSED_LISTS: Mapping[Name, Mapping[str, StrEnum]] = MappingProxyType(
    {
        Name.STATUS: STATUSES,
        Name.IS: STANDINGS,
        Name.HAS: POSSESSIONS,
        Name.PRIORITY: PRIORITIES,
        Name.CHANNEL: CHANNELS,
        Name.TYPE: REQUEST_TYPES,
    }
)
"""The conditions that take the words of a closed list."""

TIMES = frozenset({Name.CREATED, Name.UPDATED, Name.DUE})
"""The conditions that are about a moment."""

UNITS: Mapping[str, timedelta] = MappingProxyType(
    {
        "m": timedelta(minutes=1),
        "min": timedelta(minutes=1),
        "h": timedelta(hours=1),
        "d": timedelta(days=1),
        "w": timedelta(weeks=1),
        "s": timedelta(weeks=1),
    }
)
"""Units of a distance from now; `s` is the Spanish week (semana)."""
