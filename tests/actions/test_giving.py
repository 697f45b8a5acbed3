"""Whom a ticket may be given to: who could take it themselves. Whoever cannot is refused, and it is said why."""

import pytest

from tests.actions.drafts import a_draft, opened_by, stored
from tests.people import ALICIA, ANA, CARMEN, LEO, MARTA, PAGOS, RAUL, REDES, SOFIA
from ventanilla.actions import accounts, changing, macros, staff, taking_in, triage
from ventanilla.actions.accounts import AccountDraft
from ventanilla.actions.changing import Change
from ventanilla.actions.macros import MacroDraft
from ventanilla.actions.ports import Desk
from ventanilla.actions.taking_in import Calling
from ventanilla.core.errors import Fault, InvalidInput, Rule
from ventanilla.core.macros import MacroChange
from ventanilla.core.people import Actor, AgentRef, Contact, Role
from ventanilla.core.words import Channel


async def known(desk: Desk, actor: Actor) -> AgentRef:
    return await desk.write(staff.agent_of, actor)


async def faults(desk: Desk, wish: Change) -> list[Fault]:
    ticket = await opened_by(desk, ANA)
    with pytest.raises(InvalidInput) as refused:
        await desk.write(changing.change, MARTA, ticket.id, wish)
    assert (await stored(desk, ticket)).assignee is None
    return list(refused.value.faults)


async def test_a_ticket_is_given_to_nobody_who_does_not_see_its_area(desk: Desk) -> None:
    raul, sofia = await known(desk, RAUL), await known(desk, SOFIA)
    assert await faults(desk, Change(assignee=sofia.uuid)) == [Fault("assignee_id", Rule.OTHER_AREAS)]
    assert await faults(desk, Change(assignee=raul.uuid, area=PAGOS)) == [Fault("assignee_id", Rule.OTHER_AREAS)]
    ticket = await opened_by(desk, ANA)
    moved = await desk.write(changing.change, MARTA, ticket.id, Change(assignee=sofia.uuid, area=PAGOS))
    assert (moved.assignee, moved.area) == (sofia, PAGOS)
    back = await desk.write(changing.change, MARTA, ticket.id, Change(area=REDES))
    assert (back.assignee, back.area) == (None, REDES)


async def test_a_ticket_is_given_to_nobody_who_only_reads_and_writes_notes(desk: Desk) -> None:
    leo = await known(desk, LEO)
    assert await faults(desk, Change(assignee=leo.uuid)) == [Fault("assignee_id", Rule.ONLY_NOTES)]
    ticket = await opened_by(desk, ANA)
    with pytest.raises(InvalidInput, match="agenteId: only_notes"):
        await desk.write(triage.assign, MARTA, ticket.id, "leo", "agenteId")


async def test_a_ticket_is_given_to_nobody_who_has_not_come_yet(desk: Desk) -> None:
    account = AccountDraft(email="nora@desk.example", name="Nora", role=Role.AGENT)
    nora = await desk.write(accounts.add, ALICIA, account)
    assert await faults(desk, Change(assignee=nora.uuid)) == [Fault("assignee_id", Rule.NOT_JOINED)]


async def test_who_has_a_ticket_may_be_named_again_and_who_takes_one_needs_no_leave_but_their_own(desk: Desk) -> None:
    raul = await known(desk, RAUL)
    ticket = await opened_by(desk, ANA)
    taken = await desk.write(changing.change, RAUL, ticket.id, Change(assignee=raul.uuid))
    assert taken.assignee == raul
    same = await desk.write(changing.change, MARTA, ticket.id, Change(assignee=raul.uuid))
    assert same.version == taken.version


async def test_neither_a_new_ticket_nor_a_macro_names_who_may_not_have_it(desk: Desk) -> None:
    sofia, leo = await known(desk, SOFIA), await known(desk, LEO)
    draft = a_draft(channel=Channel.DESK, contact=Contact(name="Ana", email="ana@example.org"))
    with pytest.raises(InvalidInput, match="assignee_id: other_areas"):
        await desk.write(taking_in.take_in, MARTA, Calling(draft, assignee=sofia.uuid))
    for who, area, rule in ((leo, None, Rule.ONLY_NOTES), (sofia, REDES, Rule.OTHER_AREAS)):
        macro = MacroDraft(name="Pasar", body="", change=MacroChange(assignee=str(who.uuid), area=area))
        with pytest.raises(InvalidInput) as refused:
            await desk.write(macros.add, CARMEN, macro)
        assert refused.value.faults == (Fault("change/assignee_id", rule),)
