"""Whatever people do to a ticket, in whatever order: the states stay legal and the history tells all of it."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.conftest import MORNING
from tests.core.tickets import POLICY, a_message, a_note, a_ticket, an_agent
from tests.people import ANA, EVERYBODY, PAGOS, REDES
from ventanilla.core.errors import Conflict
from ventanilla.core.events import replay
from ventanilla.core.lifecycle import TRANSITIONS, Action, Status
from ventanilla.core.people import Actor, AgentRef
from ventanilla.core.thread import AuthorKind
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Priority

people = st.sampled_from(EVERYBODY)
agents = st.none() | st.sampled_from([an_agent(1, "Marta"), an_agent(2, "Raúl")])
areas = st.sampled_from([REDES, PAGOS])
steps = st.sampled_from(
    [
        Action.START,
        Action.PAUSE,
        Action.RESUME,
        Action.RESOLVE,
        Action.CLOSE,
        Action.CONFIRM,
        Action.WITHDRAW,
        Action.CANCEL,
        Action.ARCHIVE,
        Action.REOPEN,
    ]
)


class AnySequence(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = MORNING
        self.paused = timedelta()
        self.ticket = a_ticket()
        self.ticket.record_opening(ANA, a_message(MORNING))

    def attempt(self, verb: Callable[[datetime], None], *allowed: Action) -> None:
        """Try a verb; it takes the step of one of the `allowed` actions, or refuses and leaves no trace."""
        self.now += timedelta(minutes=7)
        before = deepcopy(self.ticket)
        try:
            verb(self.now)
        except Conflict:
            assert self.ticket == before
            return
        assert self.ticket.status in {TRANSITIONS.get((before.status, action)) for action in allowed}
        assert before.close_reason is None or Action.REOPEN in allowed or Action.NOTE in allowed
        assert len(self.ticket.facts) == len(before.facts) + 1
        self.count_pause(before)

    def count_pause(self, before: Ticket) -> None:
        if before.sla.paused_at and self.ticket.sla.paused_at != before.sla.paused_at:
            self.paused += self.now - before.sla.paused_at

    @rule(who=people)
    def reply(self, who: Actor) -> None:
        self.attempt(lambda at: self.ticket.reply(who, a_message(at)), Action.REPLY)

    @rule(who=people)
    def answer(self, who: Actor) -> None:
        self.attempt(lambda at: self.ticket.answer(who, a_message(at, kind=AuthorKind.STAFF)), Action.ANSWER)

    @rule(who=people)
    def note(self, who: Actor) -> None:
        self.attempt(lambda at: self.ticket.note(who, a_note(at)), Action.NOTE)

    @rule(who=people, agent=agents)
    def assign(self, who: Actor, agent: AgentRef | None) -> None:
        action = Action.ASSIGN if agent else Action.TRANSFER
        self.attempt(lambda at: self.ticket.assign(who, agent, at), action)

    @rule(who=people, area=areas, agent=agents)
    def transfer(self, who: Actor, area: str, agent: AgentRef | None) -> None:
        self.attempt(lambda at: self.ticket.transfer(who, area, agent, at, "traslado"), Action.TRANSFER)

    @rule(who=people, priority=st.sampled_from(Priority))
    def reclassify(self, who: Actor, priority: Priority) -> None:
        self.attempt(lambda at: self.ticket.reclassify(who, priority, "otro", POLICY, at), Action.RECLASSIFY)

    @rule(who=people, action=steps)
    def act(self, who: Actor, action: Action) -> None:
        self.attempt(lambda at: self.ticket.act(who, action, at), action)

    @rule(who=people, status=st.sampled_from(Status), priority=st.sampled_from(Priority), area=areas)
    def update(self, who: Actor, status: Status, priority: Priority, area: str) -> None:
        staying = status is self.ticket.status
        moving = (Action.START, Action.PAUSE, Action.RESUME, Action.RESOLVE, Action.CLOSE, Action.REOPEN)
        sealed = self.ticket.close_reason is not None
        self.attempt(
            lambda at: self.ticket.update(who, status, priority, area, POLICY, at),
            *([Action.RECLASSIFY] if staying or sealed else moving),
        )

    @rule(who=people)
    def read(self, who: Actor) -> None:
        self.ticket.mark_read(who, self.now)

    @invariant()
    def the_history_leads_to_what_the_ticket_is(self) -> None:
        ticket = self.ticket
        assert replay(ticket.facts) == {
            "status": ticket.status.value,
            "close_reason": ticket.close_reason and ticket.close_reason.value,
            "priority": ticket.priority.value,
            "area": ticket.area,
            "category": ticket.category,
            "assignee": ticket.assignee and ticket.assignee.subject,
            "resolution_note": ticket.resolution_note,
        }

    @invariant()
    def the_times_agree_with_the_state(self) -> None:
        ticket = self.ticket
        ended = ticket.status in (Status.RESOLVED, Status.CLOSED)
        assert (ticket.closed_at is not None) == (ticket.status is Status.CLOSED)
        assert (ticket.sla.paused_at is not None) == (ticket.status is Status.PENDING)
        assert (ticket.sla.stopped_at is not None) == ended
        assert ticket.resolved_at is None or ended
        assert ticket.close_reason is None or ticket.status is Status.CLOSED

    @invariant()
    def the_due_time_is_the_hours_of_the_priority_and_the_pauses(self) -> None:
        hours = timedelta(hours=POLICY.hours[self.ticket.priority])
        assert self.ticket.sla.due_at == MORNING + hours + self.paused

    @invariant()
    def the_last_change_is_the_last_public_fact(self) -> None:
        assert self.ticket.updated_at == max(fact.at for fact in self.ticket.facts if not fact.is_internal)


TestAnySequence = AnySequence.TestCase
TestAnySequence.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
