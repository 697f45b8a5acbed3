"""One desk behind all contracts: what is done through one shows in every other at once.

A new contract takes part with a door (doors.py) and a row of steps (steps.py).
"""

from uuid import UUID, uuid4

import msgspec
import pytest
from tests.contracts.conftest import Join
from tests.contracts.doors import DOORS, FOREIGN
from tests.contracts.steps import STEPS, People, Shown

from ventanilla.core import ids
from ventanilla.wirekit.contract import Contract

OPEN, IN_PROGRESS, RESOLVED, CLOSED = range(4)
"""Where the word for each stands in `Steps.words`."""

ANSWER = "Lo estamos mirando ahora mismo."

every_contract = pytest.mark.parametrize("contract", FOREIGN, ids=lambda contract: contract.name)
answering = pytest.mark.parametrize("through", [name for name, steps in STEPS.items() if steps.answer])
resolving = pytest.mark.parametrize("through", [name for name, steps in STEPS.items() if steps.resolve])
refusing = pytest.mark.parametrize(
    "contract", [one for one in FOREIGN if STEPS[one.name].refusal], ids=lambda contract: contract.name
)


class Walk:
    """One ticket that its owner opened through one contract, and what the others call it."""

    def __init__(self, join: Join, opened_through: str) -> None:
        email = f"ana-{uuid4().hex}@example.com"
        self.people = People(join("ana", email=email, email_verified=True), join("alicia", rol="admin"))
        self.opened = DOORS[opened_through].open(self.people.owner, email=email)
        self.email = email
        self.said = str(DOORS[opened_through].body[STEPS[opened_through].said])
        self.spelled = {name: steps.listed(self.people, size=1)[0] for name, steps in STEPS.items()}

    def shown(self) -> dict[str, Shown]:
        """The ticket as every contract shows it."""
        return {name: steps.read(self.people, self.spelled[name]) for name, steps in STEPS.items()}

    def expected(self, state: int, answer: str | None = None) -> dict[str, Shown]:
        """What every contract has to show; one that knows no answers shows none."""
        return {
            name: Shown(steps.words[state], self.said, answer if steps.answer else None)
            for name, steps in STEPS.items()
        }

    def answer(self, through: str) -> None:
        call = STEPS[through].answer
        assert call
        assert call.send(self.people, id=self.spelled[through], text=ANSWER).is_success

    def resolve(self, through: str) -> None:
        call = STEPS[through].resolve
        assert call
        assert call.send(self.people, id=self.spelled[through], text=ANSWER).is_success

    def close(self) -> None:
        assert self.people.owner.post(f"/v1/support/tickets/{self.spelled['support']}/close").is_success


def test_every_contract_has_its_row() -> None:
    assert set(STEPS) == set(DOORS) == {contract.name for contract in FOREIGN}


@every_contract
def test_a_ticket_opened_through_one_is_the_same_in_all(contract: Contract, join: Join) -> None:
    walk = Walk(join, contract.name)
    assert walk.spelled[contract.name] == walk.opened
    assert walk.shown() == walk.expected(OPEN)


@every_contract
def test_its_five_spellings_are_one_identity(contract: Contract, join: Join) -> None:
    walk = Walk(join, contract.name)
    object_id = ids.parse_object_id(walk.spelled["debuta"])
    assert object_id
    assert str(object_id.id) == walk.spelled["kinconecta"] == walk.spelled["mobile"]
    assert ids.ulid(UUID(walk.spelled["mesa"])) == walk.spelled["support"]
    label = walk.people.staff.get(f"/api/tickets/{walk.spelled['mesa']}").json()["ticket"]["ticket_label"]
    found = walk.people.owner.post("/api/tickets/consultar", json={"label": label, "email": walk.email})
    assert found.json()["ticketUuid"] == walk.spelled["mesa"]


@every_contract
@answering
def test_an_answer_through_one_shows_in_the_others_at_once(contract: Contract, through: str, join: Join) -> None:
    walk = Walk(join, contract.name)
    walk.answer(through)
    assert walk.shown() == walk.expected(IN_PROGRESS, ANSWER)


@every_contract
@resolving
def test_a_ticket_resolved_through_one_is_resolved_in_all(contract: Contract, through: str, join: Join) -> None:
    walk = Walk(join, contract.name)
    walk.answer(through)
    walk.resolve(through)
    assert walk.shown() == walk.expected(RESOLVED, ANSWER)


@refusing
def test_what_a_closed_ticket_does_not_take_is_refused_in_its_words(contract: Contract, join: Join) -> None:
    walk, refusal = Walk(join, contract.name), STEPS[contract.name].refusal
    assert refusal
    walk.close()
    before = walk.shown()
    refused = refusal.call.send(walk.people, id=walk.spelled[contract.name])
    assert (refused.status_code, refused.json()) == (refusal.status, refusal.told)
    assert msgspec.json.decode(refused.content, type=contract.error_shape)
    assert walk.shown() == before == walk.expected(CLOSED)


@every_contract
def test_its_list_is_walked_page_by_page(contract: Contract, join: Join) -> None:
    walk, steps = Walk(join, contract.name), STEPS[contract.name]
    opened = [walk.opened, *(DOORS[contract.name].open(walk.people.owner, email=walk.email) for _ in range(2))]
    whole = steps.listed(walk.people, size=3)
    assert whole == opened[::-1]
    first = steps.listed(walk.people, size=2)
    second = steps.listed(walk.people, size=2, page=2, behind=first[-1])
    assert [*first, *second][:3] == whole
    assert len(first) == 2
