"""The sample desk: believable, repeatable, and never on top of somebody's own tickets."""

import asyncio
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.commands import Terminal
from tests.conftest import MORNING
from tests.people import MARTA
from ventanilla import app
from ventanilla.actions import macros, notifications, tags
from ventanilla.actions.ports import Transaction
from ventanilla.actions.reading import whole_page as page_of
from ventanilla.actions.tags import UsedTag
from ventanilla.cli import sampling
from ventanilla.cli.samples.stories import as_actor
from ventanilla.core.filters import Page, TicketFilter
from ventanilla.core.lifecycle import Status
from ventanilla.core.macros import Macro, fill
from ventanilla.core.people import ActorKind
from ventanilla.core.thread import Message
from ventanilla.core.ticket import Ticket
from ventanilla.core.words import Channel
from ventanilla.settings import Settings
from ventanilla.store import archive, upkeep

PASSWORD = "correct horse battery"


def filled(folder: Path, *, seed: int = 1, tickets: int = 300) -> Settings:
    found = Settings(data_dir=str(folder))
    asyncio.run(sampling.fill(found, seed, tickets, MORNING, PASSWORD))
    return found


def everything(found: Settings) -> list[archive.Record]:
    """Every row of the desk but those of the staff, whose password hashes are salted."""

    async def run() -> list[archive.Record]:
        bench = await upkeep.open_current(found.database)
        people = [record async for record in archive.records(bench, "requesters")]
        tickets = [record async for record in archive.ticket_records(bench)]
        await bench.close()
        return people + tickets

    return asyncio.run(run())


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """300 sample tickets, as of one morning."""
    return filled(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="module")
def tickets(samples: Settings) -> list[Ticket]:
    async def run() -> list[Ticket]:
        desk = app.open_store(samples)
        found = await desk.scan(page_of, TicketFilter(), Page(size=1_000))
        await desk.close()
        return list(found.rows)

    return asyncio.run(run())


@pytest.fixture(scope="module")
def messages(samples: Settings, tickets: list[Ticket]) -> list[Message]:
    async def read(tx: Transaction) -> list[Message]:
        return [message for ticket in tickets for message in await tx.threads.of(ticket, internal=True)]

    async def run() -> list[Message]:
        desk = app.open_store(samples)
        found = await desk.scan(read)
        await desk.close()
        return found

    return asyncio.run(run())


def test_one_seed_brings_the_same_desk_to_the_last_byte(tmp_path: Path) -> None:
    one, two = (everything(filled(tmp_path / name, seed=7, tickets=40)) for name in ("one", "two"))
    assert one == two


def test_another_seed_brings_another_desk(tmp_path: Path) -> None:
    one, two = (everything(filled(tmp_path / str(seed), seed=seed, tickets=10)) for seed in (1, 2))
    assert one != two


def test_tickets_come_from_all_five_contracts_in_both_languages(tickets: list[Ticket]) -> None:
    assert len(tickets) == 300
    assert {ticket.channel for ticket in tickets} == set(Channel) - {Channel.DESK}
    texts = " ".join(ticket.description for ticket in tickets)
    assert "¿" in texts
    assert " the " in texts


def test_tickets_have_tags_and_custom_fields_and_somebody_to_do_them(samples: Settings) -> None:
    async def run() -> dict[str, int]:
        bench = await upkeep.open_current(samples.database)
        found = await archive.counts(bench)
        await bench.close()
        return found

    counts = asyncio.run(run())
    assert (counts["tags"], counts["custom_fields"], counts["macros"], counts["views"]) == (6, 2, 7, 2)
    assert counts["ticket_tags"] > 50
    assert counts["ticket_fields"] > 50
    assert counts["notifications"] > 100


def test_the_staff_have_read_most_of_what_they_were_told(samples: Settings) -> None:
    async def run() -> list[int]:
        desk = app.open_store(samples, lambda: MORNING)
        staff = [as_actor(account) for account in await desk.read(lambda tx: tx.people.accounts())]
        unread = [await desk.read(notifications.count_unread, one) for one in staff]
        assert not await desk.read(notifications.any_due)
        await desk.close()
        return unread

    assert max(asyncio.run(run())) == sampling.UNREAD


def test_every_sample_macro_can_be_filled_in_and_every_sample_tag_is_dealt(samples: Settings) -> None:
    async def read(tx: Transaction) -> tuple[list[Macro], list[UsedTag]]:
        page = await tags.page(tx, MARTA, "", None, 50)
        return list(await macros.everything(tx, MARTA)), list(page.tags)

    async def run() -> tuple[list[Macro], list[UsedTag]]:
        desk = app.open_store(samples)
        found = await desk.scan(read)
        await desk.close()
        return found

    shared, dealt = asyncio.run(run())
    known = dict.fromkeys(macros.VARIABLES, "x")
    assert [fill(macro.body, known).unknown for macro in shared] == [()] * 7
    assert {tag for macro in shared for tag in macro.change.tags_add} <= {found.tag.name for found in dealt}
    assert [found.tag.name for found in dealt if not found.uses] == []


def test_a_second_demo_adds_no_second_set_of_macros(tmp_path: Path) -> None:
    found = filled(tmp_path, tickets=3)
    asyncio.run(sampling.fill(found, 2, 3, MORNING, PASSWORD))

    async def run() -> dict[str, int]:
        bench = await upkeep.open_current(found.database)
        counts = await archive.counts(bench)
        await bench.close()
        return counts

    counts = asyncio.run(run())
    assert (counts["tickets"], counts["tags"], counts["custom_fields"], counts["macros"]) == (6, 6, 2, 7)


def test_no_two_tickets_say_the_same(tickets: list[Ticket]) -> None:
    assert len({(ticket.subject, ticket.description) for ticket in tickets}) >= 295


def test_no_text_has_a_gap_left_in_it(messages: list[Message]) -> None:
    assert [message.body for message in messages if "{" in message.body or not message.body] == []


def test_tickets_stand_in_every_state_some_late_some_paused(tickets: list[Ticket]) -> None:
    assert {ticket.status for ticket in tickets} == set(Status)
    assert {ticket.close_reason for ticket in tickets if ticket.close_reason}
    live = [ticket for ticket in tickets if ticket.status in (Status.OPEN, Status.IN_PROGRESS)]
    assert {ticket.sla.is_breached(MORNING) for ticket in live} == {True, False}
    assert {ticket.area for ticket in tickets} >= {"MESA", "Redes", "Pagos", "Recursos Humanos"}
    assert len({ticket.assignee.name for ticket in tickets if ticket.assignee}) == 4


def test_tickets_are_spread_over_the_last_weeks_and_none_is_from_the_future(
    tickets: list[Ticket], messages: list[Message]
) -> None:
    assert len({ticket.created_at.date() for ticket in tickets}) > 20
    assert max(message.created_at for message in messages) < MORNING
    assert [ticket.id for ticket in sorted(tickets, key=lambda ticket: ticket.created_at)] == sorted(
        ticket.id for ticket in tickets
    )


def test_threads_hold_replies_answers_and_notes(messages: list[Message]) -> None:
    assert sum(not message.is_public for message in messages) > 50
    assert sum(message.is_from_staff and message.is_public for message in messages) > 200
    assert sum(not message.is_from_staff for message in messages) > 400


def test_demo_prints_logins_and_keeps_the_password_for_its_owner_alone(terminal: Terminal) -> None:
    told = terminal.succeed("demo", "--tickets", "5")
    file = terminal.data / "demo-login.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    password = file.read_text().strip()
    assert len(password) >= 12
    assert password in told
    assert told.count("@example.org") == 4
    assert terminal.sql("SELECT COUNT(*) FROM tickets") == [(5,)]


def test_demo_refuses_a_desk_that_has_tickets(terminal: Terminal) -> None:
    terminal.succeed("demo", "--tickets", "3")
    assert "this desk already has 3 tickets" in terminal.fail("demo", "--tickets", "3")
    assert "already has 3 tickets" in terminal.succeed("demo", "--if-empty")
    assert terminal.sql("SELECT COUNT(*) FROM tickets") == [(3,)]


def test_forced_demo_adds_tickets_and_leaves_the_logins_as_they_were(terminal: Terminal) -> None:
    terminal.succeed("demo", "--tickets", "3")
    password = (terminal.data / "demo-login.txt").read_text()
    told = terminal.succeed("demo", "--tickets", "4", "--seed", "2", "--force")
    assert password.strip() in told
    assert terminal.sql("SELECT COUNT(*) FROM tickets") == [(7,)]
    assert terminal.sql("SELECT COUNT(*) FROM agents") == [(4,)]


def test_sample_desk_is_sound_in_the_eyes_of_the_doctor(terminal: Terminal) -> None:
    terminal.succeed("demo", "--tickets", "30")
    assert "0 wrong, 0 warnings" in terminal.succeed("doctor")


def test_samples_of_today_reach_up_to_today(terminal: Terminal) -> None:
    terminal.succeed("demo", "--tickets", "60")
    ((latest,),) = terminal.sql("SELECT MAX(updated_at) FROM tickets")
    assert isinstance(latest, int)
    assert 0 <= datetime.now(UTC).timestamp() - latest / 1e6 < 3 * 24 * 3600


def test_every_actor_of_the_history_is_somebody(samples: Settings, tickets: list[Ticket]) -> None:
    async def read(tx: Transaction) -> set[ActorKind]:
        return {event.actor.kind for ticket in tickets for event in await tx.history.of(ticket)}

    async def run() -> set[ActorKind]:
        desk = app.open_store(samples)
        kinds = await desk.scan(read)
        await desk.close()
        return kinds

    assert asyncio.run(run()) == {ActorKind.ANONYMOUS, ActorKind.REQUESTER, ActorKind.AGENT}
