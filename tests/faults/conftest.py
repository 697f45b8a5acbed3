"""A database server for tests that stop it."""

from collections.abc import Iterator

import pytest

from tests.faults.postmaster import Postmaster, running_postmaster


@pytest.fixture(scope="module")
def postmaster() -> Iterator[Postmaster]:
    with running_postmaster() as server:
        yield server
