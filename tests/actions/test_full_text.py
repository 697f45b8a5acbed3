"""What words find, on both engines: everything that was said, for those who may read it, the best first."""

import pytest

from tests.actions.drafts import opened_by
from tests.actions.test_searching import find
from tests.conftest import Clock, indexed
from tests.people import ANA, BRUNO, MARTA, PAGOS, RAUL
from ventanilla.actions import changing, merging, searching, threads
from ventanilla.actions.changing import Change
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.actions.queue import QueuePage, QueuePart
from ventanilla.core.errors import InvalidInput
from ventanilla.core.filters import Place, QueueOrder, TicketFilter
from ventanilla.core.people import Actor, Contact
from ventanilla.core.search import Words
from ventanilla.core.ticket import Ticket


async def ranked(desk: Desk, actor: Actor, query: str, size: int = 50, after: Place | None = None) -> QueuePage:
    await indexed(desk)
    part = QueuePart(order=QueueOrder.RELEVANCE, size=size, after=after, counts=True)
    return await desk.read(searching.page, actor, (query,), part)


async def story(desk: Desk) -> Ticket:
    """A ticket of Ana's with an answer and a note."""
    contact = Contact(name="Ana Núñez", email="ana.nunez@example.org")
    ticket = await opened_by(
        desk, ANA, subject="Sin conexión", description="El módem parpadea en ROJO.\nAyuda", contact=contact
    )
    await desk.write(threads.answer, MARTA, ticket.id, "Reinicie el enrutador, por favor: 10 segundos")
    await desk.write(threads.note, MARTA, ticket.id, "Sospecho de fraude")
    await opened_by(desk, BRUNO, subject="Cobro doble", description="Me cobraron dos veces")
    return ticket


FOUND = [
    "conexión", "CONEXION", "conex", "rojo", "RÓJO", "modem parpadea", "parpadea conexion", "enrutador modem",
    '"por favor"', '"reinicie el enrutador"', "reinic", "núñez", "nunez", "ana.nunez@example.org", "ana.nunez@exam",
    "TKT-2026-00001", "tkt-2026-00001", "fraude", "sospecho enrutador", "10", "-cobraron", "conexion -cobraron",
    '"El módem', "rojo is:open", "rojo area:redes", "rojo;", "(rojo)", "rojo*", "'rojo'", "+rojo", "rojo^", "{rojo}",
]  # fmt: skip
NOT_FOUND = [
    "conexiones", "onexion", '"favor por"', '"enrut"', '"modem rojo"', "ro", "conexion cobraron", "-rojo", "-fraude",
    '-"por favor"', "rojo is:resolved", "rojo area:pagos", "TKT-2026-00002", "rojo AND", "NOT", "NEAR(rojo", "a",
]  # fmt: skip


async def test_words_are_found_wherever_they_stand(desk: Desk) -> None:
    ticket = await story(desk)
    for query in FOUND:
        assert ticket.id in await find(desk, MARTA, query), query
    for query in NOT_FOUND:
        assert ticket.id not in await find(desk, MARTA, query), query


async def test_a_number_finds_its_ticket(desk: Desk) -> None:
    await story(desk)
    assert 2 in await find(desk, MARTA, "2")
    assert 1 not in await find(desk, MARTA, "2")


async def newest(tx: Transaction, words: Words) -> set[int]:
    found = await tx.tickets.queue(TicketFilter(sought=(words,)), QueueOrder.NEWEST, 50, None)
    return {placed.row.id for placed in found}


async def unlike(tx: Transaction, words: Words) -> set[int]:
    wanted = TicketFilter(none_of=(TicketFilter(sought=(words,)),))
    return {placed.row.id for placed in await tx.tickets.queue(wanted, QueueOrder.NEWEST, 50, None)}


async def test_notes_are_found_only_for_those_who_may_read_them(desk: Desk) -> None:
    ticket = await story(desk)
    await indexed(desk)
    assert await desk.read(newest, Words("fraude", in_notes=True)) == {ticket.id}
    assert await desk.read(newest, Words("fraude")) == set()
    assert ticket.id in await desk.read(unlike, Words("fraude"))
    assert await desk.read(newest, Words("enrutador")) == {ticket.id}


async def test_area_agents_find_what_stands_in_their_area(desk: Desk) -> None:
    ours = await opened_by(desk, ANA, subject="Router roto")
    theirs = await opened_by(desk, BRUNO, subject="Router caro", area=PAGOS)
    await desk.write(threads.note, MARTA, theirs.id, "factura falsa")
    assert await find(desk, MARTA, "router") == {ours.id, theirs.id}
    assert await find(desk, RAUL, "router") == {ours.id}
    assert await find(desk, RAUL, "falsa") == set()
    page = await ranked(desk, RAUL, "router")
    assert [row.id for row in page.tickets] == [ours.id]
    assert page.total is not None
    assert page.total.count == 1


async def test_the_subject_weighs_more_than_what_was_said_and_news_more_than_what_is_old(
    desk: Desk, clock: Clock
) -> None:
    once = await opened_by(desk, ANA, subject="Uno", description="la impresora")
    clock.forward(hours=1)
    titled = await opened_by(desk, ANA, subject="Impresora", description="no va")
    clock.forward(hours=1)
    later = await opened_by(desk, ANA, subject="Dos", description="otra impresora")
    often = await opened_by(desk, ANA, subject="Tres", description="impresora")
    await desk.write(threads.answer, MARTA, often.id, "¿Qué impresora?")
    clock.forward(hours=1)
    expected = [titled.id, often.id, later.id, once.id]
    assert [row.id for row in (await ranked(desk, MARTA, "impresora")).tickets] == expected
    first = await ranked(desk, MARTA, "impresora", size=3)
    assert [row.id for row in first.tickets] == expected[:3]
    rest = await ranked(desk, MARTA, "impresora", size=3, after=first.next)
    assert [row.id for row in rest.tickets] == expected[3:]
    assert rest.next is None


async def test_rows_show_where_the_words_stand(desk: Desk) -> None:
    ticket = await story(desk)
    assert (await ranked(desk, MARTA, "modem")).excerpts == {ticket.id: "El módem parpadea en ROJO. Ayuda"}
    assert (await ranked(desk, MARTA, "fraude")).excerpts == {ticket.id: "Sospecho de fraude"}
    assert (await ranked(desk, MARTA, "núñez")).excerpts == {}
    assert (await ranked(desk, MARTA, "is:open")).excerpts == {}


async def test_a_new_subject_is_found_and_the_old_one_no_more(desk: Desk) -> None:
    ticket = await story(desk)
    assert await find(desk, MARTA, '"sin conexion"') == {ticket.id}
    await desk.write(changing.change, MARTA, ticket.id, Change(subject="Fibra cortada"))
    assert await find(desk, MARTA, "fibra") == {ticket.id}
    assert await find(desk, MARTA, '"sin conexion"') == set()


async def test_what_was_merged_is_found_by_its_own_words(desk: Desk) -> None:
    ticket = await story(desk)
    other = await opened_by(desk, ANA, subject="Otra vez", description="Sigue el parpadeo verde")
    await desk.write(merging.merge, MARTA, other.id, ticket.id, None, None)
    assert other.id in await find(desk, MARTA, "verde")
    assert other.id in await find(desk, MARTA, "verde is:merged")


TEXTS = ["Grün", "ŁÓDŹ", "naïve café", "señal—perdida", "¿cuándo?", "ﬁbra", "Ελλάδα", "Москва", "x_y", "a.b@c-d.es"]


@pytest.mark.parametrize("text", TEXTS)
async def test_both_engines_fold_every_text_alike(desk: Desk, text: str) -> None:
    ticket = await opened_by(desk, ANA, subject="Texto", description=f"antes {text} después")
    quoted = text.replace("_", " ")
    for query in (f'"{quoted}"', f'"{quoted.upper()}"', f'"antes {quoted} despues"'):
        assert await find(desk, MARTA, query) == {ticket.id}, query


async def test_a_beginning_is_found_however_many_words_begin_so(desk: Desk) -> None:
    many = await opened_by(desk, ANA, subject="Códigos", description=" ".join(f"ref{n:03}" for n in range(150)))
    one = await opened_by(desk, ANA, subject="Código", description="El ref150 y el refresco")
    assert await find(desk, MARTA, "ref") == {many.id, one.id}
    assert await find(desk, MARTA, "ref15") == {one.id}
    assert await find(desk, MARTA, "refres ref1") == {one.id}
    assert await find(desk, MARTA, "-ref") == set()
    assert await find(desk, MARTA, "-ref15") == {many.id}


async def test_signs_that_are_no_letters_part_words(desk: Desk) -> None:
    ticket = await opened_by(desk, ANA, subject="Hola", description="mil gracias👍vuelve☎mañana")
    for query in ("gracias", "vuelve", "mañana", "maña vuel grac", '"gracias vuelve"'):
        assert await find(desk, MARTA, query) == {ticket.id}, query


@pytest.mark.parametrize("query", ["x " * 10_000, " ".join(f"w{n}" for n in range(17)), "a" * 100_000 + "!"])
async def test_too_much_to_look_for_is_refused(desk: Desk, query: str) -> None:
    with pytest.raises(InvalidInput):
        await find(desk, MARTA, query)


async def test_sixteen_words_are_looked_for(desk: Desk) -> None:
    words = " ".join(f"palabra{number:02}" for number in range(16))
    ticket = await opened_by(desk, ANA, subject="Muchas", description=words)
    assert await find(desk, MARTA, words) == {ticket.id}
    assert await find(desk, MARTA, words.replace("palabra15", "otra")) == set()
