"""What each verb does to a ticket, and the one fact it records."""

import pytest

from tests.conftest import MORNING
from tests.core.tickets import POLICY, a_message, a_note, a_ticket, an_agent, later
from tests.people import ALICIA, ANA, MARTA, PAGOS, RAUL
from ventanilla.core.errors import TicketClosed, TransitionRefused
from ventanilla.core.events import ActorStamp, Event, EventKind, replay
from ventanilla.core.lifecycle import Action, CloseReason, Status
from ventanilla.core.people import SYSTEM, ActorKind, Role
from ventanilla.core.thread import AuthorKind
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Priority

RAUL_REF = an_agent(5, "Raúl")
NOON = later(hours=2)


def in_state(status: Status) -> Ticket:
    ticket = a_ticket()
    ticket.override_status(ALICIA, status, MORNING)
    ticket.facts.clear()
    return ticket


def only_fact(ticket: Ticket) -> Event:
    (fact,) = ticket.facts
    return fact


def test_a_reply_makes_the_ticket_unread_again() -> None:
    ticket = a_ticket(is_read=True)
    message = a_message(NOON)
    ticket.reply(ANA, message)
    assert (ticket.status, ticket.is_read, ticket.last_reply_at) == (Status.OPEN, False, NOON)
    assert (only_fact(ticket).kind, only_fact(ticket).message) == (EventKind.REPLIED, message.uuid)


def test_a_reply_on_a_resolved_request_reopens_it() -> None:
    ticket = in_state(Status.RESOLVED)
    ticket.reply(ANA, a_message(NOON))
    assert (ticket.status, ticket.resolved_at) == (Status.OPEN, None)
    assert only_fact(ticket).changes == {"status": ("resolved", "open")}


def test_an_answer_picks_an_open_ticket_up() -> None:
    ticket = a_ticket()
    ticket.answer(MARTA, a_message(NOON, kind=AuthorKind.STAFF, body="Reinicie el router"))
    assert (ticket.status, ticket.is_read) == (Status.IN_PROGRESS, True)
    assert (ticket.last_answer, ticket.last_answer_at) == ("Reinicie el router", NOON)
    assert only_fact(ticket).kind is EventKind.ANSWERED


@pytest.mark.parametrize("status", [Status.PENDING, Status.RESOLVED])
def test_an_answer_leaves_a_waiting_or_resolved_ticket_where_it_is(status: Status) -> None:
    ticket = in_state(status)
    ticket.answer(MARTA, a_message(NOON, kind=AuthorKind.STAFF))
    assert ticket.status is status


@pytest.mark.parametrize("status", Status)
def test_a_note_changes_nothing_that_the_requester_may_notice(status: Status) -> None:
    ticket = in_state(status)
    seen = (ticket.status, ticket.updated_at, ticket.last_answer, ticket.last_reply_at)
    ticket.note(MARTA, a_note(NOON))
    assert (ticket.status, ticket.updated_at, ticket.last_answer, ticket.last_reply_at) == seen
    assert only_fact(ticket).is_internal


def test_nobody_writes_to_a_closed_ticket() -> None:
    for closed in (in_state(Status.CLOSED), a_cancelled_ticket()):
        with pytest.raises(TicketClosed):
            closed.reply(ANA, a_message(NOON))
        with pytest.raises(TicketClosed):
            closed.answer(MARTA, a_message(NOON))
        assert closed.facts == []


def a_cancelled_ticket() -> Ticket:
    ticket = a_ticket()
    ticket.act(MARTA, Action.CANCEL, MORNING)
    ticket.facts.clear()
    return ticket


def test_giving_an_open_ticket_to_somebody_picks_it_up() -> None:
    ticket = a_ticket()
    ticket.assign(MARTA, RAUL_REF, NOON, "de guardia")
    assert (ticket.status, ticket.assignee) == (Status.IN_PROGRESS, RAUL_REF)
    assert only_fact(ticket).changes == {"status": ("open", "in_progress"), "assignee": (None, "raúl")}
    assert only_fact(ticket).reason == "de guardia"


def test_giving_an_open_ticket_to_nobody_leaves_it_open() -> None:
    ticket = a_ticket(assignee=RAUL_REF)
    ticket.assign(MARTA, None, NOON)
    assert (ticket.status, ticket.assignee) == (Status.OPEN, None)


def test_a_transfer_hands_the_ticket_to_another_area_without_the_agent() -> None:
    ticket = a_ticket(assignee=RAUL_REF)
    ticket.transfer(MARTA, PAGOS, None, NOON, "es un cobro")
    assert (ticket.area, ticket.assignee, ticket.status) == (PAGOS, None, Status.OPEN)
    assert only_fact(ticket).changes == {"area": ("Redes", "Pagos"), "assignee": ("raúl", None)}


def test_a_cancelled_ticket_is_neither_assigned_nor_transferred_nor_reclassified() -> None:
    ticket = a_cancelled_ticket()
    with pytest.raises(TransitionRefused):
        ticket.assign(MARTA, RAUL_REF, NOON)
    with pytest.raises(TransitionRefused):
        ticket.transfer(MARTA, PAGOS, None, NOON, "x")
    with pytest.raises(TransitionRefused):
        ticket.reclassify(MARTA, Priority.LOW, "x", POLICY, NOON)
    assert ticket.facts == []


def test_an_update_is_one_fact_however_much_it_changes() -> None:
    ticket = a_ticket()
    ticket.update(MARTA, Status.RESOLVED, Priority.HIGH, PAGOS, POLICY, NOON)
    assert set(only_fact(ticket).changes) == {"status", "priority", "area"}
    assert ticket.sla.due_at == later(hours=4)


def test_an_update_to_an_impossible_state_changes_nothing() -> None:
    ticket = in_state(Status.RESOLVED)
    with pytest.raises(TransitionRefused):
        ticket.update(MARTA, Status.PENDING, Priority.HIGH, PAGOS, POLICY, NOON)
    assert (ticket.area, ticket.priority, ticket.facts) == ("Redes", Priority.NORMAL, [])


@pytest.mark.parametrize(
    ("action", "kind", "reason"),
    [
        (Action.CLOSE, EventKind.CLOSED, None),
        (Action.WITHDRAW, EventKind.CLOSED, None),
        (Action.CANCEL, EventKind.CANCELLED, CloseReason.CANCELLED),
        (Action.ARCHIVE, EventKind.ARCHIVED, CloseReason.ARCHIVED),
    ],
)
def test_every_ending_closes_the_ticket_with_its_own_reason(
    action: Action, kind: EventKind, reason: CloseReason | None
) -> None:
    ticket = a_ticket()
    ticket.act(MARTA, action, NOON, "duplicado")
    assert (ticket.status, ticket.close_reason, ticket.closed_at) == (Status.CLOSED, reason, NOON)
    assert (only_fact(ticket).kind, only_fact(ticket).reason) == (kind, "duplicado")


def test_reopening_forgets_how_the_ticket_ended() -> None:
    ticket = a_cancelled_ticket()
    ticket.act(MARTA, Action.REOPEN, NOON)
    assert (ticket.status, ticket.close_reason, ticket.closed_at) == (Status.OPEN, None, None)


def test_a_resolved_ticket_keeps_the_time_of_its_resolution_when_it_is_closed() -> None:
    ticket = a_ticket()
    ticket.act(MARTA, Action.RESOLVE, NOON)
    ticket.act(ANA, Action.CONFIRM, later(hours=3))
    assert (ticket.resolved_at, ticket.closed_at) == (NOON, later(hours=3))


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_an_override_reaches_any_state_from_any_state(before: Status, after: Status) -> None:
    ticket = in_state(before)
    ticket.override_status(ALICIA, after, NOON)
    assert ticket.status is after
    assert (ticket.sla.paused_at is not None) == (after is Status.PENDING)
    assert (ticket.sla.stopped_at is not None) == (after in (Status.RESOLVED, Status.CLOSED))


def test_reading_is_recorded_once_and_not_as_a_change() -> None:
    ticket = a_ticket()
    ticket.mark_read(MARTA, NOON)
    ticket.mark_read(RAUL, later(hours=3))
    assert ticket.is_read
    assert (only_fact(ticket).kind, only_fact(ticket).is_internal) == (EventKind.READ, True)
    assert ticket.updated_at == MORNING


def test_files_that_come_and_go_stand_in_the_history() -> None:
    ticket = a_ticket()
    ticket.record_files(ANA, EventKind.ATTACHED, "foto.png, log.txt", NOON)
    assert (only_fact(ticket).reason, only_fact(ticket).changes) == ("foto.png, log.txt", {})
    assert ticket.updated_at == NOON


def test_the_opening_is_stamped_with_the_name_given_on_the_ticket() -> None:
    ticket = a_ticket()
    ticket.record_opening(ANA, a_message(MORNING))
    assert only_fact(ticket).actor == ActorStamp(ActorKind.REQUESTER, "Ana", None, "u-1")
    assert replay(ticket.facts)["status"] == "open"


def test_a_stamp_says_who_did_it_in_which_role() -> None:
    assert ActorStamp.of(RAUL) == ActorStamp(ActorKind.AGENT, "Raúl", Role.AREA_AGENT, "raúl")
    assert ActorStamp.of(SYSTEM) == ActorStamp(ActorKind.SYSTEM, "Ventanilla", None, None)


def test_a_clock_set_back_does_not_set_the_last_change_back() -> None:
    ticket = a_ticket(updated_at=NOON)
    ticket.reply(ANA, a_message(MORNING))
    assert ticket.updated_at == NOON
