"""A cursor leads back to the place it was made for, in the order it was made for, and to nothing else."""

import base64

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.errors import InvalidInput, Rule
from ventanilla.wirekit import cursors

numbers = st.integers(-(2**63), 2**63 - 1)


@given(order=st.text("abc-", min_size=1, max_size=12), place=st.lists(numbers, max_size=3).map(tuple))
def test_a_cursor_leads_back_to_its_place(order: str, place: tuple[int, ...]) -> None:
    written = cursors.write(order, place)
    assert cursors.read(written, order, len(place), "after") == place
    assert written.isascii()
    assert not set(written) & set("+/=& ")


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "nothing",
        "ñ",
        "a" * 5_000,
        cursors.write("due", (1, 2)),
        cursors.write("updated", (1,)),
        cursors.write("updated", (1, 2, 3)),
        cursors.write("updated", (1, 2**63)),
        cursors.write("updated", (1, 2)) + "AA",
        base64.urlsafe_b64encode(msgspec.msgpack.encode(("updated", ["1", "2"]))).decode(),
        base64.urlsafe_b64encode(msgspec.msgpack.encode({"updated": [1, 2]})).decode(),
        base64.urlsafe_b64encode(msgspec.json.encode(("updated", [1, 2]))).decode(),
    ],
)
def test_anything_else_is_refused_by_the_name_of_its_field(broken: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        cursors.read(broken, "updated", 2, "after")
    assert [(fault.field, fault.rule) for fault in refused.value.faults] == [("after", Rule.NOT_A_CURSOR)]
