"""Whatever goes wrong, every contract has a status, a shape and a sentence of its own for it."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import pytest
from starlette.types import Message

from ventanilla.app import build
from ventanilla.contracts import REGISTRY
from ventanilla.core import errors as core
from ventanilla.core.errors import DeskError, Fault, Rule
from ventanilla.settings import Settings
from ventanilla.wirekit import errors as kit
from ventanilla.wirekit.contract import Contract
from ventanilla.wirekit.request import Request
from ventanilla.wirekit.services import Services
from ventanilla.wording import english, spanish

OUR_OWN_FAULTS = {DeskError, kit.InternalError}

FACTS: Mapping[type[DeskError], tuple[Any, ...]] = {
    core.BeyondScope: ("read", "write"),
    core.LimitReached: (100,),
    core.InvalidInput: (Fault("subject", Rule.MISSING), Fault("body", Rule.TOO_LONG, 20_000)),
    core.TransitionRefused: ("closed", "resolve"),
    core.TicketClosed: ("closed", "reply"),
    core.RateLimited: (30, 100, 0),
    kit.BodyTooLarge: (1_048_576,),
    kit.FileTooLarge: (1_048_576,),
    kit.WrongContentType: ("application/json",),
    kit.WrongMethod: (("GET", "POST"),),
}
"""What has to be told of an error to make one; of those that are not here, nothing."""


def every_kind(kind: type[DeskError] = DeskError) -> list[type[DeskError]]:
    return [kind, *(inner for child in kind.__subclasses__() for inner in every_kind(child))]


every_contract = pytest.mark.parametrize("contract", REGISTRY, ids=lambda contract: contract.name)
every_error = pytest.mark.parametrize(
    "error",
    [kind(*FACTS.get(kind, ())) for kind in every_kind() if kind.__module__.startswith("ventanilla.")],
    ids=lambda error: type(error).__name__,
)


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with asyncio.Runner() as runner:
        desk = runner.run(build(Settings(data_dir=str(tmp_path_factory.mktemp("desk")))))
        yield desk.services
        runner.run(desk.close())


@pytest.fixture
def refused(contract: Contract, services: Services) -> Request:
    """A request to the contract, for which something goes wrong."""

    async def nothing_more() -> Message:
        return {"type": "http.disconnect"}

    route = contract.routes[0]
    scope = {"type": "http", "method": route.method, "path": route.path, "headers": [], "query_string": b""}
    return Request(scope, nothing_more, {}, services)


@every_error
@every_contract
def test_it_has_a_status_and_only_our_own_faults_are_500(
    contract: Contract, error: DeskError, refused: Request
) -> None:
    status = contract.answer_error(error, refused).status
    assert (status == 500) == (type(error) in OUR_OWN_FAULTS)
    assert 400 <= status <= 599


@every_error
@every_contract
def test_it_is_told_in_the_contracts_shape(contract: Contract, error: DeskError, refused: Request) -> None:
    body = contract.answer_error(error, refused).body
    told = msgspec.convert(msgspec.json.decode(body), contract.error_shape)
    assert msgspec.json.encode(told) == body


@every_error
@every_contract
def test_it_is_told_in_the_contracts_language(contract: Contract, error: DeskError, refused: Request) -> None:
    foreign = english if contract.language == "es" else spanish
    assert foreign.error_sentence(error) not in contract.answer_error(error, refused).body.decode()


@every_contract
@pytest.mark.parametrize("rule", Rule)
def test_every_rule_is_told_in_the_contracts_language(contract: Contract, rule: Rule, refused: Request) -> None:
    fault = Fault("subject", rule, limit=10, expected="string", allowed=("open", "closed"))
    told = contract.answer_error(core.InvalidInput(fault), refused).body.decode()
    own, foreign = (spanish, english) if contract.language == "es" else (english, spanish)
    assert foreign.fault_sentence(fault) not in told
    assert own.fault_sentence(fault) in told or rule is Rule.NOT_SUPPORTED
