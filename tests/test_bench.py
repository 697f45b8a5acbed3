"""What the benchmark takes from the desk's insides still fits them."""

from typing import get_args
from urllib.parse import parse_qs

import httpx
import pytest
from bench.messages import OWN
from bench.scenarios.queue import FILTERS, NOTHING
from bench.static_app import router

from ventanilla.contracts.desk import ticket_wire
from ventanilla.core.query import read


async def test_static_answer_comes_from_the_desks_own_endpoint() -> None:
    transport = httpx.ASGITransport(app=router(b'{"always":"the same"}'))
    async with httpx.AsyncClient(transport=transport, base_url="http://bench") as client:
        answer = await client.get(OWN)
    assert (answer.status_code, answer.json()) == (200, {"always": "the same"})
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("filtered", [*FILTERS, NOTHING])
def test_queue_is_asked_for_in_words_that_the_desk_knows(filtered: str) -> None:
    asked = {name: value for name, (value,) in parse_qs(filtered).items()}
    assert asked.keys() <= {"query", "sort"}
    assert asked.get("sort", "due") in get_args(ticket_wire.Sort)
    assert asked.get("query") is None or read(asked["query"]).conditions
