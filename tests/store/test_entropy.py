"""Random bytes for ids: as many as asked for, never the same twice."""

import os

import pytest

from ventanilla.store.entropy import Entropy


def test_everybody_gets_as_many_bytes_as_asked_for_and_nobody_the_same() -> None:
    entropy = Entropy()
    drawn = [entropy(count) for count in (10, 16, 5_000, 10) for _ in range(1_000)]
    assert [len(one) for one in drawn] == [count for count in (10, 16, 5_000, 10) for _ in range(1_000)]
    assert len(set(drawn)) == len(drawn)


def test_bytes_are_the_systems_own_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "urandom", lambda count: bytes(number % 251 for number in range(count)))
    entropy = Entropy()
    assert entropy(4) + entropy(4) == bytes(range(8))
