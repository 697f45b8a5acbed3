"""Custom fields: which there are, and what tickets have in them."""

from typing import Any
from uuid import uuid4

import pytest

from tests.actions.drafts import a_draft, history, opened_by, stored
from tests.people import ALICIA, ANA, CARMEN, LEO, MARTA, NOBODY, RAUL, SOFIA
from ventanilla.actions import changing, custom_fields
from ventanilla.actions.changing import Change
from ventanilla.actions.custom_fields import FieldChange, FieldDraft
from ventanilla.actions.ports import Desk
from ventanilla.actions.taking_in import Calling, take_in
from ventanilla.core.custom_fields import CustomField, FieldKind
from ventanilla.core.errors import (
    DeskError,
    FieldInUse,
    Forbidden,
    ForeignArea,
    InvalidInput,
    LimitReached,
    NotFound,
    Rule,
    Stale,
    Unauthenticated,
)
from ventanilla.core.filters import FieldIs, QueueOrder, TicketFilter
from ventanilla.core.people import Actor, Contact
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Channel

ANY = None


async def made(desk: Desk, name: str = "Contrato", kind: FieldKind = FieldKind.TEXT, **more: Any) -> CustomField:
    values = {"key": None, "choices": ("Casa", "Empresa") if kind is FieldKind.CHOICE else (), **more}
    return await desk.write(custom_fields.add, ALICIA, FieldDraft(name=name, kind=kind, **values))


async def values_of(desk: Desk, ticket: Ticket) -> dict[str, str]:
    loaded = await stored(desk, ticket)
    await desk.read(lambda tx: tx.custom_fields.load(loaded))
    return dict(loaded.fields)


async def filled(desk: Desk, actor: Actor, ticket: Ticket, **told: object) -> dict[str, str]:
    await desk.write(changing.change, actor, ticket.id, Change(fields=told))
    return await values_of(desk, ticket)


async def test_a_field_is_found_again_as_it_was_made(desk: Desk) -> None:
    field = await made(desk, "Tipo", FieldKind.CHOICE, is_required=True, position=3)
    assert await desk.read(custom_fields.everything, LEO) == [field]
    assert await desk.read(custom_fields.get, RAUL, field.uuid) == field
    assert (field.key, field.choices, field.is_required, field.position) == ("tipo", ("Casa", "Empresa"), True, 3)


async def test_fields_of_the_same_name_have_keys_of_their_own(desk: Desk) -> None:
    keys = [(await made(desk, "Línea")).key for _ in range(3)]
    assert keys == ["linea", "linea_2", "linea_3"]


@pytest.mark.parametrize(
    ("more", "field", "rule"),
    [
        ({"key": "Línea"}, "key", Rule.NOT_A_KEY),
        ({"key": "contrato"}, "key", Rule.TAKEN),
        ({"kind": FieldKind.CHOICE, "choices": ()}, "choices", Rule.MISSING),
        ({"choices": ("a",)}, "choices", Rule.NOT_SUPPORTED),
    ],
)
async def test_a_field_that_cannot_be_is_refused(desk: Desk, more: dict[str, Any], field: str, rule: Rule) -> None:
    known = await made(desk)
    with pytest.raises(InvalidInput) as refused:
        await made(desk, **more)
    assert [(fault.field, fault.rule) for fault in refused.value.faults] == [(field, rule)]
    assert await desk.read(custom_fields.everything, MARTA) == [known]


async def test_fields_come_by_their_position(desk: Desk) -> None:
    for name, position in (("c", 2), ("a", 1), ("b", 1)):
        await made(desk, name, position=position)
    assert [field.name for field in await desk.read(custom_fields.everything, MARTA)] == ["a", "b", "c"]


async def test_a_change_is_kept_and_counts_as_a_version(desk: Desk) -> None:
    field = await made(desk, "Tipo", FieldKind.CHOICE)
    wanted = FieldChange(name="Clase", choices=("A", "a", "B"), is_required=True, is_active=False, position=9)
    changed = await desk.write(custom_fields.change, ALICIA, field.uuid, frozenset({1}), wanted)
    assert (changed.name, changed.choices, changed.version, changed.key) == ("Clase", ("A", "B"), 2, "tipo")
    assert await desk.read(custom_fields.get, MARTA, field.uuid) == changed
    assert await desk.write(custom_fields.change, ALICIA, field.uuid, ANY, FieldChange(name="Clase")) == changed
    with pytest.raises(InvalidInput):
        await desk.write(custom_fields.change, ALICIA, field.uuid, ANY, FieldChange(choices=()))


async def test_who_has_not_seen_the_newest_version_changes_nothing(desk: Desk) -> None:
    field = await made(desk)
    changed = await desk.write(custom_fields.change, ALICIA, field.uuid, frozenset({1}), FieldChange(name="Nuevo"))
    with pytest.raises(Stale):
        await desk.write(custom_fields.change, ALICIA, field.uuid, frozenset({1}), FieldChange(name="Viejo"))
    with pytest.raises(Stale):
        await desk.write(custom_fields.remove, ALICIA, field.uuid, frozenset({1}))
    assert await desk.read(custom_fields.everything, MARTA) == [changed]


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        (MARTA, Forbidden),
        (RAUL, Forbidden),
        (LEO, Forbidden),
        (CARMEN, Forbidden),
        (ANA, Forbidden),
        (NOBODY, Unauthenticated),
    ],
)
async def test_only_an_admin_says_which_fields_there_are(desk: Desk, who: Actor, refusal: type[DeskError]) -> None:
    field = await made(desk)
    with pytest.raises(refusal):
        await desk.write(custom_fields.add, who, FieldDraft(key=None, name="x", kind=FieldKind.TEXT))
    with pytest.raises(refusal):
        await desk.write(custom_fields.change, who, field.uuid, ANY, FieldChange(name="x"))
    with pytest.raises(refusal):
        await desk.write(custom_fields.remove, who, field.uuid, ANY)
    assert await desk.read(custom_fields.everything, ALICIA) == [field]


@pytest.mark.parametrize(("who", "refusal"), [(ANA, Forbidden), (NOBODY, Unauthenticated)])
async def test_fields_are_for_staff_alone(desk: Desk, who: Actor, refusal: type[DeskError]) -> None:
    with pytest.raises(refusal):
        await desk.read(custom_fields.everything, who)
    with pytest.raises(refusal):
        await desk.read(custom_fields.get, who, uuid4())


async def test_there_are_only_so_many(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(custom_fields, "MOST", 2)
    await made(desk, "a")
    await made(desk, "b")
    with pytest.raises(LimitReached):
        await made(desk, "c")


async def test_a_ticket_has_values_of_every_kind(desk: Desk) -> None:
    for kind in FieldKind:
        await made(desk, kind.value, kind)
    ticket = await opened_by(desk, ANA)
    told = {"text": "Fibra", "number": 2.50, "choice": "empresa", "date": "2026-03-15", "checkbox": True}
    kept = {"text": "Fibra", "number": "2.5", "choice": "Empresa", "date": "2026-03-15", "checkbox": "true"}
    assert await filled(desk, RAUL, ticket, **told) == kept
    assert await filled(desk, RAUL, ticket, text=None, number=3) == {
        **{key: value for key, value in kept.items() if key != "text"},
        "number": "3",
    }
    facts = (await history(desk, ticket))[1:]
    assert facts[0].changes == {f"field.{key}": (None, value) for key, value in kept.items()}
    assert facts[1].changes == {"field.text": ("Fibra", None), "field.number": ("2.5", "3")}


async def test_the_same_values_are_no_fact(desk: Desk) -> None:
    await made(desk)
    ticket = await opened_by(desk, ANA)
    await filled(desk, MARTA, ticket, contrato="A-7")
    facts = await history(desk, ticket)
    assert await filled(desk, MARTA, ticket, contrato=" A-7 ") == {"contrato": "A-7"}
    assert await history(desk, ticket) == facts


async def test_one_wrong_value_and_nothing_is_changed(desk: Desk) -> None:
    await made(desk)
    await made(desk, "Línea", FieldKind.NUMBER)
    ticket = await opened_by(desk, ANA)
    with pytest.raises(InvalidInput) as refused:
        await filled(desk, MARTA, ticket, contrato="A-7", linea="siete", precio=1)
    assert [fault.field for fault in refused.value.faults] == ["fields/linea", "fields/precio"]
    assert await values_of(desk, ticket) == {}
    assert await stored(desk, ticket) == ticket


@pytest.mark.parametrize(("who", "refusal"), [(LEO, Forbidden), (SOFIA, ForeignArea), (ANA, Forbidden)])
async def test_who_does_not_work_on_a_ticket_fills_in_nothing(desk: Desk, who: Actor, refusal: type[DeskError]) -> None:
    await made(desk)
    ticket = await opened_by(desk, ANA)
    with pytest.raises(refusal):
        await filled(desk, who, ticket, contrato="A-7")
    assert await values_of(desk, ticket) == {}


async def test_values_outlive_their_field_being_switched_off(desk: Desk) -> None:
    field = await made(desk, "Tipo", FieldKind.CHOICE)
    ticket = await opened_by(desk, ANA)
    await filled(desk, MARTA, ticket, tipo="Casa")
    await desk.write(custom_fields.change, ALICIA, field.uuid, ANY, FieldChange(is_active=False, choices=("Otro",)))
    assert await values_of(desk, ticket) == {"tipo": "Casa"}
    with pytest.raises(InvalidInput):
        await filled(desk, MARTA, ticket, tipo="Otro")


async def test_a_field_is_removed_only_while_nobody_uses_it(desk: Desk) -> None:
    field = await made(desk)
    ticket = await opened_by(desk, ANA)
    await filled(desk, MARTA, ticket, contrato="A-7")
    with pytest.raises(FieldInUse):
        await desk.write(custom_fields.remove, ALICIA, field.uuid, ANY)
    await filled(desk, MARTA, ticket, contrato=None)
    await desk.write(custom_fields.remove, ALICIA, field.uuid, frozenset({1}))
    with pytest.raises(NotFound):
        await desk.read(custom_fields.get, ALICIA, field.uuid)


async def test_a_ticket_that_staff_open_needs_its_required_fields(desk: Desk) -> None:
    await made(desk, is_required=True)
    draft = a_draft(channel=Channel.DESK, contact=Contact(name="Ana", email="ana@example.org"))
    for told, rule in (({}, Rule.MISSING), ({"contrato": ""}, Rule.MISSING), ({"contrato": 7}, Rule.WRONG_TYPE)):
        with pytest.raises(InvalidInput) as refused:
            await desk.write(take_in, MARTA, Calling(draft, fields=told))
        assert [(fault.field, fault.rule) for fault in refused.value.faults] == [("fields/contrato", rule)]
    opened = await desk.write(take_in, MARTA, Calling(draft, tags=("vip",), fields={"contrato": "A-7"}))
    assert (opened.ticket.id, opened.ticket.tags, opened.ticket.fields) == (1, ("vip",), {"contrato": "A-7"})
    assert await values_of(desk, opened.ticket) == {"contrato": "A-7"}


async def test_what_others_open_needs_no_fields(desk: Desk) -> None:
    await made(desk, is_required=True)
    assert await values_of(desk, await opened_by(desk, ANA)) == {}


async def test_the_queue_is_cut_by_fields(desk: Desk) -> None:
    await made(desk, "Tipo")
    await made(desk, "Línea", FieldKind.NUMBER)
    first, second, third = [await opened_by(desk, ANA) for _ in range(3)]
    long = "n" * 2_000
    await filled(desk, MARTA, first, tipo="Fibra Óptica", linea=7)
    await filled(desk, MARTA, second, tipo=long, linea=7)

    async def queue(*fields: FieldIs, **more: Any) -> list[int]:
        wanted = TicketFilter(fields=fields, **more)
        found = await desk.read(lambda tx: tx.tickets.queue(wanted, QueueOrder.OLDEST, 10, None))
        return [placed.row.id for placed in found]

    assert await queue(FieldIs("tipo", ("fibra optica",))) == [first.id]
    assert await queue(FieldIs("linea", ("7",))) == [first.id, second.id]
    assert await queue(FieldIs("linea", ("7",)), FieldIs("tipo", (long, "x"))) == [second.id]
    assert await queue(FieldIs("precio", ("7",))) == []
    assert await queue(none_of=(TicketFilter(fields=(FieldIs("linea", ("7",)),)),)) == [third.id]
