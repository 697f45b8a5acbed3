"""Macros: everybody's own, those of all staff, and what one makes of a ticket."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from tests.actions.drafts import opened_by, stored
from tests.people import ALICIA, ANA, CARMEN, LEO, MARTA, NOBODY, RAUL, SOFIA
from ventanilla.actions import macros, threads
from ventanilla.actions.macros import MacroDraft, MacroEdit
from ventanilla.actions.ports import Desk
from ventanilla.core.errors import Forbidden, InvalidInput, LimitReached, NotFound, Stale, Unauthenticated
from ventanilla.core.lifecycle import Status
from ventanilla.core.macros import ME, Macro, MacroChange, MessageKind
from ventanilla.core.people import Actor, Contact
from ventanilla.core.words import Priority

ANY = None
EVERYTHING = MacroChange(
    status=Status.RESOLVED, priority=Priority.LOW, area="Pagos", assignee=ME, tags_add=("outage", "vip")
)


def a_macro(name: str = "Hello", **more: object) -> MacroDraft:
    return MacroDraft(**{"name": name, "body": "Hello {{requester.first_name}}", **more})  # type: ignore[arg-type]


async def known(desk: Desk, actor: Actor) -> UUID:
    """Make the actor known to the desk by a first deed; returns their id."""
    ticket = await opened_by(desk, ANA)
    await desk.write(threads.note, actor, ticket.id, "hola")
    assert actor.identity is not None
    agent = await desk.read(lambda tx: tx.people.agent(actor.identity))  # type: ignore[arg-type]
    assert agent is not None
    return agent.uuid


async def test_a_macro_is_found_again_as_it_was_made(desk: Desk) -> None:
    made = await desk.write(macros.add, MARTA, a_macro(kind=MessageKind.NOTE, change=EVERYTHING, position=2))
    assert await desk.read(macros.get, MARTA, made.uuid) == made
    assert await desk.read(macros.everything, MARTA) == [made]
    assert (made.kind, made.change, made.position) == (MessageKind.NOTE, EVERYTHING, 2)


async def test_what_is_ones_own_is_nobody_elses(desk: Desk) -> None:
    own = await desk.write(macros.add, MARTA, a_macro())
    ticket = await opened_by(desk, ANA)
    for other in (ALICIA, RAUL):
        assert await desk.read(macros.everything, other) == []
        with pytest.raises(NotFound):
            await desk.read(macros.get, other, own.uuid)
        with pytest.raises(NotFound):
            await desk.write(macros.edit, other, own.uuid, ANY, MacroEdit(name="Mine now"))
        with pytest.raises(NotFound):
            await desk.write(macros.remove, other, own.uuid, ANY)
        with pytest.raises(NotFound):
            await desk.write(macros.render, other, own.uuid, ticket.id)


@pytest.mark.parametrize("lead", [CARMEN, ALICIA])
async def test_who_leads_shares_a_macro_with_everybody(desk: Desk, lead: Actor) -> None:
    shared = await desk.write(macros.add, lead, a_macro(is_shared=True))
    for colleague in (MARTA, RAUL, LEO):
        assert await desk.read(macros.everything, colleague) == [shared]
        with pytest.raises(Forbidden):
            await desk.write(macros.edit, colleague, shared.uuid, ANY, MacroEdit(body="x"))
        with pytest.raises(Forbidden):
            await desk.write(macros.remove, colleague, shared.uuid, ANY)
    await desk.write(macros.remove, CARMEN, shared.uuid, ANY)
    assert await desk.read(macros.everything, lead) == []


@pytest.mark.parametrize("colleague", [MARTA, RAUL, LEO])
async def test_who_does_not_lead_shares_nothing(desk: Desk, colleague: Actor) -> None:
    with pytest.raises(Forbidden):
        await desk.write(macros.add, colleague, a_macro(is_shared=True))
    own = await desk.write(macros.add, colleague, a_macro())
    with pytest.raises(Forbidden):
        await desk.write(macros.edit, colleague, own.uuid, ANY, MacroEdit(is_shared=True))
    assert await desk.read(macros.everything, colleague) == [own]


async def test_an_edit_is_kept_and_counts_as_a_version(desk: Desk) -> None:
    made = await desk.write(macros.add, MARTA, a_macro(change=EVERYTHING))
    wanted = MacroEdit(name="Bye", body="", kind=MessageKind.NOTE, change=MacroChange(area="Redes"), position=7)
    edited = await desk.write(macros.edit, MARTA, made.uuid, frozenset({1}), wanted)
    assert edited == replace(
        made, name="Bye", body="", kind=MessageKind.NOTE, change=MacroChange(area="Redes"), position=7, version=2
    )
    assert await desk.read(macros.get, MARTA, made.uuid) == edited
    assert await desk.write(macros.edit, MARTA, made.uuid, ANY, MacroEdit(name="Bye")) == edited


async def test_who_has_not_seen_the_newest_version_changes_nothing(desk: Desk) -> None:
    made = await desk.write(macros.add, MARTA, a_macro())
    edited = await desk.write(macros.edit, MARTA, made.uuid, frozenset({1}), MacroEdit(name="Newer"))
    with pytest.raises(Stale):
        await desk.write(macros.edit, MARTA, made.uuid, frozenset({1}), MacroEdit(name="Older"))
    with pytest.raises(Stale):
        await desk.write(macros.remove, MARTA, made.uuid, frozenset({1}))
    assert await desk.read(macros.everything, MARTA) == [edited]


async def test_a_macro_gives_tickets_to_people_of_the_desk_alone(desk: Desk) -> None:
    raul = await known(desk, RAUL)
    made = await desk.write(macros.add, MARTA, a_macro(change=MacroChange(assignee=str(raul))))
    for nobody in (str(uuid4()), "raúl"):
        with pytest.raises(InvalidInput) as refused:
            await desk.write(macros.add, MARTA, a_macro(change=MacroChange(assignee=nobody)))
        assert [fault.field for fault in refused.value.faults] == ["change/assignee_id"]
        with pytest.raises(InvalidInput):
            await desk.write(macros.edit, MARTA, made.uuid, ANY, MacroEdit(change=MacroChange(assignee=nobody)))
    assert await desk.read(macros.everything, MARTA) == [made]


async def test_a_macro_is_filled_in_for_a_ticket_and_changes_nothing(desk: Desk) -> None:
    marta = await known(desk, MARTA)
    ticket = await opened_by(desk, ANA, contact=Contact(name="Ana Pérez"), subject="Sin conexión")
    body = "{{requester.name}}|{{requester.first_name}}|{{ticket.label}}|{{ticket.subject}}|{{ticket.due_at}}|"
    body += "{{agent.name}}|{{agent.first_name}}|{{desk.name}}|{{weather}}"
    macro = await desk.write(macros.add, MARTA, a_macro(body=body, change=EVERYTHING))
    found = await desk.write(macros.render, MARTA, macro.uuid, ticket.id)
    due = "2026-03-16 11:00"
    told = f"Ana Pérez|Ana|{ticket.label}|Sin conexión|{due}|Marta|Marta|Ventanilla|{{{{weather}}}}"
    assert found.filled == (told, ("weather",))
    assert found.change == replace(EVERYTHING, assignee=str(marta))
    assert await stored(desk, ticket) == ticket


async def test_every_variable_is_known(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    body = " ".join(f"{{{{{name}}}}}" for name in macros.VARIABLES)
    macro = await desk.write(macros.add, MARTA, a_macro(body=body))
    filled = (await desk.write(macros.render, MARTA, macro.uuid, ticket.id)).filled
    assert filled.unknown == ()
    assert "{" not in filled.body


async def test_a_ticket_out_of_sight_fills_no_macro(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    macro = await desk.write(macros.add, SOFIA, a_macro())
    for ref in (ticket.id, 999, None):
        with pytest.raises(InvalidInput) as refused:
            await desk.write(macros.render, SOFIA, macro.uuid, ref)
        assert [fault.field for fault in refused.value.faults] == ["ticket"]


async def test_there_are_only_so_many(desk: Desk) -> None:
    async def fill_up(tx: object) -> list[Macro]:
        return [await macros.add(tx, MARTA, a_macro(str(number))) for number in range(macros.MOST_OWN)]  # type: ignore[arg-type]

    await desk.write(fill_up)
    with pytest.raises(LimitReached):
        await desk.write(macros.add, MARTA, a_macro("one more"))
    await desk.write(macros.add, LEO, a_macro("of somebody else"))


@pytest.mark.parametrize(("who", "refusal"), [(ANA, Forbidden), (NOBODY, Unauthenticated)])
async def test_macros_are_for_staff_alone(desk: Desk, who: Actor, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        await desk.read(macros.everything, who)
    with pytest.raises(refusal):
        await desk.read(macros.get, who, uuid4())
    with pytest.raises(refusal):
        await desk.write(macros.add, who, a_macro())
    with pytest.raises(refusal):
        await desk.write(macros.edit, who, uuid4(), ANY, MacroEdit(name="Mine"))
