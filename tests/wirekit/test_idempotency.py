"""A repeated request is answered once and for all, in the transaction of its effect."""

import pytest

from tests.conftest import Clock
from tests.people import ANA, BRUNO, NOBODY
from ventanilla.actions import housekeeping
from ventanilla.actions.ports import Desk, Transaction
from ventanilla.core.errors import Conflict
from ventanilla.core.people import Actor
from ventanilla.wirekit import idempotency
from ventanilla.wirekit.answers import JSON, Answer
from ventanilla.wirekit.errors import BadIdempotencyKey, KeyReused

PATH = "/api/mobile/support-requests"
SCOPE = idempotency.scope_of(ANA, "POST", PATH)
PRINT = idempotency.fingerprint_of("POST", PATH, b"", b"{}")


class Deed:
    """An effect that knows how often it happened."""

    def __init__(self) -> None:
        self.times = 0

    async def __call__(self, tx: Transaction) -> int:
        self.times += 1
        return self.times

    async def refused(self, tx: Transaction) -> int:
        self.times += 1
        raise Conflict


def answered(count: int) -> Answer:
    return Answer(201, b'{"count":%d}' % count, (("Location", f"/{count}"),))


async def ask(desk: Desk, deed: Deed, *, scope: str = SCOPE, key: str = "k", fingerprint: str = PRINT) -> Answer:
    return await desk.write(idempotency.once, scope, key, fingerprint, deed, answered)


async def test_repeated_request_has_one_effect_and_the_same_answer(desk: Desk) -> None:
    deed = Deed()
    first = await ask(desk, deed)
    again = await ask(desk, deed)
    assert deed.times == 1
    assert (again.status, again.body, again.media_type) == (first.status, first.body, JSON)
    assert again.headers == (*first.headers, ("Idempotency-Replayed", "true"))


async def test_same_key_with_another_payload_is_refused(desk: Desk) -> None:
    deed = Deed()
    await ask(desk, deed)
    with pytest.raises(KeyReused):
        await ask(desk, deed, fingerprint=idempotency.fingerprint_of("POST", PATH, b"", b'{"a":1}'))
    assert deed.times == 1


@pytest.mark.parametrize(
    ("who", "path"), [(BRUNO, PATH), (NOBODY, PATH), (ANA, PATH + "/1/messages"), (ANA, "/v1/support/tickets")]
)
async def test_same_key_of_somebody_else_or_for_something_else_is_another_key(
    desk: Desk, who: Actor, path: str
) -> None:
    deed = Deed()
    await ask(desk, deed)
    other = await ask(desk, deed, scope=idempotency.scope_of(who, "POST", path))
    assert (deed.times, other.body) == (2, b'{"count":2}')


async def test_refused_request_is_not_stored_and_may_be_tried_again(desk: Desk) -> None:
    deed = Deed()
    with pytest.raises(Conflict):
        await desk.write(idempotency.once, SCOPE, "k", PRINT, deed.refused, answered)
    assert (await ask(desk, deed)).body == b'{"count":2}'


async def test_empty_answer_is_repeated_as_empty(desk: Desk) -> None:
    deed = Deed()
    for _ in range(2):
        answer = await desk.write(idempotency.once, SCOPE, "k", PRINT, deed, lambda _: Answer(204, media_type=None))
        assert (answer.status, answer.body, answer.media_type) == (204, b"", None)


async def test_answer_is_kept_for_two_days_and_then_forgotten(desk: Desk, clock: Clock) -> None:
    deed = Deed()
    await ask(desk, deed)
    clock.forward(hours=47)
    await desk.write(housekeeping.forget_old_guards)
    await ask(desk, deed)
    assert deed.times == 1
    clock.forward(hours=2)
    await desk.write(housekeeping.forget_old_guards)
    await ask(desk, deed)
    assert deed.times == 2


def test_what_makes_a_request_the_same_is_method_path_query_and_body() -> None:
    parts = [
        ("POST", PATH, b"", b"{}"),
        ("PUT", PATH, b"", b"{}"),
        ("POST", PATH + "/1", b"", b"{}"),
        ("POST", PATH, b"a=1", b"{}"),
        ("POST", PATH, b"", b"{} "),
        ("POST", PATH, b"{", b"}"),
        ("POST", PATH + "{", b"", b"}"),
    ]
    assert len({idempotency.fingerprint_of(*part) for part in parts}) == len(parts)


@pytest.mark.parametrize("key", [b"a", b"8e03978e-40d5-43dd-bc93-6894a57f9324", b'"quoted"', b"x" * 255])
def test_printable_key_is_taken(key: bytes) -> None:
    assert idempotency.read_key(key) == key.decode()


@pytest.mark.parametrize("key", [b"", b" ", b"a b", b"a\t", "clé".encode(), b"\xff", b"x" * 256, b"a\x7f"])
def test_key_that_is_empty_too_long_or_not_printable_is_refused(key: bytes) -> None:
    with pytest.raises(BadIdempotencyKey):
        idempotency.read_key(key)


def test_no_key_is_no_fault() -> None:
    assert idempotency.read_key(None) is None
