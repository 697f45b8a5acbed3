"""Macros: the native API's words and the core's, side by side."""

from collections.abc import Mapping, Sequence

from msgspec import UNSET

from ventanilla.actions import macros
from ventanilla.contracts.desk import macro_wire as wire
from ventanilla.contracts.desk.makers import maker
from ventanilla.contracts.desk.ticket_translate import PRIORITY_OUT, STATUS_OUT
from ventanilla.contracts.desk.wire import told
from ventanilla.core.lifecycle import Status
from ventanilla.core.macros import Macro, MacroChange, MessageKind
from ventanilla.core.tags import each_once
from ventanilla.core.words import Priority

KIND_OUT: Mapping[MessageKind, wire.Kind] = {MessageKind.ANSWER: "answer", MessageKind.NOTE: "note"}
KIND_IN: Mapping[str, MessageKind] = {word: kind for kind, word in KIND_OUT.items()}
_STATUS_IN: Mapping[str, Status] = {word: status for status, word in STATUS_OUT.items()}
_PRIORITY_IN: Mapping[str, Priority] = {word: priority for priority, word in PRIORITY_OUT.items()}


def macro_out(macro: Macro) -> wire.Macro:
    return wire.Macro(
        id=str(macro.uuid),
        name=macro.name,
        body=macro.body,
        kind=KIND_OUT[macro.kind],
        change=change_out(macro.change),
        is_shared=macro.is_shared,
        position=macro.position,
        maker_id=str(macro.maker),
        version=macro.version,
    )


def macros_out(found: Sequence[Macro], following: str | None) -> wire.MacroList:
    return wire.MacroList([macro_out(macro) for macro in found], following)


def rendered_out(rendered: macros.Rendered) -> wire.Rendered:
    return wire.Rendered(
        body=rendered.filled.body,
        kind=KIND_OUT[rendered.kind],
        change=change_out(rendered.change),
        unknown=list(rendered.filled.unknown),
    )


def change_out(change: MacroChange) -> wire.Change:
    return wire.Change(
        status=STATUS_OUT[change.status] if change.status else UNSET,
        priority=PRIORITY_OUT[change.priority] if change.priority else UNSET,
        area=change.area or UNSET,
        assignee_id=change.assignee or UNSET,
        tags_add=list(change.tags_add) or UNSET,
    )


def draft(form: wire.NewMacro) -> macros.MacroDraft:
    return macros.MacroDraft(
        name=form.name,
        body=form.body,
        kind=KIND_IN[form.kind],
        change=_change(form.change),
        position=form.position,
        is_shared=form.is_shared,
        maker=maker(form.maker_id),
    )


def edit(form: wire.MacroEdit) -> macros.MacroEdit:
    kind, change = told(form.kind), told(form.change)
    return macros.MacroEdit(
        name=told(form.name),
        body=told(form.body),
        kind=KIND_IN[kind] if kind else None,
        change=None if change is None else _change(change),
        position=told(form.position),
        is_shared=told(form.is_shared),
    )


def _change(form: wire.Change) -> MacroChange:
    status, priority, assignee = told(form.status), told(form.priority), told(form.assignee_id)
    return MacroChange(
        status=_STATUS_IN[status] if status else None,
        priority=_PRIORITY_IN[priority] if priority else None,
        area=told(form.area),
        assignee=assignee.lower() if assignee else None,
        tags_add=each_once(told(form.tags_add) or ()),
    )
