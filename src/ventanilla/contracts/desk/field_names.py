"""What the fields of the native API are called in a sentence, so that it has a subject: `“Subject” is required`."""

from collections.abc import Mapping
from types import MappingProxyType

from ventanilla.core.errors import Fault

_NAMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "after": ("After", "Después de"),
        "all": ("All", "Todo"),
        "area": ("Area", "Área"),
        "areas": ("Areas", "Áreas"),
        "assign_to_me": ("Assign to me", "Asignármelo"),
        "assignee_id": ("Assignee", "Persona asignada"),
        "attachment_ids": ("Files", "Archivos"),
        "body": ("Text", "Texto"),
        "category": ("Category", "Categoría"),
        "change": ("Change", "Cambio"),
        "choices": ("Choices", "Opciones"),
        "close_reason": ("Reason for closing", "Motivo de cierre"),
        "color": ("Color", "Color"),
        "columns": ("Columns", "Columnas"),
        "count": ("Count", "Recuento"),
        "current": ("Current password", "Contraseña actual"),
        "email": ("E-mail address", "Correo electrónico"),
        "expires_at": ("Expiry", "Caducidad"),
        "fields": ("Fields", "Campos"),
        "files": ("Files", "Archivos"),
        "icon": ("Icon", "Icono"),
        "ids": ("Order", "Orden"),
        "into": ("Other ticket", "Otro ticket"),
        "is_active": ("Active", "Activo"),
        "is_read": ("Read", "Leído"),
        "is_required": ("Required", "Obligatorio"),
        "is_shared": ("For everybody", "Para todo el mundo"),
        "key": ("Key", "Clave"),
        "kind": ("Kind", "Tipo"),
        "language": ("Language", "Idioma"),
        "limit": ("Limit", "Límite"),
        "macro_id": ("Macro", "Macro"),
        "maker_id": ("Maker", "Autor"),
        "message_id": ("Message", "Mensaje"),
        "name": ("Name", "Nombre"),
        "new": ("New password", "Contraseña nueva"),
        "notes": ("Notes", "Notas"),
        "other": ("Other ticket", "Otro ticket"),
        "password": ("Password", "Contraseña"),
        "picture": ("Picture", "Imagen"),
        "position": ("Position", "Posición"),
        "prefix": ("Beginning", "Comienzo"),
        "priority": ("Priority", "Prioridad"),
        "query": ("Filter", "Filtro"),
        "reason": ("Reason", "Motivo"),
        "requester": ("Requester", "Solicitante"),
        "resolution_note": ("How it was solved", "Cómo se resolvió"),
        "role": ("Role", "Rol"),
        "scopes": ("Scopes", "Alcances"),
        "signature": ("Signature", "Firma"),
        "snoozed_until": ("Snoozed until", "Pospuesto hasta"),
        "sort": ("Order", "Orden"),
        "state": ("State", "Estado"),
        "status": ("Status", "Estado"),
        "subcategory": ("Subcategory", "Subcategoría"),
        "subject": ("Subject", "Asunto"),
        "tags": ("Tags", "Etiquetas"),
        "tags_add": ("Tags to add", "Etiquetas que se añaden"),
        "theme": ("Theme", "Tema"),
        "ticket": ("Ticket", "Ticket"),
        "token": ("Link", "Enlace"),
    }
)
_QUOTES = {"en": "“{}”", "es": "«{}»"}


def with_subject(fault: Fault, told: str, language: str) -> str:
    """Put the name of the field before what is wrong with it, but where `told` begins with a part of its text."""
    name = _name(fault.field, language)
    return told if fault.part or not name else f"{_QUOTES[language].format(name)} {told}"


def _name(field: str, language: str) -> str:
    """`change/assignee_id` is `Assignee`, `choices/3` is `Choices 4`; a custom field goes by its key."""
    *path, last = field.split("/")
    if last.isdecimal() and path:
        return f"{_name('/'.join(path), language)} {int(last) + 1}"
    if path[-1:] == ["fields"] or last not in _NAMES:
        return last.replace("~1", "/").replace("~0", "~")
    english, spanish = _NAMES[last]
    return spanish if language == "es" else english
