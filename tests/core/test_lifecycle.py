"""The lifecycle, cell by cell (shared/contracts/README.md, "Status")."""

import pytest

from ventanilla.core.errors import TicketClosed, TransitionRefused
from ventanilla.core.lifecycle import TRANSITIONS, Action, CloseReason, Status, action_towards, next_status

STEPS = """
                open         in_progress  pending      resolved     closed
    start       in_progress  -            -            -            -
    assign      in_progress  in_progress  pending      resolved     closed
    transfer    open         in_progress  pending      resolved     closed
    reclassify  open         in_progress  pending      resolved     closed
    note        open         in_progress  pending      resolved     closed
    answer      in_progress  in_progress  pending      resolved     full
    reply       open         in_progress  in_progress  open         full
    pause       -            pending      -            -            -
    resume      -            -            in_progress  -            -
    resolve     resolved     resolved     resolved     -            -
    confirm     -            -            -            closed       -
    close       closed       closed       closed       closed       -
    withdraw    closed       closed       closed       closed       -
    cancel      closed       closed       closed       closed       -
    archive     closed       closed       closed       closed       -
    reopen      -            -            -            open         open
"""
"""The state after each action in each state; `-` is refused, `full`: closed, so nobody may write."""

WAYS = """
                 open     in_progress  pending  resolved  closed
    open         -        start        -        resolve   close
    in_progress  -        -            pause    resolve   close
    pending      -        resume       -        resolve   close
    resolved     reopen   -            -        -         close
    closed       reopen   -            -        -         -
"""
"""The action that leads from the state of the row to that of the column."""


def cells(table: str) -> list[tuple[str, str, str]]:
    head, *rows = [line.split() for line in table.strip().splitlines()]
    return [(row[0], column, cell) for row in rows for column, cell in zip(head, row[1:], strict=True)]


def test_the_expected_tables_name_every_state_and_every_action() -> None:
    assert {action for action, _, _ in cells(STEPS)} == {action.value for action in Action}
    assert {status for _, status, _ in cells(STEPS)} == {status.value for status in Status}
    assert len(cells(WAYS)) == len(Status) ** 2


@pytest.mark.parametrize(("action", "status", "expected"), cells(STEPS))
def test_each_action_leads_from_each_state_where_the_contract_says(action: str, status: str, expected: str) -> None:
    if expected == "full":
        with pytest.raises(TicketClosed):
            next_status(Status(status), None, Action(action))
    elif expected == "-":
        with pytest.raises(TransitionRefused) as refused:
            next_status(Status(status), None, Action(action))
        assert not isinstance(refused.value, TicketClosed)
        assert (refused.value.status, refused.value.action) == (status, action)
    else:
        assert next_status(Status(status), None, Action(action)) is Status(expected)


def test_the_table_has_no_step_that_the_contract_lacks() -> None:
    steps = {(Status(status), Action(action)) for action, status, cell in cells(STEPS) if cell not in ("-", "full")}
    assert set(TRANSITIONS) == steps


@pytest.mark.parametrize(("status", "target", "expected"), cells(WAYS))
def test_each_wanted_state_is_asked_for_as_an_action(status: str, target: str, expected: str) -> None:
    if expected == "-":
        with pytest.raises(TransitionRefused):
            action_towards(Status(status), Status(target))
    else:
        assert action_towards(Status(status), Status(target)) is Action(expected)
        assert next_status(Status(status), None, Action(expected)) is Status(target)


@pytest.mark.parametrize("reason", CloseReason)
@pytest.mark.parametrize("action", Action)
def test_cancelled_and_archived_tickets_can_only_be_reopened_or_noted(reason: CloseReason, action: Action) -> None:
    if action is Action.REOPEN:
        assert next_status(Status.CLOSED, reason, action) is Status.OPEN
    elif action is Action.NOTE:
        assert next_status(Status.CLOSED, reason, action) is Status.CLOSED
    else:
        with pytest.raises(TransitionRefused) as refused:
            next_status(Status.CLOSED, reason, action)
        assert isinstance(refused.value, TicketClosed) == (action in (Action.REPLY, Action.ANSWER))
