"""Who is called by a note."""

from uuid import UUID

import pytest

from ventanilla.core.mentions import MOST_MENTIONS, mentioned
from ventanilla.core.people import AgentRef


def agent(number: int, name: str) -> AgentRef:
    return AgentRef(number, name.lower(), name, UUID(int=number))


AGENTS = [agent(1, "Marta"), agent(2, "Marta Ruiz"), agent(3, "Raúl"), agent(4, "Ana María Sáez"), agent(5, "")]


@pytest.mark.parametrize(
    ("body", "called"),
    [
        ("@Marta Ruiz, ¿lo ves?", ["Marta Ruiz"]),
        ("@Marta, ¿lo ves?", ["Marta"]),
        ("@marta ruiz y @RAUL.", ["Marta Ruiz", "Raúl"]),
        ("¿Lo ves tú, (@Raúl)? @raul otra vez", ["Raúl"]),
        ("@Ana\tMaría\n Sáez", ["Ana María Sáez"]),
        ("@Martas @Ana María", []),
        ("marta@example.org, @@Raúl, Marta", []),
        ("@", []),
        ("", []),
    ],
)
def test_an_at_and_a_whole_name_call_somebody(body: str, called: list[str]) -> None:
    assert [one.name for one in mentioned(body, AGENTS)] == called


def test_a_name_that_two_have_calls_both() -> None:
    namesake = agent(9, "raul")
    assert list(mentioned("@Raúl, ¿lo ves?", [*AGENTS, namesake])) == [AGENTS[2], namesake]


def test_a_note_calls_only_so_many() -> None:
    many = [agent(number, f"Agente{number:03d}") for number in range(1, MOST_MENTIONS + 6)]
    body = " ".join(f"@{one.name}" for one in many)
    assert list(mentioned(body, many)) == many[:MOST_MENTIONS]
