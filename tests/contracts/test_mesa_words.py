"""Every word of ours has one of contract 2's, and every word of contract 2 one of ours."""

from typing import Any, get_args

import pytest

from ventanilla.contracts.mesa import wire, words
from ventanilla.core.events import ActorStamp, EventKind
from ventanilla.core.lifecycle import CloseReason, Status
from ventanilla.core.people import ActorKind, Role
from ventanilla.core.words import Priority, RequestType


def wire_words(folded: Any) -> tuple[str, ...]:
    """The words of a closed list that is read in any case."""
    return get_args(get_args(folded)[0])


def test_every_state_has_a_word_and_every_word_is_of_a_state() -> None:
    shown = {words.status_out(status, None) for status in Status}
    shown |= {words.status_out(Status.CLOSED, reason) for reason in CloseReason}
    assert shown == set(get_args(wire.Status))
    assert set(words.STATUS_IN) == set(wire_words(wire.StatusAsked))
    assert set(words.STATUS_IN.values()) == set(Status)


def test_every_priority_survives_the_way_out_and_in() -> None:
    assert {words.PRIORITY_IN[words.PRIORITY_OUT[priority]] for priority in Priority} == set(Priority)
    assert set(words.PRIORITY_IN) == set(wire_words(wire.PriorityAsked))
    assert set(words.PRIORITY_OUT.values()) == set(get_args(wire.Priority))


def test_every_type_survives_the_way_out_and_in() -> None:
    assert {words.TYPE_IN[words.TYPE_OUT[kind]] for kind in RequestType} == set(RequestType)
    assert set(words.TYPE_IN) == set(get_args(wire.RequestType))


def test_every_fact_has_a_word_and_every_word_is_of_a_fact() -> None:
    assert set(words.DEED_OUT) == set(EventKind)
    assert set(words.DEED_OUT.values()) == set(get_args(wire.Deed))


def test_every_role_has_a_word_and_every_word_is_of_a_role() -> None:
    assert set(words.ROLE_OUT) == set(Role)
    assert set(words.ROLE_IN) == set(words.ROLE_OUT.values()) == set(get_args(wire.StaffRole))


@pytest.mark.parametrize(
    ("kind", "role", "word"),
    [
        (ActorKind.ANONYMOUS, None, "USUARIO"),
        (ActorKind.REQUESTER, None, "USUARIO"),
        (ActorKind.AGENT, Role.AREA_AGENT, "AREA"),
        (ActorKind.SYSTEM, None, "SISTEMA"),
    ],
)
def test_everybody_who_does_something_has_a_word(kind: ActorKind, role: Role | None, word: str) -> None:
    assert words.actor_role_out(ActorStamp(kind, "Ana", role, None)) == word
