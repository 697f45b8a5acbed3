"""`@Marta Ruiz` in a note: which members of staff it calls."""

import re
from collections.abc import Iterable, Sequence

from ventanilla.core.people import AgentRef
from ventanilla.core.text import fold

MOST_MENTIONS = 20
"""In one note, about; who is named after that is not called."""

_AT = re.compile(r"(?<![\w@.])@")
_LONGEST_NAME = 200


def mentioned(body: str, agents: Iterable[AgentRef]) -> Sequence[AgentRef]:
    """Return the agents whom `@` and their whole name call, each once, in the order of the text.

    Case and accents do not matter. Of two names that begin alike the longer one counts; a name that several have calls
    them all.
    """
    names: dict[str, list[AgentRef]] = {}
    for agent in agents:
        if agent.name:
            names.setdefault(fold(agent.name), []).append(agent)
    longest_first = sorted(names.items(), key=lambda one: -len(one[0]))
    called: dict[int, AgentRef] = {}
    for at in _AT.finditer(body):
        if len(called) >= MOST_MENTIONS:
            break
        called |= {agent.id: agent for agent in _named_first(body[at.end() : at.end() + _LONGEST_NAME], longest_first)}
    return list(called.values())


def _named_first(text: str, names: Sequence[tuple[str, Sequence[AgentRef]]]) -> Sequence[AgentRef]:
    folded = fold(text)
    for name, agents in names:
        if folded.startswith(name) and not folded[len(name) : len(name) + 1].isalnum():
            return agents
    return ()
