"""Whom each action turns away, and how: a foreign ticket looks like none, and nothing is changed."""

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from tests.actions.drafts import history, opened_by, stored, thread
from tests.people import ANA, BRUNO, LEO, MARTA, NOBODY, PAGOS, RAUL, REDES, SOFIA
from ventanilla.actions import reading, threads, triage
from ventanilla.actions.ports import Desk
from ventanilla.actions.triage import Amendment
from ventanilla.core.errors import DeskError, Forbidden, ForeignArea, NotFound
from ventanilla.core.ids import Label, TicketRef
from ventanilla.core.lifecycle import Action, Status
from ventanilla.core.people import Actor
from ventanilla.core.words import Priority

Doing = Callable[[Desk, Actor, TicketRef | None], Coroutine[Any, Any, object]]


def writing(action: Callable[..., Coroutine[Any, Any, object]], *values: object, **named: object) -> Doing:
    return lambda desk, who, ref: desk.write(action, who, ref, *values, **named)


def looking(action: Callable[..., Coroutine[Any, Any, object]]) -> Doing:
    return lambda desk, who, ref: desk.read(action, who, ref)


ACTIONS: dict[str, Doing] = {
    "load": looking(reading.load),
    "conversation": looking(reading.conversation),
    "with_files": looking(reading.with_files),
    "with_history": looking(reading.with_history),
    "reply": writing(threads.reply, "Hola"),
    "answer": writing(threads.answer, "Hola"),
    "take": writing(threads.answer, "Hola", take_if_unassigned=True),
    "note": writing(threads.note, "Hola"),
    "withdraw": writing(triage.withdraw),
    "assign": writing(triage.assign, None, "agente"),
    "transfer": writing(triage.transfer, PAGOS, None, "agente", "x"),
    "reclassify": writing(triage.reclassify, Priority.LOW, "x", "x"),
    "update": writing(triage.update, Status.RESOLVED, Priority.LOW, REDES, "Hola"),
    "amend": writing(triage.amend, Amendment(statuses=(Status.RESOLVED,))),
    **{action.value: writing(triage.act, action, None) for action in triage.PERMISSION_FOR},
}

OF_OTHERS = (Action.REOPEN, Action.CONFIRM, Action.WITHDRAW)

# Who sees the ticket and still may not do this; nobody is turned away from looking at their own.
FORBIDDEN: dict[str, tuple[Actor, ...]] = {
    "with_history": (ANA,),
    "reply": (MARTA, RAUL, LEO),
    "withdraw": (MARTA, RAUL, LEO),
    "confirm": (MARTA, RAUL, LEO),
    "note": (ANA,),
    "answer": (ANA, LEO),
    "take": (ANA, LEO),
    "update": (ANA, LEO),
    "amend": (ANA, LEO),
    "assign": (ANA, LEO, RAUL),
    "transfer": (ANA, LEO, RAUL),
    "reclassify": (ANA, LEO, RAUL),
    "reopen": (ANA, LEO, RAUL),
    **{action.value: (ANA, LEO) for action in triage.PERMISSION_FOR if action not in OF_OTHERS},
}


async def turned_away(desk: Desk, action: str, who: Actor, refusal: type[DeskError]) -> None:
    ticket = await opened_by(desk, ANA)
    before = (await stored(desk, ticket), await thread(desk, ticket), await history(desk, ticket))
    with pytest.raises(DeskError) as refused:
        await ACTIONS[action](desk, who, ticket.id)
    assert type(refused.value) is refusal
    assert (await stored(desk, ticket), await thread(desk, ticket), await history(desk, ticket)) == before


@pytest.mark.parametrize("action", ACTIONS)
async def test_a_foreign_ticket_looks_like_none(desk: Desk, action: str) -> None:
    for stranger in (BRUNO, NOBODY):
        await turned_away(desk, action, stranger, NotFound)


@pytest.mark.parametrize("action", ACTIONS)
async def test_staff_of_another_area_are_told_that_it_is_foreign(desk: Desk, action: str) -> None:
    await turned_away(desk, action, SOFIA, ForeignArea)


@pytest.mark.parametrize("action", ACTIONS)
async def test_a_ticket_that_is_not_there_is_not_found(desk: Desk, action: str) -> None:
    for who in (ANA, MARTA):
        for ref in (None, 99, Label(2026, 99)):
            with pytest.raises(NotFound):
                await ACTIONS[action](desk, who, ref)


@pytest.mark.parametrize(("action", "who"), [(action, who) for action, people in FORBIDDEN.items() for who in people])
async def test_whoever_sees_a_ticket_but_may_not_do_this_is_told_so(desk: Desk, action: str, who: Actor) -> None:
    await turned_away(desk, action, who, Forbidden)
