"""Tags: which there are, how often they are used, and which are on a ticket."""

import asyncio
from uuid import uuid4

import pytest

from tests.actions.drafts import history, opened_by, stored
from tests.conftest import Clock, context_of
from tests.people import ALICIA, ANA, CARMEN, LEO, MARTA, NOBODY, PAGOS, RAUL, SOFIA
from ventanilla.actions import tags
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.actions.tags import TagPage
from ventanilla.core.errors import (
    DeskError,
    Forbidden,
    ForeignArea,
    InvalidInput,
    LimitReached,
    NotFound,
    Stale,
    Unauthenticated,
)
from ventanilla.core.filters import QueueOrder, TicketFilter
from ventanilla.core.people import Actor
from ventanilla.core.tags import MOST_TAGS, Color, each_once
from ventanilla.core.ticket import Ticket
from ventanilla.store.engines.postgres import PostgresDesk

ANY = None


async def tagged(desk: Desk, actor: Actor, ticket: Ticket, *names: str) -> tuple[str, ...]:
    """Put exactly these tags on the ticket; returns those that it has then."""

    async def put(tx: Transaction) -> None:
        loaded = await tx.tickets.get(ticket.id)
        assert loaded
        await tags.put_on(tx, actor, loaded, names)
        if loaded.facts:
            await tx.tickets.save(loaded)

    await desk.write(put)
    return await tags_of(desk, ticket)


async def tags_of(desk: Desk, ticket: Ticket) -> tuple[str, ...]:
    loaded = await stored(desk, ticket)
    await desk.read(lambda tx: tx.tags.load(loaded))
    return loaded.tags


async def listed(desk: Desk, actor: Actor, prefix: str = "", after: int | None = None, size: int = 50) -> TagPage:
    return await desk.read(tags.page, actor, prefix, after, size)


async def names(desk: Desk, actor: Actor = MARTA, prefix: str = "") -> list[str]:
    return [found.tag.name for found in (await listed(desk, actor, prefix)).tags]


async def test_a_tag_is_found_again_as_it_was_made(desk: Desk) -> None:
    made = await desk.write(tags.add, RAUL, "VIP", Color.RED)
    assert await desk.read(tags.get, LEO, made.tag.uuid) == made
    assert (await listed(desk, MARTA)).tags == [made]
    assert (made.tag.name, made.tag.color, made.uses) == ("VIP", Color.RED, 0)


@pytest.mark.parametrize("again", ["Avería", "averia", " AVERÍA"])
async def test_case_and_accents_do_not_tell_two_tags_apart(desk: Desk, again: str) -> None:
    await desk.write(tags.add, MARTA, "Avería", Color.GRAY)
    with pytest.raises(InvalidInput) as refused:
        await desk.write(tags.add, MARTA, again, Color.GRAY)
    assert [fault.field for fault in refused.value.faults] == ["name"]
    assert await names(desk) == ["Avería"]


async def test_a_name_that_says_nothing_is_no_tag(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    with pytest.raises(InvalidInput):
        await desk.write(tags.add, MARTA, "_", Color.GRAY)
    with pytest.raises(InvalidInput):
        await tagged(desk, MARTA, ticket, "vip", "_")
    assert await names(desk) == []


async def test_tags_come_by_name_page_after_page(desk: Desk) -> None:
    for name in ("pagos", "Avería", "vip", "urgente", "Ávila"):
        await desk.write(tags.add, MARTA, name, Color.GRAY)
    found: list[str] = []
    after: int | None = None
    while True:
        page = await listed(desk, MARTA, after=after, size=2)
        found += [one.tag.name for one in page.tags]
        after = page.next
        if after is None:
            break
    assert found == ["Avería", "Ávila", "pagos", "urgente", "vip"]


async def test_tags_are_found_by_how_they_begin(desk: Desk) -> None:
    for name in ("Avería", "Ávila", "a_b", "axb", "100%", "100 x", "vip"):
        await desk.write(tags.add, MARTA, name, Color.GRAY)
    assert await names(desk, prefix="AV") == ["Avería", "Ávila"]
    assert await names(desk, prefix="a b") == ["a_b"]
    assert await names(desk, prefix="100%") == ["100%"]
    assert await names(desk, prefix="z") == []


async def test_a_list_does_not_go_on_behind_a_tag_that_is_gone(desk: Desk) -> None:
    made = await desk.write(tags.add, MARTA, "vip", Color.GRAY)
    await desk.write(tags.remove, CARMEN, made.tag.uuid, ANY)
    with pytest.raises(InvalidInput):
        await listed(desk, MARTA, after=made.tag.id)


async def test_a_ticket_gets_tags_and_new_ones_are_made(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await desk.write(tags.add, MARTA, "VIP", Color.RED)
    assert await tagged(desk, RAUL, ticket, "vip", "corte", "Corte") == ("corte", "VIP")
    assert await tagged(desk, RAUL, ticket, "corte") == ("corte",)
    assert await tagged(desk, RAUL, ticket) == ()
    assert await names(desk) == ["corte", "VIP"]


async def test_a_tag_is_added_to_those_that_are_there(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await tagged(desk, MARTA, ticket, "vip")

    async def add(tx: Transaction) -> None:
        loaded = await tx.tickets.get(ticket.id)
        assert loaded
        await tags.add_to(tx, MARTA, loaded, ["corte", "VIP"])
        await tx.tickets.save(loaded)

    await desk.write(add)
    assert await tags_of(desk, ticket) == ("corte", "vip")


async def test_tags_that_came_and_went_stand_in_the_history(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await tagged(desk, MARTA, ticket, "vip", "corte")
    await tagged(desk, MARTA, ticket, "corte", "vip")
    await tagged(desk, MARTA, ticket)
    told = [fact.changes for fact in (await history(desk, ticket))[1:]]
    assert told == [{"tags": (None, "corte, vip")}, {"tags": ("corte, vip", None)}]


async def test_a_ticket_has_only_so_many_tags(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    many = [f"t{number}" for number in range(MOST_TAGS + 1)]
    with pytest.raises(InvalidInput) as refused:
        await tagged(desk, MARTA, ticket, *many)
    assert [fault.field for fault in refused.value.faults] == ["tags"]
    assert await names(desk) == []
    assert len(await tagged(desk, MARTA, ticket, *many[1:], "T1")) == MOST_TAGS


@pytest.mark.parametrize(("who", "refusal"), [(LEO, Forbidden), (SOFIA, ForeignArea), (ANA, Forbidden)])
async def test_who_does_not_work_on_a_ticket_puts_no_tag_on_it(
    desk: Desk, who: Actor, refusal: type[DeskError]
) -> None:
    ticket = await opened_by(desk, ANA)
    with pytest.raises(refusal):
        await tagged(desk, who, ticket, "vip")
    assert await tags_of(desk, ticket) == ()


async def test_uses_are_those_that_the_caller_may_see(desk: Desk) -> None:
    for area in (PAGOS, PAGOS, "Redes"):
        await tagged(desk, MARTA, await opened_by(desk, ANA, area=area), "vip")
    await desk.write(tags.add, MARTA, "corte", Color.GRAY)
    for who, uses in ((MARTA, 3), (SOFIA, 2), (RAUL, 1), (LEO, 3)):
        assert [found.uses for found in (await listed(desk, who)).tags] == [0, uses]


async def test_uses_are_counted_up_to_a_cap(desk: Desk) -> None:
    for _ in range(3):
        await tagged(desk, MARTA, await opened_by(desk, ANA), "vip")
    found = (await listed(desk, MARTA)).tags[0].tag
    for areas in (None, ["Redes"]):
        assert await desk.read(lambda tx, areas=areas: tx.tags.uses([found], areas, 2)) == {found.id: 2}  # type: ignore[misc]


async def test_a_renamed_tag_is_renamed_on_every_ticket(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await tagged(desk, MARTA, ticket, "vip", "corte")
    vip = (await listed(desk, MARTA)).tags[1].tag
    renamed = await desk.write(tags.change, CARMEN, vip.uuid, frozenset({1}), "Alto valor", Color.TEAL)
    assert (renamed.tag.version, renamed.tag.color, renamed.uses) == (2, Color.TEAL, 1)
    assert await tags_of(desk, ticket) == ("Alto valor", "corte")
    respelled = await desk.write(tags.change, CARMEN, vip.uuid, frozenset({2}), "ALTO VALOR", None)
    assert (respelled.tag.name, respelled.tag.color) == ("ALTO VALOR", Color.TEAL)


async def test_a_tag_takes_no_name_that_another_has(desk: Desk) -> None:
    vip = await desk.write(tags.add, MARTA, "vip", Color.GRAY)
    await desk.write(tags.add, MARTA, "corte", Color.GRAY)
    with pytest.raises(InvalidInput):
        await desk.write(tags.change, CARMEN, vip.tag.uuid, ANY, "Corte", None)
    assert await names(desk) == ["corte", "vip"]


async def test_a_removed_tag_is_taken_off_every_ticket(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA)
    await tagged(desk, MARTA, ticket, "vip", "corte")
    vip = (await listed(desk, MARTA)).tags[1].tag
    await desk.write(tags.remove, ALICIA, vip.uuid, frozenset({1}))
    assert await tags_of(desk, ticket) == ("corte",)
    with pytest.raises(NotFound):
        await desk.read(tags.get, MARTA, vip.uuid)


async def test_who_has_not_seen_the_newest_version_changes_nothing(desk: Desk) -> None:
    vip = (await desk.write(tags.add, MARTA, "vip", Color.GRAY)).tag
    await desk.write(tags.change, CARMEN, vip.uuid, frozenset({1}), "VIP", None)
    with pytest.raises(Stale):
        await desk.write(tags.change, CARMEN, vip.uuid, frozenset({1}), "vip", None)
    with pytest.raises(Stale):
        await desk.write(tags.remove, CARMEN, vip.uuid, frozenset({1}))
    assert await names(desk) == ["VIP"]


@pytest.mark.parametrize("who", [MARTA, RAUL, LEO, ANA])
async def test_who_does_not_lead_changes_no_tag(desk: Desk, who: Actor) -> None:
    vip = (await desk.write(tags.add, MARTA, "vip", Color.GRAY)).tag
    with pytest.raises(Forbidden):
        await desk.write(tags.change, who, vip.uuid, ANY, "x", None)
    with pytest.raises(Forbidden):
        await desk.write(tags.remove, who, vip.uuid, ANY)


@pytest.mark.parametrize(("who", "refusal"), [(ANA, Forbidden), (NOBODY, Unauthenticated)])
async def test_tags_are_for_staff_alone(desk: Desk, who: Actor, refusal: type[DeskError]) -> None:
    with pytest.raises(refusal):
        await listed(desk, who)
    with pytest.raises(refusal):
        await desk.read(tags.get, who, uuid4())
    with pytest.raises(refusal):
        await desk.write(tags.add, who, "vip", Color.GRAY)


async def test_there_are_only_so_many(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tags, "MOST", 2)
    ticket = await opened_by(desk, ANA)
    await tagged(desk, MARTA, ticket, "one", "two")
    with pytest.raises(LimitReached):
        await desk.write(tags.add, MARTA, "three", Color.GRAY)
    with pytest.raises(LimitReached):
        await tagged(desk, MARTA, ticket, "one", "three")
    assert await tags_of(desk, ticket) == ("one", "two")


async def test_the_queue_is_cut_by_tags_and_shows_them(desk: Desk) -> None:
    first, second, third = [await opened_by(desk, ANA) for _ in range(3)]
    await tagged(desk, MARTA, first, "Avería", "vip")
    await tagged(desk, MARTA, second, "corte")

    async def queue(wanted: TicketFilter) -> list[int]:
        found = await desk.read(lambda tx: tx.tickets.queue(wanted, QueueOrder.OLDEST, 10, None))
        return [placed.row.id for placed in found]

    assert await queue(TicketFilter(tags=("averia",))) == [first.id]
    assert await queue(TicketFilter(tags=("VIP", "corte"))) == [first.id, second.id]
    assert await queue(TicketFilter(tags=("unknown",))) == []
    assert await queue(TicketFilter(none_of=(TicketFilter(tags=("vip",)),))) == [second.id, third.id]


async def test_replicas_that_make_the_same_tag_at_once_make_one(postgres_url: str, clock: Clock) -> None:
    replicas = [PostgresDesk(postgres_url, context_of(clock)) for _ in range(3)]
    tickets = [await opened_by(replicas[0], ANA) for _ in range(9)]
    work = (
        tagged(replicas[number % 3], MARTA, ticket, "nuevo", f"t{number % 2}") for number, ticket in enumerate(tickets)
    )
    found = await asyncio.gather(*work)
    known = await names(replicas[0])
    for replica in replicas:
        await replica.close()
    assert found == [("nuevo", f"t{number % 2}") for number in range(9)]
    assert known == ["nuevo", "t0", "t1"]


def test_names_that_say_the_same_count_once() -> None:
    assert each_once(["b", "Avería", "AVERIA", "a", "B"]) == ("b", "Avería", "a")
