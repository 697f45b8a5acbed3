"""Whatever people do on a real desk: counts are exact, histories complete, and refusals leave no trace."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import apsw
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from tests.actions.drafts import a_draft, history, stored, thread
from tests.conftest import Clock, database_file, open_test_desk
from tests.people import EVERYBODY, PAGOS, REDES
from ventanilla.actions import threads, triage
from ventanilla.actions.opening import open_ticket
from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import load
from ventanilla.actions.ticket_ports import QueueCounts
from ventanilla.core.access import Permission
from ventanilla.core.errors import DeskError
from ventanilla.core.events import replay
from ventanilla.core.lifecycle import Status
from ventanilla.core.people import Actor, Contact
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Priority

people = st.sampled_from(EVERYBODY)
areas = st.sampled_from([REDES, "redes", PAGOS, "MESA"])
statuses = st.sampled_from(Status)
priorities = st.sampled_from(Priority)


async def read_by_staff(tx: Transaction, actor: Actor, ref: int) -> None:
    ticket = await load(tx, actor, ref, Permission.MARK_READ)
    ticket.mark_read(actor, tx.now)
    await tx.tickets.save(ticket)


async def count(tx: Transaction, areas: list[str] | None) -> QueueCounts:
    return await tx.tickets.counts(areas)


class AnyWork(RuleBasedStateMachine):
    tickets = Bundle("tickets")

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.clock = Clock()
        self.desk = open_test_desk(Path(self.folder.name), self.clock)
        self.onlooker = apsw.Connection(str(database_file(Path(self.folder.name))))
        self.runner = asyncio.Runner()

    def teardown(self) -> None:
        self.onlooker.close()
        self.runner.run(self.desk.close())
        self.runner.close()
        self.folder.cleanup()

    def attempt(self, action: Any, who: Actor, ticket: Ticket, *values: Any) -> None:
        """Try an action; refused, it leaves ticket, thread and history as they were."""
        self.clock.forward(minutes=5)
        before = self.everything_of(ticket)
        try:
            self.runner.run(self.desk.write(action, who, ticket.id, *values))
        except DeskError:
            assert self.everything_of(ticket) == before

    def everything_of(self, ticket: Ticket) -> list[Any]:
        run = self.runner.run
        return [run(look(self.desk, ticket)) for look in (stored, thread, history)]

    @rule(target=tickets, who=people, area=areas, status=statuses)
    def open(self, who: Actor, area: str, status: Status) -> Ticket:
        draft = a_draft(area=area, status=status, contact=Contact(email="ana@example.org"))
        return self.runner.run(self.desk.write(open_ticket, who, draft)).ticket

    @rule(who=people, ticket=tickets)
    def reply(self, who: Actor, ticket: Ticket) -> None:
        self.attempt(threads.reply, who, ticket, "¿Hay novedades?")

    @rule(who=people, ticket=tickets, write=st.sampled_from([threads.answer, threads.note]))
    def write(self, who: Actor, ticket: Ticket, write: Any) -> None:
        self.attempt(write, who, ticket, "Estamos en ello")

    @rule(who=people, ticket=tickets, action=st.sampled_from(sorted(triage.PERMISSION_FOR)))
    def act(self, who: Actor, ticket: Ticket, action: Any) -> None:
        self.attempt(triage.act, who, ticket, action, None)

    @rule(who=people, ticket=tickets, area=areas, agent=st.sampled_from([None, "marta", "raúl", "alicia"]))
    def hand_over(self, who: Actor, ticket: Ticket, area: str, agent: str | None) -> None:
        self.attempt(triage.transfer, who, ticket, area, agent, "agent", "traslado")
        self.attempt(triage.assign, who, ticket, agent, "agent")

    @rule(who=people, ticket=tickets, status=statuses, priority=priorities, area=areas)
    def update(self, who: Actor, ticket: Ticket, status: Status, priority: Priority, area: str) -> None:
        self.attempt(triage.update, who, ticket, status, priority, area, "Hecho")

    @rule(who=people, ticket=tickets, priority=priorities)
    def reclassify(self, who: Actor, ticket: Ticket, priority: Priority) -> None:
        self.attempt(triage.reclassify, who, ticket, priority, "pagos", "era un cobro")

    @rule(who=people, ticket=tickets)
    def read(self, who: Actor, ticket: Ticket) -> None:
        self.attempt(read_by_staff, who, ticket)

    @rule(ticket=tickets)
    def history_leads_to_what_is_stored(self, ticket: Ticket) -> None:
        now, _, facts = self.everything_of(ticket)
        told = replay(facts)
        assert (told["status"], told["priority"], told["area"]) == (now.status, now.priority, now.area)
        assert (told["category"], told["close_reason"]) == (now.category, now.close_reason)
        assert told["assignee"] == (now.assignee and now.assignee.subject)
        assert now.updated_at == max(fact.at for fact in facts if not fact.is_internal)

    @invariant()
    def the_counts_are_those_of_a_real_count(self) -> None:
        for served in (None, [], [REDES], ["PAGOS", "mesa"], ["Ventas"]):
            counts = self.runner.run(self.desk.read(count, served))
            keys = ", ".join(f"lower({area!r})" for area in served or ())
            mine = "" if served is None else f" WHERE area_key IN ({keys})"
            rows = self.onlooker.execute(f"SELECT status, is_read FROM tickets{mine}").fetchall()
            by_status = [row[0] for row in rows]
            assert counts.by_status == {status: by_status.count(status.value) for status in Status}
            assert (counts.total, counts.unread) == (len(rows), [row[1] for row in rows].count(0))


TestAnyWork = AnyWork.TestCase
TestAnyWork.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
