"""Of a common word the newest rows are looked at, of a rare one all, and of several the rows that hold them all too."""

from itertools import combinations

import pytest

from tests.actions.drafts import opened_by
from tests.conftest import indexed
from tests.people import ANA
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.core.filters import QueueOrder, TicketFilter
from ventanilla.core.search import Words
from ventanilla.store import finding
from ventanilla.store.engines import postgres_words

MOST, RARE, TICKETS = 8, 4, 80
"""Eight rows of a word are looked at; one in fewer than two of the last eight is rare; a walk is 32 rows long."""

SAID_IN = {
    "siempre": range(1, TICKETS + 1),
    "siempreviva": range(1, TICKETS + 1, 3),
    "medio": range(2, TICKETS + 1, 2),
    "antiguo": range(1, 21),
    "reciente": range(TICKETS - 4, TICKETS + 1),
    "tercio": range(3, TICKETS + 1, 3),
    "raro": (3,),
    "escaso": (10, 45, 76),
}


async def test_the_newest_that_hold_a_word_and_all_that_hold_several_are_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_LOOKED_AT", MOST)
    monkeypatch.setattr(postgres_words, "RARE", RARE)
    for number in range(1, TICKETS + 1):
        said = " ".join(word for word, tickets in SAID_IN.items() if number in tickets)
        await opened_by(desk, ANA, subject="Asunto", description=said)
    await indexed(desk)
    for word in SAID_IN:
        assert await desk.read(found, [word]) == newest([word]), word
    for pair in combinations(SAID_IN, 2):
        apart = newest([pair[0]]) & newest([pair[1]])
        assert await desk.read(found, list(pair)) == apart | newest(pair), pair


async def found(tx: Transaction, words: list[str]) -> set[int]:
    wanted = TicketFilter(sought=tuple(Words(word) for word in words))
    return {placed.row.id for placed in await tx.tickets.queue(wanted, QueueOrder.RELEVANCE, TICKETS, None)}


def newest(words: list[str] | tuple[str, ...]) -> set[int]:
    holding = [set[int]().union(*(tickets for said, tickets in SAID_IN.items() if said.startswith(w))) for w in words]
    return set(sorted(set.intersection(*holding))[-MOST:])
