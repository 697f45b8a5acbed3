"""What the benchmark takes from the desk's insides still fits them."""

import httpx
from bench.messages import OWN
from bench.static_app import router


async def test_static_answer_comes_from_the_desks_own_endpoint() -> None:
    transport = httpx.ASGITransport(app=router(b'{"always":"the same"}'))
    async with httpx.AsyncClient(transport=transport, base_url="http://bench") as client:
        answer = await client.get(OWN)
    assert (answer.status_code, answer.json()) == (200, {"always": "the same"})
    assert answer.headers["x-content-type-options"] == "nosniff"
