"""A scenario: parties that take turns, and the lines that come out of them."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from bench.lines import Line
from bench.parties import Party

Parties = Mapping[str, Party]


@dataclass(frozen=True, slots=True)
class Options:
    """Of a run: the length of a window, how often each is measured, how large the desks are, requests for memory."""

    seconds: float = 10.0
    repetitions: int = 3
    tickets: int = 100_000
    large: int = 1_000_000
    small: int = 10_000
    requests: int = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`set_up` lends the parties by name, in the order in which they take turns."""

    name: str
    set_up: Callable[[Options], AbstractContextManager[Parties]]
    lines: Callable[[Options], Sequence[Line]]
    repetitions: int | None = None
    """Where it is not the run's own number."""
