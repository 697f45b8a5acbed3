"""One identity, five spellings."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.core.tickets import a_ticket, a_uuid
from ventanilla.core import ids
from ventanilla.core.ids import Label, ObjectId

MADRID = ZoneInfo("Europe/Madrid")
BOGOTA = ZoneInfo("America/Bogota")

uuids = st.integers(0, 2**128 - 1).map(a_uuid)
moments = st.datetimes(datetime(1900, 1, 1), datetime(2500, 1, 1), timezones=st.just(UTC))


@given(uuids)
@example(a_uuid(0))
@example(a_uuid(2**128 - 1))
def test_a_uuid_and_its_ulid_are_the_same_bits(uuid: UUID) -> None:
    assert ids.parse_ulid(ids.ulid(uuid)) == uuid
    assert ids.parse_ulid(f" {ids.ulid(uuid).lower()}\n") == uuid
    assert ids.parse_uuid(str(uuid).upper()) == uuid


def test_a_ulid_is_written_as_its_specification_writes_it() -> None:
    assert ids.ulid(UUID("0163e7f1-2d5f-1f4c-8a4b-8b6c3e2d1f0a")) == "01CFKZ2BAZ3X68MJWBDGZ2T7RA"
    assert ids.ulid(a_uuid(2**128 - 1)) == "7" + "Z" * 25


@pytest.mark.parametrize(
    "text",
    [
        "",
        "01CFKZ2BAZ3X68MJWBDGZ2T7R",
        "01CFKZ2BAZ3X68MJWBDGZ2T7RAA",
        "81CFKZ2BAZ3X68MJWBDGZ2T7RA",
        "01CFKZ2BAZ3X68MJWBDGZ2T7RI",
        "01CFKZ2BAZ3X68MJWBDGZ2T7RU",
        "01CFKZ2BAZ3X68MJWBDGZ2T7-A",
        "٠1CFKZ2BAZ3X68MJWBDGZ2T7RA",
        "01ſ00000000000000000000000",
        "0ß000000000000000000000000",
        "0ß00000000000000000000000",
    ],
)
def test_what_is_no_ulid_is_refused(text: str) -> None:
    assert ids.parse_ulid(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0163e7f12d5f1f4c8a4b8b6c3e2d1f0a",
        "{0163e7f1-2d5f-1f4c-8a4b-8b6c3e2d1f0a}",
        "urn:uuid:0163e7f1-2d5f-1f4c-8a4b-8b6c3e2d1f0a",
        "0163e7f1-2d5f-1f4c-8a4b-8b6c3e2d1f0g",
        "٠163e7f1-2d5f-1f4c-8a4b-8b6c3e2d1f0a",
    ],
)
def test_what_is_no_uuid_is_refused(text: str) -> None:
    assert ids.parse_uuid(text) is None


@given(moments, st.binary(min_size=10, max_size=16))
def test_a_new_uuid_is_of_version_seven_and_begins_with_its_milliseconds(at: datetime, randomness: bytes) -> None:
    uuid = ids.new_uuid(at, randomness)
    assert (uuid.version, uuid.variant) == (7, "specified in RFC 4122")
    milliseconds = (at - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(milliseconds=1)
    assert abs((uuid.int >> 80) - int(milliseconds) % 2**48) <= 1


@given(moments, st.integers(1, ids.MAX_ID))
@example(datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC), 1)
@example(datetime(2106, 2, 7, 6, 28, 16, tzinfo=UTC), ids.MAX_ID)
def test_an_object_id_is_read_back_as_it_was_written(created_at: datetime, integer: int) -> None:
    written = str(ids.object_id(created_at, integer))
    assert len(written) == 24
    assert ids.parse_object_id(written) == ids.object_id(created_at, integer)
    assert ids.parse_object_id(f" {written.upper()} ") == ids.object_id(created_at, integer)


def test_an_object_id_begins_with_the_seconds_of_creation() -> None:
    ticket = a_ticket(created_at=datetime(2026, 3, 15, 10, 0, 0, 999_999, tzinfo=UTC))
    assert str(ticket.object_id) == "69b68320" + "0000000000000011"
    assert ids.from_seconds(ticket.object_id.seconds) == datetime(2026, 3, 15, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "69b68320", "69b683200000000000000011f", "69b68320000000000000001g", "69b68320" + "0" * 16, "f" * 24]
)
def test_what_is_no_object_id_is_refused(text: str) -> None:
    assert ids.parse_object_id(text) is None


@given(st.integers(1, 9999), st.integers(0, 10**15 - 1))
def test_a_label_is_read_back_as_it_was_written(year: int, number: int) -> None:
    assert ids.parse_label(str(Label(year, number))) == Label(year, number)
    assert ids.parse_label(f"\t{str(Label(year, number)).lower()} ") == Label(year, number)


def test_a_label_has_five_digits_or_as_many_as_it_needs() -> None:
    assert str(Label(2026, 142)) == "TKT-2026-00142"
    assert str(Label(2026, 99_999)) == "TKT-2026-99999"
    assert str(Label(2026, 100_000)) == "TKT-2026-100000"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "TKT-2026-142",
        "TKT-2026-000142",
        "TKT-2026-0100000",
        "TKT-026-00142",
        "TKT-2026-00142x",
        "TKT2026-00142",
        "TKT-2026-٠٠١٤٢",
        "TKT-2026-1000000000000000",
        "TKT-2026--0142",
        "ﬅT-2026-00142",
    ],
)
def test_what_is_no_label_is_refused(text: str) -> None:
    assert ids.parse_label(text) is None


@given(st.integers(1, ids.MAX_ID))
@example(ids.MAX_ID)
def test_an_integer_is_read_in_its_plain_spelling(integer: int) -> None:
    assert ids.parse_integer(str(integer)) == integer


@pytest.mark.parametrize(
    "text",
    ["", "0", "-1", "+1", "01", "1.0", "1e3", " 1", "1\n", "1_0", "٣", "１", "²", str(2**63), "9" * 19, "1" * 20, "x"],
)
def test_what_is_no_positive_integer_of_63_bits_is_refused(text: str) -> None:
    assert ids.parse_integer(text) is None


def test_the_year_of_a_label_is_the_year_in_the_desks_own_zone() -> None:
    half_past_midnight_in_madrid = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert ids.label_year(half_past_midnight_in_madrid, MADRID) == 2027
    assert ids.label_year(half_past_midnight_in_madrid, BOGOTA) == 2026
    assert ids.label_year(half_past_midnight_in_madrid, UTC) == 2026


def test_the_year_turns_at_the_very_midnight_of_the_zone() -> None:
    assert ids.label_year(datetime(2026, 12, 31, 22, 59, 59, 999_999, tzinfo=UTC), MADRID) == 2026
    assert ids.label_year(datetime(2026, 12, 31, 23, 0, tzinfo=UTC), MADRID) == 2027
    assert ids.label_year(datetime(2027, 1, 1, 4, 59, 59, tzinfo=UTC), BOGOTA) == 2026
    assert ids.label_year(datetime(2027, 1, 1, 5, 0, tzinfo=UTC), BOGOTA) == 2027


def test_object_ids_of_two_tickets_of_the_same_second_differ() -> None:
    at = datetime(2026, 3, 15, 10, tzinfo=UTC)
    assert ids.object_id(at, 1) != ids.object_id(at, 2)
    assert ids.object_id(at, 1) == ObjectId(0x69B68320, 1)
