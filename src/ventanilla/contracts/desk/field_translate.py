"""Custom fields: the native API's words and the core's, side by side."""

from collections.abc import Mapping, Sequence

from ventanilla.actions import custom_fields
from ventanilla.contracts.desk import field_wire as wire
from ventanilla.contracts.desk.wire import told
from ventanilla.core.custom_fields import CustomField, FieldKind

KIND_OUT: Mapping[FieldKind, wire.Kind] = {
    FieldKind.TEXT: "text",
    FieldKind.NUMBER: "number",
    FieldKind.CHOICE: "choice",
    FieldKind.DATE: "date",
    FieldKind.CHECKBOX: "checkbox",
}
KIND_IN: Mapping[str, FieldKind] = {word: kind for kind, word in KIND_OUT.items()}


def field_out(field: CustomField) -> wire.Field:
    return wire.Field(
        id=str(field.uuid),
        key=field.key,
        name=field.name,
        kind=KIND_OUT[field.kind],
        choices=list(field.choices),
        is_required=field.is_required,
        is_active=field.is_active,
        position=field.position,
        version=field.version,
    )


def fields_out(found: Sequence[CustomField], following: str | None) -> wire.FieldList:
    return wire.FieldList([field_out(field) for field in found], following)


def draft(form: wire.NewField) -> custom_fields.FieldDraft:
    return custom_fields.FieldDraft(
        key=told(form.key),
        name=form.name,
        kind=KIND_IN[form.kind],
        choices=tuple(told(form.choices) or ()),
        is_required=form.is_required,
        is_active=form.is_active,
        position=form.position,
    )


def change(form: wire.FieldChange) -> custom_fields.FieldChange:
    choices = told(form.choices)
    return custom_fields.FieldChange(
        name=told(form.name),
        choices=None if choices is None else tuple(choices),
        is_required=told(form.is_required),
        is_active=told(form.is_active),
        position=told(form.position),
    )
