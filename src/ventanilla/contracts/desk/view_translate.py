"""Saved views: the native API's words and the core's, side by side."""

from collections.abc import Mapping, Sequence
from typing import cast

from ventanilla.actions import views
from ventanilla.contracts.desk import view_wire as wire
from ventanilla.contracts.desk.makers import maker
from ventanilla.contracts.desk.wire import told
from ventanilla.core.views import View

BUILT_IN_NAMES: Mapping[str, Mapping[str, str]] = {
    "mine": {"en": "Mine", "es": "Mis tickets"},
    "unassigned": {"en": "Unassigned", "es": "Sin asignar"},
    "my-area": {"en": "My area", "es": "Mi área"},
    "overdue": {"en": "Overdue", "es": "Vencidos"},
    "breaching-soon": {"en": "Breaching soon", "es": "Por vencer"},
    "all-open": {"en": "All open", "es": "Todos los abiertos"},
    "snoozed": {"en": "Snoozed", "es": "Pospuestos"},
    "resolved": {"en": "Resolved", "es": "Resueltos"},
    "everything": {"en": "Everything", "es": "Todo"},
    "channel-debuta": {"en": "In-app support", "es": "Soporte en la app"},
    "channel-mesa": {"en": "Public desk", "es": "Mesa de ayuda"},
    "channel-support": {"en": "Support API", "es": "API de soporte"},
    "channel-kinconecta": {"en": "Kinconecta", "es": "Kinconecta"},
    "channel-mobile": {"en": "Mobile", "es": "Móvil"},
    "channel-desk": {"en": "Opened by staff", "es": "Abiertos por el equipo"},
}
"""What the built-in views are called in each language."""


def view_out(view: View, language: str) -> wire.View:
    return wire.View(
        id=view.key,
        name=BUILT_IN_NAMES[view.key][language] if view.is_builtin else view.name,
        query=view.query,
        sort=cast(wire.Sort, view.sort),
        columns=cast(list[wire.Column], list(view.columns)),
        is_shared=view.is_shared,
        is_builtin=view.is_builtin,
        icon=view.icon,
        position=view.position,
        maker_id=str(view.maker) if view.maker else None,
        version=view.version,
    )


def views_out(found: Sequence[View], following: str | None, language: str) -> wire.ViewList:
    return wire.ViewList([view_out(view, language) for view in found], following)


def draft(form: wire.NewView) -> views.ViewDraft:
    return views.ViewDraft(
        name=form.name,
        query=form.query,
        sort=form.sort,
        columns=tuple(dict.fromkeys(form.columns)),
        icon=form.icon,
        position=form.position,
        is_shared=form.is_shared,
        maker=maker(form.maker_id),
    )


def change(form: wire.ViewChange) -> views.ViewChange:
    columns = told(form.columns)
    return views.ViewChange(
        name=told(form.name),
        query=told(form.query),
        sort=told(form.sort),
        columns=None if columns is None else tuple(dict.fromkeys(columns)),
        icon=told(form.icon),
        position=told(form.position),
        is_shared=told(form.is_shared),
    )
